/*
 * What is selected, below the map: one card an area with its figures, its line and a button to
 * take it away. A finger reads here what a pointer reads in the tooltip.
 */

/** More than these would be a table; the table is below. */
const MOST_SELECTED = 8;

class Readout {
  /**
   * @param {Model} model
   * @param {Sparks} sparks
   * @param {object} on `remove(code)`, `clear()`
   */
  constructor(model, sparks, on) {
    Object.assign(this, { model, sparks, on, words: model.words });
    this.hint = make("p", "tc-hint", { text: `${this.words.hint}. ${this.words.hint_more}` });
    this.cards = make("ul", "tc-cards", { "aria-label": this.words.selected });
    this.clear = make("button", "tc-reset", { type: "button", text: this.words.clear });
    this.clear.addEventListener("click", () => on.clear());
    this.root = make("div", "tc-readout", {}, [this.hint, this.cards, this.clear]);
  }

  /**
   * @param {string[]} codes that are selected, in the order in which they were
   * @param {Sheet[]} sheets that are shown
   * @param {number[]} steps that are marked on the lines
   */
  show(codes, sheets, steps) {
    this.hint.hidden = codes.length > 0;
    this.cards.hidden = codes.length === 0;
    this.clear.hidden = codes.length < 2;
    this.root.classList.toggle("tc-nothing", codes.length === 0);
    const held = this.focusedCode();
    this.cards.replaceChildren(...codes.map((code) => this.card(code, sheets, steps)));
    if (held) this.cards.querySelector(`[data-code="${held}"] button`)?.focus();
  }

  /** A card is drawn anew at each step; the focus in it must not be lost for that. */
  focusedCode() {
    return this.root.getRootNode().activeElement?.closest?.(".tc-card")?.dataset.code;
  }

  card(code, sheets, steps) {
    const area = this.model.codes.indexOf(code);
    const name = this.model.names[area];
    const remove = iconButton("tc-clear", say(this.words.remove, { name }), "M6,6 L18,18 M18,6 L6,18");
    remove.addEventListener("click", () => this.on.remove(code));
    const lines = sheets.map((sheet) => this.line(sheet, area));
    const text = make("div", "tc-facts", {}, [make("strong", "tc-card-name", { text: name }), ...lines]);
    return make("li", "tc-card", { "data-code": code }, [text, this.sparks.draw(area, steps), remove]);
  }

  line(sheet, area) {
    const { number, unit, figures, standing } = factsOf(this.model, sheet, area);
    return make("p", "tc-card-line", {}, [
      make("span", "tc-card-value", { text: number }),
      ` ${unit} `,
      make("span", "tc-card-rest", { text: [...figures.slice(1), ...standing].join(" · ") }),
    ]);
  }
}
