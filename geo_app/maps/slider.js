/*
 * A slider: a native range over its track, and buttons. The main one also plays.
 *
 * It says each step at once (`onMove`) and, when the hand has come to rest, the step on which it
 * rests (`onSettle`): a listener that costs something is called once, not on the way.
 */

/** A play takes about this long, within the bounds of a step that an eye can follow. */
const PLAY_MS = 30000;
const STEP_MS = { least: 280, most: 900 };
const SPEEDS = [0.5, 1, 2];

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
   * @param {Model} model
   * @param {object} on `onMove(index)`, `onSettle(index)`
   * @param {{plays: boolean}} how the second slider of two dates does not play
   */
  constructor(model, on, { plays }) {
    Object.assign(this, { steps: model.steps, words: model.words, on, index: 0, speed: 1 });
    this.least = 0;
    this.most = this.steps.length - 1;
    this.name = make("span", "tc-slider-name", { "aria-hidden": "true", hidden: "" });
    this.buildRange();
    this.buildButtons(plays);
    this.track = new Track(this.steps, this.words, (index) => this.go(index));
    const track = make("div", "tc-track", {}, [this.range, this.track.root]);
    this.root = make("div", "tc-slider", {}, [this.name, this.buttons, track]);
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
    this.range.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** The browser's own page keys move a tenth of the scale, which means nothing here. */
  onKey(event) {
    const way = { PageUp: 1, PageDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    this.go(pageFrom(this.steps, this.index, way));
  }

  buildButtons(plays) {
    const previous = iconButton("tc-button tc-previous", this.words.previous, ICONS.previous);
    const next = iconButton("tc-button tc-next", this.words.next, ICONS.next);
    previous.addEventListener("click", () => this.go(this.index - 1));
    next.addEventListener("click", () => this.go(this.index + 1));
    this.ends = { previous, next };
    this.buttons = make("div", "tc-buttons", {}, [previous, next]);
    if (plays) this.buildPlay(next);
  }

  buildPlay(next) {
    this.playButton = iconButton("tc-button tc-play", this.words.play, ICONS.play);
    this.playButton.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    const options = SPEEDS.map((speed) => make("option", "", { value: speed, text: `${speed}×` }));
    this.pace = make("select", "tc-speed", { "aria-label": this.words.speed, title: this.words.speed }, options);
    this.pace.value = "1";
    this.pace.addEventListener("change", () => this.setSpeed(Number(this.pace.value)));
    next.before(this.playButton);
    this.buttons.append(this.pace);
  }

  setSpeed(speed) {
    this.speed = speed;
    if (this.playing) this.run();
  }

  /** Name the slider; two of them also show their names. */
  call(name, isShown) {
    this.range.setAttribute("aria-label", name);
    this.name.textContent = name;
    this.name.hidden = !isShown;
    for (const [key, button] of Object.entries(this.ends)) {
      const text = isShown ? `${name}: ${this.words[key]}` : this.words[key];
      button.setAttribute("aria-label", text);
      button.title = text;
    }
  }

  /** Keep the step within bounds: of two dates the first must not pass the second. */
  bound(least, most) {
    Object.assign(this, { least, most });
    this.show(this.index);
  }

  within(index) {
    return Math.min(this.most, Math.max(this.least, index));
  }

  /** Show a step without telling anyone. */
  show(index) {
    this.index = index;
    const { label, breakReason, mark } = this.steps[index];
    const reason = breakReason && say(this.words.break_here, { reason: breakReason });
    const inWords = [label, this.words[mark], reason].filter(Boolean).join(". ");
    this.range.value = String(index);
    this.range.setAttribute("aria-valuetext", inWords);
    this.range.style.setProperty("--tc-done", `${100 * this.track.place(index)}%`);
    this.ends.previous.disabled = index <= this.least;
    this.ends.next.disabled = index >= this.most;
  }

  move(wanted) {
    const index = this.within(wanted);
    const isNew = index !== this.index;
    this.show(index);
    if (isNew) this.on.onMove(index);
  }

  /** Go to a step at once, as by a key, a button or a tick. */
  go(index) {
    this.pause();
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
    if (this.index >= this.most) this.move(this.least);
    this.run();
    this.signPlay();
  }

  run() {
    clearInterval(this.timer);
    const pace = Math.min(STEP_MS.most, Math.max(STEP_MS.least, PLAY_MS / this.steps.length));
    this.timer = setInterval(() => this.advance(), pace / this.speed);
  }

  advance() {
    if (document.hidden) return;
    this.move(this.index + 1);
    if (this.index >= this.most) this.stop();
  }

  /** Stop playing and report where. */
  stop() {
    this.pause();
    this.settle();
  }

  pause() {
    if (!this.playing) return;
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

  remove() {
    clearInterval(this.timer);
    clearTimeout(this.settling);
  }
}
