"""What the page of places says, its table, and its rows as a file."""

from __future__ import annotations

import html

import pandas as pd

from geo_app import placings, sheet
from geo_app.answers import Value
from geo_app.areas import area_name
from geo_app.indicators import Interval
from geo_app.ranks.placed import Placed, Ranks
from geo_app.text import NOTHING, Words, unbroken

_ORDINALS = {1: "one", 2: "two", 3: "three"}


def name(value: Value, say: Words) -> str:
    """Name the area of a value."""
    return area_name(value.area_kind, value.area_code, say.lang)


def place_text(first: int, last: int, among: int, say: Words) -> str:
    """Write a place or several: "1st of 32", "17th to 21st of 32".

    Examples
    --------
    >>> from geo_app.text import words
    >>> place_text(17, 21, 32, words("en")), place_text(1, 1, 32, words("es"))
    ('17th to 21st of 32', '1.º de 32')
    """
    if first == last:
        return say("ranks_one", {"place": ordinal(first, say), "all": among})
    ends = {"first": ordinal(first, say), "last": ordinal(last, say), "all": among}
    return say("ranks_range", ends)


def ordinal(place: int, say: Words) -> str:
    """Write the number of a place: 1st, 2nd, 3rd, 4th, 11th, 22nd.

    Examples
    --------
    >>> from geo_app.text import words
    >>> [ordinal(place, words("en")) for place in (1, 12, 22, 33)]
    ['1st', '12th', '22nd', '33rd']
    """
    is_teen = 10 < place % 100 < 14
    kind = "other" if is_teen else _ORDINALS.get(place % 10, "other")
    return say(f"ranks_ordinal_{kind}", {"place": place})


def summary(found: Ranks, say: Words) -> tuple[str, ...]:
    """Say how many areas have a single place, how wide the widest is, and who has none."""
    if found.reason is not None:
        return ()
    among, fixed = len(found.areas), found.fixed
    kind = "all" if fixed == among else "some" if fixed else "none"
    facts = {"count": fixed, "all": among, "places": found.widest + 1}
    lines = [say(f"ranks_summary_{kind}", facts)]
    if found.unplaced:
        names = say.listed([name(value, say) for value in found.unplaced])
        lines.append(say("ranks_left_out", {"names": names}))
    return (*lines, say("ranks_difference"), say("ranks_no_praise"))


def method_lines(found: Ranks, say: Words) -> tuple[str, ...]:
    """Say how the places are made."""
    is_counted = found.indicator.recipe.interval is Interval.POISSON
    kind = "counts" if is_counted else "estimates"
    kinds = {item.value.interval for item in found.areas}
    third = (say("ranks_method_third"),) if Interval.THIRD_PARTY in kinds else ()
    return (
        say(f"ranks_method_{kind}", {"draws": say.number(placings.DRAWS)}),
        *third,
        say("ranks_method_joint"),
        say("ranks_method_limits"),
    )


def source_lines(found: Ranks, say: Words) -> tuple[str, ...]:
    """Cite the sources, and the release of the figures."""
    lines = [note.line for note in sheet.source_notes(found.indicator, say)]
    values = [*(item.value for item in found.areas), *found.unplaced]
    return (*lines, *(sheet.dates_line(value, say) for value in values[:1]))


def heads(found: Ranks, say: Words) -> tuple[str, ...]:
    """Return the headings of the table."""
    among = {"all": len(found.areas)}
    return (
        say("ranks_head_name"),
        say("ranks_head_alone", among),
        say("ranks_head_joint", among),
        say("ranks_head_value"),
        say("ranks_head_interval"),
    )


def cells(found: Ranks, item: Placed, say: Words) -> tuple[str, ...]:
    """Return the cells of one area."""
    value, decimals = item.value, found.indicator.decimals
    return (
        name(value, say),
        _cell(item.first, item.last, say),
        _cell(item.joint_first, item.joint_last, say),
        say.value(found.indicator, value.value),
        say.span(value.low, value.high, decimals) or NOTHING,
    )


def _cell(first: int, last: int, say: Words) -> str:
    """Write places without among how many: the heading says it."""
    ends = {"first": ordinal(first, say), "last": ordinal(last, say)}
    return ends["first"] if first == last else say("ranks_cell_range", ends)


def as_html(found: Ranks, say: Words) -> str:
    """Return the table as HTML, in which every text is escaped."""
    head = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in heads(found, say))
    rows = "".join(_line(cells(found, item, say)) for item in found.areas)
    table = unbroken(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    label = html.escape(say("ranks_table_title"))
    place = f'class="atlas-wide atlas-fits" tabindex="0" role="region" aria-label="{label}"'
    return f"<div {place}>{table}</div>"


def as_frame(found: Ranks, say: Words) -> pd.DataFrame:
    """Return the places as rows of a file, one an area, highest value first.

    Returns
    -------
    pandas.DataFrame
        Columns in English; ``value``, ``low`` and ``high`` in the unit, places from 1.
    """
    parts = ("period", "value", "low", "high", "interval", "status")
    dates = ("source", "release", "published", "checked")
    return pd.DataFrame(
        {
            "indicator": found.indicator.slug,
            "unit": found.indicator.unit.in_("en"),
            "area_kind": item.value.area_kind,
            "area_code": item.value.area_code,
            "area_name": name(item.value, say),
            **{part: getattr(item.value, part) for part in (*parts, *dates)},
            "place_first": item.first,
            "place_last": item.last,
            "place_joint_first": item.joint_first,
            "place_joint_last": item.joint_last,
            "places_among": len(found.areas),
        }
        for item in found.areas
    )


def _line(row: tuple[str, ...]) -> str:
    first, *others = map(html.escape, row)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'
