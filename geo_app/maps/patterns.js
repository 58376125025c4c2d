/* The patterns of missing and of marked values. */

/**
 * The patterns that mean "no value" and "not a final statement", as SVG definitions.
 *
 * A marked area keeps the colour of its class under the mark, so that the scale stays readable,
 * and never looks like a stated value.
 */
class Patterns {
  /**
   * @param {string} prefix makes the ids of this map unique in the page
   * @param {{colour: string}[]} classes lowest first
   */
  constructor(prefix, classes) {
    this.prefix = prefix;
    const colours = (this.colours = classes.map((each) => each.colour));
    const defs = makeSvg("defs", {}, [this.missing()]);
    colours.forEach((colour, index) =>
      MARKS.slice(1).forEach((mark) => defs.append(this.marked(`${index}-${mark}`, mark, colour))),
    );
    MARKS.slice(1).forEach((mark) => defs.append(this.marked(`plain-${mark}`, mark, null)));
    this.root = makeSvg("svg", { class: "tc-defs", "aria-hidden": "true" }, [defs]);
  }

  /** What an area is filled with: a colour, or a reference to a pattern. */
  fill(classIndex, mark) {
    if (classIndex === MISSING) return this.reference("missing");
    return mark ? this.reference(`${classIndex}-${mark}`) : this.colours[classIndex];
  }

  reference(name) {
    return `url(#${this.prefix}-${name})`;
  }

  missing() {
    return this.pattern("missing", 6, [
      makeSvg("rect", { width: 6, height: 6, class: "tc-missing-ground" }),
      makeSvg("path", { d: "M-1,7 L7,-1 M-1,1 L1,-1 M5,7 L7,5", class: "tc-missing-line" }),
    ]);
  }

  marked(name, mark, colour) {
    const ink = `tc-mark tc-mark-${colour === null ? "plain" : inkOn(colour)}`;
    const ground = colour === null ? { class: "tc-mark-ground" } : { fill: colour };
    return this.pattern(name, 8, [
      makeSvg("rect", { width: 8, height: 8, ...ground }),
      makeSvg("path", { d: MARK_PATHS[mark], class: ink, "data-mark": mark }),
    ]);
  }

  pattern(name, size, children) {
    const attributes = { width: size, height: size, patternUnits: "userSpaceOnUse" };
    return makeSvg("pattern", { id: `${this.prefix}-${name}`, ...attributes }, children);
  }
}

/** One drawing of 8 by 8 for each mark; they differ in direction, not only in density. */
const MARK_PATHS = {
  partial: "M0,0 L8,8 M-1,7 L1,9 M7,-1 L9,1",
  preliminary: "M2,2 h.01 M6,6 h.01",
  last_stated: "M0,4 H8",
  estimated: "M4,0 V8",
};
