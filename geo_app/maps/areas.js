/*
 * The areas on the map as SVG: shapes or points, painted from one sheet and from nothing else,
 * focusable, and with a reach that a finger can hit. For up to some two hundred areas; beyond
 * that raster.js draws, with the same methods.
 */

/** Below this share of the map's width an area gets a wider, invisible edge to be hit. */
const SMALL_SHARE = 0.045;

/** Parts below this share of the largest part of an area get no ring. */
const RINGED_SHARE = 0.25;

const HIT_WEIGHT = 14;
const POINT_RADIUS = 6;

/**
 * A pane below the areas for what no step changes. In one drawing with them the long coasts of the
 * neighbours would be painted anew at every step, which takes several frames.
 */
function groundPane(map) {
  const name = "tcGround";
  if (!map.getPane(name)) Object.assign(map.createPane(name).style, { zIndex: 390, pointerEvents: "none", willChange: "transform" });
  return name;
}

/** The box of a map, along its whole edge: in Mercator the corners are not the extremes. */
function boxOf({ box: [west, south, east, north] }, place) {
  const along = [0, 0.25, 0.5, 0.75, 1].map((share) => [west + share * (east - west), south + share * (north - south)]);
  const edge = along.flatMap(([x, y]) => [place(x, south), place(x, north), place(west, y), place(east, y)]);
  return L.latLngBounds(edge);
}

class Areas {
  /**
   * @param {L.Map} map
   * @param {object} geometry of the model, or of tiles.js
   * @param {Patterns} patterns for missing and marked values
   * @param {object} on `enter(code, event|null)`, `leave()`, `choose(code, {add})`
   * @param {(x: number, y: number) => number[]} place from the plane to [lat, lng] of the layout
   */
  constructor(map, geometry, patterns, on, place) {
    Object.assign(this, { map, geometry, patterns, on, place });
    this.renderer = L.svg({ padding: 0.6 });
    this.groundRenderer = L.svg({ padding: 0.6, pane: groundPane(map) });
    this.group = L.layerGroup().addTo(map);
    this.drawGround(geometry.base.map((item) => this.plainRings(item)), "tc-base");
    this.drawGround(geometry.outlines.flatMap((area) => this.shapeOf(area)), "tc-ground");
    const shapes = new Map(geometry.areas.filter((area) => !area.point).map((area) => [area.code, this.shapeOf(area)]));
    // A grey line round the whole stands for the coast: light classes end where the sea begins.
    this.drawGround([...shapes.values()].flat(), "tc-coast");
    this.box = boxOf(geometry, place);
    this.drawAreas(geometry.areas, shapes);
    this.moves = new Moves(this.codes, (code) => this.middle(code), borders(geometry));
    this.faint = { emphasis: null, filter: null };
    // The chosen areas have a light line under the dark one, to be seen on any colour.
    this.rings = {
      changed: [this.ring("tc-changed-casing"), this.ring("tc-changed")],
      active: [this.ring("tc-active")],
      chosen: [this.ring("tc-casing"), this.ring("tc-chosen")],
    };
  }

  /** Base land comes as flat x, y, x, y, …: one ring, or the rings of one polygon. */
  plainRings(item) {
    const rings = typeof item[0] === "number" ? [item] : item;
    return rings.map((flat) => Array.from({ length: flat.length / 2 }, (_, i) => this.place(flat[2 * i], flat[2 * i + 1])));
  }

  shapeOf(area) {
    return area.polygons.map((rings) => rings.map((refs) => this.geometry.ringPoints(refs, this.place)));
  }

  drawGround(polygons, className) {
    if (polygons.length) this.polygon(polygons, className, false, this.groundRenderer).addTo(this.group);
  }

  /** Large areas first, then the reach of the small ones, then the small ones themselves. */
  drawAreas(areas, shapes) {
    const width = this.box.getEast() - this.box.getWest();
    const entries = areas.map((area) => this.entry(area, shapes.get(area.code), width));
    const small = entries.filter((entry) => entry.small);
    const reach = small.map((entry) => this.reach(entry));
    for (const entry of entries) if (!entry.small) entry.layer.addTo(this.group);
    for (const layer of reach) layer.addTo(this.group);
    for (const entry of small) entry.layer.addTo(this.group);
    this.byCode = new Map(entries.map((entry) => [entry.code, entry]));
    this.codes = entries.map((entry) => entry.code);
    for (const entry of entries) {
      entry.path = entry.layer.getElement();
      entry.path.dataset.code = entry.code;
      this.listen(entry, entry.layer);
    }
    this.labels = (this.geometry.labels ?? []).map((text, i) => this.label(text, entries[i]));
  }

