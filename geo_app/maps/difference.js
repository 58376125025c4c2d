/*
 * The sheet of a difference of two steps: the same interface as that of one step.
 */

/**
 * The later of two steps less the earlier one. Rates are tested, all areas together: what cannot
 * be told from chance has the class `neutral`, a grey band outside the scale. Levels are not
 * measurements: their difference needs no test, and none is the band.
 */
class DifferenceSheet {
  constructor(model, first, last) {
    const how = model.head.difference;
    Object.assign(this, { model, first, last, how });
    const [before, after] = [first, last].map((step) => model.steps[step]);
    this.label = say(how?.label ?? "{first} \u2013 {last}", { first: before.label, last: after.label });
    this.refusal = model.refusal(first, last) || (how ? "" : model.words.missing);
    this.note = [before.note, after.note].filter((note, i, all) => note && all.indexOf(note) === i).join(" ");
    this.breakReason = "";
    this.mark = before.mark || after.mark;
    this.unit = how?.unit ?? model.unit;
    this.classes = how ? how.classes.map(([label, colour]) => ({ label, colour })) : model.classes;
    this.neutral = how?.neutral ?? -2;
    this.reasons = new Map();
    this.row = new Int8Array(model.areaCount).fill(MISSING);
    this.marks = new Uint8Array(model.areaCount);
    if (!this.refusal) this.compare();
  }

  get isTested() {
    return this.model.numbers.isCounted;
  }

  compare() {
    const { model } = this;
    for (let area = 0; area < model.areaCount; area++) {
      const reason = this.reasonAgainst(area);
      if (reason) this.reasons.set(area, reason);
    }
    this.stands = this.isTested ? holm(this.probabilities()) : null;
    for (let area = 0; area < model.areaCount; area++) {
      this.marks[area] = this.markOf(area);
      if (!this.reasons.has(area)) this.row[area] = this.classFor(area);
    }
  }

  /** Why an area is not compared although the two steps may be. */
  reasonAgainst(area) {
    const { model, first, last, how } = this;
    if (Number.isNaN(model.valueAt(first, area)) || Number.isNaN(model.valueAt(last, area))) return how.missing;
    const partial = MARKS.indexOf("partial");
    const marks = [first, last].map((step) => model.marks[step * model.areaCount + area]);
    return marks.includes(partial) ? how.partial : "";
  }

  markOf(area) {
    const { model, first, last } = this;
    if (this.reasons.has(area)) return 0;
    return Math.max(...[first, last].map((step) => model.marks[step * model.areaCount + area]));
  }

  /** Probabilities by area; 1 where nothing is known, so that it counts among the tests. */
  probabilities() {
    return Float64Array.from({ length: this.model.areaCount }, (_, area) => (
      this.isMissing(area) ? 1 : changeProbability(...this.counted(area))
    ));
  }

  /** As in comparisons.py a partial count takes part in the correction, a missing one is no finding. */
  isMissing(area) {
    return Number.isNaN(this.model.valueAt(this.first, area)) || Number.isNaN(this.model.valueAt(this.last, area));
  }

  /** Count and exposure of the earlier, then of the later step. */
  counted(area) {
    const { model } = this;
    return [this.first, this.last].flatMap((step) => {
      const count = model.numbers.counts[area * model.stepCount + step];
      return [count, model.peopleAt(area, step) * model.head.exposure.days[step]];
    });
  }

  difference(area) {
    return this.model.valueAt(this.last, area) - this.model.valueAt(this.first, area);
  }

  classFor(area) {
    if (this.stands && !this.stands[area]) return this.neutral;
    const index = classOfValue(this.difference(area), this.how.breaks);
    // Among the levels the band is the class of zero; in the scale of rates it stands aside.
    const isAside = this.how.classes.length === this.how.breaks.length + 2;
    return isAside && index >= this.neutral ? index + 1 : index;
  }

  /** Texts of an area, ready to read. */
  cell(area) {
    const classIndex = this.row[area];
    const nothing = { classIndex, mark: "", unit: "", interval: "", status: "" };
    if (classIndex === MISSING) return { ...nothing, value: this.refusal || this.reasons.get(area) };
    const mark = MARKS[this.marks[area]];
    const value = signedText(this.difference(area), this.model.decimals);
    const texts = this.isTested ? this.tested(area) : { interval: "", status: mark ? "" : this.standing(area) };
    return { classIndex, mark, value, unit: this.unit, ...texts };
  }

  /** From which to which level. */
  standing(area) {
    return [this.first, this.last].map((step) => this.model.valueText(this.model.valueAt(step, area))).join(" \u2192 ");
  }

  tested(area) {
    const [low, high] = ratioInterval(...this.counted(area));
    const status = this.stands[area] ? this.how.stands : this.how.none;
    const [from, to] = [low, high].map(percentText);
    if (Number.isFinite(high)) return { interval: say(this.how.interval, { low: from, high: to }), status };
    return { interval: low > 0 ? say(this.how.interval_open, { low: from }) : "", status };
  }
}
