/*
 * Packed shapes to arcs and rings: the counterpart of arcs.py and geometry.py. A border between
 * two areas is one arc, used forwards by the area on its left and backwards by the other.
 */

/** Metres of one unit of the plane, of one step of the base and of one step of points. */
const GRID = { unit: 100, base: 1500, point: 100 };

const PIECE = { fresh: 0, named: 1 };

/** The areas of one coverage as references to arcs; see write_coverage in arcs.py. */
class CoverageReader {
  constructor(reader) {
    this.polygons = reader.numbers();
    this.holes = reader.numbers();
    this.pieces = reader.numbers();
    this.choices = reader.numbers();
    this.names = reader.numbers();
    this.lengths = reader.numbers();
    this.starts = reader.signed();
    this.steps = reader.signed();
    this.at = { holes: 0, pieces: 0, choices: 0, names: 0, lengths: 0, starts: 0, steps: 0 };
    this.from = [0, 0];
    this.arcs = [];
    /** Whether an arc, by its number, waits for the area on its other side. */
    this.open = [];
    /** The numbers of arcs by the point at which they end. */
    this.ending = new Map();
  }

  /** @returns {{arcs: number[][], figures: number[][][][]}} in steps of the grid */
  read() {
    const polygon = () => Array.from({ length: this.next("holes") + 1 }, () => this.ring());
    const figures = Array.from(this.polygons, (count) => Array.from({ length: count }, polygon));
    return { arcs: this.arcs, figures };
  }

  next(list) {
    const value = this[list][this.at[list]++];
    if (value === undefined) throw new ArtefactError("truncated", `no more ${list} of arcs`);
    return value;
  }

  ring() {
    const last = this.next("pieces");
    const found = [];
    let start = null;
    let here = null;
    for (let place = 0; place <= last; place++) {
      const reference = this.piece(here, start, place === last);
      const arc = this.arcs[reference < 0 ? ~reference : reference];
      if (!arc) throw new ArtefactError("truncated", "no such arc");
      start ??= endOf(arc, reference >= 0);
      here = endOf(arc, reference < 0);
      found.push(reference);
    }
    return found;
  }

  piece(here, start, isLast) {
    const choice = this.next("choices");
    if (choice === PIECE.fresh) return this.fresh(here, start, isLast);
    if (choice === PIECE.named) {
      const name = this.next("names");
      return name % 2 ? ~(name >> 1) : name >> 1;
    }
    const number = here ? this.openAt(here, choice - 2) : this.openNow(choice - 2);
    if (number === undefined) throw new ArtefactError("truncated", "no such open arc");
    this.open[number] = false;
    return ~number;
  }

  /** The open arc that is the n-th before the latest of all; undefined where there are fewer. */
  openNow(age) {
    let number = this.arcs.length - 1;
    for (let left = age; number >= 0; number--) if (this.open[number] && left-- === 0) return number;
    return undefined;
  }

  /** The same among those that end at a point. */
  openAt(point, age) {
    const here = (this.ending.get(keyOf(point)) ?? []).filter((number) => this.open[number]);
    return here[here.length - 1 - age];
  }

  fresh(here, start, isLast) {
    if (!here) this.from = [this.from[0] + this.next("starts"), this.from[1] + this.next("starts")];
    let [x, y] = here ?? this.from;
    const arc = [x, y];
    // Most of all numbers are steps: they are read without the detour over their name.
    const { steps, at } = this;
    const end = at.steps + 2 * this.next("lengths");
    if (end > steps.length) throw new ArtefactError("truncated", "no more steps of arcs");
    for (; at.steps < end; at.steps += 2) arc.push((x += steps[at.steps]), (y += steps[at.steps + 1]));
    // The last piece ends where the ring began.
    if (isLast) arc.push(...(start ?? arc.slice(0, 2)));
    this.arcs.push(arc);
    const number = this.arcs.length - 1;
    this.open[number] = true;
    const key = keyOf(endOf(arc, false));
    const others = this.ending.get(key);
    if (others) others.push(number);
    else this.ending.set(key, [number]);
    return number;
  }
}

/** The first or the last point of an arc. */
function endOf(arc, isFirst) {
  return isFirst ? [arc[0], arc[1]] : [arc[arc.length - 2], arc[arc.length - 1]];
}

/** One number for a point of the grid. */
function keyOf([x, y]) {
  return (x + 2 ** 25) * 2 ** 26 + y + 2 ** 25;
}

/** The shapes of a map on the plane. Everything is in units of the plane, hectometres. */
class Geometry {
  constructor(reader) {
    this.unit = GRID.unit;
    const step = reader.number();
    this.codes = readCodes(reader);
    const groups = readGroups(reader);
    const at = Array.from(reader.numbers());
    const spots = reader.signed();
    const areas = new CoverageReader(reader).read();
    const outlineCodes = reader.texts();
    const under = new CoverageReader(reader).read();
    const base = new CoverageReader(reader).read();
    this.points = at.length > 0;
    this.arcs = [...areas.arcs, ...under.arcs].map((arc) => scaled(arc, step));
    this.areas = this.placed(at, scaled(spots, GRID.point), areas.figures);
    this.group = groups.length ? groups.index : Int32Array.from(this.codes, (_, i) => i);
    this.sides = this.sidesOf();
    this.outlines = under.figures.map((figure, i) => (
      { code: outlineCodes[i], polygons: moved(figure, areas.arcs.length) }
    ));
    if (groups.length) this.outlines = this.borders(groups.codes);
    this.base = base.figures.flat(2).map((ring) => flatRing(ring, base.arcs, GRID.base));
    this.box = this.bounds();
  }

