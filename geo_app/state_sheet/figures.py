"""The figures of a state's sheet: each with its drawing, its sentences and its explanation.

Owns which figures stand on the sheet and in which order. Does not own what one figure says
(``sheet``), its drawing (``charts``) or where it comes from (``explain``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo_app import cities, sheet
from geo_app.answers import Finding, Value, value_of
from geo_app.atlas import Atlas
from geo_app.indicators import indicator
from geo_app.sheet import Section
from geo_app.state_sheet import charts as state_charts
from geo_app.state_sheet import explain
from geo_app.state_sheet.charts import Drawing, Reference
from geo_app.state_sheet.explain import Explanation, Subject
from geo_app.states import NATION_CODE
from geo_app.text import Words

FILES = "homicide_victims_sesnsp_12m_per_100k"
PERCEIVED = "insecurity_envipe_pct"
PERCEIVED_CITY = "insecurity_ensu_pct"
US_DEATHS = "us_citizen_homicides_count"
DISAPPEARED = "disappeared_per_100k"


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


def blocks(atlas: Atlas, code: str, asked: str, say: Words) -> tuple[Block, ...]:
    """Return the figures of a state, homicides first.

    Parameters
    ----------
    atlas
        The atlas.
    code
        "01" to "32".
    asked
        What homicides are read against beside the nation; see ``state_charts.reference``.
    say
        The words of a language.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``tables.table``.
    """
    reference = state_charts.reference(atlas, asked, code, say)
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
