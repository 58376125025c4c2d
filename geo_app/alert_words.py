"""What the page of dated alerts says: sentences, a block a state, and its two maps.

Owns which facts stand together. Does not own the facts (``alert_days``) or the wording
(``locale``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo_app import alert_days, alerts, classes, provenance
from geo_app.advisories import History
from geo_app.agreement.figures import level_map
from geo_app.alert_days import AlertDay, Look, StateDay
from geo_app.alerts import AlertStatus, Coverage, Entry
from geo_app.figures import Figure
from geo_app.maps.small import SmallArea, legend_swatch, small_map
from geo_app.states import state
from geo_app.text import Words

SIGNS = {Look.IN_FORCE: "!", Look.ENDED: "\N{MULTIPLICATION SIGN}", Look.ENDED_BEFORE: "+"}
"""What is written on a state, where there is room."""

TOLD = (Look.IN_FORCE, Look.ENDED, Look.ENDED_BEFORE)
"""Looks of which a state has a block of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is told of one state."""

    title: str
    lines: tuple[str, ...]
    link: str
    """Address of the page on which the notice was read."""


def figures(found: AlertDay, history: History, say: Words) -> tuple[Figure, Figure]:
    """Return the map of the alert of a day and that of the levels of the same day."""
    return _alert_map(found, say), level_map(history.on(found.day), found.day, say)


def _alert_map(found: AlertDay, say: Words) -> Figure:
    areas = {item.state_code: _area(item, say) for item in found.states}
    legend = tuple((legend_swatch(classes.ALERTS[look]), _class(found, look, say)) for look in Look)
    when = {"date": say.date(found.day)}
    told = "; ".join(text for _, text in legend)
    label = say("alerts_map_label", {**when, "classes": told})
    notes = (say("alerts_small_states"), *notice_lines(found, say))
    return Figure(say("alerts_map_title", when), small_map(areas, label), legend, notes)


def _area(item: StateDay, say: Words) -> SmallArea:
    facts = {"state": _name(item, say), "look": say(f"alerts_{item.look}")}
    return SmallArea(
        colour=classes.ALERTS[item.look],
        title=say("alerts_tip", facts),
        text=SIGNS.get(item.look, ""),
        is_marked=item.look is Look.IN_FORCE,
    )


def _class(found: AlertDay, look: Look, say: Words) -> str:
    sign = f"{SIGNS[look]} " if look in SIGNS else ""
    values = {"name": f"{sign}{say(f'alerts_{look}')}", "count": len(found.of(look))}
    return say("alerts_class", values)


def notice_lines(found: AlertDay, say: Words) -> tuple[str, ...]:
    """Say which notices of the day are held, and whether each list is held whole."""
    if not found.notices:
        return (say("alerts_no_notice_today"),)
    return tuple(
        say(
            "alerts_list_full" if item.coverage is Coverage.FULL else "alerts_list_partial",
            {"notice": _notice(item, say)},
        )
        for item in found.notices
    )


def story(entries: Sequence[Entry], history: History, say: Words) -> tuple[str, ...]:
    """Say how the alert grew and ended, and that the levels knew nothing of it."""
    days = alert_days.days(entries)
    first, last = days[0], days[-1]
    facts = {
        "first": say.date(first),
        "last": say.date(last),
        "start": len(alerts.on(entries, first)),
        "soon": len(alert_days.ever_named(entries, first + timedelta(days=1))),
        "all": len(alert_days.ever_named(entries)),
    }
    moved = alert_days.levels_moved(history, first, last)
    issued = {**facts, "issued": say.date(history.on(last)[0].issued), "count": moved}
    levels = say("alerts_levels_moved" if moved else "alerts_levels_stood", issued)
    return say("alerts_story", facts), *_day_lines(entries, days, say), levels


def _day_lines(entries: Sequence[Entry], days: Sequence[date], say: Words) -> list[str]:
    found = [alert_days.on(entries, day) for day in days]
    return [
        say(
            "alerts_day_line",
            {
                "date": say.date(item.day),
                "stands": len(item.of(Look.IN_FORCE)),
                "ended": len(item.of(Look.ENDED)),
            },
        )
        for item in found
    ]


def blocks(found: AlertDay, look: Look, say: Words) -> tuple[Block, ...]:
    """Return a block for each state of a look, by name."""
    made = [_block(item, say) for item in found.of(look)]
    return tuple(sorted(made, key=lambda item: item.title))


def _block(item: StateDay, say: Words) -> Block:
    told, since = item.told, item.alert.since if item.alert else None
    lines = [say("alerts_since", {"date": say.date(since)})] if since else []
    if told is not None:
        lines.append(say(f"alerts_scope_{told.scope.replace(' ', '_')}"))
        lines.append(_places(told, say))
        lines.append(say("alerts_told", {"notice": _notice(told, say)}))
    if item.end is not None:
        status = "lifted" if item.end.status is AlertStatus.LIFTED else "normal"
        lines.append(say(f"alerts_end_{status}", {"notice": _notice(item.end, say)}))
    last = item.end or told
    return Block(_name(item, say), tuple(lines), last.address if last else "")


def _places(told: Entry, say: Words) -> str:
    if not told.places:
        return say("alerts_places_none")
    return say("alerts_places", {"places": alerts.named_places(told.places, say.lang)})


def _notice(item: Entry, say: Words) -> str:
    facts = {"number": item.number, "date": say.date(item.issued), "time": item.time}
    return say("alerts_notice_time" if item.time else "alerts_notice", facts)


def _name(item: StateDay, say: Words) -> str:
    return state(item.state_code).name(say.lang)


def source_lines(say: Words) -> tuple[str, ...]:
    """Cite the sources, and say what was seen of them and what was not."""
    source = provenance.load_source(alerts.SOURCE)
    levels = provenance.load_source("us-advisory")
    return (
        say.source_line(source),
        say("alerts_press"),
        *(item.in_(say.lang) for item in source.limits),
        say.source_line(levels),
        say("shapes_line"),
    )
