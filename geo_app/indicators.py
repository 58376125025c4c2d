"""The catalogue: what each indicator is, in both languages, and how it is coloured.

Owns ``data/indicators/<slug>.toml``: unit, kind, cadence, fixed breaks, palette, series breaks,
notes, and from which source and measure a value is computed. A new indicator is one record and
one table; no page changes. Does not own the values (``tables``, ``observations``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from geo_app import paths
from geo_app.errors import BadRequest, TableInvalid
from geo_app.periods import Cadence, parse
from geo_app.records import Bilingual, Record

PUBLISHED_RATE = "_per_100k"
"""Ending of a measure that its source publishes as a rate; all others of a rate are counts."""

FOLDER = "indicators"
"""Folder of the catalogue inside ``data/``."""


class Kind(StrEnum):
    """What sort of number an indicator is."""

    RATE = "rate"
    SHARE = "share"
    COUNT = "count"
    LEVEL = "level"
    SCORE = "score"
    """Points on a scale of the source's own making."""


class Geography(StrEnum):
    """A kind of area that an indicator has values for: the level at which it is looked at."""

    STATE = "state"
    MUNICIPALITY = "municipality"
    CITY = "city"
    NATIONAL = "national"
    """Mexico as a whole, where the source tells of no part of it."""
    US_STATE = "us_state"
    """A state of the United States, its capital district, Puerto Rico, or New York City."""
    US_BORDER = "us_border"
    """A field office or sector of the US border agency; no state, and not all at the border."""

    @property
    def area_kind(self) -> str:
        """The kind of its areas in tables, questions and answers."""
        return "nation" if self is Geography.NATIONAL else str(self)


MAPPED = (Geography.STATE, Geography.MUNICIPALITY, Geography.CITY)
"""Kinds of area that can be drawn on Mexico."""

UNITED_STATES = (Geography.US_STATE, Geography.US_BORDER)
"""Kinds of area that lie in the United States."""


class Status(StrEnum):
    """How far a value can be relied on; the vocabulary of every table and answer."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    PARTIAL = "partial"
    ESTIMATED = "estimated"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    CURRENT = "current"
    """An advisory level that stands in the issue of its day."""
    LAST_STATED = "last_stated"
    """An advisory level of an earlier issue: a newer one exists whose state levels are unknown."""
    UNKNOWN = "unknown"
    """No advisory level is known for that day."""


NO_VALUE = frozenset({Status.MISSING, Status.NOT_APPLICABLE, Status.UNKNOWN})
"""Statuses under which there is no value."""


class Interval(StrEnum):
    """How an interval was made, and by whom. Empty: the source publishes none."""

    NONE = ""
    POISSON = "exact Poisson 95 %"
    THIRD_PARTY = "95 % by a third party from INEGI's microdata"
    THIRD_PARTY_CONDITIONAL = "95 % by a third party, among those who answered only"
    PUBLISHED_ERROR = "95 % from INEGI's published standard error"
    COMPUTED = "95 % computed in this project's sources from INEGI's microdata"


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A change of method: values on its two sides do not compare."""

    period: str
    """First period made by the new method."""
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a value is computed from the tables."""

    source: str
    """Source of the value or of its numerator."""
    measure: str
    """Measure in that source's table."""
    denominator_source: str
    """Source of the population; empty where the value is published as it is shown."""
    denominator: str
    """Measure of the population."""
    annualised: bool
    """Whether a count of a month is scaled to a year by the days of the month."""
    window_months: int
    """Number of months that are added up; 1 for none."""
    interval: Interval
    """Interval that we compute; ``NONE`` where only a published one is shown."""
    change_flag: str = ""
    """Measure in which the source says itself whether the nation changed; empty for none."""
    is_living: bool = False
    """Whether the source adds to and takes from every period for ever, so that an older one is
    more complete than a newer one and no difference of two is a change."""
    published_window_months: int = 1
    """Number of months that the source has added up itself in each of its figures; 1 for none."""

    @property
    def months_counted(self) -> int:
        """Number of months that one value counts, whoever added them up."""
        return max(self.window_months, self.published_window_months)


