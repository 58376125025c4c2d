"""The link of a view: it reads back, and whatever it holds gives a view that exists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import atlas, cities, comparisons, states
from geo_app.analysis import CHARTS, UNSET, WEIGHTS, Analysis
from geo_app.indicators import indicator, mapped
from geo_app.view import LAYOUTS, MOST_STOPS, PAGES, SHOWS, View

INEGI, MONTHLY = "homicides_inegi_per_100k", "homicide_victims_sesnsp_per_100k"
ENSU, LEVEL = "insecurity_ensu_pct", "advisory_level_us"
LANGUAGES = ("en", "es")


MUNICIPALITIES = ("06002", "06010", "25006", "25011", "25012")
"""Some of the 2,465, so that a link to one is drawn often."""


@dataclass(frozen=True)
class Held:
    """What the shipped atlas lets a reader look at, asked for once."""

    every: dict[str, tuple[str, ...]]
    newest_of: dict[str, str]
    codes: dict[str, tuple[str, ...]]

    def slugs(self) -> Sequence[str]:
        return list(self.every)

    def levels(self, slug: str) -> Sequence[str]:
        own = str(indicator(slug).geography)
        return (own, "municipality") if slug == INEGI else (own,)

    def periods(self, slug: str, level: str = "") -> Sequence[str]:
        return self.every[slug][1:] if level else self.every[slug]

    def newest(self, slug: str, level: str = "") -> str:  # noqa: ARG002 the same at each
        return self.newest_of[slug]

    def areas(self, kind: str) -> Collection[str]:
        return self.codes[kind]

    def shows(self, slug: str) -> Collection[str]:
        return SHOWS if comparisons.has_differences(indicator(slug)) else SHOWS[:2]

    def state_of_place(self, code: str) -> str:
        return PLACES.get(code, "")

    def has_stop(self, code: str) -> bool:
        return code in STOPS

    def is_compared(self, code: str) -> bool:
        return code in self.codes["state"]


PLACES = {"icao:MMPR": "14", "name:punta-mita": "18", "geonames:3996322": "25"}
STOPS = (*PLACES, "nuevo-laredo-laredo")
WAYS = ((), STOPS[:2], (STOPS[3], "", STOPS[0]), ("", "", STOPS[1]), STOPS[:3])
SLUGS = [item.slug for item in mapped()]
CITIES = tuple(item.city_code for item in cities.all_cities())
HELD = Held(
    {slug: atlas.load().periods(slug) for slug in SLUGS},
    {slug: atlas.load().newest(slug) for slug in SLUGS},
    {"state": states.state_codes(), "city": CITIES, "municipality": MUNICIPALITIES},
)


@st.composite
def views(draw: st.DrawFn) -> View:
    """Draw any view that the page can come to."""
    slug = draw(st.sampled_from(SLUGS))
    level = draw(st.sampled_from(["", *HELD.levels(slug)[1:]]))
    periods = HELD.periods(slug, level)
    view = View(
        indicator=slug,
        level=level,
        period=draw(st.sampled_from(periods)),
        state=draw(st.sampled_from(["", *states.state_codes()])),
        city=draw(st.sampled_from(["", *CITIES])),
        lang=draw(st.sampled_from(LANGUAGES)),
    )
    if level and draw(st.booleans()):
        code = draw(st.sampled_from(MUNICIPALITIES))
        view = replace(view, municipality=code, state=code[:2])
    elif draw(st.booleans()):
        place = draw(st.sampled_from(list(PLACES)))
        view = replace(view, place=place, state=PLACES[place])
    return _paged(draw, _seen(draw, _with_others(draw, view)))


def _paged(draw: st.DrawFn, view: View) -> View:
    return replace(
        view,
        page=draw(st.sampled_from(PAGES)),
        day=draw(st.one_of(st.just(""), st.dates().map(str))),
        reference=draw(st.sampled_from(["", "09", "5.2", "120.25"])),
        stops=draw(st.sampled_from(WAYS)),
        known_on=draw(st.one_of(st.just(""), st.dates().map(str))),
        analysis=_analysed(draw, view),
    )


def _analysed(draw: st.DrawFn, view: View) -> Analysis:
    periods = ["", *HELD.periods(view.indicator, view.level)]
    return Analysis(
        areas=tuple(draw(st.lists(st.sampled_from(states.state_codes()), unique=True))),
        start=draw(st.sampled_from(periods)),
        base=draw(st.sampled_from(periods)),
        second=draw(st.sampled_from(["", *SLUGS])),
        chart=draw(st.sampled_from(CHARTS)),
        weights=draw(st.sampled_from(WEIGHTS)),
    )


def _with_others(draw: st.DrawFn, view: View) -> View:
    kind = view.kind(HELD)
    first = view.selected(kind)
    if not first:
        return view
    rest = [code for code in HELD.areas(kind) if code not in first]
    return replace(view, others=tuple(draw(st.lists(st.sampled_from(rest), unique=True))))


def _seen(draw: st.DrawFn, view: View) -> View:
    show = draw(st.sampled_from(list(HELD.shows(view.indicator))))
    earlier = [text for text in HELD.periods(view.indicator, view.level) if text < view.period]
    show = show if earlier else ""
    against = draw(st.sampled_from(earlier)) if show else ""
    layouts = LAYOUTS if view.kind(HELD) == "state" else ("", "mercator")
    return replace(view, show=show, against=against, layout=draw(st.sampled_from(layouts)))


@given(views())
def test_a_link_opens_the_view_it_was_made_from(view: View) -> None:
    assert View.from_query(view.to_query(), HELD) == (view, ())


@given(views())
def test_the_language_changes_nothing_but_itself(view: View) -> None:
    both = [View.from_query({**view.to_query(), "lang": lang}, HELD)[0] for lang in LANGUAGES]
    assert both[0].to_query() | {"lang": ""} == both[1].to_query() | {"lang": ""}


OLD_KEYS = ["indicator", "period", "state", "city", "lang"]
KEYS = [
    *(*OLD_KEYS, "level", "municipality", "others", "show", "against", "layout"),
    *("page", "place", "day", "reference", "stops", "known_on"),
    *("areas", "start", "base", "second", "chart", "weights"),
]
near = st.sampled_from(
    [
        INEGI, LEVEL, "2022", "2022Q9", "2022-02-30", "0000-01-01", "9999-12-31", "0001-01-01",
        "2022-08-17", "٢٠٢٢", "06", "00", "99", "State of Matamoros", "Michoacan", "en", "ES",
        "\x00", "../../etc", "<script>", "\ud800", "None", "",
        "municipality", "state", "25006", "06002,25006", "06,07,,06", ",", "2015", "two", "one",
        "difference", "tiles", "plane", "mercator", "agreement", "icao:MMPR", "5.2", "999.999",
        "icao:MMPR,icao:MMPR,nowhere", "14", "Sinaloa",
    ]
)  # fmt: skip
hostile = st.dictionaries(
    st.one_of(st.sampled_from(KEYS), st.text()), st.one_of(near, st.text()), max_size=8
)


@given(hostile, st.sampled_from(LANGUAGES))
def test_any_query_gives_a_view_that_exists(query: dict[str, str], lang: str) -> None:
    view, _ = View.from_query(query, HELD, lang)
    assert view.indicator in SLUGS
    assert view.level in {"", *HELD.levels(view.indicator)[1:]}
    periods = HELD.periods(view.indicator, view.level)
    assert view.period in periods
    assert view.state in {"", *states.state_codes()}
    assert view.city in {"", *CITIES}
    assert view.lang in LANGUAGES
    assert (view.show, bool(view.against)) in {("", False), ("two", True), ("difference", True)}
    assert view.against in {"", *periods}
    assert view.against < view.period
    assert view.page in PAGES
    assert view.place == "" or PLACES[view.place] == view.state
    assert set(view.stops) <= {"", *STOPS}
    assert len(view.stops) <= MOST_STOPS


@given(hostile)
def test_any_query_selects_areas_that_are_on_the_map_once_each(query: dict[str, str]) -> None:
    view, _ = View.from_query(query, HELD)
    kind = view.kind(HELD)
    selected = view.selected(kind)
    assert set(selected) <= set(HELD.areas(kind))
    assert len(set(selected)) == len(selected)


@given(hostile)
def test_a_municipality_is_selected_with_its_state(query: dict[str, str]) -> None:
    view, _ = View.from_query(query, HELD)
    assert view.municipality[:2] in {"", view.state}


@given(hostile)
def test_what_was_not_understood_is_named_and_nothing_else(query: dict[str, str]) -> None:
    _, ignored = View.from_query(query, HELD)
    assert set(ignored) <= set(query) & set(KEYS)


@given(hostile)
def test_a_view_that_was_mended_needs_no_more_mending(query: dict[str, str]) -> None:
    view, _ = View.from_query(query, HELD)
    assert View.from_query(view.to_query(), HELD) == (view, ())


def test_an_empty_address_opens_the_first_indicator_at_its_newest() -> None:
    view, ignored = View.from_query({}, HELD, "es")
    assert (view, ignored) == (View(INEGI, "2024", lang="es"), ())


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ({"indicator": "murders"}, ("indicator",)),
        ({"period": "1985"}, ("period",)),
        ({"state": "Collima"}, ("state",)),
        ({"city": "X1"}, ("city",)),
        ({"lang": "fr"}, ("lang",)),
        ({"utm_source": "mail"}, ()),
        (
            {"indicator": "a", "period": "b", "state": "c", "city": "d", "lang": "e"},
            tuple(OLD_KEYS),
        ),
        ({"level": "city"}, ("level",)),
        ({"municipality": "25006"}, ("municipality",)),
        ({"others": "06"}, ("others",)),
        ({"show": "two"}, ("show",)),
        ({"show": "two", "against": "2024"}, ("show",)),
        ({"against": "2024"}, ("against",)),
        ({"show": "three", "against": "2025"}, ("against", "show")),
        ({"layout": "globe"}, ("layout",)),
    ],
)
def test_a_value_that_is_not_there_is_replaced_and_named(
    query: dict[str, str], ignored: tuple[str, ...]
) -> None:
    assert View.from_query(query, HELD) == (View(INEGI, "2024"), ignored)


@pytest.mark.parametrize("name", ["06", "Colima", "MX-COL", "colima "])
def test_a_link_may_name_a_state_in_any_way(name: str) -> None:
    assert View.from_query({"state": name}, HELD)[0].state == "06"


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2022-08-17", "2022-08-17"),
        ("2022-09-01", "2022-08-17"),
        ("2026-12-31", "2026-05-29"),
        ("2018-01-09", "2018-01-09"),
        ("2017-06-01", "2018-01-09"),
    ],
)
def test_a_link_may_name_any_day_and_shows_the_issue_in_force(day: str, period: str) -> None:
    view, ignored = View.from_query({"indicator": LEVEL, "period": day}, HELD)
    assert (view.period, ignored) == (period, ())


def test_a_day_is_no_period_of_a_yearly_indicator() -> None:
    view, ignored = View.from_query({"indicator": INEGI, "period": "2022-08-17"}, HELD)
    assert (view.period, ignored) == ("2024", ("period",))


def test_what_is_not_selected_is_not_in_the_link() -> None:
    query = View(INEGI, "2022").to_query()
    assert query == {"indicator": INEGI, "period": "2022", "lang": "en"}


@pytest.mark.parametrize(
    ("period", "slug", "expected"),
    [
        ("2022", ENSU, "2022Q4"),
        ("2022", MONTHLY, "2022-12"),
        ("2022", LEVEL, "2022-08-17"),
        ("1995", ENSU, "2025Q4"),
        ("2010", LEVEL, "2026-05-29"),
    ],
)
def test_another_indicator_opens_at_the_same_moment_where_it_can(
    period: str, slug: str, expected: str
) -> None:
    assert View(INEGI, period).with_indicator(slug, HELD).period == expected


def test_a_month_opens_its_year() -> None:
    assert View(MONTHLY, "2022-03").with_indicator(INEGI, HELD).period == "2022"


@given(views(), st.sampled_from(SLUGS))
def test_every_switch_leads_to_a_view_that_exists(view: View, slug: str) -> None:
    found = view.with_indicator(slug, HELD)
    assert (found.period in HELD.periods(slug, found.level), found.state, found.lang) == (
        True,
        view.state,
        view.lang,
    )
    assert View.from_query(found.to_query(), HELD) == (found, ())


def test_a_city_is_left_with_its_indicator() -> None:
    view = View(ENSU, "2024Q1", state="25", city="40")
    assert view.with_indicator(INEGI, HELD).city == ""


def test_a_city_stays_with_its_indicator() -> None:
    view = View(ENSU, "2024Q1", state="25", city="40")
    assert view.with_indicator(ENSU, HELD) == view


@given(views(), st.sampled_from(["state", "municipality"]))
def test_every_level_leads_to_a_view_that_exists(view: View, level: str) -> None:
    view = replace(view, indicator=INEGI, level="", period="2000", municipality="", others=())
    # Its first and base period may be those of the indicator that was drawn.
    view = replace(view, analysis=UNSET)
    found = replace(view, show="", against="", layout="").with_level(level, HELD)
    assert View.from_query(found.to_query(), HELD) == (found, ())


def test_a_link_may_name_the_level_of_the_indicator_itself() -> None:
    assert View.from_query({"level": "state"}, HELD) == (View(INEGI, "2024"), ())


def test_a_link_to_a_municipality_selects_its_state() -> None:
    view, _ = View.from_query({"level": "municipality", "municipality": "25006"}, HELD)
    assert (view.state, view.selected("municipality")) == ("25", ("25006",))


def test_a_municipality_of_another_state_is_not_selected() -> None:
    query = {"level": "municipality", "municipality": "25006", "state": "06"}
    view, ignored = View.from_query(query, HELD)
    assert (view.state, view.municipality, ignored) == ("06", "", ("municipality",))


def test_a_link_to_two_periods_shows_both() -> None:
    view, ignored = View.from_query({"against": "2015"}, HELD)
    assert (view.show, view.against, ignored) == ("two", "2015", ())


def test_of_two_periods_the_earlier_one_is_the_second() -> None:
    view, ignored = View.from_query({"period": "1995", "against": "2015"}, HELD)
    assert (view.period, view.against, ignored) == ("2015", "1995", ())


def test_a_second_period_for_one_map_is_left_out() -> None:
    view, ignored = View.from_query({"against": "2015", "show": "one"}, HELD)
    assert (view.show, view.against, ignored) == ("", "", ())


def test_squares_of_states_are_no_layout_of_cities() -> None:
    view, ignored = View.from_query({"indicator": ENSU, "layout": "tiles"}, HELD)
    assert (view.layout, ignored) == ("", ("layout",))


def test_a_second_period_follows_to_another_indicator() -> None:
    view = View(INEGI, "2022", show="two", against="2019").with_indicator(MONTHLY, HELD)
    assert (view.period, view.show, view.against) == ("2022-12", "two", "2019-12")


def test_a_link_to_a_difference_that_is_not_shown_opens_both_dates_and_says_so() -> None:
    link = {"indicator": ENSU, "period": "2024Q1", "against": "2023Q1", "show": "difference"}
    view, ignored = View.from_query(link, HELD)
    assert (view.show, ignored) == ("two", ("show",))


def test_an_indicator_without_a_difference_shows_both_dates() -> None:
    view = View(INEGI, "2022", show="difference", against="2019")
    moved = view.with_indicator("insecurity_envipe_pct", HELD)
    assert (moved.show, moved.against, moved.period) == ("two", "2019", "2022")


def test_a_second_period_that_another_indicator_has_not_is_left() -> None:
    view = View(INEGI, "2022", show="difference", against="1995").with_indicator(MONTHLY, HELD)
    assert (view.show, view.against) == ("", "")


def test_other_kinds_of_area_leave_the_further_selected_ones_and_the_squares() -> None:
    view = View(INEGI, "2022", state="06", others=("25",), layout="tiles")
    found = view.with_level("municipality", HELD)
    assert (found.state, found.others, found.layout) == ("06", (), "")


def test_another_indicator_of_states_keeps_the_further_selected_ones_and_the_squares() -> None:
    view = View(INEGI, "2022", state="06", others=("25",), layout="tiles")
    found = view.with_indicator(MONTHLY, HELD)
    assert (found.others, found.layout) == (("25",), "tiles")


def test_a_link_to_a_place_opens_its_state() -> None:
    view, ignored = View.from_query({"page": "state", "place": "icao:MMPR"}, HELD)
    assert (view.state, view.place, ignored) == ("14", "icao:MMPR", ())


def test_a_place_of_another_state_is_left_out_and_named() -> None:
    view, ignored = View.from_query({"state": "25", "place": "icao:MMPR"}, HELD)
    assert (view.state, view.place, ignored) == ("25", "", ("place",))


def test_a_reference_may_name_a_state_in_any_way_or_be_a_rate_with_its_point() -> None:
    asked = ("Yucatan", "5.2", "5", "-3.0", "1e9")
    views = [View.from_query({"reference": text}, HELD) for text in asked]
    assert [(view.reference, ignored) for view, ignored in views] == [
        ("31", ()),
        ("5.2", ()),
        ("", ("reference",)),
        ("", ("reference",)),
        ("", ("reference",)),
    ]


def test_stops_that_do_not_exist_are_empty_and_named() -> None:
    view, ignored = View.from_query({"stops": f"{STOPS[0]},nowhere,{STOPS[1]}"}, HELD)
    assert (view.stops, ignored) == ((STOPS[0], "", STOPS[1]), ("stops",))


def test_more_stops_than_a_way_has_are_left_out_and_named() -> None:
    view, ignored = View.from_query({"stops": ",".join(STOPS)}, HELD)
    assert (view.stops, ignored) == (STOPS[:3], ("stops",))


def test_stops_of_which_none_exists_are_no_way() -> None:
    view, ignored = View.from_query({"stops": "nowhere,,"}, HELD)
    assert (view.stops, ignored) == ((), ("stops",))


def test_another_state_leaves_what_was_selected_in_the_former_one() -> None:
    view, _ = View.from_query({"place": "icao:MMPR", "page": "state"}, HELD)
    moved = view.with_state("25")
    assert (moved.state, moved.place, moved.page) == ("25", "", "state")


def test_a_page_of_states_leaves_the_municipalities_of_a_link() -> None:
    towns = View(
        INEGI, "2022", state="06", level="municipality", municipality="06002", others=("06010",)
    )
    assert towns.at_own_level() == View(INEGI, "2022", state="06")
    states_chosen = View(INEGI, "2022", state="06", others=("02",))
    assert states_chosen.at_own_level() == states_chosen
