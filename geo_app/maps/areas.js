/*
 * The areas on the map: shapes or points, painted from the cells of one step and from nothing
 * else, focusable, and with a reach that a finger can hit.
 */

/** Below this share of the map's width an area gets a wider, invisible edge to be hit. */
const SMALL_SHARE = 0.045;

/** Parts below this share of the largest part of an area get no ring. */
const RINGED_SHARE = 0.25;

const HIT_WEIGHT = 14;
const POINT_RADIUS = 6;

/** Decode x, y, dx, dy, … to Leaflet's [y, x] pairs. */
function decodeRing(flat) {
  let x = 0;
  let y = 0;
  const points = [];
  for (let i = 0; i < flat.length; i += 2) {
    x += flat[i];
    y += flat[i + 1];
    points.push([y, x]);
  }
  return points;
}

const decodePolygons = (polygons) => polygons.map((rings) => rings.map(decodeRing));

class Areas {
  /**
   * @param {L.Map} map on L.CRS.Simple
   * @param {object} geometry the JSON of geometry.py, parsed
   * @param {Patterns} patterns for missing and marked values
   * @param {object} on `enter(code, event|null)`, `leave()`, `choose(code)`
   */
  constructor(map, geometry, patterns, on) {
    this.map = map;
    this.patterns = patterns;
    this.on = on;
    this.renderer = L.svg({ padding: 0.6 });
    this.group = L.layerGroup().addTo(map);
    const [west, south, east, north] = geometry.box;
    this.box = L.latLngBounds([south, west], [north, east]);
    this.drawGround(geometry.base, "tc-base");
    this.drawGround(geometry.outlines, "tc-ground");
    this.byCode = new Map();
    // A grey line round the whole stands for the coast: light classes end where the sea begins.
    this.drawGround(geometry.areas.flatMap((area) => area.polygons ?? []), "tc-coast");
    this.drawAreas(geometry.areas, east - west);
    // The chosen area has a light line under the dark one, to be seen on any colour.
    this.rings = {
      active: [this.ring("tc-active")],
      chosen: [this.ring("tc-casing"), this.ring("tc-chosen")],
    };
  }

  drawGround(polygons, className) {
    if (polygons.length) this.polygon(decodePolygons(polygons), className, false).addTo(this.group);
  }

  /** Large areas first, then the reach of the small ones, then the small ones themselves. */
  drawAreas(areas, width) {
    const entries = areas.map((area) => this.entry(area, width));
    const reach = entries.filter((entry) => entry.small).map((entry) => this.reach(entry));
    const large = entries.filter((entry) => !entry.small);
    const small = entries.filter((entry) => entry.small);
    for (const entry of large) entry.layer.addTo(this.group);
    for (const layer of reach) layer.addTo(this.group);
    for (const entry of small) entry.layer.addTo(this.group);
    for (const entry of entries) {
      entry.path = entry.layer.getElement();
      this.listen(entry, entry.layer);
      this.byCode.set(entry.code, entry);
    }
    this.codes = areas.map((area) => area.code);
  }

  entry(area, width) {
    if (area.point) {
      const at = [area.point[1], area.point[0]];
      return { code: area.code, at, small: true, layer: this.circle(at, POINT_RADIUS, "tc-area tc-point", true) };
    }
    const shape = decodePolygons(area.polygons);
    const layer = this.polygon(shape, "tc-area", true);
    const box = layer.getBounds();
    const side = Math.min(box.getEast() - box.getWest(), box.getNorth() - box.getSouth());
    return { code: area.code, shape, small: side < width * SMALL_SHARE, layer };
  }

  reach(entry) {
    const layer = entry.at
      ? this.circle(entry.at, POINT_RADIUS * 2, "tc-reach", true)
      : this.polygon(entry.shape, "tc-reach", true);
    layer.setStyle({ opacity: 0, fillOpacity: 0, weight: HIT_WEIGHT });
    this.listen(entry, layer);
    return layer;
  }

  polygon(shape, className, interactive) {
    return L.polygon(shape, { ...this.style(className, interactive), smoothFactor: 0, noClip: true });
  }

  circle(at, radius, className, interactive) {
    return L.circleMarker(at, { ...this.style(className, interactive), radius });
  }

