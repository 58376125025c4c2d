/*
 * Which area each pixel of a view belongs to.
 *
 * Shapes holds the shared arcs in the units of the map's projection; Scan turns them into one
 * label per pixel. The labels are the only truth of a view: runs to fill, sizes and hits are all
 * read off them, so what is painted and what is hit cannot differ.
 *
 * A view is {width, height, ratio, scale, left, top}: a pixel of the screen is
 * `world * scale - (left, top)`, and `ratio` of them make a CSS pixel.
 */

/** Heights, as shares of a shape, at which a place well inside of it is looked for. */
const ANCHOR_LINES = [0.5037, 0.4037, 0.6037, 0.3037, 0.7037, 0.1537, 0.8537];

/** Below this number of pixels an area is made sure of the pixel under its anchor. */
const CLAIM_BELOW = 40;

/** How far from its anchor, in pixels, an area that got none may take one of a neighbour. */
const SPARE_REACH = 24;

/** Below this side in CSS pixels an area is hard to hit, and gets a reach into its neighbours … */
const TINY_SIDE = 5;

/** … if they have at least this many CSS pixels, and so room to give. */
const ROOMY_SIZE = 400;

/** Join the arcs of a ring to x, y, x, y, …; ~r is arc r backwards, and ends meet. */
function joinArcs(arcs, refs) {
  const flat = [];
  for (const ref of refs) {
    const arc = arcs[ref < 0 ? ~ref : ref];
    for (let i = 0; i < arc.length - 2; i += 2) {
      const at = ref < 0 ? arc.length - 2 - i : i;
      flat.push(arc[at], arc[at + 1]);
    }
  }
  return flat;
}

/** Bounds of x, y, x, y, … as west, south, east, north (least and greatest of each). */
function flatBox(flat) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < flat.length; i += 2) {
    box[0] = Math.min(box[0], flat[i]);
    box[1] = Math.min(box[1], flat[i + 1]);
    box[2] = Math.max(box[2], flat[i]);
    box[3] = Math.max(box[3], flat[i + 1]);
  }
  return box;
}

const longerSide = ([west, south, east, north]) => Math.max(east - west, north - south);

/** Where the edges of some flat rings cross a height, in order. */
function crossingsAt(rings, y) {
  const found = [];
  for (const flat of rings) {
    let [x0, y0] = [flat[flat.length - 2], flat[flat.length - 1]];
    for (let i = 0; i < flat.length; i += 2) {
      const [x1, y1] = [flat[i], flat[i + 1]];
      if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
      [x0, y0] = [x1, y1];
    }
  }
  return found.sort((a, b) => a - b);
}

/** The square of the distance of a place from the nearest edge of some flat rings. */
function edgeDistance(rings, x, y) {
  let least = Infinity;
  for (const flat of rings) {
    let [x0, y0] = [flat[flat.length - 2] - x, flat[flat.length - 1] - y];
    for (let i = 0; i < flat.length; i += 2) {
      const [x1, y1] = [flat[i] - x, flat[i + 1] - y];
      const [dx, dy] = [x1 - x0, y1 - y0];
      const along = Math.min(Math.max(-(x0 * dx + y0 * dy) / (dx * dx + dy * dy || 1), 0), 1);
      least = Math.min(least, (x0 + along * dx) ** 2 + (y0 + along * dy) ** 2);
      [x0, y0] = [x1, y1];
    }
  }
  return least;
}

/** A place well inside a polygon (outer ring, then holes): of a few, the farthest from any edge. */
function insidePoint(rings) {
  const [, south, , north] = flatBox(rings[0]);
  let best = { far: -1 };
  for (const share of ANCHOR_LINES) {
    const y = south + share * (north - south);
    const found = crossingsAt(rings, y);
    for (let i = 0; i + 1 < found.length; i += 2) {
      const x = (found[i] + found[i + 1]) / 2;
      const far = edgeDistance(rings, x, y);
      if (far > best.far) best = { far, at: [x, y] };
    }
  }
  return best.at;
}

/** The shapes of a map in the pixels of zoom 0 of its projection ("world"), from shared arcs. */
class Shapes {
  /**
   * @param {object} geometry of a Model
   * @param {(x: number, y: number) => {x: number, y: number}} project from the plane to the world
   */
  constructor(geometry, project) {
    this.count = geometry.areas.length;
    this.polygons = geometry.areas.map((area) => area.polygons);
    this.arcs = geometry.arcs.map((arc) => projectFlat(arc, project));
    this.arcBoxes = this.arcs.map(flatBox);
    this.parts = this.polygons.map((polygons) => Int32Array.from(polygons.flat(2), (ref) => (ref < 0 ? ~ref : ref)));
    this.boxes = this.parts.map((arcs) => jointBox([...arcs].map((arc) => this.arcBoxes[arc])));
    this.box = jointBox(this.boxes);
    this.findAnchors(geometry.arcs, project);
  }

