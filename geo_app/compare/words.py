"""What the page says: names of lines, reasons, and how to read a chart.

Owns the words of ``geo_app.compare``. Does not own what is compared (``compare.comparison``) or
the sentences themselves (``locale``).
"""

from __future__ import annotations

from collections.abc import Sequence

from geo_app.areas import area_name
from geo_app.compare.choice import Area
from geo_app.compare.comparison import Layout, Line, Panel
from geo_app.compare.regions import CITY, Region, region
from geo_app.indicators import Indicator, Kind, Status
from geo_app.states import state, state_codes
from geo_app.text import Words

MOST_LETTERS = 17
"""Letters of a name at the end of a line."""

DOUBTFUL = (Status.PRELIMINARY, Status.ESTIMATED, Status.LAST_STATED)
"""Statuses of a value whose line is dotted."""

MOST_NAMES = 6
"""Names in a sentence; where there are more, their number is told."""


def name(area: Area, say: Words) -> str:
    """Name a line."""
    return (
        area_name(area.kind, area.code, say.lang)
        if area.region is None
        else group_name(area.region, say)
    )


def group_name(found: Region, say: Words) -> str:
    """Name a region by its name, its level and day, or its states."""
    if found.name is not None:
        return found.name.in_(say.lang)
    if found.day is not None:
        return say("compare_region_level", {"level": found.level, "date": say.date(found.day)})
    return say("compare_region_own", {"states": _states(found.members, say)})


def short_name(area: Area, say: Words) -> str:
    """Name a line in a few letters, to stand at its end."""
    if area.region is not None and area.region.name is None:
        day = area.region.day
        key = "compare_short_own" if day is None else "compare_short_level"
        return say(key, {"level": area.region.level, "year": day and day.year})
    full = say("compare_short_nation") if area.kind == "nation" else name(area, say)
    if len(full) <= MOST_LETTERS:
        return full
    return state(area.code).abbreviation if area.kind == "state" else f"{full[:16].rstrip()}…"


def code_name(code: str, lang_say: Words, *, of_cities: bool = False) -> str:
    """Name a code of the list of areas.

    Parameters
    ----------
    code
        One for which ``regions.is_area`` holds.
    lang_say
        The words of a language.
    of_cities
        Whether the indicator is one of cities, so that a state stands for those in it.
    """
    if code.startswith(CITY):
        return area_name("city", code.removeprefix(CITY), lang_say.lang)
    if code not in state_codes():
        found = region(code)
        title = group_name(found, lang_say)
        return title if found.name is None else lang_say("compare_option_region", {"name": title})
    title = area_name("state", code, lang_say.lang)
    return lang_say("compare_option_cities", {"name": title}) if of_cities else title


def title(panel: Panel, say: Words) -> str:
    """Name what a panel shows, with its unit and its range of time."""
    found = panel.indicator
    ends = _ends(panel)
    facts = {
        "title": found.title.in_(say.lang),
        "unit": say.unit(found),
        "first": say.period(ends[0]) if ends else say.date(panel.first),
        "last": say.period(ends[-1]) if ends else say.date(panel.last),
        "base": say.period(panel.base) if panel.base else "",
    }
    if panel.base:
        return say("compare_title_index", facts)
    return say("compare_title_panel" if facts["unit"] else "compare_title_level", facts)


def notes(panel: Panel, say: Words) -> tuple[str, ...]:
    """Return what must be read with a panel: gaps, breaks, intervals, refusals."""
    return (
        *_layout(panel, say),
        *_unfolded(panel, say),
        *_nation(panel, say),
        *_index(panel, say),
        *_reading(panel, say),
        *_gaps(panel, say),
        *break_lines(panel, say),
    )


def region_lines(panel: Panel, say: Words) -> tuple[str, ...]:
    """Say what each region of the choice is made of."""
    return tuple(_region(item, panel, say) for item in panel.chosen.regions)


def break_lines(panel: Panel, say: Words) -> tuple[str, ...]:
    """Explain the vertical lines of a panel; those with the same reason together."""
    signs: dict[str, list[str]] = {}
    for number, item in enumerate(panel.breaks):
        facts = {"letter": letter(number), "period": say.period(item.period)}
        signs.setdefault(item.reason.in_(say.lang), []).append(say("compare_break_at", facts))
    return tuple(
        say("compare_break", {"signs": ", ".join(items), "reason": reason})
        for reason, items in signs.items()
    )


def letter(number: int) -> str:
    """Return the letter of a break: A, B, C… and beyond the alphabet its number.

    Examples
    --------
    >>> letter(0), letter(26)
    ('A', '27')
    """
    return chr(ord("A") + number) if number < 26 else str(number + 1)


def label(panel: Panel, lines: Sequence[Line], say: Words) -> str:
    """Say all that a chart shows, for who does not see it."""
    told = [last_value(line, panel.indicator, say) for line in lines]
    return say("compare_label", {"title": title(panel, say), "values": "; ".join(told)})


def last_value(line: Line, found: Indicator, say: Words) -> str:
    """Tell the newest value of a line that is shown."""
    known = line.rows[line.rows["value"].notna()]
    title = name(line.area, say)
    if known.empty:
        return say("compare_last_none", {"name": title})
    row = known.iloc[-1]
    facts = {
        "name": title,
        "period": say.period(row["period"]),
        "value": say.figure(found, row["value"]),
        "span": say.span(row["low"], row["high"], found.decimals),
    }
    return say("compare_last_span" if facts["span"] else "compare_last", facts)


def _ends(panel: Panel) -> list[str]:
    return sorted({text for line in panel.every_line for text in line.rows["period"]})