  entry(area, shape, width) {
    if (area.point) {
      const at = this.place(...area.point);
      return { code: area.code, at, middle: L.latLng(at), small: true, layer: this.circle(at, POINT_RADIUS, "tc-area tc-point", true) };
    }
    const layer = this.polygon(shape, "tc-area", true);
    const side = Math.min(...sidesOf(shape.flatMap(([outer]) => outer)));
    return { code: area.code, shape, middle: middleOf(shape), small: side < width * SMALL_SHARE, layer };
  }

  reach(entry) {
    const layer = entry.at
      ? this.circle(entry.at, POINT_RADIUS * 2, "tc-reach", true)
      : this.polygon(entry.shape, "tc-reach", true);
    layer.setStyle({ opacity: 0, fillOpacity: 0, weight: HIT_WEIGHT });
    this.listen(entry, layer);
    return layer;
  }

  /** The letters of a tile and its value; screen readers have them from the tile itself. */
  label(text, entry) {
    const value = make("span", "tc-tile-value");
    const node = make("div", "tc-tile-text", { "aria-hidden": "true" }, [make("span", "tc-tile-name", { text }), value]);
    const icon = L.divIcon({ className: "tc-tile-label", html: node, iconSize: [0, 0] });
    L.marker(entry.middle, { icon, interactive: false, keyboard: false }).addTo(this.group);
    return { node, value };
  }

