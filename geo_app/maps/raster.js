/*
 * Many areas on the map, as pixels: the same interface as Areas of areas.js, for thousands.
 *
 * Polygons are labelled once per view (scan.js); a step then only fills the pixel runs of those
 * areas whose fill is another than before. While the map moves, the pixels move with it.
 */

/** How far from an area, in CSS pixels, a pointer or a finger still means it. */
const POINTER_REACH = 6;
const FINGER_REACH = 12;

/** How much more than the view is drawn on each side, as a share, to have something to drag in. */
const VIEW_PADDING = 0.12;

/** So long after the last step, and up to this share of all areas, changed ones are ringed. */
const CHANGED_WAIT_MS = 120;
const CHANGED_SHARE = 0.15;

/** The button that stands for an area: its ring is drawn, itself is only read. */
const CURSOR_STYLE = "position:absolute;width:1px;height:1px;padding:0;border:0;opacity:0;pointer-events:none";

/** The box of a Grid in the map's pane. It moves as a Leaflet renderer does. */
const GridLayer = L.Renderer.extend({
  options: { padding: VIEW_PADDING },

  initialize(root, box, onView) {
    L.Renderer.prototype.initialize.call(this);
    this._root = root;
    this._box = box;
    this._onView = onView;
  },

  _initContainer() {
    this._container = this._root;
  },

  _destroyContainer() {
    this._root.remove();
  },

  /** Leaflet would also put the box at a broken pixel here, where all of it blurs. */
  _reset() {
    this._update();
  },

  _updatePaths() {},

  _update() {
    const map = this._map;
    const size = map.getSize();
    if ((map._animatingZoom && this._bounds) || !size.x || !size.y) return;
    this.options.padding = this._isWhole() ? 0 : VIEW_PADDING;
    L.Renderer.prototype._update.call(this);
    const origin = map.getPixelOrigin().add(this._bounds.min);
    this._onView(this._bounds.getSize(), origin, this._zoom);
    L.DomUtil.setPosition(this._root, this._bounds.min);
  },

  /** Whether the whole map is in view: then there is nothing to drag in. */
  _isWhole() {
    return this._map.getBounds().contains(this._box);
  },

  /** Pixels from the upper left corner of the box, of a place in the map's container. */
  within(containerPoint) {
    return this._map.containerPointToLayerPoint(containerPoint).subtract(this._bounds.min);
  },
});

class Grid {
  /**
   * @param {L.Map} map on the CRS of the layout
   * @param {object} geometry of a Model
   * @param {Patterns} patterns names the fill of a patterned area
   * @param {object} on `enter(code, event|null)`, `leave()`, `choose(code, {add})`
   * @param {(x: number, y: number) => [number, number]} place from the plane to [lat, lng]
   */
  constructor(map, geometry, patterns, on, place) {
    this.map = map;
    this.patterns = patterns;
    this.on = on;
    this.codes = geometry.codes;
    this.indexes = new Map(geometry.codes.map((code, index) => [code, index]));
    this.project = (x, y) => map.options.crs.latLngToPoint(L.latLng(place(x, y)), 0);
    this.shapes = new Shapes(geometry, this.project);
    this.scan = new Scan(this.shapes);
    this.borders = new Borders(this.shapes, geometry);
    this.rings = new Rings(this.shapes, geometry);
    this.ground = new GridGround(geometry, this.project);
    this.box = this.boxOf(this.shapes.box);
    this.strengths = { emphasised: null, shown: null };
    this.painted = new Int32Array(this.shapes.count).fill(-1);
    this.build();
    this.listen();
  }

  boxOf([west, north, east, south]) {
    const { crs } = this.map.options;
    return L.latLngBounds([L.point(west, south), L.point(east, north)].map((at) => crs.pointToLatLng(at, 0)));
  }

  build() {
    this.canvas = make("canvas", "tc-grid-fills", { role: "presentation" });
    this.lines = make("canvas", "tc-grid-lines", { role: "presentation" });
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.cursor = null;
    this.root = make("div", "tc-grid", {}, [this.canvas, this.lines, this.rings.root]);
    for (const each of [this.root, ...this.root.children]) each.style.cssText = "position:absolute;top:0;left:0";
    this.layer = new GridLayer(this.root, this.box, (size, origin, zoom) => this.fit(size, origin, zoom)).addTo(this.map);
  }

  // The view.

