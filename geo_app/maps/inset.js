/*
 * The middle of the country enlarged, on the empty sea: Mexico City, Tlaxcala and Morelos are a
 * few pixels wide on the map, and here they can be seen and hit. It is a second small map with the
 * same renderer, and not in the order of focus, since the map itself has each area already.
 */

/** Mexico City, Morelos, Tlaxcala. */
const CENTRE = new Set(["09", "17", "29"]);

class Inset {
  /**
   * @param {HTMLElement} slot of the map
   * @param {object} parts `geometry`, `patterns`, `words`, `on` as for the renderer, `layout`,
   *     `Renderer`
   */
  constructor(slot, { geometry, patterns, words, on, layout, Renderer }) {
    const container = make("div", "tc-inset-map");
    const caption = make("p", "tc-inset-name", { text: words.inset });
    this.root = make("div", "tc-inset", { "aria-hidden": "true" }, [container, caption]);
    slot.append(this.root);
    this.map = L.planeMap(container, {
      crs: layout.crs, minZoom: -30, maxZoom: 30, dragging: false, touchZoom: false,
      doubleClickZoom: false, scrollWheelZoom: false, boxZoom: false, zoomAnimation: false,
      fadeAnimation: false, trackResize: false,
    });
    this.renderer = new Renderer(this.map, geometry, patterns, on, layout.place);
    this.box = L.latLngBounds(centrePoints(geometry, layout.place));
    for (const path of container.querySelectorAll(".tc-area")) {
      // The areas of the page are those of the map; these are their likeness.
      path.classList.replace("tc-area", "tc-inset-area");
      delete path.dataset.code;
    }
    // Without this, an arrow key after a click would scroll the small map.
    container.removeAttribute("tabindex");
  }

  fit() {
    if (!this.root.clientWidth) return;
    this.map.invalidateSize({ animate: false });
    this.map.fitBounds(this.box, { animate: false, paddingTopLeft: [5, 5], paddingBottomRight: [5, 22] });
  }

  remove() {
    this.renderer.remove();
    this.map.remove();
    this.root.remove();
  }
}

/** The corners of what is enlarged; none where the map has no such part, or is that part alone. */
function centrePoints(geometry, place) {
  const wide = [...geometry.areas, ...geometry.outlines].filter((area) => area.polygons);
  const shapes = wide.filter((area) => CENTRE.has(area.code.slice(0, 2)));
  if (shapes.length === wide.length) return [];
  return shapes.flatMap((area) => area.polygons.flatMap(([outer]) => geometry.ringPoints(outer, place)));
}
