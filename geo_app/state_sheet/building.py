"""The sheet of one state: all that is known of it, in the order in which it is read.

Owns which facts stand on it, beside which drawing, and with which explanation. Page, print and file
are made from this one record, so that they cannot differ. Does not own a layout (``page``),
what one figure says (``sheet``) or what governments say (``advice``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geo_app import advice_steps, advisories, sheet
from geo_app.advisories import Advice
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest
from geo_app.own_folder import Document
from geo_app.periods import parse_date
from geo_app.search import finding
from geo_app.search.found import Hit
from geo_app.search.words import here_line
from geo_app.sheet import Section
from geo_app.state_sheet import advice as state_advice
from geo_app.state_sheet import charts as state_charts
from geo_app.state_sheet import figures as state_figures
from geo_app.state_sheet import place_advice
from geo_app.state_sheet.advice import ForeignLine
from geo_app.state_sheet.charts import Drawing
from geo_app.state_sheet.explain import Explanation
from geo_app.state_sheet.figures import Block
from geo_app.state_sheet.place_advice import PlaceBlock
from geo_app.states import state
from geo_app.text import Words

LIMITS = (
    "sheet_limit_residents",
    "sheet_limit_whole",
    "sheet_limit_registered",
    "sheet_limit_perception",
    "sheet_limit_level",
)
"""What the figures do not say, by the keys of its sentences."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asks the sheet for."""

    state_code: str
    place: str = ""
    """Code of the place that was looked for; empty for none."""
    day: str = ""
    """ISO date of the advice that is shown; empty for the day of the last reading."""
    reference: str = ""
    """A state code, or a rate of the reader's own such as "5.2"; empty for none."""


@dataclass(frozen=True, slots=True)
class AdviceBlock:
    """What the United States advises, now and through time."""

    section: Section
    wording: Document | None
    """The official text, where the reader's own folder holds it."""
    explanation: Explanation
    band: Drawing
    history: tuple[str, ...]
    """The band in words, oldest first."""


@dataclass(frozen=True, slots=True)
class ForeignBlock:
    """What the other governments advise."""

    lead: str
    """What must be known of all of them, with the day on which they were read."""
    lines: tuple[ForeignLine, ...]
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class AlertBlock:
    """The dated alerts that were in force in the state."""

    lines: tuple[str, ...]
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class StateSheet:
    """The whole sheet, in words of one language."""

    lang: str
    state_code: str
    title: str
    capital: str
    place: str
    """Where the place that was looked for lies; empty where none was."""
    by_name: PlaceBlock | None
    """What names that place; None where none was looked for, or the state itself."""
    day: date
    """Day of the advice that is told."""
    advice: AdviceBlock
    foreign: ForeignBlock
    alerts: AlertBlock | None
    """None where no alert that is held named the state."""
    blocks: tuple[Block, ...]
    """The figures, homicides first."""
    limits: tuple[str, ...]


def build(atlas: Atlas, asked: Asked, say: Words) -> StateSheet:
    """Build the sheet of a state.

    Parameters
    ----------
    atlas
        The atlas.
    asked
        The state, and what was chosen beside it.
    say
        The words of a language.

    Raises
    ------
    UnknownState
        If there is no such state.
    BadRequest
        If ``day`` is no date.
    TableInvalid, HashMismatch
        As ``tables.table``.
    """
    found = state(asked.state_code)
    day = day_of(asked.day)
    hit = _looked_for(asked.place, say)
    foreign = _foreign(found.state_code, day, say)
    return StateSheet(
        lang=say.lang,
        state_code=found.state_code,
        title=found.name(say.lang),
        capital=say("sheet_capital", {"name": found.capital}),
        place=say("sheet_place", {"place": here_line(hit, say)}) if hit else "",
        by_name=_by_name(hit, found.state_code, day, foreign.lines, say) if hit else None,
        day=day,
        advice=_advice(found.state_code, day, say),
        foreign=foreign,
        alerts=_alerts(found.state_code, say),
        blocks=state_figures.blocks(atlas, found.state_code, asked.reference, say),
        limits=tuple(say(key) for key in LIMITS),
    )


def day_of(asked: str) -> date:
    """Return the day of the advice: the one asked for, between the first issue and the reading.

    Raises
    ------
    BadRequest
        If it is no date.
    """
    history = advisories.history()
    if not asked:
        return history.checked
    return min(max(parse_date(asked), history.issues[0]), history.checked)


def _looked_for(code: str, say: Words) -> Hit | None:
    """Return the place of a code; None where there is no such place."""
    if not code:
        return None
    try:
        return finding.place_by_code(code, say.lang)
    except BadRequest:
        return None


def _by_name(
    hit: Hit, code: str, day: date, foreign: Sequence[ForeignLine], say: Words
) -> PlaceBlock | None:
    return place_advice.about(hit, _of(code, day), foreign, say)


def _of(code: str, day: date) -> Advice:
    return next(item for item in advisories.history().on(day) if item.state_code == code)


def _advice(code: str, day: date, say: Words) -> AdviceBlock:
    advice = _of(code, day)
    found = advice_steps.steps(advisories.history(), code, day)
    told = state_advice.history_lines(found, say)
    return AdviceBlock(
        section=sheet.advice_section(advice, say),
        wording=sheet.wording(advice),
        explanation=state_advice.explain_advice(advice, found, say),
        band=state_charts.band(found, told, say),
        history=told,
    )


def _foreign(code: str, day: date, say: Words) -> ForeignBlock:
    found = state_advice.foreign_advice(code, day)
    lines = tuple(state_advice.foreign_line(item, say) for item in found)
    lead = say("sheet_foreign_lead", {"checked": say.date(found[0].checked)})
    return ForeignBlock(lead, lines, state_advice.explain_foreign(found, say))


def _alerts(code: str, say: Words) -> AlertBlock | None:
    found = state_advice.alert_days(code)
    if not found:
        return None
    lines = state_advice.alert_lines(found, say)
    return AlertBlock(lines, state_advice.explain_alerts(found, say))
