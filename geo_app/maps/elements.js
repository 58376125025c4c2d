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

/** Which marks can be seen on a colour. */
function inkOn(colour) {
  return isLight(colour) ? "dark" : "light";
}

/** Which letters can be read on a colour: black ones from where they have the higher contrast. */
function lettersOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "dark" : "light";
}

/** Whether the reader has asked for less motion; asked anew each time, for it may change. */
function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Whether the main pointer is a finger. */
function isTouch() {
  return matchMedia("(hover: none)").matches;
}
