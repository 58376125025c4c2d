/*
 * What a map shows, computed from the packed integers: rates, classes, intervals, differences and
 * every text of an area. Everything else of the element reads only this.
 */

/** The refusals of all pairs of steps: a row that is "" is the next one without its first. */
function unfoldPairs({ pairs }) {
  const rows = [...pairs];
  for (let step = rows.length - 2; step > 0; step--) rows[step] ||= rows[step + 1].slice(1);
  return rows;
}

class Model {
  /**
   * Decode a payload and prove it.
   *
   * @param {{head: object, geometry: Uint8Array|string, series: Uint8Array|string}} payload
   * @returns {Promise<Model>}
   * @throws {ArtefactError}
   */
  static async load({ head, geometry, series }) {
    const [shapes, numbers] = await Promise.all([unpack(geometry, "G", head.geometry), unpack(series, "S", head.series)]);
    return new Model(head, new Geometry(shapes), new SeriesNumbers(numbers));
  }

  constructor(head, geometry, numbers) {
    const { lang, title, short, unit, kind, level, words, sources, names, breaks, decimals } = head;
    Object.assign(this, { lang, title, short, unit, kind, level, words, sources, names, breaks, decimals });
    Object.assign(this, { head, geometry, numbers, codes: geometry.codes });
    this.areaCount = geometry.codes.length;
    this.stepCount = head.steps.length;
    this.steps = head.steps.map(([period, label, note, breakReason, mark]) => (
      { period, label, note, breakReason, mark: MARKS[mark] }
    ));
    this.classes = head.classes.map(([label, colour]) => ({ label, colour }));
    const isOne = numbers.areaCount === this.areaCount && names.length === this.areaCount;
    if (!isOne || numbers.stepCount !== this.stepCount) {
      throw new ArtefactError("mismatch", `${numbers.areaCount} x ${numbers.stepCount} values for ${this.areaCount} areas, ${this.stepCount} steps`);
    }
    this.sheets = new Map();
    this.pairs = head.comparable ? unfoldPairs(head.comparable) : null;
    this.prepare();
  }

  /** Compute every value and class once, step by step. */
  prepare() {
    const size = this.areaCount * this.stepCount;
    this.values = new Float64Array(size);
    this.rows = new Int8Array(size);
    this.marks = new Uint8Array(size);
    const markOf = this.head.statuses.map(([, mark]) => mark);
    for (let step = 0; step < this.stepCount; step++) {
      for (let area = 0; area < this.areaCount; area++) {
        const to = step * this.areaCount + area;
        const cell = area * this.stepCount + step;
        const value = this.numbers.known[cell] ? this.compute(area, step, cell) : NaN;
        this.values[to] = value;
        this.rows[to] = classOfValue(value, this.breaks);
        this.marks[to] = this.numbers.known[cell] ? markOf[this.numbers.status[cell]] : 0;
      }
    }
  }

  /** In the same order of operations as rates.py, so that the same number comes out. */
  compute(area, step, cell) {
    const { numbers } = this;
    if (!numbers.isCounted) return numbers.values[cell] / numbers.scale;
    return (numbers.counts[cell] * this.head.exposure.factor[step]) / this.peopleAt(area, step);
  }

  /** People of an area at the middle of a step, linear between the middles of the years. */
  peopleAt(area, step) {
    const { people, yearCount } = this.numbers;
    const [before, share] = this.head.exposure.at[step];
    const first = people[area * yearCount + before];
    if (share === 0) return first;
    return first + (people[area * yearCount + before + 1] - first) * share;
  }

  indexOf(period) {
    return this.steps.findIndex((step) => step.period === period);
  }

  /** @returns {number} NaN = missing */
  valueAt(step, area) {
    return this.values[step * this.areaCount + area];
  }

  /** @returns {Sheet} one step as it is shown */
  sheet(step) {
    if (!this.sheets.has(step)) this.sheets.set(step, new Sheet(this, step));
    return this.sheets.get(step);
  }

  /** @returns {DifferenceSheet} of the later less the earlier of two steps */
  difference(first, last) {
    const [before, after] = first <= last ? [first, last] : [last, first];
    const key = `${before}-${after}`;
    if (this.shownDifference?.key !== key) {
      this.shownDifference = { key, sheet: new DifferenceSheet(this, before, after) };
    }
    return this.shownDifference.sheet;
  }

  /** Whether the difference of any two steps is shown at all. */
  get hasDifference() {
    return Boolean(this.head.difference) && this.stepCount > 1;
  }

  /** @returns {string} why two steps are not compared; "" where they may be */
  refusal(first, last) {
    const [before, after] = first <= last ? [first, last] : [last, first];
    if (before === after) return this.head.difference?.same ?? this.words.missing;
    if (this.pairs) return this.head.comparable.refusals[parseInt(this.pairs[after][before], 36)];
    return "";
  }

  /** @returns {number[]} areas whose class differs between two steps, both known */
  changed(first, last) {
    const [a, b] = [first, last].map((step) => this.rows.subarray(step * this.areaCount, (step + 1) * this.areaCount));
    const found = [];
    for (let area = 0; area < a.length; area++) {
      if (a[area] !== b[area] && a[area] !== MISSING && b[area] !== MISSING) found.push(area);
    }
    return found;
  }

  /** The interval of a value, or null: in the unit of the map, with how it was made. */
  intervalAt(step, area) {
    const { numbers } = this;
    const cell = area * this.stepCount + step;
    const kind = this.head.intervals[numbers.interval[cell]];
    if (!numbers.interval[cell] || !numbers.known[cell]) return null;
    if (!numbers.isCounted) return { low: numbers.low[cell] / numbers.scale, high: numbers.high[cell] / numbers.scale, kind };
    const people = this.peopleAt(area, step);
    const [low, high] = poissonInterval(numbers.counts[cell]).map((end) => (end * this.head.exposure.factor[step]) / people);
    return { low, high, kind };
  }

  valueText(value) {
    if (this.kind === "level") return this.head.level_names[value - 1] ?? String(value);
    return numberText(value, this.decimals);
  }

  statusText(step, area) {
    return this.head.statuses[this.numbers.status[area * this.stepCount + step]][0];
  }
}

/** What one map shows at one step, or of the difference of two: see DifferenceSheet. */
class Sheet {
  constructor(model, step) {
    const { label, note, breakReason, mark } = model.steps[step];
    Object.assign(this, { model, step, label, note, breakReason, mark, refusal: "", neutral: -2 });
    this.unit = model.unit;
    this.classes = model.classes;
    const from = step * model.areaCount;
    this.row = model.rows.subarray(from, from + model.areaCount);
    this.marks = model.marks.subarray(from, from + model.areaCount);
  }

  /** Texts of an area, ready to read. */
  cell(area) {
    const { model, step, unit } = this;
    const classIndex = this.row[area];
    const mark = MARKS[this.marks[area]];
    const said = model.statusText(step, area);
    if (classIndex === MISSING) return { classIndex, mark: "", value: said, unit: "", interval: "", status: "" };
    const value = model.valueText(model.valueAt(step, area));
    const found = model.intervalAt(step, area);
    const ends = found && [found.low, found.high].map((end) => numberText(end, model.decimals)).join(DASH);
    // A mark is the status in words of its own; both would say the same thing twice.
    return { classIndex, mark, value, unit, interval: ends ? `${ends} (${found.kind})` : "", status: mark ? "" : said };
  }
}