  polygon(shape, className, interactive, renderer = this.renderer) {
    return new Shape(shape, { ...this.style(className, interactive), fill: true, renderer });
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

  listen({ code }, layer) {
    layer.on("mouseover mousemove", (event) => this.on.enter(code, event.originalEvent));
    layer.on("mouseout", () => this.on.leave());
    layer.on("click", ({ originalEvent }) => this.press.click(code, originalEvent));
    layer.on("add", () => this.press.watch(layer.getElement(), code));
    if (layer.getElement()) this.press.watch(layer.getElement(), code);
  }

  get press() {
    return (this.presses ??= new Press((code, how) => this.on.choose(code, how)));
  }

  /** Make the paths buttons. One of them is in the tab order, arrow keys reach the others. */
  makeButtons(first) {
    for (const [code, { path }] of this.byCode) {
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", code === first ? "0" : "-1");
      path.addEventListener("focus", () => path.matches(":focus-visible") && this.on.enter(code, null));
      path.addEventListener("blur", () => this.on.leave());
      path.addEventListener("keydown", (event) => this.onKey(code, event));
    }
  }

  onKey(code, event) {
    const way = ARROWS[event.key];
    if (event.key === "Enter" || event.key === " ") this.on.choose(code, { add: isAdding(event) });
    else if (way && !event.altKey) this.focus(this.neighbour(code, way) ?? code);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focus(code) {
    for (const [each, { path }] of this.byCode) path.setAttribute("tabindex", each === code ? "0" : "-1");
    this.byCode.get(code)?.path.focus({ preventScroll: true });
  }

  neighbour(code, way) {
    return this.moves.from(code, way);
  }

  middle(code) {
    return this.byCode.get(code).middle;
  }

  /**
   * Paint one sheet. Every area is looked at on every call and compared with what the document
   * itself holds, so what is seen depends on this sheet alone.
   *
   * @param {Sheet} sheet
   * @param {(index: number) => string} describe what a screen reader says of an area
   */
  paint(sheet, describe) {
    this.codes.forEach((code, index) => {
      const { layer, path } = this.byCode.get(code);
      const classIndex = sheet.row[index];
      const mark = MARKS[sheet.marks[index]];
      const fillColor = this.patterns.fill(classIndex, mark);
      if (path.getAttribute("fill") !== fillColor) layer.setStyle({ fillColor });
      path.dataset.class = classIndex;
      path.dataset.mark = mark;
      path.setAttribute("aria-label", describe(index));
      if (this.labels.length) this.writeTile(this.labels[index], classIndex, mark, sheet.cell(index));
    });
    this.fade();
  }

  writeTile({ node, value }, classIndex, mark, cell) {
    node.dataset.ink = classIndex === MISSING ? "paper" : lettersOn(this.patterns.colours[classIndex]);
    node.classList.toggle("tc-tile-marked", Boolean(mark));
    // Of a level only its number: its words have no room, and the legend has them.
    value.textContent = classIndex === MISSING ? "" : /^\S+/.exec(cell.value)?.[0] ?? "";
  }

  /** Show rings round areas: "active" under pointer or focus, "chosen", "changed". */
  surround(kind, codes) {
    const edges = codes.map((code) => this.byCode.get(code)).filter(Boolean).flatMap((entry) => this.edge(entry));
    for (const ring of this.rings[kind]) ring.setLatLngs(edges);
    if (kind !== "chosen") return;
    const chosen = new Set(codes);
    for (const [code, { path }] of this.byCode) path.setAttribute("aria-pressed", String(chosen.has(code)));
  }

  ring(className) {
    return this.polygon([], className, false).setStyle({ fill: false }).addTo(this.group);
  }

  /** The larger parts of a shape, for a ring would drown an islet; for a point a circle round it. */
  edge({ shape, at }) {
    if (shape) {
      const sizes = shape.map(([outer]) => spanOf(outer));
      return shape.filter((_, i) => sizes[i] > Math.max(...sizes) * RINGED_SHARE);
    }
    const middle = this.map.latLngToLayerPoint(at);
    const corner = (turn) => L.point(Math.cos(turn), Math.sin(turn)).multiplyBy(POINT_RADIUS + 2);
    const corners = Array.from({ length: 24 }, (_, i) => middle.add(corner((i * Math.PI) / 12)));
    const places = corners.map((point) => this.map.layerPointToLatLng(point));
    return [[places.map(({ lat, lng }) => [lat, lng])]];
  }

  /** Let one class stand out; null lets all. */
  emphasise(classIndex) {
    this.faint.emphasis = classIndex;
    this.fade();
  }

  /** Show the areas of some classes and let the others fade; null shows all. */
  filter(classes) {
    this.faint.filter = classes;
    this.fade();
  }

  fade() {
    const { emphasis, filter } = this.faint;
    for (const { path } of this.byCode.values()) {
      const own = Number(path.dataset.class);
      const isShown = emphasis !== null ? own === emphasis : !filter || filter.has(own);
      path.classList.toggle("tc-faint", !isShown);
    }
  }

  /** The class that is painted on an area, read back from the document; -1 = missing. */
  classOf(code) {
    return Number(this.byCode.get(code).path.dataset.class);
  }

  /** The fill that is painted on an area, read back from the document. */
  fillOf(code) {
    return this.byCode.get(code).path.getAttribute("fill");
  }

  remove() {
    this.press.remove();
    this.group.remove();
    this.renderer.remove();
    this.groundRenderer.remove();
  }
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Height and width of the box of some places. */
function sidesOf(places) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const place of places) {
    for (const axis of [0, 1]) {
      low[axis] = Math.min(low[axis], place[axis]);
      high[axis] = Math.max(high[axis], place[axis]);
    }
  }
  return [high[0] - low[0], high[1] - low[1]];
}

/** The longer side of the box of a ring. */
const spanOf = (ring) => Math.max(...sidesOf(ring));

/** The centroid of the largest part: the middle of a box can lie in another state. */
function middleOf(shape) {
  const spans = shape.map(([outer]) => spanOf(outer));
  const [ring] = shape[spans.indexOf(Math.max(...spans))];
  let [twice, lat, lng] = [0, 0, 0];
  ring.forEach(([y, x], i) => {
    const [nextY, nextX] = ring[(i + 1) % ring.length];
    const cross = (x - ring[0][1]) * (nextY - ring[0][0]) - (nextX - ring[0][1]) * (y - ring[0][0]);
    twice += cross;
    lng += (x + nextX + ring[0][1]) * cross;
    lat += (y + nextY + ring[0][0]) * cross;
  });
  return twice ? L.latLng(lat / (3 * twice), lng / (3 * twice)) : L.latLng(ring[0]);
}
