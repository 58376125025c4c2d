"""The link of a view: it reads back, and whatever it holds gives a view that exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import atlas, cities, states
from geo_app.indicators import catalogue
from geo_app.view import View

INEGI, MONTHLY = "homicides_inegi_per_100k", "homicide_victims_sesnsp_per_100k"
ENSU, LEVEL = "insecurity_ensu_pct", "advisory_level_us"
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Held:
    """What the shipped atlas lets a reader look at, asked for once."""

    every: dict[str, tuple[str, ...]]
    newest_of: dict[str, str]
    codes: tuple[str, ...]

    def slugs(self) -> Sequence[str]:
        return list(self.every)

    def periods(self, slug: str) -> Sequence[str]:
        return self.every[slug]

    def newest(self, slug: str) -> str:
        return self.newest_of[slug]

    def cities(self) -> Sequence[str]:
        return self.codes


SLUGS = [item.slug for item in catalogue()]
HELD = Held(
    {slug: atlas.load().periods(slug) for slug in SLUGS},
    {slug: atlas.load().newest(slug) for slug in SLUGS},
    tuple(item.city_code for item in cities.all_cities()),
)


@st.composite
def views(draw: st.DrawFn) -> View:
    slug = draw(st.sampled_from(SLUGS))
    return View(
        indicator=slug,
        period=draw(st.sampled_from(HELD.every[slug])),
        state=draw(st.sampled_from(["", *states.state_codes()])),
        city=draw(st.sampled_from(["", *HELD.codes])),
        lang=draw(st.sampled_from(LANGUAGES)),
    )


@given(views())
def test_a_link_opens_the_view_it_was_made_from(view: View) -> None:
    assert View.from_query(view.to_query(), HELD) == (view, ())


@given(views())
def test_the_language_changes_nothing_but_itself(view: View) -> None:
    both = [View.from_query({**view.to_query(), "lang": lang}, HELD)[0] for lang in LANGUAGES]
    assert both[0].to_query() | {"lang": ""} == both[1].to_query() | {"lang": ""}


KEYS = ["indicator", "period", "state", "city", "lang"]
near = st.sampled_from(
    [
        INEGI, LEVEL, "2022", "2022Q9", "2022-02-30", "0000-01-01", "9999-12-31", "0001-01-01",
        "2022-08-17", "٢٠٢٢", "06", "00", "99", "State of Matamoros", "Michoacan", "en", "ES",
        "\x00", "../../etc", "<script>", "\ud800", "None", "",
    ]
)  # fmt: skip
hostile = st.dictionaries(
    st.one_of(st.sampled_from(KEYS), st.text()), st.one_of(near, st.text()), max_size=8
)


@given(hostile, st.sampled_from(LANGUAGES))
def test_any_query_gives_a_view_that_exists(query: dict[str, str], lang: str) -> None:
    view, _ = View.from_query(query, HELD, lang)
    assert view.indicator in SLUGS
    assert view.period in HELD.every[view.indicator]
    assert view.state in {"", *states.state_codes()}
    assert view.city in {"", *HELD.codes}
    assert view.lang in LANGUAGES


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
        ({"indicator": "a", "period": "b", "state": "c", "city": "d", "lang": "e"}, tuple(KEYS)),
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
    assert (found.period in HELD.every[slug], found.state, found.lang) == (
        True,
        view.state,
        view.lang,
    )


def test_a_city_is_left_with_its_indicator() -> None:
    view = View(ENSU, "2024Q1", state="25", city="40")
    assert view.with_indicator(INEGI, HELD).city == ""


def test_a_city_stays_with_its_indicator() -> None:
    view = View(ENSU, "2024Q1", state="25", city="40")
    assert view.with_indicator(ENSU, HELD) == view