def _layout(panel: Panel, say: Words) -> list[str]:
    told = []
    if panel.crowd is not None:
        told.append(say(f"compare_crowd_{panel.crowd}", {"count": len(panel.lines)}))
    if panel.layout is not Layout.LINES:
        told.append(say(f"compare_layout_{panel.layout}"))
        told.append(say("compare_small" if panel.nation is None else "compare_small_nation"))
    return told


def _region(found: Region, panel: Panel, say: Words) -> str:
    facts = {"name": group_name(found, say), "states": _states(found.members, say)}
    if found.definition is not None:
        return say("compare_is_named", {**facts, "definition": found.definition.in_(say.lang)})
    if found.day is None:
        is_line = any(item.region == found for item in panel.chosen.areas)
        return say("compare_is_own" if is_line else "compare_is_own_parts", facts)
    if not found.members:
        return say("compare_is_level_none", facts)
    return f"{say('compare_is_level', facts)} {_advice(found, say)}"


def _advice(found: Region, say: Words) -> str:
    """Tell how far the levels of a region can be relied on."""
    first = found.advice[0]
    facts = {
        "date": say.date(first.last_stated),
        "issued": say.date(first.issued),
        "checked": say.date(first.checked),
        "count": sum(item.is_carried_over for item in found.advice),
    }
    stated = say("compare_level_newer" if first.is_newer_issue else "compare_level_stated", facts)
    return f"{stated} {say('compare_level_estimated', facts)}" if facts["count"] else stated


def _unfolded(panel: Panel, say: Words) -> list[str]:
    told = []
    for why in dict.fromkeys(item for _, item in panel.chosen.unfolded):
        codes = [code for code, item in panel.chosen.unfolded if item is why]
        names = _named([code_name(code, say) for code in codes], say)
        told.append(say(f"compare_unfolded_{why}", {"names": names}))
    cities = [code for code in panel.chosen.left_out if code.startswith(CITY)]
    if cities:
        names = _named([code_name(code, say) for code in cities], say)
        told.append(say("compare_no_city", {"names": names}))
    drawn = {(line.area.kind, line.area.code) for line in panel.lines}
    silent = [item for item in panel.chosen.areas if (item.kind, item.code) not in drawn]
    if silent:
        names = _named([name(item, say) for item in silent], say)
        told.append(say("compare_no_area", {"names": names}))
    return told


def _nation(panel: Panel, say: Words) -> list[str]:
    return [] if panel.nation is not None else [say("compare_no_nation")]


def _index(panel: Panel, say: Words) -> list[str]:
    if panel.no_index is not None:
        return [say(f"compare_index_none_{panel.no_index}")]
    if not panel.base:
        return []
    base = {"base": say.period(panel.base)}
    told = [say("compare_index_reading", base)]
    held = [line.indexed for line in panel.every_line if line.indexed is not None]
    is_untested = all(item.rows["index_low"].isna().all() for item in held)
    told.append(say("compare_index_untested" if is_untested else "compare_index_band", base))
    for why in dict.fromkeys(item.refusal for item in held if item.refusal is not None):
        lines = [item for item in panel.every_line if item.indexed and item.indexed.refusal is why]
        names = _named([name(item.area, say) for item in lines], say)
        told.append(say(f"compare_index_area_{why}", {"names": names, **base}))
    shown = set(_ends(panel))
    reasons = dict.fromkeys(
        reason for item in held for reason, left in item.left_out.items() if shown & set(left)
    )
    return [*told, *(say(f"compare_index_left_{reason}", base) for reason in reasons)]


def _reading(panel: Panel, say: Words) -> list[str]:
    """Tell how a line, a band and a dotted stretch are read."""
    rows = [line.rows for line in panel.every_line]
    kinds = sorted({kind for item in rows for kind in item["interval"] if kind})
    told = []
    if kinds and not panel.base:
        names = say.listed([say.interval(kind) for kind in kinds])
        told.append(say("compare_band", {"kinds": names}))
    elif not panel.base and panel.indicator.kind is not Kind.LEVEL:
        told.append(say("compare_no_band"))
    statuses = sorted({str(text) for item in rows for text in item["status"] if text in DOUBTFUL})
    if statuses:
        names = say.listed([say.status(text) for text in statuses])
        told.append(say("compare_dotted", {"statuses": names}))
    return told


def _gaps(panel: Panel, say: Words) -> list[str]:
    told = []
    for status in (Status.PARTIAL, Status.MISSING, Status.NOT_APPLICABLE, Status.UNKNOWN):
        rows = [line.rows[line.rows["status"] == str(status)] for line in panel.every_line]
        periods = sorted({text for item in rows for text in item["period"]})
        if periods:
            facts = {
                "periods": _periods(periods, say),
                "count": sum(len(item) for item in rows),
                "status": say.status(status),
            }
            is_drawn = any(item["value"].notna().any() for item in rows)
            partial = "compare_partial_open" if is_drawn else "compare_partial"
            told.append(say(partial if status is Status.PARTIAL else "compare_missing", facts))
    return told


def _periods(periods: Sequence[str], say: Words) -> str:
    if len(periods) <= MOST_NAMES:
        return say.listed([say.period(text) for text in periods])
    ends = {"first": say.period(periods[0]), "last": say.period(periods[-1])}
    return say("compare_periods", {**ends, "count": len(periods)})


def _named(names: Sequence[str], say: Words) -> str:
    """List names; of many the first ones and how many more there are."""
    if len(names) <= MOST_NAMES:
        return say.listed(names)
    shown = ", ".join(names[: MOST_NAMES - 1])
    return say("compare_names", {"names": shown, "count": len(names) - MOST_NAMES + 1})


def _states(codes: Sequence[str], say: Words) -> str:
    return say.listed([state(code).name(say.lang) for code in codes])
