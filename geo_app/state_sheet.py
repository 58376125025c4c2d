"""The sheet of one state: all that is known of it, in the order in which it is read.

Owns which facts stand on it, beside which drawing, and with which explanation. Page, print and file
are made from this one record, so that they cannot differ. Does not own a layout (``state_page``),
what one figure says (``sheet``) or what governments say (``state_advice``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo_app import (
    advice_steps,
    advisories,
    cities,
    explain,
    search,
    sheet,
    state_advice,
    state_charts,
)
from geo_app.advisories import Advice
from geo_app.answers import Finding, Value, value_of
from geo_app.atlas import Atlas
from geo_app.errors import BadRequest
from geo_app.explain import Explanation, Subject
from geo_app.indicators import indicator
from geo_app.own_folder import Document
from geo_app.periods import parse_date
from geo_app.search_words import here_line
from geo_app.sheet import Section
from geo_app.state_advice import ForeignLine
from geo_app.state_charts import Drawing, Reference
from geo_app.states import NATION_CODE, state
from geo_app.text import Words

FILES = "homicide_victims_sesnsp_12m_per_100k"
PERCEIVED = "insecurity_envipe_pct"
PERCEIVED_CITY = "insecurity_ensu_pct"
US_DEATHS = "us_citizen_homicides_count"
DISAPPEARED = "disappeared_per_100k"

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
class Row:
    """One city in the table of a block."""

    name: str
    figure: str
    span: str
    """Interval; empty where none is held."""
    note: str


@dataclass(frozen=True, slots=True)
class Block:
    """One figure of the sheet with all that belongs to it."""

    key: str
    """Names the block in a page."""
    section: Section
    explanation: Explanation
    drawings: tuple[Drawing, ...] = ()
    rows: tuple[Row, ...] = ()


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
    return StateSheet(
        lang=say.lang,
        state_code=found.state_code,
        title=found.name(say.lang),
        capital=say("sheet_capital", {"name": found.capital}),
        place=place_line(asked.place, say),
        day=day,
        advice=_advice(found.state_code, day, say),
        foreign=_foreign(found.state_code, day, say),
        alerts=_alerts(found.state_code, say),
        blocks=_blocks(atlas, asked, say),
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


def place_line(code: str, say: Words) -> str:
    """Say what the place is that was looked for; empty where there is no such place."""
    if not code:
        return ""
    try:
        found = search.place_by_code(code, say.lang)
    except BadRequest:
        return ""
    return say("sheet_place", {"place": here_line(found, say)})


def _advice(code: str, day: date, say: Words) -> AdviceBlock:
    history = advisories.history()
    advice: Advice = next(item for item in history.on(day) if item.state_code == code)
    found = advice_steps.steps(history, code, day)
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


def _blocks(atlas: Atlas, asked: Asked, say: Words) -> tuple[Block, ...]:
    code = asked.state_code
    reference = state_charts.reference(atlas, asked.reference, code, say)
    return (
        _homicides(atlas, code, reference, say),
        _figure(atlas, "files", FILES, code, say),
        _figure(atlas, "perceived", PERCEIVED, code, say),
        *_city_block(atlas, code, say),
        _us_deaths(atlas, code, say),
        _disappeared(atlas, code, say),
    )


def _homicides(atlas: Atlas, code: str, reference: Reference | None, say: Words) -> Block:
    finding = atlas.finding(state_charts.HOMICIDES, code)
    section = sheet.finding_section(finding, say)
    codes: tuple[str, ...] = (code, NATION_CODE)
    if reference is not None:
        section = replace(section, lines=(*section.lines, reference.line))
        codes = (*codes, reference.state_code) if reference.state_code else codes
    own, nation = (atlas.series(state_charts.HOMICIDES, item) for item in (code, NATION_CODE))
    drawings = (
        state_charts.beside(finding, reference, say),
        state_charts.by_year(finding.indicator, own, nation, say),
    )
    explanation = _explained(atlas, finding, codes, tuple(own.index), say)
    return Block("homicides", section, explanation, drawings)


def _figure(atlas: Atlas, key: str, slug: str, code: str, say: Words) -> Block:
    finding = atlas.finding(slug, code)
    explanation = _explained(atlas, finding, (code, NATION_CODE), (), say)
    return Block(key, sheet.finding_section(finding, say), explanation)


def _us_deaths(atlas: Atlas, code: str, say: Words) -> Block:
    finding = atlas.finding(US_DEATHS, code)
    section = sheet.finding_section(finding, say)
    # That it is no rate says already why it has no place among the states.
    kept = (line for line in section.lines if line != say("panel_no_place"))
    lines = (say("sheet_us_residents"), *kept)
    series = atlas.series(US_DEATHS, code)
    drawing = state_charts.bars(finding.indicator, series, say)
    explanation = _explained(atlas, finding, (code, NATION_CODE), tuple(series.index), say)
    return Block("us-deaths", replace(section, lines=lines), explanation, (drawing,))


def _disappeared(atlas: Atlas, code: str, say: Words) -> Block:
    """Tell the count as the register publishes it; the rate that is made of it stands below."""
    finding = atlas.finding(DISAPPEARED, code)
    section, value = sheet.finding_section(finding, say), finding.value
    if value.numerator is not None:
        rate = {"rate": say.number(value.value, finding.indicator.decimals), "unit": section.unit}
        section = replace(
            section,
            figure=say.number(value.numerator),
            unit=say("sheet_disappeared_unit"),
            lines=(say("sheet_disappeared_rate", rate), *section.lines),
        )
    explanation = _explained(atlas, finding, (code, NATION_CODE), (), say)
    return Block("disappeared", section, explanation)


def _city_block(atlas: Atlas, code: str, say: Words) -> tuple[Block, ...]:
    """Tell the perceived insecurity of the survey's cities; nothing where the state has none."""
    found, period = indicator(PERCEIVED_CITY), atlas.newest(PERCEIVED_CITY)
    held = atlas.values(PERCEIVED_CITY, level="city", period=period)
    values = {row["area_code"]: value_of(row) for _, row in held.iterrows()}
    mine = [
        item
        for item in cities.all_cities()
        if code in item.state_codes
        and item.city_code in values
        # An area that the survey gave up has no figure any more, which is no gap.
        and item.note is not cities.CityNote.RETIRED
    ]
    if not mine:
        return ()
    told = [values[item.city_code] for item in mine]
    nation = value_of(atlas.values(PERCEIVED_CITY, level="nation", period=period).iloc[0])
    section = Section(
        title=say("sheet_cities"),
        figure="",
        unit=found.unit.in_(say.lang),
        lines=_city_lines(told, nation, say),
        dates=sheet.dates_line(next((v for v in told if v.value is not None), told[0]), say),
        link="",
    )
    codes = (*(item.city_code for item in mine), NATION_CODE)
    explanation = explain.explain(
        Subject(found, told[0], codes), atlas.revisions(PERCEIVED_CITY), say
    )
    rows = tuple(_row(item, values[item.city_code], say) for item in mine)
    return (Block("cities", section, explanation, rows=rows),)


