/*
 * The part of the layer that shows a step: maps, legend, texts and outlines, all from the same
 * sheets.
 */

/** How long the areas that changed class at a step keep their outline. */
const CHANGED_MS = 1300;

L.TimeChoropleth.include({
  /** @returns {Sheet[]} what is on the maps: one, or two for two dates */
  _sheets() {
    const { steps } = this._dates;
    if (this._show === "difference") return [this.model.difference(...steps)];
    return steps.map((step) => this.model.sheet(step));
  },

  _moved() {
    this._showStep();
    this._flash();
  },

  _showStep() {
    const { model } = this;
    const sheets = (this.sheets = this._sheets());
    const isOne = this._show === "one";
    this._stages.paint(sheets, (sheet, area) => sentenceOf(model, [sheet], area));
    this._legend.show(sheets);
    this._changes = this._compare();
    // What differs between two dates stays outlined; what changed at a step, only for a moment.
    this._outline(this._show === "two" ? this._changes.codes : []);
    const { note, breakReason } = model.steps[this._dates.steps.at(-1)];
    this._frame.showStep({
      period: this._dated(),
      note: isOne ? note : "",
      breakReason: isOne ? breakReason : "",
      changes: this._changes.text,
    });
    this._showSelected();
    this._pointing.renew();
    if (!this._dates.last.playing) this._announce();
    this.fire("show");
  },

  /** The period, or both: two dates are no stretch of time. */
  _dated() {
    const [first, last] = this.sheets.map((sheet) => sheet.label);
    return last ? say(this.model.words.both, { first, last }) : first;
  },

  _compare() {
    // The refusal of a difference stands on the map itself.
    if (this._show === "difference") return { codes: [], text: "" };
    if (this._show === "two") return this._comparison.dates(...this._dates.steps);
    return this._comparison.since(this._dates.steps[0]);
  },

  _outline(codes) {
    this._stages?.tell("surround", "changed", codes);
  },

  /** Outline what changed at this step for a moment; who asked for less motion reads the list. */
  _flash() {
    clearTimeout(this._changing);
    if (this._show !== "one" || isStill()) return;
    this._outline(this._changes.codes);
    this._changing = setTimeout(() => this._outline([]), CHANGED_MS);
  },

  _announce() {
    const said = this.sheets.map((sheet) => say(this.model.words.announce, { period: sheet.label, count: countOf(sheet.row, MISSING) }));
    this._frame.announce([...said, this.sheets[0].refusal, this._changes.text].filter(Boolean).join(". "));
  },

  _settled(which) {
    this._announce();
    if (which === "last") this.options.onStep?.(this.getPeriod());
    // The second date may have pushed the first one on.
    if (this._show !== "one") this._reportShow();
  },
});
