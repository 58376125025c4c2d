/*
 * Which areas are in another class than at an earlier step, as codes and in words. Across a break
 * in the method nothing is said to have changed. A direction is only told where it is more than
 * chance, all areas looked at together; a level is no measurement, and its step is told as it is.
 */

/** So many names of each direction are written out; for municipalities fewer, with a count. */
const NAMED = { few: 12, many: 5 };

class Comparison {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.words = model.words;
    this.named = model.areaCount > FEW_AREAS ? NAMED.many : NAMED.few;
  }

  /**
   * Compare a step with the one before it.
   *
   * @returns {{codes: string[], text: string}}
   */
  since(step) {
    if (step === 0) return { codes: [], text: "" };
    if (this.isAcross(step - 1, step)) return { codes: [], text: this.words.not_across };
    return this.between(step - 1, step, { none: this.words.changed_none, some: this.words.changed });
  }

  /** Compare two steps, the first of them earlier. */
  dates(first, last) {
    const refusal = this.refusal(first, last);
    if (refusal) return { codes: [], text: refusal };
    return this.between(first, last, { none: this.words.dates_none, some: this.words.dates });
  }

  between(first, last, { none, some }) {
    const { steps, codes } = this.model;
    const values = { period: steps[first].label, first: steps[first].label, last: steps[last].label };
    const areas = this.model.changed(first, last);
    if (!areas.length) return { codes: [], text: say(none, values) };
    const doubt = this.doubt(first, last);
    const lists = (doubt ? [this.untested(areas)] : this.lists(areas, first, last)).join("; ");
    const text = [say(some, { ...values, lists }), doubt && doubt.replace(/[^.]$/, "$&.")].filter(Boolean).join(" ");
    return { codes: Array.from(areas, (area) => codes[area]), text };
  }

  /** Why no direction is told at all: not to be compared, or too many to be tested at each step. */
  doubt(first, last) {
    if (this.model.kind === "level") return "";
    const refusal = this.model.refusal(first, last);
    const isTested = this.model.hasDifference && this.model.numbers.isCounted && this.model.areaCount <= FEW_AREAS;
    return refusal || (isTested ? "" : this.words.chance_any);
  }

  /** Why two steps are not compared, or "". */
  refusal(first, last) {
    const told = this.model.refusal(first, last);
    return told || (this.isAcross(first, last) ? this.words.not_across : "");
  }

  isAcross(first, last) {
    return this.model.steps.slice(first + 1, last + 1).some((step) => step.breakReason);
  }

  lists(areas, first, last) {
    const [before, after] = [this.model.sheet(first).row, this.model.sheet(last).row];
    const told = this.tested(first, last);
    const up = areas.filter((area) => told(area) === "stands" && after[area] > before[area]);
    const down = areas.filter((area) => told(area) === "stands" && after[area] < before[area]);
    const [chance, untold] = ["chance", "untold"].map((what) => areas.filter((area) => told(area) === what));
    return [[up, this.words.up], [down, this.words.down], [chance, this.words.chance], [untold, "{names}"]]
      .filter(([some]) => some.length)
      .map(([some, text]) => say(text, { count: numberText(some.length, 0), names: this.names(some) }));
  }

  /** @returns {(area: number) => "stands"|"chance"|"untold"} "untold" of an area that is not compared, as a partial value is not */
  tested(first, last) {
    if (this.model.kind === "level") return () => "stands";
    const { row, neutral } = this.model.difference(first, last);
    return (area) => {
      if (row[area] === MISSING) return "untold";
      return row[area] === neutral ? "chance" : "stands";
    };
  }

  /** Of many areas only the number: five names of twelve hundred say nothing. */
  untested(areas) {
    const { count_many: text } = this.words;
    return this.model.areaCount > FEW_AREAS ? say(text, { count: numberText(areas.length, 0) }) : this.names(areas);
  }

  names(areas) {
    const names = Array.from(areas.slice(0, this.named), (area) => this.model.names[area]).join(", ");
    const count = areas.length - this.named;
    return count > 0 ? say(this.words.more, { names, count: numberText(count, 0) }) : names;
  }
}
