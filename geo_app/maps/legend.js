/*
 * The legend: the classes with how many areas each has, the areas without a value, and the marks
 * that occur in this map. A class under the pointer stands out on the map; a class that is
 * pressed stays while the others fade. With two dates each line counts both.
 */

/** Up to so many areas are named where they have no value, and all steps are searched for marks. */
const FEW_AREAS = 100;

class Legend {
  /**
   * @param {Model} model
   * @param {Patterns} patterns
   * @param {Sheet} sheet gives the classes
   * @param {object} on `emphasise(classIndex|null)`, `filter(Set|null)`
   */
  constructor(model, patterns, sheet, on) {
    Object.assign(this, { model, patterns, on, words: model.words, filtered: new Set() });
    // A level has no unit; then the legend is headed by what it is a level of.
    this.unit = make("p", "tc-legend-unit", { text: (sheet.unit ?? model.unit) || model.short });
    this.dates = make("p", "tc-legend-dates", { "aria-hidden": "true" });
    this.classLines = sheet.classes.map(({ label }, index) => this.classLine(label, index, patterns.colours[index]));
    this.classLines[sheet.neutral]?.root.classList.add("tc-neutral");
    const missing = !(sheet.neutral >= 0) ? this.words.missing : this.words.not_compared;
    this.missingLine = this.classLine(missing, MISSING, patterns.reference("missing"));
    this.missingNames = make("li", "tc-names");
    this.markLines = this.linesOfMarks();
    this.reset = make("button", "tc-reset", { type: "button", text: this.words.show_all, hidden: "" });
    this.reset.addEventListener("click", () => this.showAll());
    this.root = this.assemble();
  }

  assemble() {
    const marks = [...this.markLines.values()].filter((line) => line.isShown).map((line) => line.root);
    this.others = make("ul", "tc-others", {}, [this.missingLine.root, this.missingNames, ...marks]);
    return make("div", "tc-legend", { role: "group", "aria-label": this.words.legend }, [
      make("div", "tc-legend-head", {}, [this.unit, this.reset, this.dates]),
      make("ul", "tc-classes", {}, this.classLines.map((line) => line.root).reverse()),
      this.others,
    ]);
  }

  classLine(label, classIndex, fill) {
    const button = make("button", "tc-line", { type: "button", "aria-pressed": "false", title: this.words.filter });
    button.addEventListener("click", () => this.toggle(classIndex));
    button.addEventListener("pointerenter", () => this.on.emphasise(classIndex));
    button.addEventListener("focus", () => button.matches(":focus-visible") && this.on.emphasise(classIndex));
    for (const end of ["pointerleave", "blur"]) button.addEventListener(end, () => this.on.emphasise(null));
    return this.line(label, fill, button, { classIndex, button });
  }

  /** A line of marks explains and cannot be pressed: marks lie over classes. */
  linesOfMarks() {
    const used = this.usedMarks();
    return new Map(MARKS.slice(1).map((mark) => {
      const line = this.line(this.words[mark], this.patterns.reference(`plain-${mark}`), make("div", "tc-line"), {});
      line.isShown = used.has(mark);
      return [mark, line];
    }));
  }

  /**
   * Only marks that some area carries at some step: a legend explains what can be seen. Of many
   * areas not every step is searched; a line then comes when its mark first does.
   */
  usedMarks() {
    const { model } = this;
    const used = new Set();
    if (model.areaCount > FEW_AREAS) return used;
    for (let step = 0; step < model.stepCount; step++) {
      for (const mark of model.sheet(step).marks) used.add(MARKS[mark]);
    }
    return used;
  }

  line(label, fill, body, more) {
    const swatch = makeSvg("svg", { class: "tc-swatch", viewBox: "0 0 24 16", "aria-hidden": "true" }, [
      makeSvg("rect", { x: 0.5, y: 0.5, width: 23, height: 15, rx: 2, fill }),
    ]);
    const count = make("span", "tc-count");
    body.append(swatch, make("span", "tc-label", { text: label }), count);
    return { root: make("li", "", {}, [body]), body, label, count, ...more };
  }

