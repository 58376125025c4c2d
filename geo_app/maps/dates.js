/*
 * The one or two dates that are shown: the sliders, and the rule that the first date is before
 * the second.
 */
class Dates {
  /**
   * @param {Model} model
   * @param {Comparison} comparison tells what may be compared
   * @param {object} on `move()` at each step; `settle("first"|"last")` when one has come to rest
   */
  constructor(model, comparison, on) {
    Object.assign(this, { model, comparison, isPair: false, hasFirst: false });
    const slider = (which, plays) => new Slider(model, {
      onMove: () => {
        if (this.isPair) this.order(this[which]);
        on.move();
      },
      onSettle: () => on.settle(which),
    }, { plays });
    this.first = slider("first", false);
    this.last = slider("last", true);
  }

  /** Begin at these periods; what the model does not have becomes the newest, or is left open. */
  start(period, against) {
    const index = this.model.indexOf(period);
    this.last.show(index < 0 ? this.model.stepCount - 1 : index);
    this.hasFirst = this.model.indexOf(against) >= 0;
    this.first.show(Math.max(0, this.model.indexOf(against)));
  }

  get period() {
    return this.model.steps[this.last.index].period;
  }

  get against() {
    return this.isPair ? this.model.steps[this.first.index].period : "";
  }

  /** The sliders that belong to what is shown. */
  get roots() {
    return this.isPair ? [this.first.root, this.last.root] : [this.last.root];
  }

  /** The steps that are shown, the earlier one first. */
  get steps() {
    return this.isPair ? [this.first.index, this.last.index] : [this.last.index];
  }

  /** @returns {boolean} whether something else is shown now */
  set(which, period) {
    const index = this.model.indexOf(period);
    if (index < 0) return false;
    if (which === "first") this.hasFirst = true;
    if (index === this[which].index) return false;
    this.last.pause();
    this[which].show(index);
    if (this.isPair) this.order(this[which]);
    return this.isPair || which === "last";
  }

  /** Show one date or two. */
  pair(isPair) {
    const { words, stepCount } = this.model;
    this.isPair = isPair;
    this.last.pause();
    this.last.call(isPair ? words.second_date : words.slider, isPair);
    this.first.call(words.first_date, true);
    this.last.bound(0, stepCount - 1);
    if (!isPair) return;
    if (!this.hasFirst) this.first.show(this.earliest(this.last.index));
    this.hasFirst = true;
    this.order(this.last);
  }

  /** Where one of the dates stands at or past the other, the other one gives way. */
  order(moved) {
    const most = this.model.stepCount - 1;
    let [first, last] = [this.first.index, this.last.index];
    if (first >= last && moved === this.last) first = last - 1;
    if (first >= last) last = first + 1;
    if (first < 0) [first, last] = [0, 1];
    if (last > most) [first, last] = [most - 1, most];
    if (first !== this.first.index) this.first.show(first);
    if (last !== this.last.index) this.last.show(last);
    this.first.bound(0, last - 1);
    this.last.bound(first + 1, most);
  }

  /** The earliest step that may be compared with a step, else the one before it. */
  earliest(last) {
    for (let first = 0; first < last; first++) {
      if (!this.comparison.refusal(first, last)) return first;
    }
    return Math.max(0, last - 1);
  }

  lay() {
    for (const slider of [this.first, this.last]) slider.track.lay();
  }

  remove() {
    for (const slider of [this.first, this.last]) slider.remove();
  }
}
