"""The buttons that hand out what a page shows, as files.

Draws what it is given; the files are made in ``takeaway`` when they are asked for.
"""

from __future__ import annotations

import streamlit as st

from geo_app import export
from geo_app.takeaway.records import Take
from geo_app.text import Words


def take_away(take: Take, say: Words) -> None:
    """Draw the buttons of one chart, map or table.

    Parameters
    ----------
    take
        What is handed over.
    say
        The words of a language.
    """
    st.download_button(
        say("download_csv"),
        lambda: export.to_csv(take.shown),
        f"{take.name}.csv",
        "text/csv",
        key=f"take-{take.name}-csv",
        on_click="ignore",
    )
