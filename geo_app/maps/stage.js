/*
 * One map on the page: Leaflet's map in its box, the renderer of the areas, the inset, the zoom
 * buttons and the tooltip. Two dates are two stages. What they show is told by time_choropleth.js.
 */

/** From so many shapes on pixels are painted instead of paths. */
const MANY_AREAS = 200;

/** Zoom levels that the reader may go in from the whole map. */
const DEPTH = { few: 5, many: 8 };

/** A few frames. */
const INSET_AFTER_MS = 60;

let stageCount = 0;

class Stage {
  /**
   * @param {L.Map} map
   * @param {Model} model
   * @param {object} setting `layout`: name of the layout; `classes`: of the sheets to come;
   *     `hasZoom`: whether the buttons stand here
   * @param {object} on `enter(code, event, stage)`, `leave()`, `choose(code, how)`
   */
  constructor(map, model, { layout, classes, hasZoom }, on) {
    Object.assign(this, { map, model, words: model.words, hasZoom, isHome: true, told: new Map() });
    this.isTiled = layout === "tiles";
    this.layout = layoutNamed(layout);
    this.geometry = this.isTiled ? tileGeometry(model.codes) : model.geometry;
    this.isMany = model.areaCount > MANY_AREAS && !this.geometry.points;
    this.patterns = new Patterns(`tc${++stageCount}`, classes);
    this.on = { ...on, enter: (code, event) => on.enter(code, event, this) };
    this.buildSlot();
  }

  buildSlot() {
    this.chip = make("span", "tc-chip", { hidden: "" });
    this.caption = make("p", "tc-caption", { hidden: "" });
    this.veil = make("p", "tc-veil", { hidden: "" });
    this.tip = make("div", "tc-tip", { "aria-hidden": "true", hidden: "" });
    this.corner = make("div", "tc-corner", {}, [this.zoomButtons(), this.chip]);
    this.slot = make("div", "tc-map", { role: "group", "aria-label": this.words.map });
    this.slot.append(this.map.getContainer(), this.patterns.root, this.caption, this.veil, this.corner, this.tip);
    // A plain wheel belongs to the page; Leaflet below only sees a wheel with ctrl.
    this.slot.addEventListener("wheel", (event) => event.ctrlKey || event.stopPropagation(), { capture: true });
  }

  zoomButtons() {
    const { zoom_in: inside, zoom_out: out, home } = this.words;
    this.zoom = {
      in: iconButton("tc-button", inside, "M12,6 V18 M6,12 H18"),
      out: iconButton("tc-button", out, "M6,12 H18"),
      home: iconButton("tc-button", home, "M4,9 V4 H9 M15,4 H20 V9 M20,15 V20 H15 M9,20 H4 V15"),
    };
    this.zoom.in.addEventListener("click", () => this.map.zoomIn());
    this.zoom.out.addEventListener("click", () => this.map.zoomOut());
    this.zoom.home.addEventListener("click", () => this.fit());
    return make("div", "tc-zoom", this.hasZoom ? {} : { hidden: "" }, Object.values(this.zoom));
  }

  /**
   * Draw the areas, when the slot has its place and its size: the view is set first, since areas
   * that are already there would be projected twice.
   */
  draw() {
    const { map, geometry, patterns, layout, words } = this;
    map.options.crs = layout.crs;
    const hasStreets = layout === LAYOUTS.mercator;
    // The only thing that is ever asked of another host, and only by the reader's own choice.
    this.slot.classList.toggle("tc-streets", hasStreets);
    if (hasStreets && words.streets_address) this.streets = new Streets(map, this.slot, words);
    this.box = boxOf(geometry, layout.place);
    map.on("zoomend", this.onZoom, this);
    this.fit();
    this.renderer = new this.Renderer(map, geometry, patterns, this.on, layout.place);
    this.renderers = [this.renderer];
    // The small map comes when the large one, which is waited for, has been painted.
    this.soon = requestAnimationFrame(() => (this.later = setTimeout(() => this.enlarge(), INSET_AFTER_MS)));
  }

  get Renderer() {
    return this.isMany ? Grid : Areas;
  }

  /** Draw the middle of the country once more, larger. */
  enlarge() {
    const { geometry, patterns, layout, words, on, Renderer } = this;
    if (this.isTiled || !centrePoints(geometry, layout.place).length) return;
    this.inset = new Inset(this.slot, { geometry, patterns, words, on, layout, Renderer });
    this.inset.fit();
    this.renderers.push(this.inset.renderer);
    for (const [way, values] of this.told.values()) this.inset.renderer[way](...values);
  }

