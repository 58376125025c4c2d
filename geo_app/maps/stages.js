/*
 * The one or two maps that are shown, as one: painted, pointed at, chosen in, moved and zoomed
 * together.
 */

class Stages {
  /**
   * @param {L.Map} map of the page; a second one is made where two dates are shown
   * @param {Model} model
   * @param {object} setting `place`: the element for them; `show`, `layout`; `classes`
   * @param {object} on as for Stage
   */
  constructor(map, model, { place, show, layout, classes }, on) {
    this.maps = show === "two" ? [map, this.twin(map)] : [map];
    place.classList.toggle("tc-side-by-side", show === "two");
    this.all = this.maps.map((each, index) => {
      const stage = new Stage(each, model, { layout, classes, hasZoom: index === 0 }, on);
      place.append(stage.slot);
      return stage;
    });
    this.layout = layout;
    for (const each of this.maps) each.on("move", this.join, this);
  }

  /** Draw all, when their places on the page have their sizes. */
  draw() {
    this.apart(() => this.all.forEach((stage) => stage.draw()));
  }

  get first() {
    return this.all[0];
  }

  /** A map like the page's own, for the second date. */
  twin(map) {
    const { zoomAnimation } = map.options;
    return L.planeMap(make("div", ""), { zoomAnimation });
  }

  /** A move of one map is a move of both. */
  join({ target }) {
    if (this.isJoining || this.maps.length < 2) return;
    this.isJoining = true;
    for (const map of this.maps) {
      if (map !== target) map.setView(target.getCenter(), target.getZoom(), { animate: false });
    }
    this.isJoining = false;
  }

  /** Tell the renderers of all maps: "emphasise", "filter" or "surround", with its values. */
  tell(way, ...values) {
    for (const stage of this.all) stage.tell(way, ...values);
  }

  resize() {
    this.apart(() => this.all.forEach((stage) => stage.resize()));
  }

  apart(act) {
    this.isJoining = true;
    act();
    this.isJoining = false;
  }

  get view() {
    const { map, isHome } = this.first;
    return isHome ? null : { layout: this.layout, center: map.getCenter(), zoom: map.getZoom() };
  }

  /** Go to a view of before, on the same plane or another one; squares have no places. */
  restore(view) {
    if (!view) return;
    const isSame = view.layout === this.layout;
    if (!isSame && [view.layout, this.layout].includes("tiles")) return;
    const { center, zoom } = isSame ? view : viewOn(view, this.layout);
    this.first.map.setView(center, zoom, { animate: false });
  }

  /** @param {Sheet[]} sheets as many as there are maps */
  paint(sheets, describe) {
    this.all.forEach((stage, index) => {
      const sheet = sheets[index];
      stage.paint(sheet, { describe: (area) => describe(sheet, area), isNamed: sheets.length > 1 });
    });
  }

  hideTips() {
    for (const stage of this.all) stage.hideTip();
  }

  remove() {
    const [, twin] = this.maps;
    for (const each of this.maps) each.off("move", this.join, this);
    for (const stage of this.all) stage.remove();
    if (!twin) return;
    const container = twin.getContainer();
    twin.remove();
    container.remove();
  }
}

/** The same place at the same scale on another plane. */
function viewOn({ layout, center, zoom }, to) {
  const [before, after] = [LAYOUTS[layout], LAYOUTS[to]];
  const scale = (plane, at) => plane.crs.scale(at) / plane.crs.scale(0);
  const metres = before.metres(center.lat) / scale(before, zoom);
  const place = L.latLng(after.place(...before.find(center.lat, center.lng)));
  return { center: place, zoom: Math.log2(after.metres(place.lat) / metres) };
}
