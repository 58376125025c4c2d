/*
 * L.timeChoropleth(payload, {onSelect, onStep, onShow}).addTo(map): areas coloured over time.
 *
 * The payload is what payload.py describes. The values are unpacked asynchronously: `ready` is a
 * promise of the layer. The layer takes the map's container into a box of its own, and gives it
 * back when it is removed. It fires "show" on each change of what is shown.
 */

L.TimeChoropleth = L.Layer.extend({
  /** `layouts`: those that are offered, where not all that the model allows. */
  options: { onSelect: null, onStep: null, onShow: null, layouts: null },

  initialize(payload, options) {
    L.setOptions(this, options);
    this._payload = payload;
    this._load(payload);
  },

  onAdd(map) {
    this._map = map;
    this._start();
  },

  onRemove() {
    this._loading = null;
    this._unbuild();
  },

  /**
   * Show other data in the same place. What is shown stays as far as the new data has it.
   *
   * @returns {Promise<L.TimeChoropleth>} also as `ready`
   */
  update(payload) {
    this._payload = payload;
    this._load(payload);
    if (this._map) this._start();
    return this.ready;
  },

  _load(payload) {
    const loading = (this._loading = Model.load(payload));
    this.ready = new Promise((resolve, reject) => Object.assign(loading, { resolve, reject }));
    // Who does not ask for `ready` is told by the panel, not by the console.
    this.ready.catch(() => {});
    loading.catch(() => {});
  },

  /** Build when the data has come, unless something newer was asked for meanwhile. */
  _start() {
    const loading = this._loading;
    const isLate = () => this._loading !== loading || !this._map;
    loading.then(
      (model) => {
        if (isLate()) return;
        this._rebuild(model);
        loading.resolve(this);
      },
      (error) => {
        if (isLate()) return;
        this._unbuild();
        this._failure = new FailurePanel(this._map.getContainer(), error, this._payload?.head?.lang);
        loading.reject(error);
      },
    );
  },

  // What is shown, and how to show something else without telling the listeners.

  getPeriod() {
    return this._dates?.period ?? this._payload.period ?? "";
  },

  getAgainst() {
    return this._dates?.against ?? this._payload.against ?? "";
  },

  getSelected() {
    return [...(this._selected ?? [])];
  },

  setPeriod(period) {
    if (this._dates?.set("last", period)) this._showStep();
  },

  setAgainst(period) {
    if (this._dates?.set("first", period)) this._showStep();
  },

  setShow(show) {
    if (!this.model || show === this._show || !this._choices.show.has(show)) return;
    this._show = show;
    this._restage();
  },

  setLayout(layout) {
    if (!this.model || layout === this._layout || !this._choices.layout.has(layout)) return;
    this._layout = layout;
    this._restage();
  },

  /** @param {string|string[]} codes; those that are not on this map are left out */
  select(codes) {
    this._selected = this._known(codes);
    this._stages.tell("surround", "chosen", this._selected);
    this._showSelected();
  },

  /** The class that is painted on an area, read back from the map; -1 = missing. */
  classOf(code, stage = 0) {
    return this._stages.all[stage].renderer.classOf(code);
  },

  /** The fill that is painted on an area, read back from the map. */
  fillOf(code, stage = 0) {
    return this._stages.all[stage].renderer.fillOf(code);
  },

  // Building up and taking down.

  _rebuild(model) {
    const now = this.model && this._frame ? this._state() : this._payload;
    const view = this._stages?.view;
    this._unbuild();
    this._build(model, now);
    this._stages.restore(view);
  },

  _state() {
    const [period, against, selected] = [this.getPeriod(), this.getAgainst(), this.getSelected()];
    return { period, against, selected, show: this._show, layout: this._layout };
  },

  _build(model, { period, against, selected, show, layout }) {
    this.model = model;
    this._sparks = new Sparks(model);
    this._comparison = new Comparison(model);
    this._buildControls();
    this._frame = new Frame(this._map.getContainer(), model, {
      choices: [this._choices.show.root, this._choices.layout.root],
      readout: this._readout.root,
    });
    this._frame.root.addEventListener("keydown", (event) => event.key === "Escape" && this._escape());
    this._show = this._choices.show.has(show) ? show : "one";
    this._layout = this._choices.layout.has(layout) ? layout : this._choices.layout.first;
    this._dates.start(period, against);
    this._selected = this._known(selected ?? []);
    this._stage();
    this._sizes = new ResizeObserver(() => this._onResize());
    this._sizes.observe(this._frame.maps);
  },

  _buildControls() {
    const { model } = this;
    const { shows, layouts } = choicesFor(model, this.options.layouts);
    this._choices = {
      show: new Choice(model.words.show, shows, (value) => this._choiceMade(() => this.setShow(value))),
      layout: new Choice(model.words.layout, layouts, (value) => this._choiceMade(() => this.setLayout(value))),
    };
    this._dates = new Dates(model, this._comparison, {
      move: () => this._moved(),
      settle: (which) => this._settled(which),
    });
    this._readout = new Readout(model, this._sparks, {
      remove: (code) => this._choose(code, { add: true }),
      clear: () => this._report([]),
    });
  },

  /** Set up the maps and the legend for the way in which they are to be shown. */
  _stage() {
    const { model } = this;
    this._dates.pair(this._show !== "one");
    const [sheet] = this._sheets();
    this._stages = new Stages(this._map, model, {
      place: this._frame.maps, show: this._show, layout: this._layout, classes: sheet.classes,
    }, {
      enter: (code, event, stage) => this._pointing?.enter(code, event, stage),
      leave: () => this._pointing?.leave(),
      choose: (code, how) => this._choose(code, how),
    });
    this._legend = new Legend(model, this._stages.first.patterns, sheet, {
      emphasise: (index) => this._stages.tell("emphasise", index),
      filter: (shown) => this._stages.tell("filter", shown),
    });
    this._pointing = new Pointing({
      model, stages: this._stages, legend: this._legend, frame: this._frame, sparks: this._sparks,
      steps: () => this._dates.steps, sheets: () => this.sheets,
    });
    this._frame.setLegend(this._legend.root);
    this._choices.show.show(this._show);
    this._choices.layout.show(this._layout);
    this._frame.arrange(this._show, this._dates.roots);
    this._stages.draw();
    const reached = this._selected[0] ?? model.codes[0];
    for (const stage of this._stages.all) stage.renderer.makeButtons(reached);
    this._showStep();
    this._stages.tell("surround", "chosen", this._selected);
    this._dates.lay();
  },

  _restage() {
    const view = this._stages.view;
    clearTimeout(this._changing);
    this._pointing = null;
    this._stages.remove();
    this._stage();
    this._stages.restore(view);
  },

  _unbuild() {
    this._failure?.remove();
    this._failure = null;
    if (!this._frame) return;
    clearTimeout(this._changing);
    this._sizes.disconnect();
    this._dates.remove();
    this._pointing = null;
    this._stages.remove();
    for (const choice of Object.values(this._choices)) choice.remove();
    this._frame.remove();
    this._frame = this._stages = this._legend = this._readout = null;
  },

  _choiceMade(apply) {
    apply();
    this._reportShow();
  },

  _reportShow() {
    this.options.onShow?.({ show: this._show, against: this.getAgainst(), layout: this._layout });
  },

  // Selection.

  /** Those of some codes that are on this map, each once. */
  _known(codes) {
    const wanted = new Set([codes].flat().filter((code) => this.model.codes.includes(code)));
    return [...wanted].slice(0, MOST_SELECTED);
  },

  _choose(code, { add } = {}) {
    const has = this._selected.includes(code);
    if (add) this._report(has ? this._selected.filter((each) => each !== code) : [...this._selected, code]);
    else this._report(has && this._selected.length === 1 ? [] : [code]);
  },

  _report(codes) {
    if (codes.length > MOST_SELECTED) {
      this._frame.announce(say(this.model.words.full, { count: MOST_SELECTED }));
      return;
    }
    this.select(codes);
    this.options.onSelect?.(this.getSelected());
  },

  _escape() {
    this._stages.hideTips();
    if (this._selected.length) this._report([]);
  },

  _showSelected() {
    this._readout.show(this._selected, this.sheets, this._dates.steps);
  },

  /** Also called when a hidden tab is first shown, with the size it then has. */
  _onResize() {
    const { clientWidth, clientHeight } = this._frame.maps;
    if (!clientWidth || !clientHeight) return;
    this._stages.resize();
    this._dates.lay();
  },
});

L.timeChoropleth = (payload, options) => new L.TimeChoropleth(payload, options);
