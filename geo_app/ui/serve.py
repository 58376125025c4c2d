"""The start of the server with everything warm: the first visitor waits no longer than the next.

Imports the libraries and makes the first map before Streamlit answers; ``streamlit run
streamlit_app.py`` works too and leaves that second to the first visitor.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from geo_app.errors import AtlasError
from geo_app.records import LANGUAGES

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


def main(arguments: Sequence[str]) -> None:
    """Warm up and hand over to ``streamlit run``.

    Parameters
    ----------
    arguments
        Options of ``streamlit run``.
    """
    from streamlit.web import cli

    warm()
    cli.main(["run", str(ENTRY), *arguments], prog_name="streamlit")


if __name__ == "__main__":
    main(sys.argv[1:])
