"""How each contestant's page is asked for a step, and when it is painted.

Owns the few lines of script that differ between the contestants. ``painted()`` is true once the
polygons stand in the page; ``show(index)`` shows a step and returns a promise where that is not
done at once.
"""

from __future__ import annotations

from benchmarks.building import Contestant

_OURS = """
  painted() {
    this.layer ??= window.benchLayer;
    if (this.layer && this.isReady === undefined) {
      this.isReady = false;
      Promise.resolve(this.layer.ready).then(
        () => { this.isReady = true; },
        (error) => { this.fault = String(error); },
      );
    }
    return Boolean(this.isReady);
  },
  show(index) { this.layer.setPeriod(PERIODS[index]); },
"""

# Our page keeps its layer to itself: whoever makes one through L.timeChoropleth is overheard.
_OVERHEAR = """
{
  let leaflet;
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => leaflet,
    set(value) {
      leaflet = value;
      let make;
      const heard = (...given) => (window.benchLayer = make(...given));
      Object.defineProperty(value, "timeChoropleth", {
        configurable: true, get: () => make && heard, set(given) { make = given; },
      });
    },
  });
}
"""

_FOLIUM = """
  painted() { return Boolean(document.querySelector("path.leaflet-interactive[fill^='#']")); },
  show(index) {
    const range = this.range ??= document.querySelector("input[type=range]");
    range.value = index;
    range.dispatchEvent(new Event("input"));
  },
"""

_PLOTLY = """
  painted() { return Boolean(document.querySelector("path.choroplethlocation[d][fill]")); },
  show(index) {
    const still = { mode: "immediate", transition: { duration: 0 },
                    frame: { duration: 0, redraw: true } };
    this.plot ??= document.querySelector(".js-plotly-plot");
    return Plotly.animate(this.plot, [PERIODS[index]], still);
  },
"""

_BODIES = {
    Contestant.OURS: _OURS,
    Contestant.FOLIUM: _FOLIUM,
    Contestant.FOLIUM_SOURCE: _FOLIUM,
    Contestant.PLOTLY: _PLOTLY,
}

_WATCH = """
window.bench = { BODY };
{
  const look = () => {
    if (!document.body || !window.bench.painted()) requestAnimationFrame(look);
    else requestAnimationFrame(() => { window.bench.paintedAt = performance.now(); });
  };
  requestAnimationFrame(look);
}
"""

RUN = """
async ({ count, from, budget }) => {
  const frame = () => new Promise(requestAnimationFrame);
  const steps = [], scripts = [];
  await frame();
  const began = performance.now();
  for (let n = 0; n < LEAST || (n < MOST && performance.now() - began < budget); n += 1) {
    const start = performance.now();
    const done = window.bench.show((from + n) % count);
    scripts.push(performance.now() - start);
    if (done) await done;
    await frame();
    steps.push(performance.now() - start);
  }
  return { steps, scripts };
}
"""
"""Show step after step, each at the frame after the one before: what playing does at its fastest.

A step is asked for inside a frame's callback, and the next callback comes when the browser has
laid out and painted what it asked for: the time between them is what a step costs.
"""


def watch(contestant: Contestant, periods: tuple[str, ...]) -> str:
    """Return the script that a page runs before its own."""
    body = _BODIES[contestant].replace("PERIODS", str(list(periods)))
    before = _OVERHEAR if contestant is Contestant.OURS else ""
    return before + _WATCH.replace("BODY", body)


def run(least: int, most: int) -> str:
    """Return the script that shows steps in turn and tells what each took in milliseconds.

    Parameters
    ----------
    least, most
        Number of steps, whatever the time, and at most; between them a budget of time decides.
    """
    return RUN.replace("LEAST", str(least)).replace("MOST", str(most))
