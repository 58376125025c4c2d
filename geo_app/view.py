"""What is being looked at: the state of the page, and its link.

Owns the query of the address and the fall-back of a value that is not there any more or never was.
The same link opens the same view in both languages: only ``lang`` differs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from geo_app import analysis
from geo_app.analysis import UNSET, Analysis
from geo_app.errors import AtlasError
from geo_app.periods import Cadence, parse
from geo_app.query import Query
from geo_app.records import LANGUAGES
from geo_app.states import code_of

NATION = ""
"""Selection of no state."""

_RATE = re.compile(r"\d{1,3}\.\d{1,2}")
"""A number of the reader's own: with its point, so that it is no code of a state."""

ANALYSIS = ("compare", "changes", "ranks", "space", "municipalities", "relations", "claims")
"""Pages for who compares regions over time; they stand together behind one name."""

PAGES = ("", "state", "agreement", "route", "alerts", *ANALYSIS, "methods")
"""The map over time, which opens, and the other pages."""

PAGES_OF_TODAY = ("route", "alerts")
"""Pages that tell of a way or of three days of alerts, whatever was known on another day."""

MOST_STOPS = 3
"""Stops of a way that a link may name."""

SHOWS = ("", "two", "difference")
"""One map, the maps of two periods side by side, or one map of their difference."""

LAYOUTS = ("", "tiles", "mercator")
"""The plane of the shapes, an equal square for each state, or Web Mercator over streets."""


class Choices(Protocol):
    """What can be looked at; the atlas answers it."""

    def slugs(self) -> Sequence[str]:
        """Return the indicators, the first one being the default."""

    def levels(self, slug: str) -> Sequence[str]:
        """Return the kinds of area that an indicator has values for, its own first."""

    def periods(self, slug: str, level: str = "") -> Sequence[str]:
        """Return the periods of an indicator at a level, oldest first."""

    def newest(self, slug: str, level: str = "") -> str:
        """Return the period that an indicator opens on."""

    def areas(self, kind: str) -> Collection[str]:
        """Return the codes of all areas of a kind: "state", "city" or "municipality"."""

    def shows(self, slug: str) -> Collection[str]:
        """Return those of ``SHOWS`` that an indicator has."""

    def state_of_place(self, code: str) -> str:
        """Return the state of a place; empty where it lies in none or there is no such place."""

    def has_stop(self, code: str) -> bool:
        """Whether a way may lead over this code: a place or a border crossing."""

    def is_compared(self, code: str) -> bool:
        """Whether this code names an area or a region that can be compared with others."""


