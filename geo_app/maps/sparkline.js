/*
 * The whole series of one area as a small line: gaps are gaps, a break in the method breaks it,
 * the step that is shown is marked, and the scale is the same for all areas.
 */

const SPARK = { width: 200, height: 52, edge: 3 };

/** Beyond so many areas a few of a handful of people would flatten every line: see `scale`. */
const SPARK_EVERY = 200;

class Sparks {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.lines = new Map();
  }

  /**
   * The ends of the scale: the lowest and the highest value of all, and zero. For municipalities
   * the upper one is the 99.5th percentile, above which lines are cut off.
   */
  get scale() {
    if (!this._scale) {
      const values = this.allValues();
      const share = this.model.areaCount > SPARK_EVERY ? 0.995 : 1;
      const low = Math.min(0, values[0] ?? 0);
      const high = Math.max(0, values[Math.ceil(share * values.length) - 1] ?? 0);
      this._scale = [low, high > low ? high : low + 1];
    }
    return this._scale;
  }

  allValues() {
    const { areaCount, stepCount } = this.model;
    const values = new Float64Array(areaCount * stepCount);
    let count = 0;
    for (let area = 0; area < areaCount; area++) {
      for (let step = 0; step < stepCount; step++) {
        const value = this.model.valueAt(step, area);
        if (!Number.isNaN(value)) values[count++] = value;
      }
    }
    return values.subarray(0, count).sort();
  }

  x(step) {
    const room = SPARK.width - 2 * SPARK.edge;
    return SPARK.edge + (this.model.stepCount < 2 ? room / 2 : (room * step) / (this.model.stepCount - 1));
  }

  y(value) {
    const [low, high] = this.scale;
    const share = Math.min(1, (value - low) / (high - low));
    return SPARK.height - SPARK.edge - share * (SPARK.height - 2 * SPARK.edge);
  }

  /** Runs of steps with values; a level holds until the next, so its line goes in stairs. */
  runs(area) {
    const runs = [];
    let open = null;
    this.model.steps.forEach((step, index) => {
      const value = this.model.valueAt(index, area);
      if (step.breakReason) open = null;
      if (Number.isNaN(value)) open = null;
      else if (open) open.push([index, value]);
      else runs.push((open = [[index, value]]));
    });
    return runs;
  }

  line(area) {
    if (!this.lines.has(area)) this.lines.set(area, this.runs(area).map((run) => this.path(run)).join(""));
    return this.lines.get(area);
  }

  /** A single value becomes a dot: a line of no length with round ends. */
  path(run) {
    const isLevel = this.model.kind === "level";
    const points = run.map(([step, value], i) => {
      const [x, y] = [this.x(step).toFixed(1), this.y(value).toFixed(1)];
      if (i === 0) return `M${x},${y}`;
      return isLevel ? `H${x}V${y}` : `L${x},${y}`;
    });
    return points.length > 1 ? points.join("") : `${points[0]}h.01`;
  }

  /**
   * Draw the line of an area.
   *
   * @param {number} area
   * @param {number[]} steps that are marked
   * @returns {HTMLElement} with the first and the last year under it
   */
  draw(area, steps) {
    const marks = steps.flatMap((step) => this.mark(area, step));
    const breaks = this.model.steps.flatMap((step, index) => (step.breakReason ? [this.breakAt(index)] : []));
    const svg = makeSvg("svg", { viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, class: "tc-spark-svg" }, [
      makeSvg("path", { class: "tc-spark-ground", d: `M0,${this.y(0)}H${SPARK.width}` }),
      ...breaks,
      makeSvg("path", { class: "tc-spark-line", d: this.line(area) }),
      ...marks,
    ]);
    return make("span", "tc-spark", { "aria-hidden": "true" }, [svg, this.ends()]);
  }

  mark(area, step) {
    const x = this.x(step);
    const value = this.model.valueAt(step, area);
    const hair = makeSvg("path", { class: "tc-spark-hair", d: `M${x},0V${SPARK.height}` });
    if (Number.isNaN(value)) return [hair];
    return [hair, makeSvg("circle", { class: "tc-spark-dot", cx: x, cy: this.y(value), r: 3.4 })];
  }

  breakAt(index) {
    return makeSvg("path", { class: "tc-spark-break", d: `M${this.x(index - 0.5)},0V${SPARK.height}` });
  }

  ends() {
    const year = ({ period, label }) => /^\d{4}/.exec(period)?.[0] ?? label;
    const { steps } = this.model;
    const [first, last] = [year(steps[0]), year(steps.at(-1))];
    const texts = first === last ? [steps[0].label, steps.at(-1).label] : [first, last];
    return make("span", "tc-spark-ends", {}, texts.map((text) => make("span", "", { text })));
  }
}
