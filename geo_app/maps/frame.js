/*
 * The box round the map: title and period above, readout, notes and live region below, and the
 * tooltip. It holds texts; what they say is decided in time_choropleth.js.
 */

/**
 * Where a label of a period is longer, all of the map are set smaller and below the title: on one
 * line of a phone, and at the same height at each step.
 */
const LONG_LABEL = 10;

class Frame {
  /**
   * @param {HTMLElement} container of the Leaflet map; it is moved into the frame
   * @param {object} data the JSON of payload.py, decoded
   * @param {object} parts `legend`, `slider`: elements; `onClear`: called by the clear button
   */
  constructor(container, data, parts) {
    this.container = container;
    this.words = data.words;
    this.period = make("p", "tc-period");
    this.chip = make("span", "tc-chip");
    this.note = make("p", "tc-note");
    this.breakNote = make("p", "tc-break-note");
    this.live = make("p", "tc-live", { "aria-live": "polite", role: "status" });
    this.tip = make("div", "tc-tip", { "aria-hidden": "true", hidden: "" });
    this.slot = make("div", "tc-map");
    this.buildReadout(parts.onClear);
    this.root = this.assemble(data, parts);
    container.before(this.root);
    this.slot.append(container, this.chip, this.tip);
  }

  assemble(data, { legend, slider, patterns }) {
    const heading = make("div", "tc-heading", {}, [
      make("h2", "tc-title", { text: data.title }),
      this.period,
    ]);
    const isLong = data.steps.some((step) => step.label.length > LONG_LABEL);
    heading.classList.toggle("tc-long", isLong);
    const body = make("div", "tc-body", {}, [
      heading, legend, this.slot, this.readout, slider,
      this.notes(data.steps),
    ]);
    const attributes = { lang: data.lang, "aria-label": data.title };
    return make("section", "tc", attributes, [patterns, body, this.live]);
  }

  /** Room for notes is kept on every step where some step has one, so that nothing moves. */
  notes(steps) {
    const isNoted = steps.some((step) => step.note || step.breakReason);
    const className = isNoted ? "tc-notes tc-noted" : "tc-notes";
    return make("div", className, {}, [this.breakNote, this.note]);
  }

  buildReadout(onClear) {
    this.facts = make("p", "tc-facts");
    this.clear = iconButton("tc-clear", this.words.clear, "M6,6 L18,18 M18,6 L6,18");
    this.clear.addEventListener("click", onClear);
    this.readout = make("div", "tc-readout", {}, [this.facts, this.clear]);
  }

  /** Write what belongs to a step. */
  showStep({ label, note, breakReason, mark }) {
    this.period.textContent = label;
    this.chip.textContent = mark ? this.words[mark] : "";
    this.chip.hidden = !mark;
    this.note.textContent = note;
    this.breakNote.textContent = breakReason ? say(this.words.break_here, { reason: breakReason }) : "";
    this.breakNote.hidden = !breakReason;
  }

  announce(text) {
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  /**
   * Write the facts of the selected area, or the hint for null.
   *
   * @param {{name: string, figures: string[], standing: string[]}|null} facts
   */
  showSelected(facts) {
    this.readout.classList.toggle("tc-nothing", facts === null);
    this.clear.hidden = facts === null;
    const name = facts ? facts.name : this.words.hint;
    const rest = facts ? [...facts.figures, ...facts.standing] : [];
    const heard = facts ? [make("span", "tc-unseen", { text: `${this.words.selected}: ` })] : [];
    const first = make(facts ? "strong" : "span", "", { text: name });
    this.facts.replaceChildren(...heard, first, rest.length ? ` ${rest.join(" · ")}` : "");
  }

  /**
   * Show the tooltip at a place of the map, kept inside it.
   *
   * @param {string[]} lines the name first
   * @param {{x: number, y: number}} at pixels from the upper left corner of the map
   */
  showTip(lines, at) {
    this.tip.replaceChildren(...lines.map((text, i) => make("span", i ? "tc-tip-line" : "tc-tip-name", { text })));
    this.tip.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const left = Math.min(Math.max(at.x - width / 2, 4), this.slot.clientWidth - width - 4);
    const above = at.y - height - 16;
    const top = above >= 4 ? above : Math.min(at.y + 20, this.slot.clientHeight - height - 4);
    this.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hideTip() {
    this.tip.hidden = true;
  }

  /** Give the map's container back to where it was found. */
  remove() {
    this.root.before(this.container);
    this.root.remove();
  }
}
