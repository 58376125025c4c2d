/*
 * The Streamlit component that holds the map: made once per place, changed in place, taken away
 * with all its listeners. Leaflet is the `L` of the module that streamlit joins this to.
 */

const MOUNTED = Symbol.for("geo_app.time_map.mounted");

export default function mountTimeMap({ data, parentElement, setTriggerValue }) {
  const link = Link.of(data.key);
  link.send = setTriggerValue;
  const mounted = (parentElement[MOUNTED] ??= new Mounted(parentElement, link, data));
  mounted.show(data);
  return () => mounted.remove();
}

class Mounted {
  constructor(parent, link, data) {
    this.parent = parent;
    this.link = link;
    this.key = data.key;
    this.host = document.createElement("div");
    parent.append(this.host);
  }

  show(data) {
    this.host.style.setProperty("--tc-map-height", data.height ? `${data.height}px` : "");
    const same = this.shown?.geometry === data.geometry && this.shown?.series === data.series;
    if (same) return;
    this.shown = data;
    const values = { geometry: JSON.parse(data.geometry), data: JSON.parse(data.series) };
    if (this.map) this.link.layer.update(values);
    else this.start({ ...values, ...this.link.asked });
    this.link.ask(this.link.asked);
  }

  start(payload) {
    const container = document.createElement("div");
    this.host.append(container);
    this.map = L.map(container, {
      crs: L.CRS.Simple,
      center: [0, 0],
      zoom: 0,
      attributionControl: false,
      zoomControl: false,
      keyboard: false,
      zoomSnap: 0,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    this.link.layer = L.timeChoropleth(payload, {
      onSelect: (code) => this.link.report("selected", code),
      onStep: (period) => this.link.report("period", period),
    }).addTo(this.map);
  }

  /** Take everything away; whoever still holds this clean-up then holds nothing with it. */
  remove() {
    this.map.remove();
    this.host.remove();
    delete this.parent[MOUNTED];
    links.delete(this.key);
    for (const name of Object.keys(this)) this[name] = null;
  }
}
