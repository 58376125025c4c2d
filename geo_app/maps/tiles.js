/*
 * Equal squares: each state the same size, so that the small ones are seen as well as the large.
 * The grid is our own; it keeps what lies north of, beside and next to what.
 */

/** Column and row of each state, from the upper left. */
const TILE_GRID = {
  "02": [0, 0], 26: [1, 0], "08": [2, 0], "05": [3, 0], 19: [4, 0], 28: [5, 0],
  "03": [0, 1], 25: [1, 1], 10: [2, 1], 32: [3, 1], 24: [4, 1],
  18: [1, 2], "01": [2, 2], 11: [3, 2], 22: [4, 2], 13: [5, 2], 31: [8, 2],
  14: [1, 3], 16: [2, 3], 15: [3, 3], "09": [4, 3], 29: [5, 3], 30: [6, 3], 27: [7, 3], "04": [8, 3], 23: [9, 3],
  "06": [1, 4], 12: [3, 4], 17: [4, 4], 21: [5, 4], 20: [6, 4], "07": [7, 4],
};

/** The abbreviations in official use, as states.csv lists them. */
const TILE_NAMES = {
  "01": "Ags.", "02": "BC", "03": "BCS", "04": "Camp.", "05": "Coah.", "06": "Col.", "07": "Chis.", "08": "Chih.",
  "09": "CDMX", 10: "Dgo.", 11: "Gto.", 12: "Gro.", 13: "Hgo.", 14: "Jal.", 15: "Mex.", 16: "Mich.",
  17: "Mor.", 18: "Nay.", 19: "NL", 20: "Oax.", 21: "Pue.", 22: "Qro.", 23: "Q. Roo", 24: "SLP",
  25: "Sin.", 26: "Son.", 27: "Tab.", 28: "Tamps.", 29: "Tlax.", 30: "Ver.", 31: "Yuc.", 32: "Zac.",
};

/** Side of a square and the gap to the next, in hectometres: as wide as the country in all. */
const TILE = { pitch: 3000, side: 2880 };

const hasTiles = (codes) => codes.length > 1 && codes.every((code) => code in TILE_GRID);

/**
 * Make a geometry of squares, of the same form as the model's.
 *
 * @param {string[]} codes of the states, in the order of the model
 */
function tileGeometry(codes) {
  const columns = 1 + Math.max(...codes.map((code) => TILE_GRID[code][0]));
  const rows = 1 + Math.max(...codes.map((code) => TILE_GRID[code][1]));
  const rings = codes.map((code) => squareAt(...TILE_GRID[code]));
  return {
    unit: 100,
    box: [0, -rows * TILE.pitch, columns * TILE.pitch, 0],
    codes,
    points: false,
    areas: codes.map((code, index) => ({ code, polygons: [[[index]]] })),
    labels: codes.map((code) => TILE_NAMES[code]),
    arcs: rings.map((ring) => Float64Array.from(ring.flat())),
    sides: [],
    group: codes.map(() => 0),
    base: [],
    outlines: [],
    ringPoints: ([index], place) => rings[index].map(([x, y]) => place(x, y)),
  };
}

function squareAt(column, row) {
  const west = column * TILE.pitch + (TILE.pitch - TILE.side) / 2;
  const north = -row * TILE.pitch - (TILE.pitch - TILE.side) / 2;
  const [east, south] = [west + TILE.side, north - TILE.side];
  return [[west, north], [east, north], [east, south], [west, south]];
}
