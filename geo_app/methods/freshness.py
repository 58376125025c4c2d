"""How fresh each source is: until when it tells, when it was read, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo_app import observations, provenance
from geo_app.atlas import Atlas
from geo_app.periods import parse
from geo_app.provenance import Release, Source
from geo_app.text import NOTHING, Words


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source, as it stands on a day."""

    source: Source
    newest: Release | None
    """The release that replaces the others; None where none was known on the day of the atlas."""
    until: str
    """Newest period of which an indicator has a value from it; empty where none has one, or where
    it makes no indicator: a population, a list of places."""
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
    return tuple(
        _of(item, until.get(item.slug, ""), today, atlas.known_on if item.slug in until else None)
        for item in sources
    )


def table(found: tuple[Freshness, ...], say: Words) -> pd.DataFrame:
    """Return the sources with headings and words in a language, one a row."""
    return pd.DataFrame(
        {
            say("methods_column_source"): [item.source.title.in_(say.lang) for item in found],
            say("methods_column_until"): [
                say.period(item.until) if item.until else NOTHING for item in found
            ],
            say("column_published"): [_day(item.newest, "published", say) for item in found],
            say("column_checked"): [_day(item.newest, "checked", say) for item in found],
            say("methods_column_next"): [_expected(item, say) for item in found],
            say("methods_column_producer"): [item.source.producer for item in found],
            say("methods_column_license"): [
                item.source.license_input.in_(say.lang) for item in found
            ],
        }
    )


def rhythm_lines(found: tuple[Freshness, ...], say: Words) -> list[str]:
    """Say on what each expected day rests, each sentence once."""
    told = (item.source.rhythm.basis.in_(say.lang) for item in found if item.source.rhythm)
    return list(dict.fromkeys(told))


def _of(source: Source, until: str, today: date, known_on: str | None) -> Freshness:
    """Return one source; ``known_on`` is None for those that always serve with their newest."""
    rhythm = source.rhythm
    held = [one for one in source.releases if known_on is None or one.known_from <= known_on]
    return Freshness(
        source=source,
        newest=held[-1] if held else None,
        until=until,
        expected=rhythm.next_after(today) if rhythm else None,
        is_day_told=bool(rhythm and rhythm.day),
    )


def _until(atlas: Atlas) -> dict[str, str]:
    """Return the newest period with a value by source, of all its indicators and levels.

    Of a source of which no value was known on the day of the atlas it is empty.
    """
    every: dict[str, list[str]] = {}
    for found in atlas.indicators():
        for level in found.every_level:
            period = atlas.newest(found.slug, str(level.geography))
            held = every.setdefault(level.recipe.source, [])
            # Where nothing has a value the atlas names its last period all the same.
            rows = observations.observe(found.slug, atlas.known_on, str(level.geography))
            if rows["value"].notna().any():
                held.append(period)
    # Indicators of one source may have months and years: the later end is the fresher one.
    return {slug: max(periods, key=_end, default="") for slug, periods in every.items()}


def _day(release: Release | None, name: str, say: Words) -> str:
    """Write a day of a release; one of a release that is not held is none, not an unstated one."""
    return NOTHING if release is None else say.date(getattr(release, name))


def _end(period: str) -> date:
    return parse(period).end


def _expected(item: Freshness, say: Words) -> str:
    if item.expected is None:
        return say("methods_next_unknown")
    if item.is_day_told:
        return say("methods_next_day", {"date": say.date(item.expected)})
    return say("methods_next_month", {"month": say.period(f"{item.expected:%Y-%m}")})
