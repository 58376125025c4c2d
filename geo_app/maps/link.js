/*
 * What a Streamlit page asks of a map and what the map has reported, kept by the map's key.
 *
 * Two components share it, each in a module of its own: one carries the shapes and values and is
 * sent when these change, the other carries only the wished period and selection. So a click
 * costs the page some hundred bytes, not the whole map again.
 */

const links = (window[Symbol.for("geo_app.time_map.links")] ??= new Map());

class Link {
  constructor() {
    this.layer = null;
    this.asked = { period: "", selected: "" };
    this.unanswered = { period: [], selected: [] };
  }

  static of(key) {
    if (!links.has(key)) links.set(key, new Link());
    return links.get(key);
  }

  /** The reader did something; the page will answer by asking for it. */
  report(kind, value) {
    this.unanswered[kind].push(value);
    this.send(kind, value);
  }

  ask(asked) {
    this.asked = asked;
    this.answer("period", (value) => this.layer?.setPeriod(value));
    this.answer("selected", (value) => this.layer?.select(value));
  }

  /** An answer to what the reader did before last must not undo what was done last. */
  answer(kind, apply) {
    const waiting = this.unanswered[kind];
    const at = waiting.indexOf(this.asked[kind]);
    waiting.splice(0, at < 0 ? waiting.length : at + 1);
    if (!waiting.length) apply(this.asked[kind]);
  }
}
