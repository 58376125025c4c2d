/*
 * What a Streamlit page asks of a map and what the map has reported, kept by the map's key.
 *
 * Two components share it, each in a module of its own: one carries the shapes and values and is
 * sent when these change, the other carries only what the page wants to be seen of them. So a
 * click costs the page some hundred bytes, not the whole map again.
 */

const links = (window[Symbol.for("geo_app.time_map.links")] ??= new Map());

/** How a map is made to show what is asked, by the name of what is asked. */
const SHOW_ON = {
  period: (layer, period) => layer.setPeriod(period),
  selected: (layer, codes) => layer.select(codes),
  shown: (layer, { show, against, layout }) => {
    layer.setLayout(layout);
    layer.setShow(show);
    // Last, since a map that begins to show two dates chooses the first one itself.
    if (against) layer.setAgainst(against);
  },
};

class Link {
  constructor() {
    this.layer = null;
    this.send = null;
    this.asked = {};
    this.unanswered = Object.fromEntries(Object.keys(SHOW_ON).map((kind) => [kind, []]));
  }

  /** A map that was taken away leaves its link: the page may ask before it is there again. */
  static of(key) {
    if (!links.has(key)) links.set(key, new Link());
    return links.get(key);
  }

  /** The reader did something; the page will answer by asking for it. */
  report(kind, value) {
    this.unanswered[kind].push(JSON.stringify(value));
    this.send(kind, value);
  }

  /** Ask for all that the page wants to be seen. */
  ask(asked) {
    const before = this.asked;
    this.asked = asked;
    for (const kind of Object.keys(asked)) {
      if (JSON.stringify(before[kind]) !== JSON.stringify(asked[kind])) this.answer(kind);
    }
  }

  /** The map is there, or there again with other values. */
  join(layer) {
    this.layer = layer;
    for (const kind of Object.keys(this.asked)) this.show(kind);
  }

  leave() {
    this.layer = null;
  }

  /** An answer to what the reader did before last must not undo what was done last. */
  answer(kind) {
    const waiting = this.unanswered[kind];
    const at = waiting.indexOf(JSON.stringify(this.asked[kind]));
    waiting.splice(0, at < 0 ? waiting.length : at + 1);
    this.show(kind);
  }

  /** Show what is asked for, unless the reader has done something since. */
  show(kind) {
    if (this.layer && !this.unanswered[kind].length) SHOW_ON[kind](this.layer, this.asked[kind]);
  }
}
