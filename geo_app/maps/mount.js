/*
 * The Streamlit component that holds the map: made once per place, changed in place, taken away
 * with all its listeners. Leaflet is the `L` of the module that streamlit joins this to, and CSS
 * the text of all style sheets.
 */

const MOUNTED = Symbol.for("geo_app.time_map.mounted");

/** One sheet for all maps of the page, parsed once. */
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(CSS);

/** Show a map; called again whenever Streamlit has something new for it. */
export default function mountTimeMap({ data, parentElement, setTriggerValue }) {
  const parcel = opened(data);
  const link = Link.of(parcel.key);
  link.send = setTriggerValue;
  const mounted = (parentElement[MOUNTED] ??= new Mounted(parentElement, link));
  mounted.show(parcel);
  // Streamlit may run the clean-up of a call after the next call: only the last one counts.
  const turn = (mounted.turn += 1);
  return () => {
    if (mounted.turn === turn) mounted.remove();
  };
}

/**
 * Take apart what `time_map.py` packed: two lengths, a JSON, the shapes, the values.
 *
 * @param {Uint8Array} data
 */
function opened(data) {
  const lengths = new DataView(data.buffer, data.byteOffset, 8);
  const [head, geometry] = [lengths.getUint32(0, true), lengths.getUint32(4, true)];
  const text = new TextDecoder().decode(data.subarray(8, 8 + head));
  return {
    ...JSON.parse(text),
    text,
    geometry: data.subarray(8 + head, 8 + head + geometry),
    series: data.subarray(8 + head + geometry),
  };
}

class Mounted {
  constructor(parent, link) {
    this.parent = parent;
    this.link = link;
    this.turn = 0;
    this.host = document.createElement("div");
    parent.adoptedStyleSheets = [...parent.adoptedStyleSheets, SHEET];
    parent.append(this.host);
  }

  show({ text, height, head, geometry, series }) {
    // The head names the hashes of both others.
    if (text === this.text) return;
    this.text = text;
    this.host.style.setProperty("--tc-map-height", height ? `${height}px` : "");
    const { period, selected, shown } = this.link.asked;
    const payload = { head, geometry, series, period, selected, ...shown };
    this.link.leave();
    if (this.layer) this.layer.update(payload);
    else this.start(payload);
    this.join(this.layer, this.layer.ready);
  }

  start(payload) {
    const container = document.createElement("div");
    this.host.append(container);
    this.map = L.planeMap(container);
    this.layer = L.timeChoropleth(payload, {
      onSelect: (codes) => this.link.report("selected", codes),
      onStep: (period) => this.link.report("period", period),
      onShow: ({ show, against, layout }) => this.link.report("shown", { show, against, layout }),
    });
    this.layer.addTo(this.map);
  }

  async join(layer, ready) {
    try {
      await ready;
    } catch {
      // The layer says itself, in its place, what is wrong and what to do.
      return;
    }
    if (this.layer === layer && layer.ready === ready) this.link.join(layer);
  }

  /** Take everything away; whoever still holds this clean-up then holds nothing with it. */
  remove() {
    this.map.remove();
    this.host.remove();
    this.parent.adoptedStyleSheets = this.parent.adoptedStyleSheets.filter((sheet) => sheet !== SHEET);
    delete this.parent[MOUNTED];
    this.link.leave();
    for (const name of Object.keys(this)) this[name] = null;
  }
}