  /** Take a view, and draw all of it unless it is the one that stands. */
  fit(size, origin, zoom) {
    const { crs } = this.map.options;
    const ratio = window.devicePixelRatio || 1;
    const view = {
      ratio,
      width: Math.round(size.x * ratio),
      height: Math.round(size.y * ratio),
      scale: (crs.scale(zoom) / crs.scale(0)) * ratio,
      left: origin.x * ratio,
      top: origin.y * ratio,
    };
    if (JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.view = view;
    this.draw();
  }

  draw() {
    const { view } = this;
    if (!view) return;
    this.inks = new Inks(this.map.getContainer());
    this.fills = new Fills(this.inks, view.ratio);
    for (const each of [this.canvas, this.lines]) resize(each, view);
    resize(this.rings.root, view);
    this.scan.convert(view);
    this.ground.draw(this.context, view, this.inks, this.map);
    this.image = this.context.getImageData(0, 0, view.width, view.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.borders.draw(this.lines.getContext("2d"), view, this.inks);
    this.rings.fit(view);
    if (this.cursor) this.placeCursor();
    this.painted.fill(-1);
    this.fill();
  }

  // Painting.

  /**
   * Paint one step. Only what differs from the pixels that stand is written, and what stands is
   * known by its fill: so what is seen depends on this step alone.
   *
   * @param {Sheet} sheet
   * @param {(index: number) => string} describe what a screen reader says of an area
   */
  paint(sheet, describe) {
    this.sheet = sheet;
    this.describe = describe;
    this.fill();
    this.describeCursor();
  }

  fill() {
    if (!this.sheet || !this.view) return;
    const { row, marks } = this.sheet;
    const numbers = this.numbersOfFills();
    const dirty = [Infinity, Infinity, 0, 0];
    for (let area = 0; area < this.painted.length; area++) {
      const number = numbers[(row[area] + 1) * MARKS.length + marks[area]];
      if (number === this.painted[area]) continue;
      this.painted[area] = number;
      if (this.scan.sizes[area] === 0) continue;
      this.fillArea(area, this.fills.made[number]);
      this.widen(dirty, area);
    }
    const [west, north, east, south] = dirty;
    if (west < east) this.context.putImageData(this.image, 0, 0, west, north, east - west, south - north);
  }

  /** The number of the fill of each class and mark on this sheet, MISSING first. */
  numbersOfFills() {
    const numbers = [];
    for (let classIndex = MISSING; classIndex < this.sheet.classes.length; classIndex++) {
      const colour = this.sheet.classes[classIndex]?.colour ?? "";
      const strength = this.strengthOf(classIndex);
      for (const mark of MARKS) numbers.push(this.fills.number(classIndex, colour, mark, strength));
    }
    return numbers;
  }

  strengthOf(classIndex) {
    const { emphasised, shown } = this.strengths;
    const isFull = emphasised !== null ? classIndex === emphasised : !shown || shown.has(classIndex);
    return isFull ? 1 : FAINT;
  }

  fillArea(area, { size, tile }) {
    const { starts, stops, runStart } = this.scan;
    for (let run = runStart[area]; run < runStart[area + 1]; run++) {
      if (size === 1) fillRun(this.pixels, tile[0], starts[run], stops[run]);
      else this.fillPattern(tile, size, starts[run], stops[run]);
    }
  }

  /** Patterns keep their place on the ground, so that they do not jump when the map is dragged. */
  fillPattern(tile, size, start, stop) {
    const { width, left, top } = this.view;
    const row = Math.floor(start / width);
    const line = ((row + Math.round(top)) % size + size) % size * size;
    let column = ((start - row * width + Math.round(left)) % size + size) % size;
    for (let i = start; i < stop; i++) {
      this.pixels[i] = tile[line + column];
      if (++column === size) column = 0;
    }
  }

  widen(dirty, area) {
    const boxes = this.scan.pixelBoxes;
    const at = 4 * area;
    if (boxes[at] < dirty[0]) dirty[0] = boxes[at];
    if (boxes[at + 1] < dirty[1]) dirty[1] = boxes[at + 1];
    if (boxes[at + 2] > dirty[2]) dirty[2] = boxes[at + 2];
    if (boxes[at + 3] > dirty[3]) dirty[3] = boxes[at + 3];
  }

  /** Let one class stand out; null lets all. */
  emphasise(classIndex) {
    this.strengths.emphasised = classIndex;
    this.fill();
  }

  /** Show the areas of some classes and let the others fade; null shows all. */
  filter(shown) {
    this.strengths.shown = shown;
    this.fill();
  }

  /**
   * Show rings round areas, and round no others of that kind. Those of changed areas wait until
   * no other step has come for a moment, and stay away where they would hide the map.
   */
  surround(kind, codes) {
    const areas = codes.map((code) => this.indexes.get(code)).filter((area) => area !== undefined);
    if (kind === "changed") this.surroundChanged(areas);
    else this.rings.show(kind, areas);
    if (kind === "chosen") this.describeCursor();
  }

  surroundChanged(areas) {
    clearTimeout(this.changing);
    this.rings.show("changed", []);
    if (areas.length === 0 || areas.length > this.shapes.count * CHANGED_SHARE) return;
    this.changing = setTimeout(() => this.rings.show("changed", areas), CHANGED_WAIT_MS);
  }

  // What is painted, read back.

  /** The class that is painted on an area; MISSING for the hatch and for nothing yet. */
  classOf(code) {
    return this.fills.made[this.painted[this.indexes.get(code)]]?.classIndex ?? MISSING;
  }

  /**
   * What is seen on an area: the colour of its pixels on the canvas, or the name of its pattern if
   * they are that pattern; "" out of view.
   */
  fillOf(code) {
    if (!this.view) return "";
    const area = this.indexes.get(code);
    const pixel = this.probe(area);
    const fill = this.fills.made[this.painted[area]];
    if (pixel < 0 || !fill) return "";
    const seen = this.seen(pixel);
    const isPattern = fill.size > 1 && seen === hexColour(this.pixels[pixel]);
    return isPattern ? this.patterns.fill(fill.classIndex, fill.mark) : seen;
  }

  /** Index of a pixel of an area, the one under its anchor where that is its own; else -1. */
  probe(area) {
    const { labels, runStart, starts, sizes } = this.scan;
    const anchor = this.scan.anchorPixel(area);
    if (labels[anchor] === area + 1) return anchor;
    return sizes[area] ? starts[runStart[area]] : -1;
  }

  seen(pixel) {
    const { width } = this.view;
    const { data } = this.context.getImageData(pixel % width, Math.floor(pixel / width), 1, 1);
    return hexColour(new Uint32Array(data.buffer)[0]);
  }

  // The pointer.

  listen() {
    const container = this.map.getContainer();
    this.press = new Press((code, how) => this.on.choose(code, how));
    this.hearing = {
      mousemove: (event) => this.onMove(event),
      mouseout: () => this.onOut(),
      click: (event) => this.onClick(event),
    };
    this.map.on(this.hearing);
    this.touching = {
      pointerdown: (event) => this.onDown(event),
      pointermove: (event) => this.press.follow(event),
      pointerup: () => this.press.stop(),
      pointercancel: () => this.press.stop(),
      // Else the system's own menu comes up at the same moment as a long press.
      contextmenu: (event) => event.pointerType === "touch" && event.preventDefault(),
    };
    for (const [name, listener] of Object.entries(this.touching)) container.addEventListener(name, listener);
    this.watchScreen();
  }

  /** Draw anew for another theme of the system, and on a screen of another density. */
  watchScreen() {
    const queries = ["(prefers-color-scheme: dark)", `(resolution: ${window.devicePixelRatio}dppx)`];
    this.watched = queries.map((query) => matchMedia(query));
    this.onScreen = () => {
      this.unwatchScreen();
      this.watchScreen();
      this.view = undefined;
      this.layer._update();
    };
    for (const query of this.watched) query.addEventListener("change", this.onScreen);
  }

  unwatchScreen() {
    for (const query of this.watched) query.removeEventListener("change", this.onScreen);
  }

  /** The code at a place in the map's container, else undefined. */
  hit(containerPoint) {
    if (!this.view || this.map._animatingZoom) return undefined;
    const { ratio } = this.view;
    const at = this.layer.within(containerPoint).multiplyBy(ratio);
    const reach = isTouch() ? FINGER_REACH : POINTER_REACH;
    return this.codes[this.scan.hit(Math.floor(at.x), Math.floor(at.y), Math.round(reach * ratio))];
  }

  onMove({ containerPoint, originalEvent }) {
    const code = this.hit(containerPoint);
    this.map.getContainer().style.cursor = code === undefined ? "" : "pointer";
    if (code === undefined) this.onOut();
    else this.on.enter(code, originalEvent);
    this.isOver = code !== undefined;
  }

  onOut() {
    if (this.isOver) this.on.leave();
    this.isOver = false;
  }

  onClick({ containerPoint, originalEvent }) {
    const code = this.hit(containerPoint);
    if (code !== undefined) this.press.click(code, originalEvent);
  }

  onDown(event) {
    const code = this.hit(this.map.mouseEventToContainerPoint(event));
    if (code !== undefined) this.press.begin(event, code);
  }

  // The keyboard.

  /**
   * Put one button into the tab order, that stands for the area under the keyboard: arrow keys
   * replace it by that of the neighbour, and thus have it read.
   */
  makeButtons(first) {
    this.setCursor(this.indexes.has(first) ? first : this.codes[0])?.remove();
  }

  /** Make the button of an area, and return the one that stood before. */
  setCursor(code) {
    const before = this.cursor;
    this.cursorCode = code;
    this.cursor = make("button", "tc-grid-cursor", { type: "button", "data-code": code });
    this.cursor.style.cssText = CURSOR_STYLE;
    this.cursor.addEventListener("focus", () => this.on.enter(code, null));
    this.cursor.addEventListener("blur", () => this.on.leave());
    this.cursor.addEventListener("keydown", (event) => this.onKey(event));
    this.describeCursor();
    this.placeCursor();
    this.root.append(this.cursor);
    return before;
  }

  describeCursor() {
    if (!this.cursor) return;
    const area = this.indexes.get(this.cursorCode);
    if (this.describe) this.cursor.setAttribute("aria-label", this.describe(area));
    this.cursor.setAttribute("aria-pressed", String(this.rings.areas.chosen.includes(area)));
  }

  /** Keep the button where its area is, so that a screen reader's magnifier finds it. */
  placeCursor() {
    if (!this.view) return;
    const { scale, left, top, ratio } = this.view;
    const { x, y } = this.shapes.anchors[this.indexes.get(this.cursorCode)];
    this.cursor.style.left = `${(x * scale - left) / ratio}px`;
    this.cursor.style.top = `${(y * scale - top) / ratio}px`;
  }

  onKey(event) {
    const way = ARROWS[event.key];
    const isChoice = event.key === "Enter" || event.key === " ";
    if (isChoice) this.on.choose(this.cursorCode, { add: isAdding(event) });
    else if (way && !event.altKey) this.focus(this.neighbour(this.cursorCode, way) ?? this.cursorCode);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focus(code) {
    const before = code === this.cursorCode ? null : this.setCursor(code);
    this.cursor.focus({ preventScroll: true });
    before?.remove();
  }

  /** The nearest area whose anchor lies within 45 degrees of a direction, else undefined. */
  neighbour(code, [right, up]) {
    const places = this.shapes.onPlane;
    const [fromX, fromY] = places[this.indexes.get(code)];
    let [best, least] = [-1, Infinity];
    for (let area = 0; area < places.length; area++) {
      const [dx, dy] = [places[area][0] - fromX, places[area][1] - fromY];
      const along = dx * right + dy * up;
      const aside = Math.abs(dx * up) + Math.abs(dy * right);
      if (along > 0 && aside <= along && along + aside < least) [best, least] = [area, along + aside];
    }
    return this.codes[best];
  }

  /** A place inside an area. */
  middle(code) {
    const at = this.shapes.anchors[this.indexes.get(code)];
    return this.map.options.crs.pointToLatLng(L.point(at.x, at.y), 0);
  }

  remove() {
    const container = this.map.getContainer();
    clearTimeout(this.changing);
    this.unwatchScreen();
    this.press.remove();
    this.map.off(this.hearing);
    for (const [name, listener] of Object.entries(this.touching)) container.removeEventListener(name, listener);
    container.style.cursor = "";
    this.layer.remove();
  }
}

/** The land around and outlines, below the pixels; tiles of a street map take their place. */
class GridGround {
  constructor({ base, outlines, arcs }, project) {
    // One flat ring, or the flat rings of one polygon.
    const flat = base.flatMap((item) => (typeof item[0] === "number" ? [item] : item));
    this.base = flat.map((ring) => projectFlat(ring, project));
    const rings = outlines.flatMap((outline) => outline.polygons ?? []).flat();
    this.outlines = rings.map((refs) => projectFlat(joinArcs(arcs, refs), project));
  }

  draw(context, view, { land, paper, hatch }, map) {
    if (map.getContainer().closest(".tc-streets")) return;
    this.fill(context, view, this.base, cssColour(land), cssColour(land), 2.5);
    this.fill(context, view, this.outlines, cssColour(paper), cssColour(hatch), 0.8);
  }

  fill(context, view, rings, fill, stroke, width) {
    context.beginPath();
    for (const ring of rings) {
      trace(context, ring, view);
      context.closePath();
    }
    context.fillStyle = fill;
    context.fill("evenodd");
    context.strokeStyle = stroke;
    context.lineWidth = width * view.ratio;
    context.stroke();
  }
}

/** Give a canvas (emptied by it) or an SVG the size of a view. */
function resize(element, { width, height, ratio }) {
  if (element instanceof HTMLCanvasElement) Object.assign(element, { width, height });
  element.style.width = `${width / ratio}px`;
  element.style.height = `${height / ratio}px`;
}