  /** Tell the renderers what holds from now on; the small map hears it when it comes. */
  tell(way, ...values) {
    this.told.set(way === "surround" ? `${way} ${values[0]}` : way, [way, values]);
    for (const renderer of this.renderers) renderer[way](...values);
  }

  /** Paint a sheet; `isNamed` writes its date on the map itself. */
  paint(sheet, { describe, isNamed }) {
    this.tell("paint", sheet, describe);
    const { mark } = sheet;
    this.caption.textContent = sheet.label;
    this.caption.hidden = !isNamed;
    this.slot.setAttribute("aria-label", isNamed ? `${sheet.label}. ${this.words.map}` : this.words.map);
    this.chip.textContent = mark ? this.words[mark] : "";
    this.chip.hidden = !mark;
    this.veil.textContent = sheet.refusal || "";
    this.veil.hidden = !sheet.refusal;
  }

  // The view.

  get sizeNow() {
    return `${this.slot.clientWidth} x ${this.slot.clientHeight}`;
  }

  get hasSize() {
    return this.slot.clientWidth > 0 && this.slot.clientHeight > 0;
  }

  /** Show the whole map, and let the reader in from there but not out. */
  fit() {
    // A tab that is not shown yet has no size; its first one calls this again.
    if (!this.hasSize) return;
    const { map } = this;
    this.size = this.sizeNow;
    map.invalidateSize({ animate: false });
    Object.assign(map.options, { minZoom: -30, maxZoom: 30 });
    map.fitBounds(this.box, { animate: false, ...this.margins, reset: true });
    this.homeZoom = map.getZoom();
    map.options.minZoom = this.homeZoom;
    map.options.maxZoom = this.homeZoom + (this.isMany ? DEPTH.many : DEPTH.few);
    this.inset?.fit();
    this.onZoom();
  }

  /** Squares fill the corners too: below them there is room for the buttons. */
  get margins() {
    const below = this.isTiled ? this.corner.offsetHeight + 12 : 10;
    return { paddingTopLeft: [10, 10], paddingBottomRight: [10, below] };
  }

  onZoom() {
    if (this.homeZoom === undefined) return;
    const zoom = this.map.getZoom();
    this.isHome = zoom < this.homeZoom + 0.01;
    // At the whole map a finger that moves means the page, not the map.
    this.map.dragging?.[this.isHome ? "disable" : "enable"]();
    this.slot.classList.toggle("tc-home", this.isHome);
    this.zoom.in.disabled = zoom > this.map.options.maxZoom - 0.01;
    if (this.isTiled) this.sizeTiles();
    // The rings of points are of pixels.
    const chosen = this.told.get("surround chosen");
    if (chosen) this.renderer.surround(...chosen[1]);
  }

  /** The letters grow with the squares, and the value is left out where it has no room. */
  sizeTiles() {
    const side = TILE.side * this.map.getZoomScale(this.map.getZoom(), 0);
    this.slot.style.setProperty("--tc-tile", `${side}px`);
    this.slot.classList.toggle("tc-tiny-tiles", side < 44);
  }

  /** Also called once by the observer for the size in which the map was drawn. */
  resize() {
    if (!this.hasSize || this.sizeNow === this.size) return;
    this.size = this.sizeNow;
    this.map.invalidateSize({ animate: false });
    if (this.isHome) this.fit();
    else this.inset?.fit();
  }

  // The tooltip.

  placeOf(code, event) {
    if (!event) return this.map.latLngToContainerPoint(this.renderer.middle(code));
    const box = this.slot.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** Show the tooltip at a place of the map, kept inside it. */
  showTip(nodes, at) {
    this.tip.replaceChildren(...nodes);
    this.tip.hidden = false;
    this.moveTip(at);
  }

  moveTip(at) {
    if (this.tip.hidden) return;
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const left = Math.min(Math.max(at.x - width / 2, 4), this.slot.clientWidth - width - 4);
    const above = at.y - height - 16;
    const top = above >= 4 ? above : Math.min(at.y + 20, this.slot.clientHeight - height - 4);
    this.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hideTip() {
    this.tip.hidden = true;
  }

  /** Take all of it away; the map's container stays with whoever made it. */
  remove() {
    cancelAnimationFrame(this.soon);
    clearTimeout(this.later);
    this.map.off("zoomend", this.onZoom, this);
    this.inset?.remove();
    this.renderer.remove();
    this.streets?.remove();
    this.slot.before(this.map.getContainer());
    this.slot.remove();
  }
}
