/*
 * Small builders for the document, shared by the other scripts.
 *
 * The scripts of this folder are joined by time_choropleth.py inside one function that is given
 * Leaflet as `L`, so each may use what an earlier one defines and nothing leaks to the page.
 */

const SVG_NS = "http://www.w3.org/2000/svg";

/** Every mark in the order of its digit in the data: see MARKS in payload.py. */
const MARKS = ["", "partial", "preliminary", "last_stated", "estimated"];

const MISSING = -1;

/**
 * Make an element.
 *
 * @param {string} tag name of the element
 * @param {string} className its classes
 * @param {object} [attributes] attributes by name; `text` is its text
 * @param {Node[]} [children] what it holds
 * @returns {HTMLElement}
 */
function make(tag, className, attributes = {}, children = []) {
  return filled(document.createElement(tag), className, attributes, children);
}

/** The same for SVG. */
function makeSvg(tag, attributes = {}, children = []) {
  return filled(document.createElementNS(SVG_NS, tag), "", attributes, children);
}

function filled(node, className, attributes, children) {
  if (className) node.setAttribute("class", className);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** A button with a drawn sign; the name is for screen readers and the tooltip of the browser. */
function iconButton(className, name, path) {
  const icon = makeSvg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, [
    makeSvg("path", { d: path }),
  ]);
  return make("button", className, { type: "button", "aria-label": name, title: name }, [icon]);
}

/** Put values into the places in braces of a text: say("{count} states", {count: 3}). */
function say(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all));
}

/** Whether a hex colour is light enough to need dark marks on it (sRGB luma). */
function isLight(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 150;
}

/**
 * The patterns that mean "no value" and "not a final statement", as SVG definitions.
 *
 * A marked area keeps the colour of its class under the mark, so that the scale stays readable,
 * and never looks like a stated value.
 */
class Patterns {
  /**
   * @param {string} prefix makes the ids of this map unique in the page
   * @param {string[]} colours of the classes, lowest first
   */
  constructor(prefix, colours) {
    this.prefix = prefix;
    this.colours = colours;
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
    const ink = colour === null ? "tc-mark tc-mark-plain" : isLight(colour) ? "tc-mark tc-mark-dark" : "tc-mark tc-mark-light";
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
