/*
 * The box round the maps: title and period above, choices, the place of the maps, readout,
 * sliders, notes, sources and the live region. It holds texts; what they say is decided in
 * time_choropleth.js.
 */

/**
 * Where a label of a period is longer, all of the map are set smaller and below the title: on one
 * line of a phone, and at the same height at each step.
 */
const LONG_LABEL = 10;

class Frame {
  /**
   * @param {HTMLElement} container of the Leaflet map; the frame takes its place
   * @param {Model} model
   * @param {object} parts `choices`, `readout`: elements
   */
  constructor(container, model, { choices, readout }) {
    this.container = container;
    this.words = model.words;
    this.period = make("p", "tc-period");
    this.maps = make("div", "tc-maps");
    this.sliders = make("div", "tc-sliders");
    this.legend = make("div", "tc-legend-place");
    this.note = make("p", "tc-note");
    this.breakNote = make("p", "tc-break-note");
    this.changes = make("p", "tc-changes");
    this.live = make("p", "tc-live", { "aria-live": "polite", role: "status" });
    this.title = make("h2", "tc-title", { text: model.title });
    const heading = make("div", "tc-heading", {}, [this.title, this.period]);
    heading.classList.toggle("tc-long", model.steps.some((step) => step.label.length > LONG_LABEL));
    this.heading = heading;
    const tools = make("div", "tc-tools", {}, choices);
    tools.hidden = choices.every((choice) => choice.hidden);
    const body = make("div", "tc-body", {}, [
      heading, tools, this.legend, this.maps, readout, this.sliders,
      this.notes(model), this.sources(model.sources),
    ]);
    this.root = make("section", "tc", { lang: model.lang, "aria-label": model.title }, [body, this.live]);
    container.before(this.root);
  }

  /** Room for notes is kept on every step where some step has one, so that nothing moves. */
  notes({ steps, areaCount }) {
    const isNoted = steps.some((step) => step.note || step.breakReason);
    this.changes.classList.toggle("tc-changes-kept", steps.length > 1 && areaCount > 1);
    return make("div", isNoted ? "tc-notes tc-noted" : "tc-notes", {}, [this.changes, this.breakNote, this.note]);
  }

  /** Folded on the screen, where the page often has them too; printed in full. */
  sources(texts) {
    const list = make("ul", "tc-source-list tc-folded", {}, (texts ?? []).map((text) => make("li", "", { text })));
    const button = make("button", "tc-fold", { type: "button", "aria-expanded": "false", text: this.words.sources });
    button.addEventListener("click", () => {
      const isFolded = list.classList.toggle("tc-folded");
      button.setAttribute("aria-expanded", String(!isFolded));
    });
    const root = make("div", "tc-sources", {}, [button, list]);
    root.hidden = !texts?.length;
    return root;
  }

  /**
   * @param {"one"|"two"|"difference"} show
   * @param {HTMLElement[]} sliders
   */
  arrange(show, sliders) {
    this.sliders.replaceChildren(...sliders);
    this.root.classList.toggle("tc-two", show === "two");
    this.changes.hidden = show === "difference";
  }

  setLegend(node) {
    this.legend.replaceChildren(node);
  }

  /** Write what belongs to what is shown. */
  showStep({ period, note, breakReason, changes }) {
    this.period.textContent = period;
    this.note.textContent = note;
    this.breakNote.textContent = breakReason ? say(this.words.break_here, { reason: breakReason }) : "";
    this.breakNote.hidden = !breakReason;
    this.changes.textContent = changes;
  }

  announce(text) {
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  /** Give the map's container back to where it was found. */
  remove() {
    this.root.before(this.container);
    this.root.remove();
  }
}
