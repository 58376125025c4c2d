/*
 * L.timeChoropleth(payload, {onSelect, onStep}).addTo(map): areas coloured over time.
 *
 * The payload is what TimeMapData.to_json() writes. The map must stand on L.CRS.Simple, best as
 * plane_map() makes it. The layer takes the map's container into a box of its own, and gives it
 * back when it is removed.
 */

/** Zoom levels that the reader may go in from the whole map. */
const DEPTH = 5;

let made = 0;

/** Decode the values: one list of cells per step, in the order of the areas. */
function decodeData(raw) {
  const texts = (column, step, area) =>
    column.texts ? column.texts[parseInt(column.rows[step][area], 36)] : column.split[step][area];
  for (const column of [raw.value, raw.interval, raw.status]) {
    if (!column.texts) column.split = column.rows.map((row) => row.split("|"));
  }
  const cells = raw.steps.map((_, step) =>
    raw.codes.map((_code, area) => ({
      classIndex: raw.class[step][area] === "-" ? MISSING : parseInt(raw.class[step][area], 36),
      mark: MARKS[Number(raw.mark[step][area])],
      value: texts(raw.value, step, area),
      interval: texts(raw.interval, step, area),
      status: texts(raw.status, step, area),
    })),
  );
  const steps = raw.steps.map(([period, label, note, breakReason, mark]) => (
    { period, label, note, breakReason, mark: MARKS[mark] }
  ));
  return { ...raw, steps, cells };
}

