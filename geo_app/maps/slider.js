/*
 * The slider: a native range with ticks, breaks in the method and marked steps drawn along it,
 * and buttons for play, previous and next.
 *
 * It says each step at once (`onMove`) and, when the hand has come to rest, the step on which it
 * rests (`onSettle`): a listener that costs something is called once, not on the way.
 */

/** A play takes about this long, within the bounds of a step that an eye can follow. */
const PLAY_MS = 30000;
const STEP_MS = { least: 280, most: 900 };

/** Rest after the last key or release before the step is reported. */
const SETTLE_MS = 220;

const ICONS = {
  play: "M8,5 L19,12 L8,19 Z",
  pause: "M7,5 H10.5 V19 H7 Z M13.5,5 H17 V19 H13.5 Z",
  previous: "M15.5,5 L8.5,12 L15.5,19",
  next: "M8.5,5 L15.5,12 L8.5,19",
};

class Slider {
  /**
   * @param {object} data the JSON of payload.py, decoded
   * @param {object} on `onMove(index)`, `onSettle(index)`
   */
  constructor(data, on) {
    this.steps = data.steps;
    this.words = data.words;
    this.on = on;
    this.index = 0;
    this.buildRange();
    this.buildButtons();
    this.ticks = make("div", "tc-ticks", { "aria-hidden": "true" });
    const signs = [...this.marked(), ...this.breaks()];
    const scale = make("div", "tc-scale", {}, [...signs, this.ticks]);
    this.root = make("div", "tc-slider", {}, [this.buttons, make("div", "tc-track", {}, [this.range, scale])]);
    if (this.steps.length < 2) this.root.hidden = true;
  }

  buildRange() {
    const last = String(this.steps.length - 1);
    const attributes = { type: "range", min: "0", max: last, step: "1", "aria-label": this.words.slider };
    this.range = make("input", "tc-range", attributes);
    this.range.addEventListener("input", () => {
      this.pause();
      this.move(Number(this.range.value));
    });
    this.range.addEventListener("change", () => this.settle());
  }

  buildButtons() {
    this.playButton = iconButton("tc-button tc-play", this.words.play, ICONS.play);
    const previous = iconButton("tc-button tc-previous", this.words.previous, ICONS.previous);
    const next = iconButton("tc-button tc-next", this.words.next, ICONS.next);
    this.playButton.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    previous.addEventListener("click", () => this.turn(-1));
    next.addEventListener("click", () => this.turn(1));
    this.ends = { previous, next };
    this.buttons = make("div", "tc-buttons", {}, [previous, this.playButton, next]);
  }

  /** Where a step stands on the scale, 0 to 1. */
  place(index) {
    return this.steps.length < 2 ? 0 : index / (this.steps.length - 1);
  }

  breaks() {
    const after = this.steps.map((step, index) => ({ ...step, index })).filter((step) => step.breakReason);
    return after.map(({ index, breakReason }) => {
      const at = `left:${100 * this.place(index - 0.5)}%`;
      return make("span", "tc-break", { style: at, title: say(this.words.break_here, { reason: breakReason }) });
    });
  }

  /** A strip along the track for steps that carry a mark as a whole. */
  marked() {
    const marked = this.steps.map((step, index) => ({ ...step, index })).filter((step) => step.mark);
    return marked.map(({ index, mark, label }) => {
      const from = Math.max(0, this.place(index - 0.5));
      const to = Math.min(1, this.place(index + 0.5));
      const style = `left:${100 * from}%;width:${100 * (to - from)}%`;
      return make("span", `tc-strip tc-strip-${mark}`, { style, title: `${label}: ${this.words[mark]}` });
    });
  }

  /** Show a step without telling anyone. */
  show(index) {
    this.index = index;
    const { label, breakReason, mark } = this.steps[index];
    const reason = breakReason && say(this.words.break_here, { reason: breakReason });
    const inWords = [label, mark && this.words[mark], reason].filter(Boolean).join(". ");
    this.range.value = String(index);
    this.range.setAttribute("aria-valuetext", inWords);
    this.range.style.setProperty("--tc-done", `${100 * this.place(index)}%`);
    this.ends.previous.disabled = index === 0;
    this.ends.next.disabled = index === this.steps.length - 1;
  }

  move(index) {
    this.show(index);
    this.on.onMove(index);
  }

  turn(by) {
    const index = this.index + by;
    this.pause();
    if (index < 0 || index >= this.steps.length) return;
    this.move(index);
    this.settle();
  }

  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.on.onSettle(this.index), SETTLE_MS);
  }

  get playing() {
    return Boolean(this.timer);
  }

  play() {
    const pace = PLAY_MS / this.steps.length;
    const every = Math.min(STEP_MS.most, Math.max(STEP_MS.least, pace));
    if (this.index === this.steps.length - 1) this.move(0);
    this.timer = setInterval(() => this.advance(), every);
    this.signPlay();
  }

  advance() {
    if (document.hidden) return;
    this.move(this.index + 1);
    if (this.index === this.steps.length - 1) this.stop();
  }

  /** Stop playing and report where. */
  stop() {
    this.pause();
    this.settle();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.signPlay();
  }

  signPlay() {
    const name = this.playing ? this.words.pause : this.words.play;
    this.playButton.setAttribute("aria-label", name);
    this.playButton.title = name;
    this.playButton.querySelector("path").setAttribute("d", this.playing ? ICONS.pause : ICONS.play);
  }

  /** Write as many year labels as fit side by side at the present width. */
  layTicks() {
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
      found.push({ text, year: Number(year ?? index), place: this.place(index), node: make("span", "tc-tick", { text }) });
    });
    return found;
  }

  remove() {
    clearInterval(this.timer);
    clearTimeout(this.settling);
  }
}

const isApart = (tick, before) => !before || tick.from > before.to + 8;

/** The densest choice of labels that do not touch: on round years, unless those are far fewer. */
function fitting(labels) {
  const strides = [1, 2, 5, 10, 20, 50].map((stride) => labels.filter((tick) => tick.year % stride === 0));
  const round = strides.find((ticks) => ticks.every((tick, i) => isApart(tick, ticks[i - 1]))) ?? [];
  const any = labels.reduce((kept, tick) => (isApart(tick, kept.at(-1)) ? [...kept, tick] : kept), []);
  return any.length >= 2 * round.length ? any : round;
}