  /** Areas in their order: those of `at` are points, the others have the next figure each. */
  placed(at, spots, figures) {
    const points = new Map(at.map((area, i) => [area, [spots[2 * i], spots[2 * i + 1]]]));
    let next = 0;
    return this.codes.map((code, area) => (
      points.has(area) ? { code, point: points.get(area) } : { code, polygons: figures[next++] ?? missingFigure(code) }
    ));
  }

  /** The area to the left and to the right of each arc; -1 for none. */
  sidesOf() {
    const sides = this.arcs.map(() => [-1, -1]);
    this.areas.forEach(({ polygons }, area) => {
      for (const reference of (polygons ?? []).flat(2)) {
        if (reference >= 0) sides[reference][0] = area;
        else sides[~reference][1] = area;
      }
    });
    return sides;
  }

  /** The rings round each group of areas, each as a polygon of its own: they are only stroked. */
  borders(codes) {
    const ways = codes.map(() => new Map());
    this.sides.forEach((pair, arc) => {
      const [left, right] = pair.map((area) => (area < 0 ? -1 : this.group[area]));
      if (left === right) return;
      if (left >= 0) this.addWay(ways[left], arc);
      if (right >= 0) this.addWay(ways[right], ~arc);
    });
    return codes.map((code, i) => ({ code, polygons: chained(ways[i], (way) => this.endOf(way)).map((ring) => [ring]) }));
  }

  addWay(ways, reference) {
    const from = this.endOf(~reference);
    if (!ways.has(from)) ways.set(from, []);
    ways.get(from).push(reference);
  }

  /** Where a reference leads to, as one number; units of the plane are at least steps of a metre. */
  endOf(reference) {
    const [x, y] = endOf(this.arcs[reference < 0 ? ~reference : reference], reference < 0);
    return keyOf([x * GRID.unit, y * GRID.unit]);
  }

  bounds() {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    const widen = (x, y) => {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    };
    for (const arc of this.arcs) for (let i = 0; i < arc.length; i += 2) widen(arc[i], arc[i + 1]);
    for (const { point } of this.areas) if (point) widen(...point);
    return box;
  }

  /**
   * The points of a ring, its closing point left out.
   *
   * @param {number[]} references r >= 0 = arc r forwards, ~r backwards
   * @param {(x: number, y: number) => number[]} place of the layout
   */
  ringPoints(references, place) {
    const points = [];
    for (const reference of references) {
      const arc = this.arcs[reference < 0 ? ~reference : reference];
      if (reference < 0) for (let i = arc.length - 2; i > 0; i -= 2) points.push(place(arc[i], arc[i + 1]));
      else for (let i = 0; i < arc.length - 2; i += 2) points.push(place(arc[i], arc[i + 1]));
    }
    return points;
  }
}

function scaled(arc, step) {
  const found = new Float64Array(arc.length);
  for (let i = 0; i < arc.length; i++) found[i] = (arc[i] * step) / GRID.unit;
  return found;
}

function moved(figure, by) {
  return figure.map((rings) => rings.map((ring) => ring.map((r) => (r < 0 ? r - by : r + by))));
}

function missingFigure(code) {
  throw new ArtefactError("mismatch", `no shape of ${code}`);
}

/** A ring of arcs as flat x, y, x, y, … in units of the plane. */
function flatRing(references, arcs, step) {
  const flat = references.flatMap((reference) => {
    const arc = arcs[reference < 0 ? ~reference : reference];
    const points = Array.from({ length: arc.length / 2 }, (_, i) => arc.slice(2 * i, 2 * i + 2));
    if (reference < 0) points.reverse();
    return points.slice(0, -1).flat();
  });
  return Array.from(scaled(flat, step));
}

/** Put directed arcs together to rings; `ways` maps a point to the references that begin there. */
function chained(ways, endOf) {
  const rings = [];
  for (const [start, leaving] of ways) {
    while (leaving.length) {
      const ring = [leaving.pop()];
      for (let here = endOf(ring[0]); here !== start && ways.get(here)?.length; here = endOf(ring.at(-1))) {
        ring.push(ways.get(here).pop());
      }
      rings.push(ring);
    }
  }
  return rings;
}

function readCodes(reader) {
  const width = reader.number();
  if (!width) return reader.texts();
  let code = 0;
  return Array.from(reader.numbers(), (step) => String((code += step)).padStart(width, "0"));
}

function readGroups(reader) {
  const codes = reader.texts();
  const lengths = reader.numbers();
  const index = Int32Array.from(Array.from(lengths).flatMap((length, group) => Array(length).fill(group)));
  return { codes, index, length: codes.length };
}