L.TimeChoropleth = L.Layer.extend({
  options: { onSelect: null, onStep: null },

  initialize(payload, options) {
    L.setOptions(this, options);
    this._payload = payload;
  },

  onAdd(map) {
    this._map = map;
    this._build(this._payload, this._payload.period, this._payload.selected);
    this._fit();
    map.on("zoomend", this._onZoom, this);
    this._sizes = new ResizeObserver(() => this._onResize());
    this._sizes.observe(this._frame.slot);
  },

  onRemove(map) {
    this._sizes.disconnect();
    map.off("zoomend", this._onZoom, this);
    this._unbuild();
  },

  /**
   * Show other data in the same place. The step and the selection stay where the new data has
   * them; the view stays if the shapes are the same.
   */
  update(payload) {
    const [period, selected] = [this.getPeriod(), this.getSelected()];
    const sameShapes = JSON.stringify(payload.geometry.box) === JSON.stringify(this._payload.geometry.box);
    this._sizes.disconnect();
    this._unbuild();
    this._payload = payload;
    this._build(payload, period, selected);
    this._sizes.observe(this._frame.slot);
    if (!sameShapes || this._home) this._fit();
    else this._map.invalidateSize({ animate: false });
  },

  // What is shown, and how to show something else without telling the listeners.

  getPeriod() {
    return this._data.steps[this._slider.index].period;
  },

  getSelected() {
    return this._selected;
  },

  setPeriod(period) {
    const index = this._data.steps.findIndex((step) => step.period === period);
    if (index < 0 || index === this._slider.index) return;
    this._slider.pause();
    this._slider.show(index);
    this._showStep();
  },

  select(code) {
    this._selected = this._areas.byCode.has(code) ? code : "";
    this._areas.surround("chosen", this._selected);
    this._showSelected();
  },

  /** The class that is painted on an area, read back from the document; -1 = missing. */
  classOf(code) {
    return Number(this._areas.byCode.get(code).path.dataset.class);
  },

  /** The fill that is painted on an area, read back from the document. */
  fillOf(code) {
    return this._areas.byCode.get(code).path.getAttribute("fill");
  },

  // Building up and taking down.

  _build(payload, period, selected) {
    const data = (this._data = decodeData(payload.data));
    const patterns = new Patterns(`tc${++made}`, data.classes.map(([, colour]) => colour));
    this._legend = new Legend(data, patterns, (index) => this._areas.emphasise(index));
    this._slider = new Slider(data, {
      onMove: () => this._showStep(),
      onSettle: () => this._settled(),
    });
    this._frame = new Frame(this._map.getContainer(), data, {
      legend: this._legend.root,
      slider: this._slider.root,
      patterns: patterns.root,
      onClear: () => this._choose(this._selected),
    });
    this._listen();
    this._areas = new Areas(this._map, payload.geometry, patterns, {
      enter: (code, event) => this._enter(code, event),
      leave: () => this._leave(),
      choose: (code) => this._choose(code),
    });
    const start = data.steps.findIndex((step) => step.period === period);
    this._slider.show(start < 0 ? data.steps.length - 1 : start);
    this._areas.makeButtons(this._areas.byCode.has(selected) ? selected : data.codes[0]);
    this._showStep();
    this.select(selected);
    this._slider.layTicks();
  },

  _unbuild() {
    this._slider.remove();
    this._areas.remove();
    this._frame.remove();
  },

  _listen() {
    const { root, slot } = this._frame;
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this._frame.hideTip();
      if (this._selected) this._choose(this._selected);
    });
    // A plain wheel belongs to the page; Leaflet below only sees a wheel with ctrl.
    slot.addEventListener("wheel", (event) => event.ctrlKey || event.stopPropagation(), { capture: true });
    this._zoom = {
      in: iconButton("tc-button", this._data.words.zoom_in, "M12,6 V18 M6,12 H18"),
      out: iconButton("tc-button", this._data.words.zoom_out, "M6,12 H18"),
      home: iconButton("tc-button", this._data.words.home, "M4,9 V4 H9 M15,4 H20 V9 M20,15 V20 H15 M9,20 H4 V15"),
    };
    this._zoom.in.addEventListener("click", () => this._map.zoomIn());
    this._zoom.out.addEventListener("click", () => this._map.zoomOut());
    this._zoom.home.addEventListener("click", () => this._fit());
    slot.append(make("div", "tc-zoom", {}, Object.values(this._zoom)));
  },

  // One step.

  _showStep() {
    const index = this._slider.index;
    const cells = this._data.cells[index];
    const step = this._data.steps[index];
    this._areas.paint(cells, (area) => {
      const { name, figures, standing } = this._facts(area);
      return `${name}: ${[...figures, ...standing].join(", ")}`;
    });
    this._legend.show(cells);
    this._frame.showStep(step);
    this._showSelected();
    if (this._pointed) this._frame.hideTip();
    if (!this._slider.playing) this._announce();
  },

  _announce() {
    const index = this._slider.index;
    const missing = this._data.cells[index].filter((cell) => cell.classIndex === MISSING).length;
    const period = this._data.steps[index].label;
    this._frame.announce(say(this._data.words.announce, { period, count: missing }));
  },

  _settled() {
    this._announce();
    this.options.onStep?.(this.getPeriod());
  },

  /** Everything to be said of an area at this step, nothing twice. */
  _facts(area) {
    const { words, unit, names, steps } = this._data;
    const cell = this._data.cells[this._slider.index][area];
    const isMissing = cell.classIndex === MISSING;
    const value = isMissing ? cell.value || words.missing : `${cell.value} ${unit}`.trim();
    const said = new Set([""]);
    const isNew = (text = "") => !said.has(text.toLowerCase()) && said.add(text.toLowerCase());
    const figures = [value, cell.interval].filter(isNew);
    const standing = [cell.status, words[cell.mark], steps[this._slider.index].label].filter(isNew);
    return { name: names[area], figures, standing };
  },

  // Pointer, focus, selection.

  _enter(code, event) {
    const area = this._data.codes.indexOf(code);
    const map = this._map;
    const at = event
      ? map.mouseEventToContainerPoint(event)
      : map.latLngToContainerPoint(this._areas.middle(code));
    if (this._pointed !== code) this._areas.surround("active", code);
    this._pointed = code;
    this._legend.pointOut(this.classOf(code));
    // A finger reads below the map what it has touched; the tooltip would lie over the map.
    if (matchMedia("(hover: none)").matches) return;
    const { name, figures, standing } = this._facts(area);
    this._frame.showTip([name, ...figures, standing.join(" · ")], at);
  },

  _leave() {
    this._pointed = null;
    this._areas.surround("active", "");
    this._legend.pointOut(null);
    this._frame.hideTip();
  },

  _choose(code) {
    this.select(code === this._selected ? "" : code);
    this.options.onSelect?.(this._selected);
  },

  _showSelected() {
    const area = this._data.codes.indexOf(this._selected);
    this._frame.showSelected(area < 0 ? null : this._facts(area));
  },

  // The view.

  /** Show the whole map, and let the reader in from there but not out. */
  _fit() {
    const map = this._map;
    this._home = true;
    // A tab that is not shown yet has no size; its first one calls this again.
    const { clientWidth, clientHeight } = this._frame.slot;
    if (!clientWidth || !clientHeight) return;
    map.invalidateSize({ animate: false });
    map.options.minZoom = -30;
    map.fitBounds(this._areas.box, { animate: false, padding: [10, 10] });
    this._homeZoom = map.getZoom();
    map.options.minZoom = this._homeZoom;
    map.options.maxZoom = this._homeZoom + DEPTH;
    this._onZoom();
  },

  _onZoom() {
    const zoom = this._map.getZoom();
    if (this._homeZoom === undefined) return;
    this._home = zoom < this._homeZoom + 0.01;
    // At the whole map a finger that moves means the page, not the map.
    this._map.dragging?.[this._home ? "disable" : "enable"]();
    this._frame.root.classList.toggle("tc-home", this._home);
    this._zoom.in.disabled = zoom > this._homeZoom + DEPTH - 0.01;
    this._areas.surround("chosen", this._selected);
  },

  /** Also called when a hidden tab is first shown, with the size it then has. */
  _onResize() {
    const { clientWidth, clientHeight } = this._frame.slot;
    if (!clientWidth || !clientHeight) return;
    this._map.invalidateSize({ animate: false });
    if (this._home) this._fit();
    this._slider.layTicks();
  },
});

L.timeChoropleth = (payload, options) => new L.TimeChoropleth(payload, options);
