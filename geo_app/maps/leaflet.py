"""Where Leaflet comes from: the installed package, never a network and never a copy of ours.

Owns the two texts of Leaflet 1.9.4 in the form in which a page can hold them. Does not own our
own scripts (``time_choropleth``).
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_LINKS = re.compile(r"url\([^)]*\)")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@cache
def leaflet_js() -> str:
    """Return Leaflet's script, minified, without its link to a source map."""
    return _SOURCE_MAP.sub("", _text("leaflet.js")).strip()


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet without its links to images.

    The images belong to markers and to the layers control, which our maps do not have; left in,
    each link would be a request that fails.
    """
    return _LINKS.sub("none", _text("leaflet.css"))


def _text(name: str) -> str:
    folder = resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    return (folder / name).read_text(encoding="utf-8")
