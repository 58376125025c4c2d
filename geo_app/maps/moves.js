/*
 * Where an arrow key goes from an area: to the neighbour in that direction, and so that every
 * area can be reached from every other.
 */

/** Beyond this the table is not mended as a whole; a renderer of thousands goes by the cone alone. */
const MENDED = 400;

const WAYS = [[1, 0], [-1, 0], [0, 1], [0, -1]];

/** A step to an area without a common border counts as this much farther. */
const APART = 1.6;

/** Which areas share an arc, as a set of "a b" of their positions. */
function borders(geometry) {
  const shared = new Set();
  for (const [left, right] of geometry.sides ?? []) {
    if (left >= 0 && right >= 0) shared.add(`${left} ${right}`).add(`${right} ${left}`);
  }
  return shared;
}

class Moves {
  /**
   * @param {string[]} codes
   * @param {(code: string) => L.LatLng} middle
   * @param {Set<string>} shared as `borders` makes it
   */
  constructor(codes, middle, shared) {
    this.codes = codes;
    this.at = codes.map((code) => middle(code));
    this.shared = shared;
    this.table = codes.map((_, from) => WAYS.map((way) => this.best(from, way)));
    if (codes.length <= MENDED) this.mend();
  }

  /** The code in a direction ([right, up]), or undefined at the edge of the map. */
  from(code, [right, up]) {
    const way = WAYS.findIndex(([x, y]) => x === right && y === up);
    return this.codes[this.table[this.codes.indexOf(code)]?.[way]];
  }

  /** How far a move would be: less is better, Infinity is backwards. */
  cost(from, to, [right, up]) {
    const [a, b] = [this.at[from], this.at[to]];
    const along = (b.lng - a.lng) * right + (b.lat - a.lat) * up;
    const aside = Math.abs((b.lng - a.lng) * up) + Math.abs((b.lat - a.lat) * right);
    if (to === from || along <= 0) return Infinity;
    // Outside the quarter round the direction only where nothing lies within it.
    const outside = aside > along ? 1e6 : 0;
    return (along + aside) * (this.shared.has(`${from} ${to}`) ? 1 : APART) + outside * (aside / along);
  }

  best(from, way) {
    const found = { cost: Infinity, to: undefined };
    for (let to = 0; to < this.codes.length; to++) {
      const cost = this.cost(from, to, way);
      if (cost < found.cost) Object.assign(found, { cost, to });
    }
    return found.to;
  }

  /**
   * Reach what no move reaches. Left moves from anywhere end at the westernmost area, so the
   * table is whole if everything can be reached from there; the cheapest move that adds an area
   * and loses none is turned until that is so.
   */
  mend() {
    const west = this.at.reduce((best, { lng }, i) => (lng < this.at[best].lng ? i : best), 0);
    let reached = this.reachable(west);
    while (reached.size < this.codes.length && this.turnOne(west, reached)) reached = this.reachable(west);
  }

  reachable(start) {
    const reached = new Set([start]);
    for (const from of reached) for (const to of this.table[from]) if (to !== undefined) reached.add(to);
    return reached;
  }

  turnOne(west, reached) {
    const turns = [];
    for (const from of reached) {
      for (let to = 0; to < this.codes.length; to++) {
        if (reached.has(to)) continue;
        WAYS.forEach((way, index) => turns.push({ from, to, index, cost: this.cost(from, to, way) }));
      }
    }
    turns.sort((a, b) => a.cost - b.cost);
    return turns.some(({ from, to, index, cost }) => {
      const before = this.table[from][index];
      this.table[from][index] = to;
      if (cost < Infinity && this.reachable(west).size > reached.size) return true;
      this.table[from][index] = before;
      return false;
    });
  }
}
