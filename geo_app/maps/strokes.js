/*
 * Lines over the pixels: borders, once per view, and rings round areas.
 */

/** Points nearer to the one before than this, in pixels of the screen, are left out of a line. */
const STROKE_STEP = 0.9;

const STROKES_AT_ONCE = 24;

/** Parts below this share of the largest part of an area get no ring; a ring would drown them. */
const RING_SHARE = 0.25;

/** Below this side in CSS pixels an area has a circle round it in place of its outline. */
const RING_SIDE = 9;
const RING_RADIUS = 7;

const THIN = 0;
const STATE = 1;
const OUTER = 2;
const NO_BORDER = 3;

/** What lies on the two sides of each arc: areas of one group, of two, or none on one or both. */
function borderKinds({ sides, group }) {
  return Uint8Array.from(sides, ([left, right]) => {
    if (left < 0 && right < 0) return NO_BORDER;
    if (left < 0 || right < 0) return OUTER;
    return group && group[left] !== group[right] ? STATE : THIN;
  });
}

/** Whether a box of the world meets the view. */
function isInView([west, north, east, south], { width, height, scale, left, top }) {
  return (
    east * scale > left && west * scale < left + width && south * scale > top && north * scale < top + height
  );
}

/**
 * Draw a line of the world into a path.
 *
 * @param {{moveTo: Function, lineTo: Function}} path a context, a Path2D or a PathText
 */
function trace(path, flat, { scale, left, top }, step = STROKE_STEP) {
  let x = flat[0] * scale - left;
  let y = flat[1] * scale - top;
  path.moveTo(x, y);
  const last = flat.length - 2;
  for (let i = 2; i <= last; i += 2) {
    const nextX = flat[i] * scale - left;
    const nextY = flat[i + 1] * scale - top;
    if (i < last && Math.abs(nextX - x) < step && Math.abs(nextY - y) < step) continue;
    x = nextX;
    y = nextY;
    path.lineTo(x, y);
  }
}

class Borders {
  constructor(shapes, geometry) {
    this.shapes = shapes;
    this.kinds = borderKinds(geometry);
  }

  /** Draw all borders on an empty canvas: thin ones first, the edge of the whole last. */
  draw(context, view, { paper, ink, hatch }) {
    const fine = this.fineness(view);
    // Up to the width of half a CSS pixel lines are cheap, and thousands of them are wanted fine.
    const thin = 0.5 + 0.8 * Math.max(fine - 0.5, 0);
    if (fine > 0) this.stroke(context, view, THIN, cssColour(paper, 0.25 + 0.6 * fine), thin);
    this.stroke(context, view, STATE, cssColour(paper), 1.1 + 1.7 * fine);
    this.stroke(context, view, STATE, cssColour(mixed(paper, ink, 0.8)), 0.6 + 0.8 * fine);
    this.stroke(context, view, OUTER, cssColour(hatch), 0.9 + 0.3 * fine);
  }

  /** 0 where a middling area is so small that lines would cover it, 1 where there is room. */
  fineness({ scale, ratio }) {
    const [west, north, east, south] = this.shapes.box;
    const side = (Math.sqrt(((east - west) * (south - north)) / this.shapes.count) * scale) / ratio;
    return Math.min(Math.max((side - 7) / 33, 0), 1);
  }

  /** Lines of one kind, some at a time: one path with all of them takes several times as long. */
  stroke(context, view, kind, colour, width) {
    const { arcs, arcBoxes } = this.shapes;
    Object.assign(context, { strokeStyle: colour, lineWidth: width * view.ratio, lineJoin: "bevel" });
    // Round ends close the notch where lines meet; half-clear ones would show there as dots.
    context.lineCap = kind === THIN ? "butt" : "round";
    let drawn = 0;
    context.beginPath();
    for (let arc = 0; arc < arcs.length; arc++) {
      if (this.kinds[arc] !== kind || !isInView(arcBoxes[arc], view)) continue;
      trace(context, arcs[arc], view);
      if (++drawn % STROKES_AT_ONCE === 0) {
        context.stroke();
        context.beginPath();
      }
    }
    context.stroke();
  }
}

/** A path as the text of an SVG attribute. */
class PathText {
  constructor() {
    this.text = [];
  }

  moveTo(x, y) {
    this.text.push(`M${x.toFixed(1)} ${y.toFixed(1)}`);
  }

  lineTo(x, y) {
    this.text.push(`L${x.toFixed(1)} ${y.toFixed(1)}`);
  }
}

function inCssPixels(view) {
  return Object.fromEntries(Object.entries(view).map(([name, value]) => [name, value / view.ratio]));
}

/** Rings round areas, as one SVG that the style sheet colours. */
class Rings {
  constructor(shapes, geometry) {
    this.shapes = shapes;
    this.sides = geometry.sides;
    this.areas = { changed: [], active: [], chosen: [] };
    // The chosen area has a light line under the dark one, to be seen on any colour.
    this.paths = {
      changed: [this.path("tc-changed-casing"), this.path("tc-changed")],
      active: [this.path("tc-active")],
      chosen: [this.path("tc-casing"), this.path("tc-chosen")],
    };
    this.root = makeSvg("svg", { "aria-hidden": "true" }, Object.values(this.paths).flat());
  }

  path(className) {
    return makeSvg("path", { class: className, fill: "none", "stroke-linejoin": "round" });
  }

  /** Show rings of a kind round areas, given by index, and round no others. */
  show(kind, areas) {
    if (areas.length === 0 && this.areas[kind].length === 0) return;
    this.areas[kind] = areas;
    if (this.view) this.draw(kind);
  }

  /** Draw the rings again for a view. */
  fit(view) {
    this.view = inCssPixels(view);
    this.root.setAttribute("viewBox", `0 0 ${this.view.width} ${this.view.height}`);
    for (const kind of Object.keys(this.areas)) this.draw(kind);
  }

  draw(kind) {
    const path = new PathText();
    if (kind === "changed") this.traceUnion(path, new Set(this.areas[kind]));
    else for (const area of this.areas[kind]) this.traceArea(path, area);
    for (const each of this.paths[kind]) each.setAttribute("d", path.text.join(""));
  }

  /** The edge of all areas together: of many, each by itself, only lines would be seen. */
  traceUnion(path, areas) {
    if (areas.size === 0) return;
    this.sides.forEach(([left, right], arc) => {
      if (areas.has(left) === areas.has(right)) return;
      if (isInView(this.shapes.arcBoxes[arc], this.view)) trace(path, this.shapes.arcs[arc], this.view);
    });
  }

  traceArea(path, area) {
    const { scale, left, top } = this.view;
    if (longerSide(this.shapes.boxes[area]) * scale < RING_SIDE) {
      const { x, y } = this.shapes.anchors[area];
      circle(path, x * scale - left, y * scale - top);
      return;
    }
    const outers = this.shapes.polygons[area].map(([outer]) => joinArcs(this.shapes.arcs, outer));
    const sides = outers.map((flat) => longerSide(flatBox(flat)));
    const least = Math.max(...sides) * RING_SHARE;
    for (const flat of outers.filter((_, i) => sides[i] >= least)) {
      trace(path, [...flat, flat[0], flat[1]], this.view);
    }
  }
}

function circle(path, x, y) {
  for (let turn = 0; turn <= 24; turn++) {
    const angle = (turn * Math.PI) / 12;
    path[turn ? "lineTo" : "moveTo"](x + RING_RADIUS * Math.cos(angle), y + RING_RADIUS * Math.sin(angle));
  }
}