def _city_lines(told: Sequence[Value], nation: Value, say: Words) -> tuple[str, ...]:
    found = indicator(PERCEIVED_CITY)
    span = say.span(nation.low, nation.high, found.decimals)
    value = say.value(found, nation.value)
    lines = [say("sheet_cities_nation", {"value": f"{value} ({span})" if span else value})]
    kinds = dict.fromkeys(say.interval(item.interval) for item in told if item.interval)
    lines += [say("sheet_cities_interval", {"kind": kind}) for kind in kinds]
    if not all(item.interval for item in told if item.value is not None):
        lines.append(say("sheet_cities_no_interval"))
    return tuple(lines)


def _row(item: cities.City, value: Value, say: Words) -> Row:
    found = indicator(PERCEIVED_CITY)
    notes = [say(f"city_note_{item.note}")] if item.note else []
    if value.value is None:
        notes.insert(0, say.status(value.status))
    span = say.span(value.low, value.high, found.decimals)
    return Row(item.name, say.value(found, value.value), span, " ".join(notes))


def _explained(
    atlas: Atlas, finding: Finding, codes: tuple[str, ...], drawn: tuple[str, ...], say: Words
) -> Explanation:
    revised = atlas.revisions(finding.indicator.slug)
    return explain.explain(Subject(finding.indicator, finding.value, codes, drawn), revised, say)