@dataclass(frozen=True, slots=True)
class View:
    """What is being looked at."""

    indicator: str
    """Slug of an indicator of the catalogue."""
    period: str
    """One of its periods."""
    state: str = NATION
    """Code of the selected state; empty for none."""
    city: str = ""
    """Code of the selected city; empty for none."""
    lang: str = "en"
    """Language of the page."""
    level: str = ""
    """Kind of area, "municipality"; empty for the indicator's own."""
    municipality: str = ""
    """Code of the selected municipality, in ``state``; empty for none or at another level."""
    others: tuple[str, ...] = ()
    """Codes of further selected areas of the map, in the order in which they were selected."""
    show: str = ""
    """One of ``SHOWS``."""
    against: str = ""
    """The earlier period where two are shown; empty for one map."""
    layout: str = ""
    """One of ``LAYOUTS``."""
    page: str = ""
    """One of ``PAGES``."""
    place: str = ""
    """Code of the place that was looked for, in ``state``; empty for none."""
    day: str = ""
    """ISO date of the pages that show one day; empty for the one that a page opens on."""
    reference: str = ""
    """What a state's rate is read against beside the nation: a state code, or a number of the
    reader's own; empty for the nation alone."""
    stops: tuple[str, ...] = ()
    """Codes of the places and crossings of a way, in the order of travel; empty where a stop is
    not chosen yet."""
    known_on: str = ""
    """ISO date on which all figures are shown as they were known; empty for the newest ones."""
    analysis: Analysis = UNSET
    """What is set on the pages that compare."""

    @classmethod
    def from_query(
        cls, query: Mapping[str, str], choices: Choices, lang: str = "en"
    ) -> tuple[View, tuple[str, ...]]:
        """Read a view from the query of an address; never fails.

        Parameters
        ----------
        query
            Keys and values as they stand in the address; anything may stand there.
        choices
            What can be looked at.
        lang
            Language where the address names none.

        Returns
        -------
        view, ignored
            The view, and the keys whose values were not understood and were replaced.
        """
        reader = _Reader(Query(query), choices)
        view = reader.dates(reader.selection(reader.subject()))
        view = reader.pages(replace(view, lang=reader.query.one_of("lang", LANGUAGES, lang)))
        return reader.analysis(view), tuple(reader.query.ignored)

    def to_query(self) -> dict[str, str]:
        """Return the query of the link to this view; what is not selected is left out."""
        query = {
            "page": self.page,
            "place": self.place,
            "day": self.day,
            "reference": self.reference,
            "stops": ",".join(self.stops),
            "indicator": self.indicator,
            "level": self.level,
            "period": self.period,
            "state": self.state,
            "city": self.city,
            "municipality": self.municipality,
            "others": ",".join(self.others),
            "show": self.show,
            "against": self.against,
            "layout": self.layout,
            **self.analysis.to_query(),
            "known_on": self.known_on,
            "lang": self.lang,
        }
        return {key: value for key, value in query.items() if value}

    def kind(self, choices: Choices) -> str:
        """Return the kind of area on the map: "state", "city" or "municipality"."""
        return self.level or choices.levels(self.indicator)[0]

    def selected(self, kind: str) -> tuple[str, ...]:
        """Return the codes of the selected areas of the map, in the order of their selection."""
        first = {"city": self.city, "municipality": self.municipality}.get(kind, self.state)
        return (first, *self.others) if first else ()

    def with_indicator(self, slug: str, choices: Choices) -> View:
        """Return the view of another indicator, at the same moment where it has one."""
        level = self.level if self.level in choices.levels(slug) else ""
        return self._moved(slug, level, choices)

    def with_level(self, level: str, choices: Choices) -> View:
        """Return the view at another kind of area, one of the indicator's."""
        own = choices.levels(self.indicator)[0]
        return self._moved(self.indicator, "" if level == own else level, choices)

    def at_own_level(self) -> View:
        """Return the view of a page that shows the indicator's own kind of area, whatever was set.

        What was selected of another kind is left.
        """
        return replace(self, level="", municipality="", others=()) if self.level else self

    def with_dates(self, show: str, against: str, layout: str) -> View:
        """Return the view with one map, two, or a difference; the element's words are taken too.

        The second period is the earlier one, as on the map; with itself no period is compared.
        """
        show = "" if show == "one" else show
        layout = "" if layout == "plane" else layout
        if not show or against in ("", self.period):
            return replace(self, show="", against="", layout=layout)
        # Periods of one indicator sort as texts.
        first, last = sorted((against, self.period))
        return replace(self, period=last, show=show, against=first, layout=layout)

    def with_state(self, code: str) -> View:
        """Return the view of another state; what was selected in the former one is left."""
        return replace(self, state=code, place="", city="", municipality="", others=())

    def _moved(self, slug: str, level: str, choices: Choices) -> View:
        periods = choices.periods(slug, level)
        against = _nearest(self.against, periods) if self.against else None
        # A first or base period of another indicator says nothing of this one.
        settings = replace(self.analysis, start="", base="")
        moved = replace(
            self,
            analysis=self.analysis if slug == self.indicator else settings,
            indicator=slug,
            level=level,
            period=_nearest(self.period, periods) or choices.newest(slug, level),
            city=self.city if slug == self.indicator else "",
            municipality=self.municipality if level else "",
        )
        # Where no difference is shown, both dates still are.
        show = self.show if self.show in choices.shows(slug) else "two"
        moved = moved.with_dates(show, against or "", self.layout)
        if moved.kind(choices) == self.kind(choices):
            return moved
        layout = moved.layout if moved.layout in _layouts(moved.kind(choices)) else ""
        return replace(moved, others=(), layout=layout)


