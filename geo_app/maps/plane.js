/*
 * The planes a map can stand on: the flat map of EPSG:6372 itself, which needs nothing from
 * outside, and Web Mercator, which street tiles come in. The latter is a reader's choice; only
 * then is a tile asked for.
 */

/** Metres in a unit of the plane: hectometres. */
const PLANE_UNIT_M = 100;

/** EPSG:6372, Mexico ITRF2008 / LCC, on the GRS80 ellipsoid. */
const LAMBERT = {
  a: 6378137, f: 1 / 298.257222101,
  lat1: 17.5, lat2: 29.5, lat0: 12, lng0: -102,
  east0: 2500000, north0: 0,
};

const DEGREE = Math.PI / 180;

/**
 * Lambert conformal conic with two standard parallels on an ellipsoid (J. P. Snyder, Map
 * Projections: A Working Manual, 1987, equations 14-15, 15-1 to 15-11, 7-9).
 */
class Conic {
  constructor({ a, f, lat1, lat2, lat0, lng0, east0, north0 }) {
    this.e = Math.sqrt(f * (2 - f));
    const [t1, t2] = [this.t(lat1 * DEGREE), this.t(lat2 * DEGREE)];
    const [m1, m2] = [this.m(lat1 * DEGREE), this.m(lat2 * DEGREE)];
    this.n = Math.log(m1 / m2) / Math.log(t1 / t2);
    this.aF = (a * m1) / (this.n * t1 ** this.n);
    this.rho0 = this.aF * this.t(lat0 * DEGREE) ** this.n;
    Object.assign(this, { lng0, east0, north0 });
  }

  m(lat) {
    return Math.cos(lat) / Math.sqrt(1 - (this.e * Math.sin(lat)) ** 2);
  }

  t(lat) {
    return Math.tan(Math.PI / 4 - lat / 2) / this.flattened(Math.sin(lat));
  }

  flattened(sine) {
    const part = this.e * sine;
    return ((1 - part) / (1 + part)) ** (this.e / 2);
  }

  /** Metres from degrees. */
  forward(lat, lng) {
    const rho = this.aF * this.t(lat * DEGREE) ** this.n;
    const theta = this.n * (lng - this.lng0) * DEGREE;
    return [this.east0 + rho * Math.sin(theta), this.north0 + this.rho0 - rho * Math.cos(theta)];
  }

  /** Degrees from metres. */
  inverse(east, north) {
    const [x, y] = [east - this.east0, this.rho0 - (north - this.north0)];
    const t = (Math.hypot(x, y) / this.aF) ** (1 / this.n);
    let lat = Math.PI / 2 - 2 * Math.atan(t);
    // Each turn makes the error some 150 times smaller; after five it is below a micrometre.
    for (let turn = 0; turn < 5; turn++) lat = Math.PI / 2 - 2 * Math.atan(t * this.flattened(Math.sin(lat)));
    return [lat / DEGREE, this.lng0 + Math.atan2(x, y) / this.n / DEGREE];
  }
}

const MEXICO = new Conic(LAMBERT);

/**
 * Every plane by its name: `crs` for the map; `place` from the plane of the data (hectometres) to
 * [lat, lng] of that crs, and `find` back; `metres`: metres on the ground per unit of zoom 0.
 */
const LAYOUTS = {
  plane: {
    crs: L.CRS.Simple,
    place: (x, y) => [y, x],
    find: (lat, lng) => [lng, lat],
    metres: () => PLANE_UNIT_M,
  },
  mercator: {
    crs: L.CRS.EPSG3857,
    place: (x, y) => MEXICO.inverse(x * PLANE_UNIT_M, y * PLANE_UNIT_M),
    find: (lat, lng) => MEXICO.forward(lat, lng).map((metres) => metres / PLANE_UNIT_M),
    metres: (lat) => ((2 * Math.PI * 6378137) / 256) * Math.cos(lat * DEGREE),
  },
};

/** The layout of a name; tiles of equal size lie on the flat plane. */
function layoutNamed(name) {
  return LAYOUTS[name] ?? LAYOUTS.plane;
}

/**
 * Make an empty map for a time choropleth: on the flat plane, without tiles or controls.
 *
 * @param {HTMLElement} container
 * @param {object} [options] of L.map, where they are to be others
 */
L.planeMap = (container, options = {}) => L.map(container, {
  crs: L.CRS.Simple,
  center: [0, 0],
  zoom: 0,
  attributionControl: false,
  zoomControl: false,
  keyboard: false,
  zoomSnap: 0,
  zoomAnimation: !isStill(),
  ...options,
});
