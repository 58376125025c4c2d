"""Where one number comes from: definition, source, dates, revisions, and the rows as stored.

Owns which rows of ``data/tables/`` stand behind a number, and the record that tells of it. Nothing
is computed here. Does not own the number (``atlas``), nor how a page shows it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app import export, provenance, rates, sheet, tables
from geo_app.answers import Value
from geo_app.indicators import Indicator
from geo_app.periods import months_before, parse
from geo_app.sheet import SourceNote
from geo_app.text import Words

COLUMNS = (
    "file",
    "area_code",
    "period",
    "measure",
    "value",
    "low",
    "high",
    "interval",
    "status",
    "release",
    "published",
    "checked",
)
"""Columns of the rows behind a number, in page and file."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a number: what is told, and the text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is held about one number, or about a few of one source."""

    title: str
    facts: tuple[Fact, ...]
    """Unit, period, status, release, publication and reading."""
    notes: tuple[str, ...]
    """What the number is and is not."""
    sources: tuple[SourceNote, ...]
    revisions: tuple[str, ...]
    """How releases moved such figures; one sentence that says so where that is not known."""
    rows: pd.DataFrame
    """``COLUMNS``: the rows from which the number itself is made."""
    csv: str
    """Those rows and the ones behind its drawing; empty where a licence was not seen."""
    file_name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained."""

    indicator: Indicator
    value: Value
    codes: tuple[str, ...]
    """Codes of the areas whose rows are shown, the value's own first."""
    drawn: tuple[str, ...] = ()
    """Periods whose rows go into the file, as those of a drawing; empty for the value's own."""


@dataclass(frozen=True, slots=True)
class About:
    """What is told from a list of issues."""

    title: str
    source: str
    code: str
    """Code of the area, for the name of the file."""
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]


def explain(subject: Subject, revised: pd.DataFrame, say: Words) -> Explanation:
    """Explain a number.

    Parameters
    ----------
    subject
        The number, and whose rows are shown with it.
    revised
        Revisions of its indicator, as ``Atlas.revisions`` returns them.
    say
        The words of a language.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``tables.table``.
    """
    found, value = subject.indicator, subject.value
    rows = stored_rows(found, subject.codes, [value.period])
    whole = stored_rows(found, subject.codes, subject.drawn) if subject.drawn else rows
    moved = sheet.revision_lines(found, revised, say)
    return Explanation(
        title=found.title.in_(say.lang),
        facts=facts(value, found.unit.in_(say.lang), say),
        notes=tuple(note.in_(say.lang) for note in found.notes),
        sources=sheet.source_notes(found, say),
        revisions=tuple(moved) or (say("explain_no_revisions"),),
        rows=rows,
        csv=export.to_csv(whole) if sheet.is_downloadable(found) else "",
        file_name=f"{found.slug}_{value.area_code}_{value.period}_rows.csv",
    )


def explain_rows(about: About, rows: pd.DataFrame, whole: pd.DataFrame, say: Words) -> Explanation:
    """Explain what is told from rows of a list of issues: there is nothing to compute.

    Parameters
    ----------
    about
        Title, facts and notes, in words.
    rows
        ``COLUMNS``: the rows that are told.
    whole
        ``COLUMNS``: the rows of the file.
    say
        The words of a language.
    """
    is_open = provenance.load_source(about.source).is_downloadable
    return Explanation(
        title=about.title,
        facts=about.facts,
        notes=about.notes,
        sources=(source_note(about.source, say),),
        revisions=(say("explain_no_revisions_issue"),),
        rows=rows,
        csv=export.to_csv(whole) if is_open else "",
        file_name=f"{about.source}_{about.code}_rows.csv",
    )


def facts(value: Value, unit: str, say: Words) -> tuple[Fact, ...]:
    """Return unit, period, status, release and the two days of a number, each with its name."""
    published = say.date(value.published) if value.published else say("date_not_stated")
    told = {
        "explain_unit": unit,
        "explain_period": say.period(value.period),
        "explain_status": say.status(value.status),
        "explain_release": value.release or say("date_not_stated"),
        "explain_published": published,
        "explain_checked": say.date(value.checked),
    }
    return tuple(Fact(say(key), text) for key, text in told.items())


def stored_rows(found: Indicator, codes: Collection[str], periods: Sequence[str]) -> pd.DataFrame:
    """Return the stored rows from which values are made.

    Parameters
    ----------
    found
        The indicator at a level.
    codes
        Codes of the areas.
    periods
        Periods of the values; of a window each of its months.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``, the numerator's rows first: the newest release of each. Of a population the
        years between which it is taken. Empty cells: not stated. A nation that is the sum of the
        states has no row of its own.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``tables.table``.
    """
    recipe = found.recipe
    counted = {month for text in periods for month in _months(text, found)}
    blocks = [table_rows(recipe.source, recipe.measure, codes, counted)]
    if recipe.denominator:
        years = {year for text in periods for year in _years(text, found)}
        blocks.append(table_rows(recipe.denominator_source, recipe.denominator, codes, years))
    return pd.concat(blocks, ignore_index=True)


def table_rows(
    source: str, measure: str, codes: Collection[str], periods: Collection[str]
) -> pd.DataFrame:
    """Return the newest stored rows of a measure for some areas and periods.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``, sorted by area and period.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``tables.table``.
    """
    rows = tables.table(source)
    is_asked = rows["area_code"].isin(list(codes)) & rows["period"].isin(list(periods))
    mine = rows[is_asked & (rows["measure"] == measure) & (rows["area_kind"] != "outside")]
    mine = tables.newest(mine, provenance.load_source(source))
    mine = mine.assign(file=f"data/{tables.FOLDER}/{source}.csv")
    return mine.sort_values(["area_code", "period"])[list(COLUMNS)].reset_index(drop=True)


def source_note(slug: str, say: Words) -> SourceNote:
    """Quote one source."""
    return sheet.source_note(provenance.load_source(slug), say)


def _months(period: str, found: Indicator) -> Sequence[str]:
    if found.recipe.window_months > 1:
        return months_before(parse(period), found.recipe.window_months)
    return [period]


def _years(period: str, found: Indicator) -> set[str]:
    """Return the years at whose middle the population around the moment of a value is held."""
    middle, _ = rates.exposure(parse(period), found)
    # The middle of a year of 365 days differs from a half in the last digits only.
    moment = round(middle - 0.5, 3)
    return {str(math.floor(moment)), str(math.ceil(moment))}


def joined(blocks: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return rows of several measures as one frame; those without a row are left out."""
    held = [block for block in blocks if len(block)]
    return pd.concat(held, ignore_index=True) if held else blocks[0]
