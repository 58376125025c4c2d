"""The small map of a difference: around zero, and grey where it cannot be told from chance.

Owns the classes of differences that the map over time has none for: those of estimates. Those of
counts are the map's own, so that a colour means the same on both.
"""

from __future__ import annotations

import bisect

from geo_app.changes import words
from geo_app.changes.compared import AreaChange, Compared, Verdict
from geo_app.figures import Figure
from geo_app.indicators import Geography, Kind
from geo_app.maps import comparing
from geo_app.maps.head import Difference
from geo_app.maps.small import SmallArea, legend_swatch, small_map
from geo_app.text import Words

SHARE_BREAKS = (-8.0, -4.0, -2.0, 0.0, 2.0, 4.0, 8.0)
"""Of shares in points, fixed over all pairs of periods."""

SURVEY_BREAKS = (-8000.0, -4000.0, -2000.0, 0.0, 2000.0, 4000.0, 8000.0)
"""Of rates that people tell in a survey, in the unit of the rate."""


def figure(found: Compared, say: Words) -> Figure | None:
    """Return the map; None where nothing is compared, or what is compared is no state."""
    if found.refusal is not None or found.indicator.geography is not Geography.STATE:
        return None
    how = classes(found, say)
    places = {item.area_code: class_of(item, how) for item in found.areas}
    areas = {
        item.area_code: SmallArea(_colour(places[item.area_code], how), _tip(found, item, say))
        for item in found.areas
    }
    legend = _legend(list(places.values()), how, say)
    dates = words.periods(found, say)
    told = "; ".join(text for _, text in legend)
    return Figure(
        title=say("changes_map_title", dates),
        drawing=small_map(areas, say("changes_map_label", {**dates, "classes": told})),
        legend=legend,
        notes=(say("changes_map_note", {"unit": how.unit}),),
    )


def classes(found: Compared, say: Words) -> Difference:
    """Return how a difference is classed, coloured and named."""
    if found.is_counted:
        return comparing.difference(found.indicator, say)
    is_share = found.indicator.kind is Kind.SHARE
    return comparing.difference(found.indicator, say, SHARE_BREAKS if is_share else SURVEY_BREAKS)


def class_of(item: AreaChange, how: Difference) -> int | None:
    """Return the class of a change, ``how.neutral`` where chance explains it; None for none."""
    if item.verdict is Verdict.REFUSED or item.change.difference is None:
        return None
    if item.verdict is Verdict.UNTOLD:
        return how.neutral
    place = bisect.bisect_right(how.breaks, item.change.difference)
    # The grey band stands in the middle of the classes and between none of their breaks.
    return place + 1 if place >= how.neutral else place


def _colour(place: int | None, how: Difference) -> str:
    return "" if place is None else how.classes[place].colour


def _tip(found: Compared, item: AreaChange, say: Words) -> str:
    difference = words.signed(item.change.difference, found.indicator.decimals, say)
    facts = {"state": words.name(item, say), "difference": difference}
    verdict = f"changes_said_{item.verdict}" if item.verdict is not Verdict.REFUSED else ""
    said = f" ({say(verdict)})" if verdict else ""
    return f"{say('changes_map_tip', facts)}{said}"


def _legend(places: list[int | None], how: Difference, say: Words) -> tuple[tuple[str, str], ...]:
    """Return each class with the number of its states, the largest rise first."""
    rows = [(item.colour, item.label, places.count(n)) for n, item in enumerate(how.classes)]
    rows.reverse()
    if None in places:
        rows.append(("", say("changes_group_refused"), places.count(None)))
    return tuple(
        (legend_swatch(colour), say("changes_map_class", {"name": name, "count": count}))
        for colour, name, count in rows
    )