  style(className, interactive) {
    return {
      renderer: this.renderer, className, interactive, fillOpacity: 1, weight: 1,
      bubblingMouseEvents: false,
    };
  }

  listen(entry, layer) {
    layer.on("mouseover mousemove", (event) => this.on.enter(entry.code, event.originalEvent));
    layer.on("mouseout", () => this.on.leave());
    layer.on("click", () => this.on.choose(entry.code));
  }

  /** Make the paths buttons. One of them is in the tab order, arrow keys reach the others. */
  makeButtons(first) {
    for (const [code, { path }] of this.byCode) {
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", code === first ? "0" : "-1");
      path.dataset.code = code;
      path.addEventListener("focus", () => this.on.enter(code, null));
      path.addEventListener("blur", () => this.on.leave());
      path.addEventListener("keydown", (event) => this.onKey(code, event));
    }
  }

  onKey(code, event) {
    const way = ARROWS[event.key];
    if (event.key === "Enter" || event.key === " ") this.on.choose(code);
    else if (way) this.focus(this.neighbour(code, way) ?? code);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focus(code) {
    for (const [each, { path }] of this.byCode) path.setAttribute("tabindex", each === code ? "0" : "-1");
    this.byCode.get(code).path.focus({ preventScroll: true });
  }

  /** The nearest area whose middle lies within 45 degrees of a direction, else undefined. */
  neighbour(code, [right, up]) {
    const from = this.middle(code);
    let best;
    for (const each of this.codes) {
      const to = this.middle(each);
      const along = (to.lng - from.lng) * right + (to.lat - from.lat) * up;
      const aside = Math.abs((to.lng - from.lng) * up) + Math.abs((to.lat - from.lat) * right);
      if (along <= 0 || aside > along) continue;
      if (!best || along + aside < best.far) best = { code: each, far: along + aside };
    }
    return best?.code;
  }

  middle(code) {
    const { layer, at } = this.byCode.get(code);
    return at ? L.latLng(at) : layer.getBounds().getCenter();
  }

  /**
   * Paint one step. Every area is set on every call, so what is seen depends on this step alone.
   *
   * @param {object[]} cells of the step, in the order of the areas
   * @param {(index: number) => string} describe what a screen reader says of an area
   */
  paint(cells, describe) {
    this.codes.forEach((code, index) => {
      const { layer, path } = this.byCode.get(code);
      const { classIndex, mark } = cells[index];
      layer.setStyle({ fillColor: this.patterns.fill(classIndex, mark) });
      path.dataset.class = classIndex;
      path.dataset.mark = mark;
      path.setAttribute("aria-label", describe(index));
    });
  }

  /** Show a ring round an area ("active" under pointer or focus, "chosen"), or none for "". */
  surround(kind, code) {
    const entry = this.byCode.get(code);
    for (const ring of this.rings[kind]) ring.setLatLngs(entry ? this.edge(entry) : []);
    if (kind !== "chosen") return;
    for (const [each, { path }] of this.byCode) path.setAttribute("aria-pressed", String(each === code));
  }

  ring(className) {
    return this.polygon([], className, false).setStyle({ fill: false }).addTo(this.group);
  }

  /** The larger parts of a shape, for a ring would drown an islet; for a point a circle round it. */
  edge({ shape, at }) {
    if (shape) {
      const sizes = shape.map(([outer]) => L.latLngBounds(outer)).map((box) => (
        Math.max(box.getEast() - box.getWest(), box.getNorth() - box.getSouth())
      ));
      return shape.filter((_, i) => sizes[i] > Math.max(...sizes) * RINGED_SHARE);
    }
    const middle = this.map.latLngToLayerPoint(at);
    const corner = (turn) => L.point(Math.cos(turn), Math.sin(turn)).multiplyBy(POINT_RADIUS + 2);
    const corners = Array.from({ length: 24 }, (_, i) => middle.add(corner((i * Math.PI) / 12)));
    return [[corners.map((point) => this.map.layerPointToLatLng(point))]];
  }

  /** Let one class stand out; null lets all. */
  emphasise(classIndex) {
    for (const { path } of this.byCode.values()) {
      path.classList.toggle("tc-faint", classIndex !== null && path.dataset.class !== String(classIndex));
    }
  }

  remove() {
    this.group.remove();
    this.renderer.remove();
  }
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
