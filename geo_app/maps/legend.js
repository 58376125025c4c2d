/*
 * The legend: classes with how many areas each has at this step, the areas without a value by
 * name, and the marks that occur in this map. A class under the pointer stands out on the map.
 */

class Legend {
  /**
   * @param {object} data the JSON of payload.py, decoded
   * @param {Patterns} patterns
   * @param {(classIndex: number|null) => void} onEmphasis
   */
  constructor(data, patterns, onEmphasis) {
    this.words = data.words;
    this.names = data.names;
    this.patterns = patterns;
    this.onEmphasis = onEmphasis;
    this.classLines = data.classes.map(([label], index) => this.classLine(label, index));
    this.missingLine = this.line(this.words.missing, patterns.reference("missing"));
    this.listenFor(this.missingLine.root, MISSING);
    this.missingNames = make("li", "tc-names");
    this.markLines = this.linesOfMarks(data.cells);
    this.root = make("div", "tc-legend", {}, [
      make("p", "tc-legend-unit", { text: data.unit }),
      make("ul", "tc-classes", {}, this.classLines.map((line) => line.root).reverse()),
      make("ul", "tc-others", {}, [
        this.missingLine.root, this.missingNames, ...[...this.markLines.values()].map((line) => line.root),
      ]),
    ]);
  }

  classLine(label, index) {
    const line = this.line(label, this.patterns.colours[index]);
    this.listenFor(line.root, index);
    return line;
  }

  /** Only marks that some cell carries at some step: a legend explains what can be seen. */
  linesOfMarks(cells) {
    const used = new Set(cells.flat().map((cell) => cell.mark));
    const marks = MARKS.filter((mark) => mark && used.has(mark));
    return new Map(
      marks.map((mark) => [mark, this.line(this.words[mark], this.patterns.reference(`plain-${mark}`))]),
    );
  }

  line(label, fill) {
    const swatch = makeSvg("svg", { class: "tc-swatch", viewBox: "0 0 24 16", "aria-hidden": "true" }, [
      makeSvg("rect", { x: 0.5, y: 0.5, width: 23, height: 15, rx: 2, fill }),
    ]);
    const count = make("span", "tc-count");
    const root = make("li", "tc-line", {}, [swatch, make("span", "tc-label", { text: label }), count]);
    return { root, count };
  }

  listenFor(root, classIndex) {
    root.addEventListener("pointerenter", () => this.onEmphasis(classIndex));
    root.addEventListener("pointerleave", () => this.onEmphasis(null));
  }

  /** Count one step. */
  show(cells) {
    this.classLines.forEach((line, index) => {
      this.setCount(line, cells.filter((cell) => cell.classIndex === index).length);
    });
    for (const [mark, line] of this.markLines) {
      this.setCount(line, cells.filter((cell) => cell.mark === mark).length);
    }
    const missing = this.names.filter((_, index) => cells[index].classIndex === MISSING);
    this.setCount(this.missingLine, missing.length);
    this.missingNames.textContent = missing.join(", ");
    this.missingNames.hidden = missing.length === 0;
  }

  setCount(line, count) {
    line.root.classList.toggle("tc-empty", count === 0);
    line.count.textContent = count === 1 ? this.words.count_one : say(this.words.count_many, { count });
  }

  /** Point out the line of the class that is under the pointer on the map. */
  pointOut(classIndex) {
    this.classLines.forEach((line, index) => line.root.classList.toggle("tc-lit", index === classIndex));
    this.missingLine.root.classList.toggle("tc-lit", classIndex === MISSING);
  }
}
