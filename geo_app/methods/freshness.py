"""How fresh each source is: until when it tells, when it was read, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo_app import provenance
from geo_app.atlas import Atlas
from geo_app.periods import parse
from geo_app.provenance import Release, Source
from geo_app.text import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source, as it stands on a day."""

    source: Source
    newest: Release
    """The release that replaces the others."""
    until: str
    """Newest period of which an indicator has a value from it; empty where it makes no indicator:
    a population, a list of places."""
    expected: date | None
    """Next day on which something new is usually published; None where nobody told us."""
    is_day_told: bool
    """Whether ``expected`` is about a day; else only its month is meant."""


def freshness(atlas: Atlas, today: date) -> tuple[Freshness, ...]:
    """Return all sources of the atlas, in the order of their names.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    today
        The day after which the next publication is looked for.
    """
    until = _until(atlas)
    sources = (provenance.load_source(slug) for slug in provenance.source_slugs())
    return tuple(_of(item, until.get(item.slug, ""), today) for item in sources)


def table(found: tuple[Freshness, ...], say: Words) -> pd.DataFrame:
    """Return the sources with headings and words in a language, one a row."""
    return pd.DataFrame(
        {
            say("methods_column_source"): [item.source.title.in_(say.lang) for item in found],
            say("methods_column_until"): [
                say.period(item.until) if item.until else NOTHING for item in found
            ],
            say("column_published"): [say.date(item.newest.published) for item in found],
            say("column_checked"): [say.date(item.newest.checked) for item in found],
            say("methods_column_next"): [_expected(item, say) for item in found],
            say("methods_column_producer"): [item.source.producer for item in found],
            say("methods_column_license"): [item.source.license_input.name for item in found],
        }
    )


def rhythm_lines(found: tuple[Freshness, ...], say: Words) -> list[str]:
    """Say on what each expected day rests, each sentence once."""
    told = (item.source.rhythm.basis.in_(say.lang) for item in found if item.source.rhythm)
    return list(dict.fromkeys(told))


def _of(source: Source, until: str, today: date) -> Freshness:
    rhythm = source.rhythm
    return Freshness(
        source=source,
        newest=source.releases[-1],
        until=until,
        expected=rhythm.next_after(today) if rhythm else None,
        is_day_told=bool(rhythm and rhythm.day),
    )


def _until(atlas: Atlas) -> dict[str, str]:
    """Return the newest period with a value by source, of all its indicators and levels."""
    every: dict[str, list[str]] = {}
    for found in atlas.indicators():
        for level in found.every_level:
            period = atlas.newest(found.slug, str(level.geography))
            every.setdefault(level.recipe.source, []).append(period)
    # Indicators of one source may have months and years: the later end is the fresher one.
    return {slug: max(periods, key=_end) for slug, periods in every.items()}


def _end(period: str) -> date:
    return parse(period).end


def _expected(item: Freshness, say: Words) -> str:
    if item.expected is None:
        return say("methods_next_unknown")
    if item.is_day_told:
        return say("methods_next_day", {"date": say.date(item.expected)})
    return say("methods_next_month", {"month": say.period(f"{item.expected:%Y-%m}")})