@dataclass(frozen=True, slots=True)
class Level:
    """How an indicator is made, and what must be known of it, for one kind of area."""

    geography: Geography
    recipe: Recipe
    notes: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that the atlas maps."""

    slug: str
    order: int
    """Place in lists; the core indicators come first."""
    title: Bilingual
    short: Bilingual
    unit: Bilingual
    kind: Kind
    cadence: Cadence
    geography: Geography
    is_higher_worse: bool
    breaks: tuple[float, ...]
    """Fixed class breaks over all periods, ascending, in the unit: a class is [low, high)."""
    palette: str
    decimals: int
    recipe: Recipe
    series_breaks: tuple[SeriesBreak, ...]
    notes: tuple[Bilingual, ...]
    """What a reader must know about the method."""
    every_level: tuple[Level, ...]
    """Every kind of area that it has values for, its own first."""

    @property
    def levels(self) -> tuple[Geography, ...]:
        """Kinds of area that it has values for, its own first."""
        return tuple(item.geography for item in self.every_level)

    @property
    def mapped_levels(self) -> tuple[Geography, ...]:
        """Those of ``levels`` that can be drawn on Mexico, its own first."""
        return tuple(level for level in self.levels if level in MAPPED)

    @property
    def is_mapped(self) -> bool:
        """Whether it can be drawn on Mexico at all, so that maps and their page offer it."""
        return self.geography in MAPPED

    def drawn_at(self, level: str | None = None) -> Indicator:
        """Return the indicator for one kind of area, as ``at`` does, if it can be drawn on Mexico.

        Raises
        ------
        BadRequest
            If it has no values for that kind of area, or no map of Mexico shows them.
        """
        found = self.at(level)
        if found.is_mapped:
            return found
        kind = found.geography.area_kind
        message = f"{self.slug} is on no map of Mexico: it has values for each {kind}"
        fix = f"ask for them: values {self.slug} --level {kind}"
        raise BadRequest(message, fix=fix)

    def at(self, level: str | None = None) -> Indicator:
        """Return the indicator as it is made for one kind of area.

        Parameters
        ----------
        level
            One of ``levels``; nothing changes where none is given.

        Returns
        -------
        Indicator
            The same in all but ``geography``, ``recipe``, ``sources`` and ``notes``.

        Raises
        ------
        BadRequest
            If it has no values for that kind of area.

        Examples
        --------
        >>> indicator("homicides_inegi_per_100k").at("municipality").recipe.source
        'inegi-homicides-municipal'
        """
        for item in self.every_level:
            if level in (item.geography, item.geography.area_kind):
                return replace(self, geography=item.geography, recipe=item.recipe, notes=item.notes)
        if level is None:
            return self
        message = f"{self.slug} has no values for each {level}"
        raise BadRequest(message, expected=" or ".join(self.levels))

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of the value, the numerator's first."""
        both = (self.recipe.source, self.recipe.denominator_source)
        return tuple(slug for slug in both if slug)

    @property
    def stored_decimals(self) -> int:
        """Decimals of what a table holds of it: none of a count that becomes a rate."""
        return 0 if self.recipe.denominator else self.decimals

    def breaks_between(self, first: str, last: str) -> tuple[SeriesBreak, ...]:
        """Return the breaks that lie after the earlier and not after the later period.

        Parameters
        ----------
        first, last
            Two periods in either order.
        """
        low, high = sorted((parse(first), parse(last)))
        return tuple(
            item
            for item in self.series_breaks
            if low.start < parse(item.period).start <= high.start
        )


@cache
def _catalogue(folder: Path, _stamp: int) -> tuple[Indicator, ...]:
    names = [n for n in paths.read_registry(folder) if n.startswith(f"{FOLDER}/")]
    found = [read_indicator(paths.verified(folder, name)) for name in names]
    return tuple(sorted(found, key=lambda item: (item.order, item.slug)))


def catalogue() -> tuple[Indicator, ...]:
    """Return all indicators in their order.

    Raises
    ------
    TableInvalid
        If a record has an unknown or missing key, or breaks that do not ascend.
    HashMismatch
        If a record is not the one that was checked.
    """
    folder = paths.data_dir()
    return _catalogue(folder, paths.stamp(folder))


def mapped() -> tuple[Indicator, ...]:
    """Return the indicators that can be drawn on Mexico, in their order.

    Raises
    ------
    TableInvalid, HashMismatch
        As ``catalogue``.
    """
    return tuple(item for item in catalogue() if item.is_mapped)


def indicator(slug: str) -> Indicator:
    """Return an indicator by its slug.

    Raises
    ------
    BadRequest
        If the catalogue has no such indicator.
    """
    for found in catalogue():
        if found.slug == slug:
            return found
    message = f"no indicator is called {slug!r}"
    raise BadRequest(message, expected=", ".join(item.slug for item in catalogue()))


