"""What the peers fetch from other hosts, served from this machine so that they can run at all.

Owns which file stands for which link. A peer looks faster than it is for its readers: nothing
travels. Our element asks for nothing, and the table counts what each page asked for.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Route

KEPT = Path(sys.prefix) / "benchmark-links"
"""Where the packages of npm are kept between runs: in the virtual environment."""

OUTSIDE = re.compile(r"^https?://(?!127\.0\.0\.1|localhost)")

PACKAGES = {
    "jquery-3.7.1.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "bootstrap.bundle.min.js": ("bootstrap@5.2.2", "dist/js/bootstrap.bundle.min.js"),
    "bootstrap.min.css": ("bootstrap@5.2.2", "dist/css/bootstrap.min.css"),
    "d3.v4.min.js": ("d3@4.13.0", "build/d3.min.js"),
    "d3.min.js": ("d3@3.5.5", "d3.min.js"),
    "moment.min.js": ("moment@2.18.1", "min/moment.min.js"),
}
"""npm package and file by the last part of the link, in the versions that folium 0.20 names."""

_EMPTY_WORLD = json.dumps(
    {
        "type": "Topology",
        "arcs": [],
        "objects": {
            name: {"type": "GeometryCollection", "geometries": []}
            for name in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
        },
    }
)
"""Stands for the map of the world that Plotly fetches even where it does not show it."""

_KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


@dataclass(slots=True)
class Outside:
    """What the pages of a browser context asked other hosts for."""

    asked: list[str] = field(default_factory=list)
    empty: set[str] = field(default_factory=set)
    """Last parts of the links that were answered with nothing."""


def serve(context: BrowserContext) -> Outside:
    """Answer every request of a context for another host from this machine, and note it."""
    outside = Outside()

    def answer(route: Route) -> None:
        name = Path(urlsplit(route.request.url).path).name
        text = _text(name)
        outside.asked.append(route.request.url)
        if not text:
            outside.empty.add(name)
        kind = _KINDS.get(Path(name).suffix, "application/octet-stream")
        headers = {"access-control-allow-origin": "*"}
        route.fulfill(status=200, content_type=kind, headers=headers, body=text)

    context.route(OUTSIDE, answer)
    return outside


def fetch() -> list[str]:
    """Bring the packages from npm that are not kept yet; return those that did not come."""
    KEPT.mkdir(exist_ok=True)
    return [package for package in sorted({p for p, _ in PACKAGES.values()}) if not _kept(package)]


def _kept(package: str) -> bool:
    name, _, version = package.partition("@")
    file = KEPT / f"{name}-{version}.tgz"
    npm = shutil.which("npm")
    if not file.is_file() and npm:
        command = [npm, "pack", "--silent", package]
        subprocess.run(command, cwd=KEPT, capture_output=True, check=False, timeout=120)
    return file.is_file()


@cache
def _text(name: str) -> str:
    """Return what stands for a link; empty for styles and pictures that no map needs."""
    if name in _LEAFLET:
        return _LEAFLET[name]()
    if name.endswith(".json"):
        return _EMPTY_WORLD
    package, member = PACKAGES.get(name, ("", ""))
    stem, _, version = package.partition("@")
    archive = KEPT / f"{stem}-{version}.tgz"
    if not package or not archive.is_file():
        return ""
    with tarfile.open(archive) as packed:
        held = packed.extractfile(f"package/{member}")
        return held.read().decode() if held else ""


def _leaflet(name: str) -> str:
    folder = resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    return (folder / name).read_text(encoding="utf-8")


_LEAFLET: dict[str, Callable[[], str]] = {
    "leaflet.js": lambda: _leaflet("leaflet.js"),
    "leaflet.css": lambda: _leaflet("leaflet.css"),
}