@dataclass(slots=True)
class _Reader:
    """Reads a query key by key, and remembers what it did not understand."""

    query: Query
    choices: Choices

    def subject(self) -> View:
        """Read what is mapped: the indicator, its level and the period."""
        slugs = self.choices.slugs()
        slug = self.query.one_of("indicator", slugs, slugs[0])
        own, *further = self.choices.levels(slug)
        level = self.query.one_of("level", ["", own, *further], "")
        view = View(slug, "", level="" if level == own else level)
        period = self.period("period", view)
        return replace(view, period=period or self.choices.newest(slug, view.level))

    def period(self, key: str, view: View) -> str:
        asked = self.query.text(key)
        periods = self.choices.periods(view.indicator, view.level)
        if asked in ("", *periods):
            return asked if asked or key not in self.query.values else self.query.refused(key, "")
        return _issue_in_force(asked, periods) or self.query.refused(key, "")

    def selection(self, view: View) -> View:
        """Read the selected areas."""
        state = self.state()
        city = self.query.one_of("city", ["", *self.choices.areas("city")], "")
        municipality = self.municipality(view.level, state)
        state = state or municipality[:2]
        view = replace(view, state=state, city=city, municipality=municipality)
        return replace(view, others=self.others(view))

    def state(self) -> str:
        asked = self.query.text("state")
        try:
            return code_of(asked) if asked else NATION
        except AtlasError:
            return self.query.refused("state", NATION)

    def municipality(self, level: str, state: str) -> str:
        if not self.query.text("municipality"):
            return ""
        known = self.choices.areas("municipality") if level == "municipality" else ()
        code = self.query.one_of("municipality", known, "")
        if code and not code.startswith(state):
            return self.query.refused("municipality", "")
        return code

    def others(self, view: View) -> tuple[str, ...]:
        text = self.query.text("others")
        if not text:
            return ()
        kind = view.kind(self.choices)
        first, areas = view.selected(kind), self.choices.areas(kind)
        codes = dict.fromkeys(text.split(","))
        known = tuple(code for code in codes if first and code in areas and code not in first)
        if len(known) < len(codes):
            self.query.refused("others", "")
        return known

    def pages(self, view: View) -> View:
        """Read which page is open, and what only the pages beside the map need."""
        place = self.query.text("place")
        home = self.choices.state_of_place(place) if place else ""
        if place and (not home or view.state not in ("", home)):
            place = self.query.refused("place", "")
        return replace(
            view,
            page=self.query.one_of("page", PAGES, ""),
            state=view.state or (home if place else ""),
            place=place,
            day=self.query.day("day"),
            reference=self.reference(),
            stops=self.stops(),
            known_on=self.query.day("known_on"),
        )

    def analysis(self, view: View) -> View:
        """Read what is set on the pages that compare."""
        slugs, periods = self.choices.slugs(), self.choices.periods(view.indicator, view.level)
        found = analysis.read(self.query, slugs, periods, self.choices.is_compared)
        return replace(view, analysis=found)

    def reference(self) -> str:
        """Read a state of any name as its code, or a rate as it was written."""
        asked = self.query.text("reference")
        if not asked or _RATE.fullmatch(asked):
            return asked
        try:
            return code_of(asked)
        except AtlasError:
            return self.query.refused("reference", "")

    def stops(self) -> tuple[str, ...]:
        text = self.query.text("stops")
        asked = text.split(",") if text else []
        known = [code if code and self.choices.has_stop(code) else "" for code in asked]
        if known[:MOST_STOPS] != asked:
            self.query.refused("stops", "")
        return tuple(known[:MOST_STOPS]) if any(known[:MOST_STOPS]) else ()

    def dates(self, view: View) -> View:
        """Read whether one period is shown or two, and how the map is laid."""
        against = self.period("against", view)
        # Who names a second period and nothing else wants to see both.
        shows = self.choices.shows(view.indicator)
        show = self.query.one_of("show", ["one", *shows], "two" if against else "")
        if show in ("two", "difference") and against in ("", view.period):
            show = self.query.refused("show" if "show" in self.query.values else "against", "")
        layouts = _layouts(view.kind(self.choices))
        layout = self.query.one_of("layout", ["plane", *layouts], "")
        return view.with_dates(show, against, layout)


def _layouts(kind: str) -> Sequence[str]:
    """Return how a kind of area can be laid: squares stand for states only."""
    return LAYOUTS if kind == "state" else [name for name in LAYOUTS if name != "tiles"]


def _issue_in_force(asked: str, periods: Sequence[str]) -> str | None:
    """Return the issue that stood on a day: a link may name any day, the map shows issues."""
    try:
        day = parse(asked)
        issues = [parse(text) for text in periods]
    except AtlasError:
        return None
    if any(item.cadence is not Cadence.ISSUE for item in (day, *issues)):
        return None
    # The first step is the time before the first issue.
    return max((item.text for item in issues if item <= day), default=periods[0])


def _nearest(period: str, periods: Sequence[str]) -> str | None:
    """Return the period that holds the end of another one, so that time does not jump."""
    end = parse(period).end
    holding = [text for text in periods if parse(text).start <= end <= parse(text).end]
    if holding:
        return holding[-1]
    if periods and parse(periods[0]).cadence is Cadence.ISSUE:
        return max((text for text in periods if parse(text).start <= end), default=None)
    return None
