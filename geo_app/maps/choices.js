/*
 * A choice of one among a few, side by side: native radio buttons, so that the keys and what a
 * screen reader says are those that the reader knows.
 */

let choiceCount = 0;

class Choice {
  /**
   * @param {string} name of the whole
   * @param {[string, string][]} options value and text of each
   * @param {(value: string) => void} onChoose
   */
  constructor(name, options, onChoose) {
    const group = `tc-choice-${++choiceCount}`;
    this.inputs = new Map(options.map(([value]) => [value, make("input", "tc-choice-input", { type: "radio", name: group, value })]));
    const labels = options.map(([value, text]) => (
      make("label", "tc-choice-option", {}, [this.inputs.get(value), make("span", "tc-choice-text", { text })])
    ));
    for (const [value, input] of this.inputs) input.addEventListener("change", () => onChoose(value));
    this.root = make("fieldset", "tc-choice", {}, [make("legend", "tc-unseen", { text: name }), ...labels]);
    this.root.hidden = options.length < 2;
  }

  get first() {
    return this.inputs.keys().next().value;
  }

  has(value) {
    return this.inputs.has(value);
  }

  show(value) {
    if (this.has(value)) this.inputs.get(value).checked = true;
  }

  /** Chromium keeps the radio buttons of a group in a shadow root for ever, and all they lead to. */
  remove() {
    for (const input of this.inputs.values()) input.removeAttribute("name");
    this.root.remove();
  }
}

/**
 * The ways to look that a model allows, in the order in which they are offered.
 *
 * @param {Model} model
 * @param {string[]|null} only the layouts that the page wants; a map with tiles of its own is one
 */
function choicesFor(model, only) {
  const { words } = model;
  const shows = [["one", words.show_one], ["two", words.show_two], ["difference", words.show_difference]];
  const layouts = [["plane", words.layout_plane], ["tiles", words.layout_tiles], ["mercator", words.layout_mercator]];
  const isDrawn = only ? Object.fromEntries(only.map((value) => [value, true])) : { plane: true, tiles: hasTiles(model.codes) && !model.geometry.points, mercator: Boolean(words.streets_address) };
  return {
    shows: model.stepCount < 2 ? [] : shows.filter(([value]) => value !== "difference" || model.hasDifference),
    layouts: layouts.filter(([value]) => isDrawn[value]),
  };
}
