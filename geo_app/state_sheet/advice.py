"""What governments say of one state, in sentences: history of levels, other issuers, alerts.

Owns what is told of each and in which order. No level is put on the scale of another issuer, and
what was only stated last is never told as current. Does not own the issues (``advisories``,
``foreign``, ``alerts``), the US block (``sheet``) or a layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo_app import advisories, alerts, foreign, issuers
from geo_app.advice_steps import Step, runs
from geo_app.advisories import Advice
from geo_app.alerts import Alert, AlertStatus
from geo_app.foreign import ForeignAdvice
from geo_app.indicators import Status, indicator
from geo_app.issuers import FOREIGN_NAMES, Scope
from geo_app.state_sheet import explain
from geo_app.state_sheet.explain import About, Explanation, Fact
from geo_app.states import NATION_CODE
from geo_app.text import Words

US_LEVEL = "advisory_level_us"


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """What one other government says of a state."""

    issuer: str
    """Name of the country."""
    level: str
    """The issuer's own name of its level, as it stands in English; empty where none is known."""
    meaning: str
    """The same in the language of the page; empty where that is English, or none is known."""
    scope: str
    """A sentence: for how much of the state the level is meant."""
    places: tuple[str, ...]
    """Places left out or meant, as the list of areas has them, in English."""
    dates: str
    """A sentence: issue, and how long it is known to stand; empty where none is held."""
    address: str
    """Where the copy was read; empty where none is held."""


def history_lines(found: Sequence[Step], say: Words) -> tuple[str, ...]:
    """Tell the history of levels, a sentence for each stretch that says something new."""
    return tuple(_stretch(item, say) for item in runs(found))


def foreign_advice(state_code: str, day: date) -> tuple[ForeignAdvice, ...]:
    """Return what each other government said of a state on a day.

    A day after the last reading of the copies is told as that of the reading.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``foreign.history``.
    """
    histories = [foreign.history(issuer) for issuer in FOREIGN_NAMES]
    return tuple(
        next(item for item in one.on(min(day, one.checked)) if item.state_code == state_code)
        for one in histories
    )


def foreign_line(item: ForeignAdvice, say: Words) -> ForeignLine:
    """Tell what one other government says."""
    level = item.level_name or ""
    meaning = say(f"sheet_level_{item.issuer}_{item.level}") if level else ""
    return ForeignLine(
        issuer=say(f"sheet_issuer_{item.issuer}"),
        level=level,
        meaning="" if meaning == level else meaning,
        scope=_scope(item, say),
        places=item.places or (),
        dates=_foreign_dates(item, say),
        address=item.address,
    )


def alert_days(state_code: str) -> tuple[tuple[date, Alert], ...]:
    """Return the alerts of a state by day, over all days of which a notice is held.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``alerts.load``.
    """
    entries = alerts.load()
    first, last = (pick(item.issued for item in entries) for pick in (min, max))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(
        (day, found)
        for day in days
        for found in alerts.on(entries, day)
        if found.state_code == state_code
    )


def alert_lines(found: Sequence[tuple[date, Alert]], say: Words) -> tuple[str, ...]:
    """Tell the alerts of a state, a sentence a day, and whether the advisory changed meanwhile."""
    if not found:
        return ()
    lines = [_alert_line(day, item, say) for day, item in found]
    first, last = found[0][0], found[-1][0]
    issues = advisories.history().issues
    if not any(first <= issue <= last for issue in issues):
        lines.append(say("sheet_alert_no_issue"))
    return tuple(lines)


def explain_advice(advice: Advice, found: Sequence[Step], say: Words) -> Explanation:
    """Explain the US level of a state: the rows of its issue, and of all issues for the file."""
    about = indicator(US_LEVEL)
    codes = (advice.state_code, NATION_CODE)
    told = [str(day) for day in {advice.last_stated, advice.issued} if day]
    every = [str(item.start) for item in found]
    facts = (
        Fact(say("explain_unit"), about.unit.in_(say.lang)),
        Fact(say("explain_period"), say.date(advice.last_stated)),
        Fact(say("explain_status"), say.status(advice.status)),
        Fact(say("explain_newest_issue"), say.date(advice.issued)),
        Fact(say("explain_checked"), say.date(advice.checked)),
    )
    return explain.explain_rows(
        About(
            title=about.title.in_(say.lang),
            source=advisories.SOURCE,
            code=advice.state_code,
            facts=facts,
            notes=tuple(note.in_(say.lang) for note in about.notes),
        ),
        explain.table_rows(advisories.SOURCE, advisories.LEVEL_MEASURE, codes, told),
        explain.table_rows(advisories.SOURCE, advisories.LEVEL_MEASURE, codes, every),
        say,
    )


