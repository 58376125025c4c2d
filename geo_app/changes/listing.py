"""The table of the page of two dates: as it is read, as HTML, and as a file."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass

import pandas as pd

from geo_app.answers import Refusal
from geo_app.changes import words
from geo_app.changes.compared import ORDER, AreaChange, Compared, Verdict
from geo_app.indicators import Kind
from geo_app.statistics import CONFIDENCE
from geo_app.text import Words


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Rows under one heading."""

    heading: str
    is_grey: bool
    """Whether nothing is said of them."""
    rows: tuple[tuple[str, ...], ...]
    """Cells, the name of the area first."""


def heads(found: Compared, say: Words) -> tuple[str, ...]:
    """Return the headings of the columns."""
    both = (say("changes_head_name"), say.period(found.first), say.period(found.last))
    if found.refusal is not None:
        return both
    ratio = (say("changes_head_ratio"),) if found.is_counted else ()
    ends = (say("changes_head_p"), say("changes_head_stands"))
    return (*both, say("changes_head_difference"), *ratio, *ends)


def groups(found: Compared, say: Words) -> tuple[TableGroup, ...]:
    """Return the rows of the table, group by group."""
    made = []
    if found.nation is not None:
        row = (cells(found, found.nation, say),)
        is_tested = found.nation.verdict is not Verdict.REFUSED
        heading = say("changes_group_nation" if is_tested else "changes_group_nation_untested")
        made.append(TableGroup(heading, is_grey=False, rows=row))
    for verdict in ORDER:
        rows = tuple(cells(found, item, say) for item in found.of(verdict))
        if rows:
            is_grey = verdict in (Verdict.UNTOLD, Verdict.REFUSED)
            made.append(TableGroup(say(f"changes_group_{verdict}"), is_grey, rows))
    return tuple(made)


def cells(found: Compared, item: AreaChange, say: Words) -> tuple[str, ...]:
    """Return the cells of one area."""
    change, decimals = item.change, found.indicator.decimals
    values = [_value(found, item, number, say) for number in (0, 1)]
    start = (words.name(item, say), *values)
    if found.refusal is not None:
        return start
    difference = words.signed(change.difference, decimals, say)
    ends = (change.difference_low, change.difference_high)
    span = _between(*(words.signed(end, decimals, say) for end in ends))
    made = [f"{difference} {span}" if change.difference is not None else difference]
    if found.is_counted:
        made.append(_ratio(item, say))
    return (*start, *made, words.probability(change.p_value, say), _said(found, item, say))


def caption(found: Compared, say: Words) -> str:
    """Say what the table counts in, and in which order it stands; nothing of levels."""
    if found.indicator.kind is Kind.LEVEL:
        return ""
    key = "changes_table_caption_refused" if found.refusal else "changes_table_caption"
    return say(key, {"unit": found.indicator.unit.in_(say.lang)})


def as_html(found: Compared, say: Words) -> str:
    """Return the table as HTML, in which every text is escaped."""
    titles = heads(found, say)
    head = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in titles)
    bodies = "".join(_body(group, len(titles)) for group in groups(found, say))
    table = f"<table><thead><tr>{head}</tr></thead>{bodies}</table>"
    label = html.escape(say("changes_table_title"))
    return f'<div class="atlas-wide" tabindex="0" role="region" aria-label="{label}">{table}</div>'


def as_frame(found: Compared, say: Words) -> pd.DataFrame:
    """Return the figures as rows of a file, one an area.

    Returns
    -------
    pandas.DataFrame
        Columns in English; values and differences in the unit of the indicator, ``ratio`` later
        over earlier; NaN and empty text = not given. The nation first, then the order of the table.
    """
    items = (*((found.nation,) if found.nation else ()), *found.areas)
    return pd.DataFrame([_record(found, item, say) for item in items])


def _record(found: Compared, item: AreaChange, say: Words) -> dict[str, object]:
    change, slug = item.change, found.indicator.slug
    both = {"earlier": change.before, "later": change.after}
    parts = ("period", "value", "low", "high", "interval", "status")
    record: dict[str, object] = {
        "indicator": slug,
        "unit": found.indicator.unit.in_("en"),
        "area_kind": item.area_kind,
        "area_code": item.area_code,
        "area_name": words.name(item, say),
    }
    for part in (*parts, "source", "release", "published", "checked"):
        record |= {f"{when}_{part}": getattr(value, part) for when, value in both.items()}
    numbers = (
        *("difference", "difference_low", "difference_high"),
        *("ratio", "ratio_low", "ratio_high", "p_value"),
    )
    record |= {number: getattr(change, number) for number in numbers}
    verdict = "level" if found.indicator.kind is Kind.LEVEL else str(item.verdict)
    return {**record, "verdict": verdict, "refusal": str(change.refusal or "")}


def _body(group: TableGroup, width: int) -> str:
    grey = ' class="atlas-grey"' if group.is_grey else ""
    heading = f'<th scope="rowgroup" colspan="{width}">{html.escape(group.heading)}</th>'
    rows = "".join(_line(row) for row in group.rows)
    return f"<tbody{grey}><tr>{heading}</tr>{rows}</tbody>"


def _line(row: tuple[str, ...]) -> str:
    first, *others = map(html.escape, row)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'


def _value(found: Compared, item: AreaChange, number: int, say: Words) -> str:
    value = (item.change.before, item.change.after)[number]
    if found.indicator.kind is Kind.LEVEL:
        return say.figure(found.indicator, value.value)
    if value.value is None:
        return say.status(value.status)
    return words.figure(found, value, say)


def _ratio(item: AreaChange, say: Words) -> str:
    change = item.change
    if change.ratio_low is None or change.ratio_high is None:
        return words.percent(change.ratio, say)
    is_open = math.isinf(change.ratio_high)
    high = say("changes_open_end") if is_open else words.percent(change.ratio_high, say)
    return (
        f"{words.percent(change.ratio, say)} {_between(words.percent(change.ratio_low, say), high)}"
    )


def _between(low: str, high: str) -> str:
    return f"({low} … {high})"


def _said(found: Compared, item: AreaChange, say: Words) -> str:
    """Say what is told of a change; of one that only many tests at once let fall, that too."""
    change = item.change
    if item.verdict is Verdict.REFUSED:
        # A count over nobody has no test and no refusal of its own: it is no rate.
        return words.refused_short(found, change.refusal or Refusal.MISSING, say)
    if item.verdict is Verdict.UNTOLD and change.p_value is not None:
        is_alone = change.p_value <= 1 - CONFIDENCE
        return say("changes_said_alone" if is_alone else "changes_said_untold")
    return say(f"changes_said_{item.verdict}")