def read_indicator(path: Path) -> Indicator:
    """Read one catalogue record.

    Raises
    ------
    TableInvalid
        If a key is unknown, missing or of the wrong kind, the breaks do not ascend, a level stands
        twice, a rate has no population or another kind has one.
    """
    record = Record.read(path)
    every_level = _levels(record)
    found = Indicator(
        slug=path.stem,
        order=record.whole("order"),
        title=record.bilingual("title"),
        short=record.bilingual("short"),
        unit=record.bilingual("unit"),
        kind=Kind(record.choice("kind", [*Kind])),
        cadence=Cadence(record.choice("cadence", [*Cadence])),
        geography=every_level[0].geography,
        is_higher_worse=record.flag("is_higher_worse"),
        breaks=record.numbers("breaks"),
        palette=record.text("palette"),
        decimals=record.whole("decimals"),
        recipe=every_level[0].recipe,
        series_breaks=tuple(
            _series_break(item, path.name) for item in record.tables("series_breaks")
        ),
        notes=every_level[0].notes,
        every_level=every_level,
    )
    record.finish()
    _check(found, path.name)
    return found


def _check(found: Indicator, name: str) -> None:
    if len(set(found.levels)) != len(found.levels):
        message = "a level stands twice"
        raise TableInvalid(message, where=name, got=", ".join(found.levels))
    recipes = [item.recipe for item in found.every_level]
    for recipe in recipes:
        _check_population(recipe, found.kind, name)
    if list(found.breaks) != sorted(set(found.breaks)) or not found.breaks:
        message = "the class breaks do not ascend"
        raise TableInvalid(message, where=name, got=str(found.breaks))


def _check_population(recipe: Recipe, kind: Kind, name: str) -> None:
    # A rate that its source publishes as a rate stands over that source's own population.
    is_published = recipe.measure.endswith(PUBLISHED_RATE)
    needs = kind is Kind.RATE and not is_published
    if {bool(recipe.denominator_source), bool(recipe.denominator)} != {needs}:
        message = "a rate of counts, and nothing else, stands over a population"
        raise TableInvalid(
            message, where=name, expected="denominator_source and denominator, or neither"
        )
    if (kind is not Kind.RATE and is_published) or (
        recipe.interval is not Interval.NONE and not needs
    ):
        message = "a published rate is no other kind, and has no interval of ours"
        raise TableInvalid(message, where=name, got=f"{kind}, {recipe.measure}")


def _levels(record: Record) -> tuple[Level, ...]:
    own = Level(_geography(record), _recipe(record.table("recipe")), _notes(record))
    return (own, *(_further_level(item, own) for item in record.tables("levels")))


def _further_level(record: Record, own: Level) -> Level:
    # What a value is does not change with the area; where it comes from does.
    recipe = replace(
        own.recipe,
        source=record.text("source"),
        measure=record.text("measure"),
        denominator_source=record.text("denominator_source", ""),
        denominator=record.text("denominator", ""),
    )
    level = Level(_geography(record), recipe, (*own.notes, *_notes(record)))
    record.finish()
    return level


def _geography(record: Record) -> Geography:
    return Geography(record.choice("geography", [*Geography]))


def _recipe(record: Record) -> Recipe:
    names = [item.name.lower() for item in Interval]
    recipe = Recipe(
        source=record.text("source"),
        measure=record.text("measure"),
        denominator_source=record.text("denominator_source", ""),
        denominator=record.text("denominator", ""),
        annualised=record.flag("annualised", default=False),
        window_months=record.whole("window_months", 1),
        interval=Interval[record.choice("interval", names, "none").upper()],
        change_flag=record.text("change_flag", ""),
        is_living=record.flag("is_living", default=False),
        published_window_months=record.whole("published_window_months", 1),
    )
    record.finish()
    return recipe


def _series_break(record: Record, name: str) -> SeriesBreak:
    try:
        period = parse(record.text("period")).text
    except BadRequest as error:
        raise TableInvalid(error.cause, where=name, fix="correct the series break") from error
    found = SeriesBreak(period, record.bilingual("reason"))
    record.finish()
    return found


def _notes(record: Record) -> tuple[Bilingual, ...]:
    items = record.tables("notes")
    notes = tuple(Bilingual(item.text("en"), item.text("es")) for item in items)
    for item in items:
        item.finish()
    return notes
