/*
 * What is drawn along the track of a slider: breaks in the method, marked stretches, and as many
 * labels of years as fit.
 *
 * Steps stand at equal distances, also the issues of an advisory, whose days are not: two of them
 * are one day apart and 21 share eight years, so on a true calendar several would lie on the
 * same pixel and none could be hit or told from the next. The period in words says the day.
 */

class Track {
  /**
   * @param {object[]} steps of the model
   * @param {object} words
   * @param {(index: number) => void} onTick
   */
  constructor(steps, words, onTick) {
    Object.assign(this, { steps, words, onTick });
    this.ticks = make("div", "tc-ticks", { "aria-hidden": "true" });
    this.root = make("div", "tc-scale", {}, [...this.stretches(), ...this.breaks(), this.ticks]);
  }

  /** Where a step stands on the scale, 0 to 1. */
  place(index) {
    return this.steps.length < 2 ? 0 : index / (this.steps.length - 1);
  }

  breaks() {
    const after = this.steps.map((step, index) => ({ ...step, index })).filter((step) => step.breakReason);
    return after.map(({ index, breakReason }) => {
      const style = `left:${100 * this.place(index - 0.5)}%`;
      return make("span", "tc-break", { style, title: say(this.words.break_here, { reason: breakReason }) });
    });
  }

  /** One strip along each run of steps that carry the same mark as a whole. */
  stretches() {
    const runs = [];
    this.steps.forEach((step, index) => {
      const { mark } = step;
      const last = runs.at(-1);
      if (last && last.mark === mark) Object.assign(last, { to: index, end: step.label });
      else runs.push({ mark, from: index, to: index, start: step.label, end: step.label });
    });
    return runs.filter((run) => run.mark).map((run) => this.strip(run));
  }

  strip({ mark, from, to, start, end }) {
    const left = Math.max(0, this.place(from - 0.5));
    const right = Math.min(1, this.place(to + 0.5));
    const style = `left:${100 * left}%;width:${100 * (right - left)}%`;
    const title = `${start === end ? start : `${start} – ${end}`}: ${this.words[mark]}`;
    return make("span", `tc-strip tc-strip-${mark}`, { style, title });
  }

  /** Write as many labels as fit side by side at the present width. */
  lay() {
    const width = this.ticks.clientWidth;
    if (!width) return;
    const labels = this.candidates();
    this.ticks.replaceChildren(...labels.map((tick) => tick.node));
    for (const tick of labels) {
      const half = tick.node.offsetWidth / 2;
      // A label may stand out over the end of the scale by half a thumb, not more.
      const centre = Math.min(Math.max(tick.place * width, half - 10), width - half + 10);
      Object.assign(tick, { from: centre - half, to: centre + half });
    }
    const shown = new Set(fitting(labels));
    for (const tick of labels) {
      tick.node.style.left = `${tick.from}px`;
      if (!shown.has(tick)) tick.node.remove();
    }
  }

  /** The first step of each year; for periods that do not begin with a year, every step. */
  candidates() {
    const seen = new Set();
    const found = [];
    this.steps.forEach(({ period, label }, index) => {
      const year = /^\d{4}/.exec(period)?.[0];
      const text = year ?? label;
      if (seen.has(text)) return;
      seen.add(text);
      const node = make("span", "tc-tick", { text });
      node.addEventListener("click", () => this.onTick(index));
      found.push({ text, year: Number(year ?? index), place: this.place(index), node });
    });
    return found;
  }
}

const isApart = (tick, before) => !before || tick.from > before.to + 4;

/** The densest choice of labels that do not touch: on round years, unless those are far fewer. */
function fitting(labels) {
  const strides = [1, 2, 5, 10, 20, 50].map((stride) => labels.filter((tick) => tick.year % stride === 0));
  const round = strides.find((ticks) => ticks.every((tick, i) => isApart(tick, ticks[i - 1]))) ?? [];
  const any = labels.reduce((kept, tick) => (isApart(tick, kept.at(-1)) ? [...kept, tick] : kept), []);
  return any.length > 2 * round.length ? any : round;
}

/** The time of a period as a year with its fraction, or NaN where it does not begin with one. */
function yearOf(period) {
  const [, year, quarter, month, day] = /^(\d{4})(?:Q(\d)|-(\d\d)(?:-(\d\d))?)?/.exec(period) ?? [];
  const months = quarter ? 3 * (quarter - 1) : month ? month - 1 : 0;
  return Number(year) + months / 12 + (day ? (day - 1) / 365 : 0);
}

/**
 * Where Page Up and Page Down lead: a year on where a year has several steps, else ten steps.
 *
 * @param {object[]} steps
 * @param {number} index
 * @param {1|-1} way
 */
function pageFrom(steps, index, way) {
  const last = steps.length - 1;
  const within = (each) => Math.min(last, Math.max(0, each));
  const years = steps.map((step) => yearOf(step.period));
  const isDense = years.some((year, i) => i > 0 && Math.floor(year) === Math.floor(years[i - 1]));
  if (!isDense) return within(index + 10 * way);
  const wanted = years[index] + way;
  const away = (i) => Math.abs(years[i] - wanted);
  const nearest = years.reduce((best, _, i) => (away(i) < away(best) ? i : best), index);
  return nearest === index ? within(index + way) : nearest;
}