def explain_foreign(items: Sequence[ForeignAdvice], say: Words) -> Explanation:
    """Explain the levels of the other governments: the rows of their issues."""
    code = items[0].state_code
    blocks = [
        explain.table_rows(
            foreign.SOURCE, issuers.measure(item.issuer), (code,), (str(item.stated),)
        )
        for item in items
    ]
    rows = explain.joined(blocks)
    facts = tuple(
        Fact(say(f"sheet_issuer_{item.issuer}"), _foreign_dates(item, say)) for item in items
    )
    about = About(
        say("sheet_foreign"), foreign.SOURCE, code, facts, (say("explain_foreign_ladders"),)
    )
    return explain.explain_rows(about, rows, rows, say)


def explain_alerts(found: Sequence[tuple[date, Alert]], say: Words) -> Explanation:
    """Explain the alerts of a state: the rows of the days of the notices."""
    code = found[0][1].state_code
    days = [str(day) for day, _ in found]
    rows = explain.table_rows(alerts.SOURCE, alerts.MEASURE, (code,), days)
    addresses = dict.fromkeys(item.address for _, item in found)
    facts = (
        Fact(say("explain_unit"), say("explain_alert_unit")),
        *(Fact(say("explain_read_at"), address) for address in addresses),
    )
    about = About(say("sheet_alerts"), alerts.SOURCE, code, facts, (say("sheet_alert_note"),))
    return explain.explain_rows(about, rows, rows, say)


def _stretch(item: Step, say: Words) -> str:
    ends = {"start": say.date(item.start), "end": say.date(item.end)}
    if item.level is None:
        return say("sheet_history_unknown", ends)
    level = {"level": item.level, "name": say(f"level_name_{item.level}"), **ends}
    if item.is_last_stated:
        return say("sheet_history_last_stated", level)
    if item.is_carried_over:
        return say("sheet_history_carried", level)
    return say("sheet_history_stated", level)


def _scope(item: ForeignAdvice, say: Words) -> str:
    if item.scope is None:
        return say("sheet_foreign_none")
    if item.scope is Scope.COUNTRY:
        is_silent = item.level is None
        return say("sheet_scope_silent" if is_silent else "sheet_scope_country")
    if item.scope is Scope.WHOLE_OR_PART:
        return say("sheet_scope_whole_or_part")
    if item.scope is Scope.WHOLE:
        return say("sheet_scope_whole")
    is_without = item.scope is Scope.WHOLE_EXCEPT
    if item.places:
        return say("sheet_scope_except" if is_without else "sheet_scope_part")
    return say("sheet_scope_except_unknown" if is_without else "sheet_scope_part_unknown")


def _foreign_dates(item: ForeignAdvice, say: Words) -> str:
    if item.issued is None:
        return ""
    seen = issuers.LAST_SEEN[item.issuer]
    days = {
        "stated": say.date(item.stated),
        "issued": say.date(item.issued),
        "seen": say.date(seen),
    }
    if item.is_newer_issue:
        return say("sheet_foreign_newer", days)
    # Silence too was only read in a copy that has an end.
    is_open = item.is_newer_issue is None or item.status is Status.LAST_STATED
    return say("sheet_foreign_last" if is_open else "sheet_foreign_issue", days)


def _alert_line(day: date, item: Alert, say: Words) -> str:
    area = say(f"sheet_alert_{item.scope.name.lower()}")
    if item.places:
        area = say(
            "sheet_alert_places",
            {"area": area, "places": alerts.named_places(item.places, say.lang)},
        )
    ends = {
        None: "sheet_alert_in_force",
        AlertStatus.LIFTED: "sheet_alert_lifted",
        AlertStatus.BACK_TO_NORMAL: "sheet_alert_normal",
    }
    line = say(ends[item.ended], {"day": say.date(day), "area": area})
    return line if item.coverage is alerts.Coverage.FULL else f"{line} {say('sheet_alert_partial')}"
