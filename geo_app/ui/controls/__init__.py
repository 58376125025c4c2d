"""Widgets, address and ``View``: the only place that touches session state and query.

The address is the truth. A widget that is moved writes the address first; each run reads the view
from the address and lays it under the widgets before they are drawn. ``address`` owns that reading
and writing, ``widgets`` what happens to a widget that was moved; the others are the widgets of a
kind of page.
"""

from __future__ import annotations

from geo_app.ui.controls.address import (
    after_event,
    asked_language,
    browser_language,
    is_opening,
    read_view,
    show,
)
from geo_app.ui.controls.analysis import (
    choice_control,
    compare_with,
    compared_control,
    dates_control,
    level_region_control,
)
from geo_app.ui.controls.figures import (
    indicator_control,
    level_control,
    municipality_control,
    state_control,
)
from geo_app.ui.controls.frame import (
    known_on_control,
    language_control,
    page_control,
)
from geo_app.ui.controls.travel import (
    close_search,
    day_choice,
    day_control,
    find_control,
    open_hit,
    reference_control,
    set_stop,
    stop_control,
    turn_round,
)

__all__ = [
    "after_event",
    "asked_language",
    "browser_language",
    "choice_control",
    "close_search",
    "compare_with",
    "compared_control",
    "dates_control",
    "day_choice",
    "day_control",
    "find_control",
    "indicator_control",
    "is_opening",
    "known_on_control",
    "language_control",
    "level_control",
    "level_region_control",
    "municipality_control",
    "open_hit",
    "page_control",
    "read_view",
    "reference_control",
    "set_stop",
    "show",
    "state_control",
    "stop_control",
    "turn_round",
]