  /** A place inside each area, on the plane and in the world. */
  findAnchors(arcs, project) {
    this.onPlane = this.polygons.map((polygons) => {
      const joined = polygons.map((rings) => rings.map((refs) => joinArcs(arcs, refs)));
      const sizes = joined.map(([outer]) => longerSide(flatBox(outer)));
      return insidePoint(joined[sizes.indexOf(Math.max(...sizes))]);
    });
    this.anchors = this.onPlane.map(([x, y]) => project(x, y));
  }
}

function projectFlat(flat, project) {
  const world = new Float64Array(flat.length);
  for (let i = 0; i < flat.length; i += 2) {
    const at = project(flat[i], flat[i + 1]);
    world[i] = at.x;
    world[i + 1] = at.y;
  }
  return world;
}

function jointBox(boxes) {
  const joint = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [west, south, east, north] of boxes) {
    joint[0] = Math.min(joint[0], west);
    joint[1] = Math.min(joint[1], south);
    joint[2] = Math.max(joint[2], east);
    joint[3] = Math.max(joint[3], north);
  }
  return joint;
}

/** A growing list of integers without boxes. */
class Ints {
  constructor(room) {
    this.items = new Int32Array(room);
    this.length = 0;
  }

  /** Make room for some more, and return where they are to be written. */
  reserve(more) {
    if (this.length + more > this.items.length) {
      const wider = new Int32Array(2 * (this.length + more));
      wider.set(this.items.subarray(0, this.length));
      this.items = wider;
    }
    return this.items;
  }
}

class Scan {
  /** @param {Shapes} shapes whose labels are wanted */
  constructor(shapes) {
    this.shapes = shapes;
    this.labels = new Uint16Array(0);
    this.crossings = new Ints(1 << 16);
    this.arcStart = new Int32Array(shapes.arcs.length + 1);
    this.own = new Ints(1 << 12);
    this.runs = new Ints(1 << 16);
  }

  /**
   * Label every pixel of a view with the area (index + 1) in which its middle lies, 0 for none.
   * An area without such a pixel gets the one under its anchor, if that is in view.
   */
  convert(view) {
    this.view = view;
    const size = view.width * view.height;
    if (this.labels.length === size) this.labels.fill(0);
    else this.labels = new Uint16Array(size);
    this.cross();
    for (let area = 0; area < this.shapes.count; area++) this.label(area);
    this.collect();
    if (this.claim()) this.collect();
  }

  /** Where each arc crosses the middle of each row, once for both its sides: as pixel indexes. */
  cross() {
    const { height, scale, top } = this.view;
    const { arcs, arcBoxes } = this.shapes;
    this.crossings.length = 0;
    arcs.forEach((arc, index) => {
      this.arcStart[index] = this.crossings.length;
      const [, north, , south] = arcBoxes[index];
      if (south * scale - top > 0 && north * scale - top < height) this.crossArc(arc);
    });
    this.arcStart[arcs.length] = this.crossings.length;
  }

  crossArc(arc) {
    const { width, height, scale, left, top } = this.view;
    let x0 = arc[0] * scale - left - 0.5;
    let y0 = arc[1] * scale - top - 0.5;
    for (let i = 2; i < arc.length; i += 2) {
      const x1 = arc[i] * scale - left - 0.5;
      const y1 = arc[i + 1] * scale - top - 0.5;
      const first = Math.max(Math.ceil(y0 < y1 ? y0 : y1), 0);
      const end = Math.min(Math.ceil(y0 < y1 ? y1 : y0), height);
      if (first < end) {
        const slope = (x1 - x0) / (y1 - y0);
        const keys = this.crossings.reserve(end - first);
        let at = this.crossings.length;
        for (let row = first; row < end; row++) {
          const column = Math.ceil(x0 + (row - y0) * slope);
          keys[at++] = row * width + (column < 0 ? 0 : column > width ? width : column);
        }
        this.crossings.length = at;
      }
      x0 = x1;
      y0 = y1;
    }
  }

  /**
   * Fill an area between its first and second crossing of a row, its third and fourth, … Each area
   * by itself: where rounding made borders cross, only the pixels between them are in doubt.
   */
  label(area) {
    const crossings = this.crossings.items;
    this.own.length = 0;
    for (const arc of this.shapes.parts[area]) {
      const [start, end] = [this.arcStart[arc], this.arcStart[arc + 1]];
      if (start === end) continue;
      this.own.reserve(end - start).set(crossings.subarray(start, end), this.own.length);
      this.own.length += end - start;
    }
    const keys = this.own.items.subarray(0, this.own.length).sort();
    for (let i = 0; i + 1 < keys.length; i += 2) fillRun(this.labels, area + 1, keys[i], keys[i + 1]);
  }

  /** Read the runs of each area off the labels, with its size and box in pixels. */
  collect() {
    const { width, height } = this.view;
    const { labels, runs } = this;
    runs.length = 0;
    for (let row = 0; row < height; row++) {
      const end = (row + 1) * width;
      let start = row * width;
      while (start < end) {
        const label = labels[start];
        let stop = start + 1;
        while (stop < end && labels[stop] === label) stop++;
        if (label) {
          const items = runs.reserve(3);
          items[runs.length] = label - 1;
          items[runs.length + 1] = start;
          items[runs.length + 2] = stop;
          runs.length += 3;
        }
        start = stop;
      }
    }
    this.sortRuns();
  }

