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

/**
 * Put a live map on another plane, with the same place in its middle at the same scale. Layers
 * that hold places of the former plane must be off the map before, and made anew after.
 *
 * @param {L.Map} map
 * @param {"plane"|"mercator"} from
 * @param {"plane"|"mercator"} to
 */
function changeLayout(map, from, to) {
  const { lat, lng } = map.getCenter();
  const metres = LAYOUTS[from].metres(lat) / map.options.crs.scale(map.getZoom()) * map.options.crs.scale(0);
  const center = LAYOUTS[to].place(...LAYOUTS[from].find(lat, lng));
  map.options.crs = LAYOUTS[to].crs;
  const zoom = Math.log2(LAYOUTS[to].metres(center[0]) / metres);
  // The limits are of the former plane's zoom; whoever fits the map to its box sets new ones.
  Object.assign(map.options, { minZoom: -30, maxZoom: 30 });
  map.setView(center, zoom, { reset: true });
}

/** The layout of a name; tiles of equal size lie on the flat plane. */
function layoutNamed(name) {
  return LAYOUTS[name] ?? LAYOUTS.plane;
}

/** So long without a tile, and one may say that none comes. */
const TILE_PATIENCE_MS = 8000;

/** Street tiles under the areas, with the name of their makers, and a notice when none comes. */
class Streets {
  /**
   * @param {L.Map} map on the mercator layout, before the areas are put on it
   * @param {HTMLElement} slot that holds the map; it is told by the class tc-streets
   * @param {{streets_address: string, streets_credit: string, streets_failed: string}} words
   *   address of the tiles, whom to name, and what to say when none comes
   */
  constructor(map, slot, { streets_address: address, streets_credit: credit, streets_failed: failed }) {
    this.slot = slot;
    this.failed = failed ?? "";
    this.credit = make("p", "tc-credit", { text: credit });
    this.notice = make("p", "tc-notice", { role: "status", hidden: "" });
    slot.classList.add("tc-streets");
    slot.append(this.credit, this.notice);
    this.tiles = L.tileLayer(address, { maxNativeZoom: 19, maxZoom: 30, minZoom: -30 });
    this.tiles.on({ tileload: () => this.onTile(), tileerror: () => this.onFault() });
    this.timer = setTimeout(() => this.onFault(), TILE_PATIENCE_MS);
    this.tiles.addTo(map);
  }

  onTile() {
    clearTimeout(this.timer);
    this.hasCome = true;
    this.notice.hidden = true;
  }

  /** One tile among others may fail; a map without any needs a word, and stands all the same. */
  onFault() {
    if (this.hasCome) return;
    this.notice.textContent = this.failed;
    this.notice.hidden = this.failed === "";
  }

  remove() {
    clearTimeout(this.timer);
    this.tiles.off().remove();
    this.slot.classList.remove("tc-streets");
    this.credit.remove();
    this.notice.remove();
  }
}
