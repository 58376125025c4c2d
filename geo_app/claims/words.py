"""What the page of claims says: sentences and tables, in both languages.

Owns which facts stand in a sentence and in a column. Does not own the facts (``records``) or the
wording (``locale``).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geo_app import press_figures, provenance, sheet
from geo_app.claims.records import TEXT, WORD, Claim, Fact, Held, Outcome, Part
from geo_app.indicators import indicator
from geo_app.text import Words

ROW_COLUMNS = (
    "claim",
    "verdict",
    "is_wholly_held",
    "figure",
    "figure_name",
    "indicator",
    "area_code",
    "period_first",
    "period_last",
    "value",
    "unit",
    "low",
    "high",
    "interval",
    "status",
    "source",
    "release",
    "published",
    "checked",
    "address",
)
"""Columns of the figures that are taken along."""


def title(claim: Claim, say: Words) -> str:
    """Say the claim in words of our own."""
    return say(f"claims_{claim.key}_claim")


def verdict(claim: Claim, say: Words) -> str:
    """Say what the figures say of a claim."""
    return say(f"claims_verdict_{claim.verdict}")


def part_lines(claim: Claim, say: Words) -> tuple[str, ...]:
    """Say each part of a claim with what its figures say of it."""
    return tuple(
        say("claims_part", {"outcome": say(f"claims_outcome_{part.outcome}"), "text": text})
        for part in claim.parts
        for text in [sentence(part, say)]
    )


def note_lines(claim: Claim, say: Words) -> tuple[str, ...]:
    """Say what must be read with a claim."""
    return tuple(sentence(part, say) for part in claim.notes)


def sentence(part: Part, say: Words) -> str:
    """Write the sentence of a part with its numbers and periods."""
    return say(part.key, {name: _told(fact, say) for name, fact in part.facts.items()})


def name(word: str, say: Words) -> str:
    """Name a bar: a figure of the closed list, or a period."""
    if word.startswith(WORD):
        return say(f"claims_figure_{word.removeprefix(WORD)}")
    return say.period(word)


def figure_table(claim: Claim, say: Words) -> pd.DataFrame:
    """Return the figures of a claim with headings in a language; columns without text left out."""
    columns = {
        say("claims_column_figure"): [say(f"claims_figure_{one.name}") for one in claim.figures],
        say("claims_column_period"): [stretch(one, say) for one in claim.figures],
        say("column_value"): [_number(one, say) for one in claim.figures],
        say("claims_column_unit"): [say(f"claims_unit_{one.unit}") for one in claim.figures],
        say("column_status"): [say.status(one.status) for one in claim.figures],
        say("column_source"): [sheet.source_name(one.source, say) for one in claim.figures],
        say("claims_column_release"): [one.release for one in claim.figures],
        say("column_published"): [say.date(one.published) for one in claim.figures],
        say("column_checked"): [say.date(one.checked) for one in claim.figures],
    }
    if any(one.interval for one in claim.figures):
        columns[say("column_interval")] = [say.interval(one.interval) for one in claim.figures]
    return pd.DataFrame(columns)


def stretch(one: Held, say: Words) -> str:
    """Say which time a figure covers."""
    if one.first == one.last:
        return say.period(one.first)
    return say("claims_stretch", {"first": say.period(one.first), "last": say.period(one.last)})


def figure_rows(claims: Sequence[Claim], say: Words) -> pd.DataFrame:
    """Return the figures of claims as rows with their sources, to be taken along.

    Returns
    -------
    pandas.DataFrame
        Columns ``ROW_COLUMNS``, which stand there too where there is no figure.
    """
    rows = [_row(claim, one, say) for claim in claims for one in claim.figures]
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS))


def verdict_table(claims: Sequence[Claim], say: Words) -> pd.DataFrame:
    """Return each claim with its verdict, in a language."""
    return pd.DataFrame(
        {
            say("claims_column_claim"): [title(claim, say) for claim in claims],
            say("claims_column_verdict"): [verdict(claim, say) for claim in claims],
        }
    )


def source_lines(claim: Claim, say: Words) -> tuple[str, ...]:
    """Cite the sources of a claim, each once, and then the pages that alone tell a figure."""
    notes = [note for slug in claim.indicators for note in sheet.source_notes(indicator(slug), say)]
    # Of the press each page is a source of its own, with its own day.
    further = (slug for slug in claim.further_sources if slug != press_figures.SOURCE)
    notes += [sheet.source_note(provenance.load_source(slug), say) for slug in further]
    return tuple(dict.fromkeys([*(note.line for note in notes), *page_lines(claim, say)]))


def page_lines(claim: Claim, say: Words) -> tuple[str, ...]:
    """Name the pages of the press that alone tell a figure of a claim, each once."""
    pages = {one.address: one for one in claim.figures if one.address}
    return tuple(_page_line(one, say) for one in pages.values())


def _page_line(one: Held, say: Words) -> str:
    values = {
        "page": one.release.partition(",")[0],
        "published": say.published(one.published),
        "checked": say.date(one.checked),
        "address": one.address,
    }
    return say("claims_page", values)


def is_downloadable(claim: Claim) -> bool:
    """Whether the licences of all sources of a claim were seen."""
    further = (provenance.load_source(slug) for slug in claim.further_sources)
    return all(sheet.is_downloadable(indicator(slug)) for slug in claim.indicators) and all(
        source.is_downloadable for source in further
    )


def _told(fact: Fact, say: Words) -> str:
    if isinstance(fact, str):
        return fact.removeprefix(TEXT) if fact.startswith(TEXT) else say.period(fact)
    value, decimals = fact
    return say.number(value, decimals)


def _number(one: Held, say: Words) -> str:
    span = say.span(one.low, one.high, one.decimals)
    text = say.number(one.value, one.decimals)
    return say("claims_interval", {"value": text, "span": span}) if span else text


def _row(claim: Claim, one: Held, say: Words) -> dict[str, object]:
    outcomes = {part.outcome for part in claim.parts}
    return {
        "claim": claim.key,
        "verdict": str(claim.verdict),
        "is_wholly_held": str(Outcome.NOT_HELD not in outcomes).lower(),
        "figure": one.name,
        "figure_name": say(f"claims_figure_{one.name}"),
        "indicator": one.indicator,
        "area_code": one.area_code,
        "period_first": one.first,
        "period_last": one.last,
        "value": float("nan") if one.value is None else one.value,
        "unit": say(f"claims_unit_{one.unit}"),
        "low": float("nan") if one.low is None else one.low,
        "high": float("nan") if one.high is None else one.high,
        "interval": one.interval,
        "status": str(one.status),
        "source": one.source,
        "release": one.release,
        "published": one.published,
        "checked": one.checked,
        "address": one.address,
    }
