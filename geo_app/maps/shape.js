/*
 * Polygons of many points as one path. Leaflet's own polygon makes an object of each point, then
 * clips and simplifies it, which takes most of the time to the first painted map; these points
 * are drawn as they come, and those that fall on one half of a pixel once.
 */

const Shape = L.Path.extend({
  /**
   * @param {number[][][][]} polygons of rings of [lat, lng]
   * @param {object} options of L.Path
   */
  initialize(polygons, options) {
    L.setOptions(this, options);
    this._polygons = polygons;
  },

  setLatLngs(polygons) {
    this._polygons = polygons;
    return this.redraw();
  },

  _project() {
    const at = pixelOf(this._map);
    this._drawn = this._polygons.flat().map((ring) => ringText(ring, at)).join("") || "M0 0";
  },

  /** Leaflet asks for it when a width changes; only its canvas needs the box of a path. */
  _updateBounds() {},

  _update() {
    if (this._map) this._renderer._setPath(this, this._drawn);
  },
});

/** From [lat, lng] to halves of pixels of the present view; on a plane three places tell all. */
function pixelOf(map) {
  const half = (value) => Math.round(value * 2) / 2;
  const exact = ([lat, lng]) => map.project([lat, lng]).subtract(map.getPixelOrigin());
  if (map.options.crs !== L.CRS.Simple) {
    return (place) => {
      const { x, y } = exact(place);
      return [half(x), half(y)];
    };
  }
  const from = exact([0, 0]);
  const scale = { x: exact([0, 1]).x - from.x, y: exact([1, 0]).y - from.y };
  return ([lat, lng]) => [half(from.x + lng * scale.x), half(from.y + lat * scale.y)];
}

function ringText(ring, at) {
  let text = "";
  let before = [NaN, NaN];
  for (const place of ring) {
    const point = at(place);
    if (point[0] === before[0] && point[1] === before[1]) continue;
    text += `${text ? "L" : "M"}${point[0]} ${point[1]}`;
    before = point;
  }
  return `${text}z`;
}
