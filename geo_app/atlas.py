"""The atlas: figures joined to places, once. Every answer of the product comes from here.

Owns which areas and periods belong to a question and what may be compared with what. The numbers
are made in ``observations``, the records are in ``answers``.

Examples
--------
>>> from geo_app import atlas
>>> layer = atlas.load().layer("homicides_inegi_per_100k", "2022")
>>> len(layer.areas), layer.class_counts
(32, (5, 6, 8, 6, 6, 1))
>>> round(layer.areas.loc["06", "value"], 1)
112.7
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from geo_app import (
    advisories,
    cities,
    comparisons,
    layers,
    observations,
    revisions,
    statistics,
)
from geo_app.answers import Change, Finding, Layer, Place, Profile, Value, value_of
from geo_app.errors import BadRequest
from geo_app.indicators import (
    UNITED_STATES,
    Geography,
    Indicator,
    Interval,
    Kind,
    Status,
    catalogue,
    indicator,
    mapped,
)
from geo_app.periods import Cadence, form, parse, parse_date
from geo_app.revisions import Jump
from geo_app.states import NATION_CODE, state

LEVELS = ("nation", "state", "municipality", "city", "us_state", "us_border")
"""Kinds of area that a question may ask for."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """All indicators of the current data folder, as they stand or stood on a day."""

    known_on: str | None = None
    """ISO date: answer with what provably stood on that day. None = with the newest releases."""

    def indicators(self) -> tuple[Indicator, ...]:
        """Return the catalogue in its order."""
        return catalogue()

    def mapped_indicators(self) -> tuple[Indicator, ...]:
        """Return those of the catalogue that can be drawn on Mexico, in its order."""
        return mapped()

    def values(
        self,
        slug: str,
        *,
        level: str | None = None,
        period: str | None = None,
        area: str | None = None,
    ) -> pd.DataFrame:
        """Return the values of an indicator.

        Parameters
        ----------
        slug
            Name of the indicator.
        level
            "nation" or one of the indicator's levels; its own with the nation, where none is given.
            "nation" of an indicator of the United States is the United States ("us_nation").
        period
            One period; the whole series where none is given.
        area
            State code, "00" for the nation; all where none is given. Of cities and
            municipalities: those of that state. In the United States the code of an area of
            ``us_areas``; of a region its own sum.

        Returns
        -------
        pandas.DataFrame
            ``observations.COLUMNS``; index 0, 1, 2…; NaN = no value, ``status`` says why.

        Raises
        ------
        BadRequest
            If the indicator, the level or the period does not exist, or the three have no row
            together.
        """
        kinds = _kinds(indicator(slug), level, area)
        found = indicator(slug).at(None if level == "nation" else level)
        rows = self._rows(found, period)
        rows = rows[rows["area_kind"].isin(kinds)]
        if area is not None:
            rows = rows[_is_in(rows["area_code"], found, area)]
        if rows.empty:
            wanted = " ".join(filter(None, (" or ".join(kinds), area, period)))
            message = f"{slug} has nothing for {wanted}"
            raise BadRequest(message, fix="ask for another level, area or period")
        return rows.reset_index(drop=True)

    def periods(self, slug: str, level: str | None = None) -> tuple[str, ...]:
        """Return the periods of an indicator for a kind of area (its own by default), oldest first.

        A period in which no area has a value stays in the list: it is a gap, not an absence.
        Issues of advice begin with the day before the first one, on which nothing is known.
        """
        found = indicator(slug).at(level)
        rows = observations.observe(slug, self.known_on, level)
        mine = sorted(rows[rows["area_kind"] == found.geography.area_kind]["period"].unique())
        if found.cadence is Cadence.ISSUE:
            mine.insert(0, str(parse(mine[0]).start - timedelta(days=1)))
        return tuple(mine)

    def layer(self, slug: str, period: str, level: str | None = None) -> Layer:
        """Return all areas of an indicator at one period, joined to their shapes.

        Parameters
        ----------
        slug
            Name of the indicator.
        period
            One of ``periods(slug, level)``; for issues of advice any day up to the one on which
            the source was last read.
        level
            Kind of area, one of the indicator's levels; its own where none is given.

        Raises
        ------
        BadRequest
            If the indicator, the period or the level does not exist, or is on no map of Mexico.
        ShapesInvalid
            If the shapes are not right.
        """
        found = indicator(slug).drawn_at(level)
        rows = self._rows(found, period)
        if not (rows["area_kind"] == found.geography.area_kind).any():
            every = self.periods(slug, level)
            message = (
                f"{slug} has {every[0]} to {every[-1]} for each {found.geography}, not {period}"
            )
            raise BadRequest(message)
        return layers.join(found, period, rows)

    def layers(self, slug: str, level: str | None = None) -> tuple[Layer, ...]:
        """Return the layers of all ``periods(slug, level)``, in their order.

        Raises
        ------
        BadRequest
            If the indicator or the level does not exist, or is on no map of Mexico.
        ShapesInvalid
            If the shapes are not right.
        """
        found = indicator(slug).drawn_at(level)
        groups = dict(list(observations.observe(slug, self.known_on, level).groupby("period")))
        return tuple(
            layers.join(found, text, groups[text])
            if text in groups
            else self.layer(slug, text, level)
            for text in self.periods(slug, level)
        )

    def series(self, slug: str, area_code: str, level: str | None = None) -> pd.DataFrame:
        """Return one area through time.

        Parameters
        ----------
        slug
            Name of the indicator.
        area_code
            State code, "00" for the nation, or the code of a city or municipality.
        level
            Kind of area; the indicator's own where none is given.

        Returns
        -------
        pandas.DataFrame
            ``observations.COLUMNS`` indexed by period, oldest first; gaps are rows without value.

        Raises
        ------
        BadRequest
            If the indicator or the level does not exist or has no such area.
        """
        rows = observations.observe(slug, self.known_on, level)
        mine = rows[rows["area_code"] == area_code]
        if mine.empty:
            message = f"{slug} has no area {area_code!r}"
            raise BadRequest(message)
        return mine.set_index("period", drop=False).sort_index()

    def value(self, slug: str, area_code: str, period: str, level: str | None = None) -> Value:
        """Return one number.

        Raises
        ------
        BadRequest
            If the indicator, the level, the area or the period does not exist.
        """
        rows = self._rows(indicator(slug).at(level), period)
        mine = rows[rows["area_code"] == area_code]
        if mine.empty:
            message = f"{slug} has no area {area_code!r} in {period}"
            raise BadRequest(message)
        return value_of(mine.iloc[0])

    def change(
        self, slug: str, area_code: str, first: str, last: str, level: str | None = None
    ) -> Change:
        """Compare two periods of one area, where they may be compared.

        Parameters
        ----------
        slug
            Name of the indicator.
        area_code
            State code or "00", or the code of a municipality.
        first, last
            The earlier and the later period.
        level
            Kind of area; the indicator's own where none is given. A difference stands beside
            those of all areas of that kind: among 2,465 only the largest ones do.

        Returns
        -------
        Change
            With ``refusal`` set where a break, an overlap, a season, a gap or the lack of an
            interval forbids the comparison.

        Raises
        ------
        BadRequest
            If the indicator, the level, the area or a period does not exist, or the order is
            wrong.
        """
        found = indicator(slug).at(level)
        pairs = self._pairs(found, first, last)
        if area_code not in pairs:
            message = f"{slug} has no area {area_code!r}"
            raise BadRequest(message)
        return comparisons.compare(found, area_code, pairs)

    def changes(
        self, slug: str, first: str, last: str, level: str | None = None
    ) -> dict[str, Change]:
        """Compare two periods of every area, as ``change`` does for one.

        Returns
        -------
        dict
            The change of each area by its code, sorted by it; "00" is the nation.

        Raises
        ------
        BadRequest
            If the indicator, the level or a period does not exist, or the order is wrong.
        """
        found = indicator(slug).at(level)
        return comparisons.compare_all(found, self._pairs(found, first, last))

    def ranking(self, slug: str, period: str) -> pd.DataFrame:
        """Return the places that the states may hold, all of them right together (95 %).

        Returns
        -------
        pandas.DataFrame
            Indexed by state code, highest value first: ``value``, ``low``, ``high``,
            ``place_first``, ``place_last`` (1 = highest). States without a value are left out;
            the frame is empty where the indicator has no interval of ours.

        Raises
        ------
        BadRequest
            If the indicator or the period does not exist.
        """
        found = indicator(slug)
        rows = self._rows(found, period)
        known = rows[(rows["area_kind"] == "state") & rows["value"].notna()]
        if found.recipe.interval is not Interval.POISSON:
            known = known.iloc[:0]
        first, last = statistics.rank_intervals(known["numerator"], known["denominator"])
        places = known[["area_code", "value", "low", "high"]].assign(
            place_first=first, place_last=last
        )
        return places.sort_values("value", ascending=False).set_index("area_code")

    def revisions(self, slug: str, level: str | None = None) -> pd.DataFrame:
        """Return by how much the figures of an indicator usually move, and for how long.

        Returns
        -------
        pandas.DataFrame
            See ``revisions.table``; empty where no two releases hold the same figure.

        Raises
        ------
        BadRequest
            If the indicator or the level does not exist.
        """
        return revisions.table(slug, level, self.known_on)

    def jumps(
        self, slug: str, period: str, level: str | None = None, area: str | None = None
    ) -> tuple[Jump, ...]:
        """Return the figures under the values of a period that a release moved as none before.

        Parameters
        ----------
        slug
            Name of the indicator.
        period
            Period of the values.
        level
            Kind of area; the indicator's own where none is given.
        area
            Code of one area; all where none is given.

        Raises
        ------
        BadRequest
            If the indicator or the level does not exist.
        """
        found = indicator(slug).at(level)
        return tuple(
            item
            for item in revisions.jumps(found, self.known_on)
            if revisions.concerned(found, item, area or item.area_code, period)
        )

    def profile(self, state_code: str) -> Profile:
        """Return what is known of one state now, or was known on the day of the atlas.

        Raises
        ------
        UnknownState
            If there is no such state.
        """
        code = state(state_code).state_code
        history = advisories.history()
        day = min(parse_date(self.known_on), history.checked) if self.known_on else history.checked
        advice = next(item for item in history.on(day) if item.state_code == code)
        figures = _one_a_source(self.mapped_indicators())
        return Profile(code, advice, tuple(self.finding(item.slug, code) for item in figures))

    def finding(self, slug: str, state_code: str) -> Finding:
        """Return one indicator for one state: newest value, nation, place and movement.

        Raises
        ------
        BadRequest
            If the indicator does not exist or has no values for states.
        UnknownState
            If there is no such state.
        """
        return self._finding(indicator(slug).at("state"), state(state_code).state_code)

    def newest(self, slug: str, level: str | None = None) -> str:
        """Return the newest period in which any area has a value.

        One that is covered whole goes before one that is covered in part; the last period of the
        indicator is returned where no area has a value at all.
        """
        found = indicator(slug).at(level)
        rows = observations.observe(slug, self.known_on, level)
        known = rows[(rows["area_kind"] == found.geography.area_kind) & rows["value"].notna()]
        whole = known[known["status"] != str(Status.PARTIAL)]
        periods = (whole if len(whole) else known)["period"]
        return str(max(periods)) if len(periods) else self.periods(slug, level)[-1]

    def _finding(self, found: Indicator, code: str) -> Finding:
        period = self.newest(found.slug)
        before = comparisons.period_before(found, period, self.periods(found.slug))
        places = self.ranking(found.slug, period)
        rows = self._rows(found, period)
        # A source of states alone, whose figures cannot be added up, has no nation.
        nation = rows[rows["area_kind"] == "nation"]
        return Finding(
            indicator=found,
            value=self.value(found.slug, code, period),
            nation=value_of(nation.iloc[0]) if len(nation) else None,
            place=_place(places, code),
            change=self.change(found.slug, code, before, period) if before else None,
            is_nation_changed=observations.published_change(found.slug, period, self.known_on),
            unplaced=observations.unplaced(rows),
            jumps=self.jumps(found.slug, period, area=code),
        )

    def _pairs(self, found: Indicator, first: str, last: str) -> dict[str, tuple[Value, Value]]:
        before, after = (self._by_area(found, text) for text in (first, last))
        return {code: (before[code], after[code]) for code in sorted(before) if code in after}

    def _by_area(self, found: Indicator, period: str) -> dict[str, Value]:
        rows = self._rows(found, period)
        return {str(row["area_code"]): value_of(row) for _, row in rows.iterrows()}

    def _rows(self, found: Indicator, period: str | None) -> pd.DataFrame:
        rows = observations.observe(found.slug, self.known_on, str(found.geography))
        if period is None:
            return rows
        if parse(period).cadence is not found.cadence:
            message = f"{period!r} is not a period of {found.slug}"
            raise BadRequest(message, expected=form(found.cadence), got=period)
        mine = rows[rows["period"] == period]
        if mine.empty and found.cadence is Cadence.ISSUE:
            mine = observations.issue_rows(parse_date(period), self.known_on)
        if mine.empty:
            every = sorted(rows["period"].unique())
            message = f"{found.slug} has {every[0]} to {every[-1]}, not {period}"
            raise BadRequest(message)
        return mine


def load(known_on: str | None = None) -> Atlas:
    """Return the atlas of the current data folder.

    Parameters
    ----------
    known_on
        ISO date: answer with what provably stood on that day.

    Raises
    ------
    BadRequest
        If ``known_on`` is not a date.
    """
    return Atlas(parse_date(known_on).isoformat() if known_on else None)


def _kinds(found: Indicator, level: str | None, area: str | None) -> tuple[str, ...]:
    own = found.geography.area_kind
    if level is None:
        return ("nation", own) if area == NATION_CODE else _LISTED.get(own, (own,))
    if level not in LEVELS:
        message = f"no level is called {level!r}"
        raise BadRequest(message, expected=", ".join(LEVELS))
    held = [item.area_kind for item in found.levels if item.area_kind != "nation"]
    if level != "nation" and level not in held:
        kinds = " and ".join(filter(None, (", ".join(held), "nation")))
        message = f"{found.slug} has values for {kinds}, not for {level}"
        raise BadRequest(message)
    if level == "nation" and found.geography in UNITED_STATES:
        return ("us_nation",)
    return _LISTED.get(level, (level,))


_LISTED = {
    "state": ("nation", "state"),
    "us_state": ("us_nation", "us_state"),
    "us_border": ("us_nation", "us_region", "us_border"),
}
"""Kinds of area in a listing of one: parts carry their whole along, to be read against."""


def _is_in(codes: pd.Series[str], found: Indicator, area: str) -> pd.Series[bool]:
    """Say of each code whether it is the area, or lies in it."""
    if found.geography is Geography.CITY and area != NATION_CODE:
        here = {item.city_code for item in cities.all_cities() if area in item.state_codes}
        return codes.isin(here)
    if found.geography is Geography.MUNICIPALITY and area != NATION_CODE:
        return codes.str.startswith(area)
    return codes == area


def _one_a_source(every: tuple[Indicator, ...]) -> list[Indicator]:
    """Return one figure of states a source: the longest window, in which chance weighs least."""
    chosen: dict[str, Indicator] = {}
    for item in every:
        if item.geography is not Geography.STATE or item.kind is Kind.LEVEL:
            continue
        held = chosen.get(item.recipe.source)
        if held is None or item.recipe.window_months > held.recipe.window_months:
            chosen[item.recipe.source] = item
    return list(chosen.values())


def _place(places: pd.DataFrame, code: str) -> Place | None:
    if code not in places.index:
        return None
    first, last = places.loc[[code], ["place_first", "place_last"]].to_numpy()[0]
    return Place(int(first), int(last), len(places))