  /** `runStart[area]` to `runStart[area + 1]` are the places of its runs in `starts` and `stops`. */
  sortRuns() {
    const { count } = this.shapes;
    const { items, length } = this.runs;
    const next = new Int32Array(count + 1);
    for (let i = 0; i < length; i += 3) next[items[i] + 1]++;
    for (let area = 0; area < count; area++) next[area + 1] += next[area];
    this.runStart = next.slice();
    this.starts = new Int32Array(length / 3);
    this.stops = new Int32Array(length / 3);
    this.sizes = new Int32Array(count);
    this.pixelBoxes = new Int32Array(4 * count);
    for (let i = 0; i < length; i += 3) {
      const at = next[items[i]]++;
      this.starts[at] = items[i + 1];
      this.stops[at] = items[i + 2];
      this.measure(items[i], items[i + 1], items[i + 2]);
    }
  }

  /** Boxes are west, north, and the first column and row beyond; runs come from north to south. */
  measure(area, start, stop) {
    const { width } = this.view;
    const boxes = this.pixelBoxes;
    const row = Math.floor(start / width);
    const [west, east, at] = [start - row * width, stop - row * width, 4 * area];
    if (this.sizes[area] === 0) {
      boxes[at] = west;
      boxes[at + 1] = row;
      boxes[at + 2] = east;
    } else {
      if (west < boxes[at]) boxes[at] = west;
      if (east > boxes[at + 2]) boxes[at + 2] = east;
    }
    boxes[at + 3] = row + 1;
    this.sizes[area] += stop - start;
  }

  /** Give small areas the pixel under their anchor, the smallest last; tell whether any asked. */
  claim() {
    const small = [];
    for (let area = 0; area < this.shapes.count; area++) {
      if (this.sizes[area] < CLAIM_BELOW && this.anchorPixel(area) >= 0) small.push(area);
    }
    small.sort((a, b) => this.sizes[b] - this.sizes[a]);
    for (const area of small) this.take(area, this.anchorPixel(area));
    for (const area of small) if (this.sizes[area] === 0) this.take(area, this.spare(area));
    return small.length > 0;
  }

  /** Index of the pixel under the anchor of an area, -1 out of view. */
  anchorPixel(area) {
    const { width, height, scale, left, top } = this.view;
    const { x, y } = this.shapes.anchors[area];
    const [column, row] = [Math.floor(x * scale - left), Math.floor(y * scale - top)];
    const isIn = column >= 0 && column < width && row >= 0 && row < height;
    return isIn ? row * width + column : -1;
  }

  take(area, pixel) {
    if (pixel < 0) return;
    const before = this.labels[pixel];
    if (before) this.sizes[before - 1]--;
    this.labels[pixel] = area + 1;
    this.sizes[area]++;
  }

  /** The pixel nearest to an anchor whose owner has others, or none; -1 if there is none near. */
  spare(area) {
    const at = this.anchorPixel(area);
    const { width } = this.view;
    return this.nearest(at % width, Math.floor(at / width), SPARE_REACH, (label) => !label || this.sizes[label - 1] > 1);
  }

  /** Index of the pixel nearest to a place, within a reach, whose label is wanted; -1 for none. */
  nearest(x, y, reach, isWanted) {
    const { width, height } = this.view;
    let [best, least] = [-1, reach * reach];
    for (let row = Math.max(y - reach, 0); row <= Math.min(y + reach, height - 1); row++) {
      for (let column = Math.max(x - reach, 0); column <= Math.min(x + reach, width - 1); column++) {
        const far = (column - x) ** 2 + (row - y) ** 2;
        if (far > least || (far === least && best >= 0)) continue;
        if (isWanted(this.labels[row * width + column])) [best, least] = [row * width + column, far];
      }
    }
    return best;
  }

  /**
   * The area at a pixel of the view. One read, but for the sea, from where the next shore counts,
   * and beside an area that is too small to be pointed at.
   *
   * @param {number} reach in pixels of the screen
   * @returns {number} its index, -1 for none
   */
  hit(x, y, reach) {
    const { width, height } = this.view;
    if (x < 0 || y < 0 || x >= width || y >= height) return -1;
    const here = this.labels[y * width + x];
    if (here && this.sizes[here - 1] < ROOMY_SIZE * this.view.ratio ** 2) return here - 1;
    const tiny = this.nearest(x, y, reach >> 1, (label) => label > 0 && this.side(label - 1) < TINY_SIDE);
    if (tiny >= 0) return this.labels[tiny] - 1;
    if (here) return here - 1;
    const shore = this.nearest(x, y, reach, (label) => label > 0);
    return shore < 0 ? -1 : this.labels[shore] - 1;
  }

  /** The longer side of an area's box in CSS pixels. */
  side(area) {
    return (longerSide(this.shapes.boxes[area]) * this.view.scale) / this.view.ratio;
  }
}

/** Write a run; a call of `fill` costs more than a few writes. */
function fillRun(items, value, start, stop) {
  if (stop - start > 24) items.fill(value, start, stop);
  else for (let i = start; i < stop; i++) items[i] = value;
}
