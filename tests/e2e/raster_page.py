"""Makes the page on which the painter of many areas is tried alone: real shapes, invented steps.

The shapes are the 2,465 municipalities, packed as the app ships them; `window.trial` holds the
map, the grid and what it reported.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import shapely
from shapely.geometry import MultiPolygon, Polygon

from geo_app import shapes
from geo_app.maps.geometry import UNIT_M, pack_shapes, read_shapes
from geo_app.maps.leaflet import leaflet_css, leaflet_js
from geo_app.maps.packing import Packed
from geo_app.maps.scripts import SCRIPTS, plugin_css

COLOURS = ("#fdeedd", "#fbd0a4", "#f6a076", "#df6b5c", "#b23a5b", "#7a1f5a", "#3b0f43")
STEPS = 60

TRIAL = """
const sheetOf = (step) => {
  const count = trial.geometry.codes.length;
  const classes = COLOURS.map((colour, i) => ({ label: `class ${i}`, colour }));
  const row = Int8Array.from({ length: count }, (_, area) => classAt(step, area));
  const markAt = (area) => (area % 50 === 7 ? ((area - 7) / 50) % 5 : 0);
  const marks = Uint8Array.from(row, (value, area) => (value < 0 ? 0 : markAt(area)));
  return { classes, row, marks };
};
const classAt = (step, area) => (
  (step + area) % 11 === 0 ? -1 : (step * step + 3 * area + (area >> 3)) % COLOURS.length
);
const on = {
  enter: (code) => trial.heard.push(["enter", code]),
  leave: () => trial.heard.push(["leave"]),
  choose: (code, how) => trial.heard.push(["choose", code, how.add]),
};
const addGrid = (layout = "plane") => {
  const { map, geometry } = trial;
  trial.grid = new Grid(map, geometry, trial.patterns, on, LAYOUTS[layout].place);
  paint(0);
  trial.grid.makeButtons("09007");
};
const describe = (area) => `Area ${trial.geometry.codes[area]}`;
const paint = (step) => trial.grid.paint(sheetOf(step), describe);
const fit = () => {
  const [west, south, east, north] = trial.geometry.box;
  trial.map.fitBounds([[south, west], [north, east]], { animate: false, padding: [10, 10] });
};
// As a stage does it: the place in the middle and its scale stay, on another plane.
const changeLayout = (map, layout, to) => {
  const { center, zoom } = viewOn({ layout, center: map.getCenter(), zoom: map.getZoom() }, to);
  Object.assign(map.options, { crs: LAYOUTS[to].crs, minZoom: -30, maxZoom: 30 });
  map.setView(center, zoom, { reset: true });
};
window.trial = {
  heard: [], classAt, paint, fit, addGrid, LAYOUTS, MEXICO, changeLayout, Streets,
  patterns: new Patterns("trial", COLOURS.map((colour) => ({ colour }))),
  map: L.map("map", {
    crs: L.CRS.Simple, zoomSnap: 0, minZoom: -30, zoomControl: false, attributionControl: false,
    keyboard: false, zoomAnimation: false,
  }),
};
document.querySelector(".tc").prepend(trial.patterns.root);
unpack(PACKED_SHAPES, "G", CRC).then((reader) => {
  trial.geometry = new Geometry(reader);
  fit();
  addGrid();
  document.body.dataset.ready = "yes";
});
"""


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands in the packed shapes: codes and polygons in units of the plane (100 m)."""

    codes: tuple[str, ...]
    polygons: tuple[MultiPolygon, ...]


@cache
def packed() -> Packed:
    """Return the municipalities as the app packs them, with the land around."""
    frame = shapes.load_municipalities()
    areas = tuple(zip(frame.index, frame.geometry, strict=True))
    base = list(shapes.load_neighbours().geometry)
    return pack_shapes(areas, base=base, groups=list(frame["state_code"]))


@cache
def truth() -> Truth:
    """Return the polygons of the packed shapes, made from their arcs in Python."""
    shapes_ = read_shapes(packed())
    scale = shapes_.step / UNIT_M
    polygons = tuple(
        MultiPolygon([Polygon(rings[0], rings[1:]) for rings in shapes_.areas.figure(area)])
        for area in range(len(shapes_.codes))
    )
    scaled = (shapely.transform(shape, lambda points: points * scale) for shape in polygons)
    return Truth(shapes_.codes, tuple(shape.buffer(0) for shape in scaled))


def save(folder: Path) -> str:
    """Save the page and return the address of its file."""
    page = folder / "raster.html"
    page.write_text(_document(), encoding="utf-8")
    return page.as_uri()


def _document() -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Trial</title>'
        f"<style>{leaflet_css()}{plugin_css()} html, body {{ margin: 0; height: 100%; }}"
        " .tc { height: 100%; } .tc-map { flex: 1; } </style>"
        '<a id="before" href="#map">Before</a>'
        '<section class="tc"><div class="tc-map"><div id="map"></div></div></section>'
        f"<script>{leaflet_js()}</script><script>{_script()}</script></html>"
    )


def _script() -> str:
    folder = resources.files("geo_app.maps")
    body = "\n".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    data = base64.b64encode(packed().data).decode()
    head = f'const PACKED_SHAPES = "{data}", CRC = "{packed().crc}", COLOURS = {list(COLOURS)};'
    return f'(function (L) {{\n"use strict";\n{head}\n{body}\n{TRIAL}\n}})(L);'