  /**
   * Count what is shown.
   *
   * @param {Sheet[]} sheets one, or two for two dates
   */
  show(sheets) {
    this.dates.textContent = sheets.length > 1 ? sheets.map((sheet) => sheet.label).join(" → ") : "";
    for (const line of this.classLines) this.setCount(line, sheets, (sheet) => countOf(sheet.row, line.classIndex));
    this.setCount(this.missingLine, sheets, (sheet) => countOf(sheet.row, MISSING));
    for (const [mark, line] of this.markLines) {
      this.setCount(line, sheets, (sheet) => countOf(sheet.marks, MARKS.indexOf(mark)));
      if (!line.root.parentNode && !line.body.classList.contains("tc-empty")) this.others.append(line.root);
    }
    const few = this.model.areaCount <= FEW_AREAS;
    const texts = few ? sheets.map((sheet) => this.namesOf(sheet, sheets.length > 1)).filter(Boolean) : [];
    this.missingNames.textContent = texts.join(" ");
    this.missingNames.hidden = texts.length === 0;
  }

  namesOf(sheet, isDated) {
    // All of them, for a reason that stands on the map: no list is needed.
    if (sheet.refusal) return "";
    const names = this.model.names.filter((_, area) => sheet.row[area] === MISSING).join(", ");
    return names && isDated ? `${sheet.label}: ${names}.` : names;
  }

  setCount(line, sheets, count) {
    const counts = sheets.map(count);
    const texts = counts.map((each) => (each === 1 ? this.words.count_one : say(this.words.count_many, { count: numberText(each, 0) })));
    line.body.classList.toggle("tc-empty", counts.every((each) => each === 0));
    const heard = sheets.map((sheet, i) => (sheets.length > 1 ? `${sheet.label}: ${texts[i]}` : texts[i])).join("; ");
    // Without a pause between them "under 5" and "2 states" are heard as one number.
    line.button?.setAttribute("aria-label", `${line.label}: ${heard}`);
    if (sheets.length === 1) {
      line.count.replaceChildren(texts[0]);
      return;
    }
    // Two bare numbers for the eye, whole phrases with their dates for the ear.
    const seen = make("span", "", { text: counts.map((each) => numberText(each, 0)).join(" → "), "aria-hidden": "true" });
    line.count.replaceChildren(seen, make("span", "tc-unseen", { text: heard }));
  }

  /** Point out the line of the class that is under the pointer on the map. */
  pointOut(classIndex) {
    for (const line of [...this.classLines, this.missingLine]) {
      line.body.classList.toggle("tc-lit", line.classIndex === classIndex);
    }
  }

  toggle(classIndex) {
    const isOn = this.filtered.delete(classIndex) || !this.filtered.add(classIndex);
    this.lineOf(classIndex).button.setAttribute("aria-pressed", String(!isOn));
    this.filterMap();
  }

  lineOf(classIndex) {
    return classIndex === MISSING ? this.missingLine : this.classLines[classIndex];
  }

  showAll() {
    for (const classIndex of this.filtered) this.lineOf(classIndex).button.setAttribute("aria-pressed", "false");
    this.filtered.clear();
    this.filterMap();
    // The button that had the focus is gone; the focus stays in the legend.
    this.classLines.at(-1)?.button.focus();
  }

  filterMap() {
    this.reset.hidden = this.filtered.size === 0;
    this.root.classList.toggle("tc-filtering", this.filtered.size > 0);
    this.on.emphasise(null);
    this.on.filter(this.filtered.size ? new Set(this.filtered) : null);
  }
}

function countOf(row, wanted) {
  let count = 0;
  for (const each of row) if (each === wanted) count += 1;
  return count;
}
