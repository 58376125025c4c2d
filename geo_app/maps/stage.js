/*
 * One map on the page: Leaflet's map in its box, the renderer of the areas, the inset, the zoom
 * buttons and the tooltip. Two dates are two stages. What they show is told by time_choropleth.js.
 */

/** From so many shapes on pixels are painted instead of paths. */
const MANY_AREAS = 200;

/** Zoom levels that the reader may go in from the whole map. */
const DEPTH = { few: 5, many: 8 };

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
    Object.assign(this, { map, model, words: model.words, hasZoom, isHome: true });
    this.isTiled = layout === "tiles";
    this.layout = layoutNamed(layout);
    this.geometry = this.isTiled ? tileGeometry(model.codes) : model.geometry;
    this.isMany = model.areaCount > MANY_AREAS && !this.geometry.points;
    this.patterns = new Patterns(`tc${++stageCount}`, classes);
    this.buildSlot();
    this.draw({ ...on, enter: (code, event) => on.enter(code, event, this) }, layout === "mercator");
    map.on("zoomend", this.onZoom, this);
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

  draw(on, hasStreets) {
    const { map, geometry, patterns, layout } = this;
    map.options.crs = layout.crs;
    const Renderer = this.isMany ? Grid : Areas;
    // The only thing that is ever asked of another host, and only by the reader's own choice.
    this.slot.classList.toggle("tc-streets", hasStreets);
    if (hasStreets && this.words.streets_address) this.streets = new Streets(map, this.slot, this.words);
    this.renderer = new Renderer(map, geometry, patterns, on, layout.place);
    this.renderers = [this.renderer];
    if (this.isTiled || !centrePoints(geometry, layout.place).length) return;
    this.inset = new Inset(this.slot, { geometry, patterns, words: this.words, on, layout, Renderer });
    this.renderers.push(this.inset.renderer);
  }

  /** Paint a sheet; `isNamed` writes its date on the map itself. */
  paint(sheet, { describe, isNamed }) {
    for (const renderer of this.renderers) renderer.paint(sheet, describe);
    const mark = markName(sheet.mark);
    this.caption.textContent = sheet.label;
    this.caption.hidden = !isNamed;
    this.chip.textContent = mark ? this.words[mark] : "";
    this.chip.hidden = !mark;
    this.veil.textContent = sheet.refusal || "";
    this.veil.hidden = !sheet.refusal;
  }

  each(act) {
    for (const renderer of this.renderers) act(renderer);
  }

  // The view.

  get hasSize() {
    return this.slot.clientWidth > 0 && this.slot.clientHeight > 0;
  }

  /** Show the whole map, and let the reader in from there but not out. */
  fit() {
    // A tab that is not shown yet has no size; its first one calls this again.
    if (!this.hasSize) return;
    const { map } = this;
    map.invalidateSize({ animate: false });
    Object.assign(map.options, { minZoom: -30, maxZoom: 30 });
    map.fitBounds(this.renderer.box, { animate: false, padding: [10, 10], reset: true });
    this.homeZoom = map.getZoom();
    map.options.minZoom = this.homeZoom;
    map.options.maxZoom = this.homeZoom + (this.isMany ? DEPTH.many : DEPTH.few);
    this.inset?.fit();
    this.onZoom();
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
    if (this.chosen) this.renderer.surround("chosen", this.chosen);
  }

  /** The letters grow with the squares, and the value is left out where it has no room. */
  sizeTiles() {
    const side = TILE.side * this.map.getZoomScale(this.map.getZoom(), 0);
    this.slot.style.setProperty("--tc-tile", `${side}px`);
    this.slot.classList.toggle("tc-tiny-tiles", side < 44);
  }

  resize() {
    if (!this.hasSize) return;
    this.map.invalidateSize({ animate: false });
    if (this.isHome) this.fit();
    else this.inset?.fit();
  }

  choose(codes) {
    this.chosen = codes;
    this.each((renderer) => renderer.surround("chosen", codes));
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
    this.map.off("zoomend", this.onZoom, this);
    this.inset?.remove();
    this.renderer.remove();
    this.streets?.remove();
    this.slot.before(this.map.getContainer());
    this.slot.remove();
  }
}
