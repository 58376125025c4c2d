"""The start of the server with everything warm: the first visitor waits no longer than the next.

Imports the libraries and makes the first map before Streamlit answers, and what only a few pages
need soon after; ``streamlit run streamlit_app.py`` works too and leaves that to the visitors.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Timer

from geo_app.errors import AtlasError
from geo_app.records import LANGUAGES

LATER_SECONDS = 15
"""After which the first reader has the first map, and what fewer pages need is read."""

ENTRY = Path(__file__).resolve().parents[2] / "streamlit_app.py"
"""The script that Streamlit runs for every reader."""


def warm() -> None:
    """Import what a page needs and make the map that it opens on, in both languages."""
    from geo_app import sheet
    from geo_app.search import finding
    from geo_app.states import state_codes
    from geo_app.text import words
    from geo_app.ui import cache

    # What is wrong with the data the page itself says, with its cause and what to do.
    with suppress(AtlasError):
        finding.prepare()
        atlas = cache.load_atlas()
        first = atlas.mapped_indicators()[0].slug
        for lang in LANGUAGES:
            cache.map_bytes(first, "", lang)
            sheet.sections(atlas.profile(state_codes()[0]), words(lang))


def warm_later() -> None:
    """Read what only the pages of municipalities and of neighbours need, and never say a word.

    It takes some six seconds of one processor, which neither the start nor the first reader of the
    map should wait for.
    """
    from geo_app import observations
    from geo_app.ui import cache

    import_module("esda")
    with suppress(AtlasError):
        for found in cache.load_atlas().mapped_indicators():
            if "municipality" in found.mapped_levels:
                observations.observe(found.slug, level="municipality")


def main(arguments: Sequence[str]) -> None:
    """Warm up and hand over to ``streamlit run``.

    Parameters
    ----------
    arguments
        Options of ``streamlit run``.
    """
    from streamlit.web import cli

    warm()
    later = Timer(LATER_SECONDS, warm_later)
    later.daemon = True
    later.start()
    cli.main(["run", str(ENTRY), *arguments], prog_name="streamlit")


if __name__ == "__main__":
    main(sys.argv[1:])
