"""Two dates of all areas: golden counts, the pair that is offered, groups, words and drawings."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from geo_app import atlas, comparisons, indicators, periods, statistics
from geo_app.answers import Refusal, Value
from geo_app.atlas import Atlas
from geo_app.changes import compared, drawing, listing, offers, small_maps, words
from geo_app.changes.compared import AreaChange, Compared, Verdict
from geo_app.charts import whiskers
from geo_app.errors import BadRequest
from geo_app.indicators import Indicator, Interval, SeriesBreak, Status, indicator
from geo_app.records import LANGUAGES, Bilingual
from geo_app.text import words as language
from tests.examples import examples

HOMICIDES = "homicides_inegi_per_100k"
MONTHLY = "homicide_victims_sesnsp_per_100k"
ROLLING = "homicide_victims_sesnsp_12m_per_100k"
VICTIMS = "crime_prevalence_envipe_per_100k"
CASES = "homicide_cases_sesnsp_per_100k"
ENSU = "insecurity_ensu_pct"
ENVIPE = "insecurity_envipe_pct"

ROSE = {"06", "13", "19", "21"}
"""Colima, Hidalgo, Nuevo León, Puebla."""
FELL = {"02", "08", "09", "14", "16", "26", "27", "28", "30", "32"}


@pytest.fixture(scope="module")
def known() -> Atlas:
    return atlas.load()


@pytest.fixture(scope="module")
def newest(known: Atlas) -> Compared:
    return compared.compare(known, HOMICIDES, ("2021", "2022"))


def codes(areas: tuple[AreaChange, ...]) -> set[str]:
    return {item.area_code for item in areas}


def independent(known: Atlas, first: str, last: str) -> dict[str, float]:
    """Return the p-value of each state by SciPy alone: counts and people of the tables."""
    rows = [known.values(HOMICIDES, period=text).set_index("area_code") for text in (first, last)]
    found = {}
    for code in rows[0].index.drop("00"):
        (before, people), (after, others) = (
            table.loc[code, ["numerator", "denominator"]].astype(float) for table in rows
        )
        share = others / (people + others)
        law = stats.binom(before + after, share)
        found[code] = min(1.0, 2 * min(law.cdf(after), law.sf(after - 1)))
    return found


def test_the_states_that_rose_and_fell_from_2021_to_2022(known: Atlas, newest: Compared) -> None:
    tested = independent(known, "2021", "2022")
    stands = multipletests(list(tested.values()), method="holm")[0]
    assert set(np.array(list(tested))[stands]) == ROSE | FELL
    assert (codes(newest.of(Verdict.ROSE)), codes(newest.of(Verdict.FELL))) == (ROSE, FELL)
    assert len(newest.of(Verdict.UNTOLD)) == 18
    assert newest.of(Verdict.REFUSED) == ()


# Of 32 states. The second pair is 15 by the exact test; a normal approximation gives 14 too.
@pytest.mark.parametrize(
    ("first", "last", "count"), [("2018", "2019", 13), ("2020", "2021", 15), ("2021", "2022", 14)]
)
def test_as_many_yearly_changes_stand_as_an_independent_test_says(
    known: Atlas, first: str, last: str, count: int
) -> None:
    found = compared.compare(known, HOMICIDES, (first, last))
    tested = independent(known, first, last)
    stands = multipletests(list(tested.values()), method="holm")[0]
    assert len(found.of(Verdict.ROSE)) + len(found.of(Verdict.FELL)) == stands.sum() == count
    mine = {item.area_code: item.change.p_value for item in found.areas}
    assert mine == pytest.approx(tested, rel=1e-6, abs=1e-300)


@examples(30)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_holm_is_that_of_statsmodels(p_values: list[float]) -> None:
    mine = statistics.holm(p_values)
    # A p-value on the very edge may fall to either side by the last digit of a division.
    edges = 0.05 / np.arange(len(p_values), 0, -1)
    if np.abs(np.subtract.outer(np.array(p_values), edges)).min() > 1e-12:
        assert mine.tolist() == multipletests(p_values, method="holm")[0].tolist()


def test_the_exact_interval_of_a_ratio_is_that_of_scipy(newest: Compared) -> None:
    for item in newest.areas:
        before, after = item.change.before, item.change.after
        total, later = int(before.numerator + after.numerator), int(after.numerator)
        ends = stats.binomtest(later, total).proportion_ci(0.95, method="exact")
        scale = before.denominator / after.denominator
        expected = [end / (1 - end) * scale for end in (ends.low, ends.high)]
        assert [item.change.ratio_low, item.change.ratio_high] == pytest.approx(expected)


def test_the_difference_is_that_of_the_two_rates_and_lies_in_its_interval(newest: Compared) -> None:
    for item in newest.areas:
        found = item.change
        assert found.difference == pytest.approx(found.after.value - found.before.value)
        assert found.difference_low < found.difference < found.difference_high


def test_test_and_interval_agree_for_2022_and_a_disagreement_is_seen(newest: Compared) -> None:
    assert [item.area_code for item in newest.areas if item.is_torn] == []
    change = replace(newest.areas[0].change, p_value=0.2)
    assert AreaChange("state", "06", change).is_torn


def test_who_rose_for_sure_comes_first(newest: Compared) -> None:
    for verdict in (Verdict.ROSE, Verdict.UNTOLD):
        lows = [compared.ends(item.change)[0] for item in newest.of(verdict)]
        assert lows == sorted(lows, reverse=True)
    highs = [compared.ends(item.change)[1] for item in newest.of(Verdict.FELL)]
    assert highs == sorted(highs)
    order = [compared.ORDER.index(item.verdict) for item in newest.areas]
    assert order == sorted(order)


def test_one_area_is_compared_as_all_are(known: Atlas, newest: Compared) -> None:
    alone = known.change(HOMICIDES, "06", "2021", "2022")
    assert alone == next(item.change for item in newest.areas if item.area_code == "06")
    assert newest.nation is not None
    assert newest.nation.change == known.change(HOMICIDES, "00", "2021", "2022")


def test_an_area_that_does_not_exist_has_no_change(known: Atlas) -> None:
    with pytest.raises(BadRequest, match="has no area '99'"):
        known.change(HOMICIDES, "99", "2021", "2022")


def test_changes_in_the_wrong_order_are_refused(known: Atlas) -> None:
    with pytest.raises(BadRequest, match="from an earlier to a later period"):
        known.changes(HOMICIDES, "2022", "2021")


def test_municipalities_of_a_state_are_tested_beside_all(known: Atlas) -> None:
    found = compared.compare(known, HOMICIDES, ("2021", "2022"), "municipality", "11")
    assert (len(found.areas), found.among, found.nation) == (46, 2465, None)
    assert {item.area_code[:2] for item in found.areas} == {"11"}
    item = found.areas[0]
    assert item.change == known.change(HOMICIDES, item.area_code, "2021", "2022", "municipality")


# ------------------------------------------------------------------- surveys with standard errors


def test_victims_of_crime_are_tested_where_both_years_have_errors(known: Atlas) -> None:
    found = compared.compare(known, VICTIMS, ("2020", "2024"))
    p_values = {}
    for item in found.areas:
        pair = (item.change.before, item.change.after)
        errors = [(value.high - value.low) / 2 / stats.norm.ppf(0.975) for value in pair]
        z = (pair[1].value - pair[0].value) / math.hypot(*errors)
        p_values[item.area_code] = 2 * stats.norm.sf(abs(z))
    stands = multipletests(list(p_values.values()), method="holm")[0]
    expected = set(np.array(list(p_values))[stands])
    assert codes(found.of(Verdict.ROSE)) == {"20", "29", "31"}
    assert codes(found.of(Verdict.FELL)) == {"02", "06"}
    assert expected == {"20", "29", "31", "02", "06"}
    assert {item.change.ratio for item in found.areas} == {None}


@pytest.mark.parametrize(
    ("slug", "pair"),
    [(VICTIMS, ("2012", "2013")), (ENVIPE, ("2023", "2024")), (ENSU, ("2025Q3", "2025Q4"))],
)
def test_shares_without_independent_errors_are_not_tested(
    known: Atlas, slug: str, pair: tuple[str, str]
) -> None:
    found = compared.compare(known, slug, pair)
    assert found.refusal is Refusal.NO_INTERVAL
    assert {item.change.p_value for item in found.areas} == {None}


def test_of_the_urban_survey_it_is_said_that_its_quarters_hang_together(known: Atlas) -> None:
    say = language("en")
    found = compared.compare(known, ENSU, ("2025Q3", "2025Q4"))
    assert "asks a part of the same homes again" in words.refusal_text(found, say)
    other = compared.compare(known, ENVIPE, ("2023", "2024"))
    assert "publishes no interval" in words.refusal_text(other, say)


def test_the_source_own_flag_of_the_nation_is_quoted_for_neighbours_only(known: Atlas) -> None:
    say = language("en")
    near = compared.compare(known, ENVIPE, ("2023", "2024"))
    far = compared.compare(known, ENVIPE, ("2019", "2024"))
    assert (near.is_nation_changed, far.is_nation_changed) == (True, None)
    assert "itself marks the change of Mexico" in words.nation_lines(near, say)[-1]
    assert "from one edition to the next only" in words.nation_lines(far, say)[-1]


# ------------------------------------------------------------------------ nearest honest comparison


def value(period: str, **changes: object) -> Value:
    counted = ("exact Poisson 95 %", 5.0, 100_000.0, Status.FINAL)
    found = Value("state", "06", period, 5.0, 1.0, 9.0, *counted, "", "", "", "")
    return replace(found, **changes)


def held(*texts: str) -> dict[str, Value]:
    return {text: value(text) for text in texts}


def broken(slug: str, period: str) -> Indicator:
    item = SeriesBreak(period, Bilingual("new method", "otro método"))
    return replace(indicator(slug), series_breaks=(item,))


YEARS = [str(year) for year in range(2010, 2025)]
MONTHS = periods.span(periods.Cadence.MONTH, "2019-01", "2023-12")


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        (("2015", "2021"), ("2015", "2019")),
        (("2019", "2020"), ("2018", "2019")),
        (("2019", "2024"), ("2020", "2024")),
    ],
)
def test_across_a_break_the_nearest_pair_on_one_side_is_offered(
    asked: tuple[str, str], offered: tuple[str, str]
) -> None:
    found = broken(HOMICIDES, "2020")
    before, after = (value(text) for text in asked)
    assert comparisons.refuse(found, before, after)[0] is Refusal.BREAK
    nearest = offers.nearest(found, asked, held(*YEARS))
    distance = sum(abs(int(one) - int(other)) for one, other in zip(asked, offered, strict=True))
    assert nearest is not None
    assert comparisons.refuse(found, value(nearest[0]), value(nearest[1]))[0] is None
    assert distance == sum(
        abs(int(one) - int(other)) for one, other in zip(asked, nearest, strict=True)
    )


@pytest.mark.parametrize(
    ("slug", "asked", "offered"),
    [
        # Another season: the same month a year before.
        (MONTHLY, ("2022-02", "2022-03"), ("2021-03", "2022-03")),
        (MONTHLY, ("2021-12", "2022-03"), ("2021-03", "2022-03")),
        (MONTHLY, ("2020-05", "2022-03"), ("2020-03", "2022-03")),
        # Windows that overlap: two that are twelve months apart.
        (ROLLING, ("2022-02", "2022-03"), ("2021-03", "2022-03")),
        (ROLLING, ("2021-05", "2022-03"), ("2021-03", "2022-03")),
        # What may be compared is offered as it is.
        (MONTHLY, ("2021-03", "2022-03"), ("2021-03", "2022-03")),
    ],
)
def test_months_are_offered_with_their_like(
    slug: str, asked: tuple[str, str], offered: tuple[str, str]
) -> None:
    assert offers.nearest(indicator(slug), asked, held(*MONTHS)) == offered


def test_a_period_that_is_missing_gives_way_to_the_nearest_whole_one() -> None:
    whole = held(*(year for year in YEARS if year not in ("2016", "2024")))
    assert offers.nearest(indicator(HOMICIDES), ("2017", "2024"), whole) == ("2017", "2023")


@pytest.mark.parametrize("slug", ["disappeared_per_100k", ENVIPE])
def test_of_a_register_that_changes_and_of_shares_without_errors_nothing_is_offered(
    known: Atlas, slug: str
) -> None:
    every = known.periods(slug)
    assert offers.offer(known, slug, (every[0], every[-1])) is None


def test_of_a_survey_the_years_with_errors_are_offered(known: Atlas) -> None:
    assert offers.offer(known, VICTIMS, ("2012", "2013")) == ("2020", "2024")


def test_a_year_that_is_not_over_gives_way_to_two_that_are(known: Atlas) -> None:
    assert offers.offer(known, CASES, ("2025", "2026")) == ("2024", "2025")


@examples(40)
@given(st.sampled_from(MONTHS), st.sampled_from(MONTHS), st.sampled_from(MONTHS[12:]))
def test_what_is_offered_is_never_refused_itself(one: str, other: str, turn: str) -> None:
    if one == other:
        return
    asked = (min(one, other), max(one, other))
    for slug in (MONTHLY, ROLLING):
        found = broken(slug, turn)
        offered = offers.nearest(found, asked, held(*MONTHS))
        if offered is not None:
            before, after = (value(text) for text in offered)
            assert offered[0] < offered[1]
            assert comparisons.refuse(found, before, after)[0] is None


TESTED = [item.slug for item in indicators.mapped() if item.kind is not indicators.Kind.LEVEL]


@pytest.mark.parametrize("slug", TESTED)
@examples(5)
@given(data=st.data())
def test_what_is_offered_of_the_real_tables_can_be_compared(slug: str, data: st.DataObject) -> None:
    known = atlas.load()
    every = known.periods(slug)
    first, last = sorted(
        data.draw(st.lists(st.sampled_from(every), min_size=2, max_size=2, unique=True))
    )
    found = indicator(slug)
    offered = offers.nearest(found, (first, last), REPRESENTATIVES(slug))
    if offered is not None:
        assert compared.compare(known, slug, offered).refusal is None


def _representatives() -> Callable[[str], dict[str, Value]]:
    made: dict[str, dict[str, Value]] = {}

    def of(slug: str) -> dict[str, Value]:
        if slug not in made:
            made[slug] = offers.whole_values(atlas.load(), slug)
        return made[slug]

    return of


REPRESENTATIVES = _representatives()


@pytest.mark.parametrize(
    ("slug", "last", "pair"),
    [
        (HOMICIDES, "2022", ("2021", "2022")),
        (MONTHLY, "2022-03", ("2021-03", "2022-03")),
        (VICTIMS, "2024", ("2020", "2024")),
        (CASES, "2026", ("2024", "2025")),
        (HOMICIDES, "1990", ("1990", "1991")),
        (ENVIPE, "2025", ("2024", "2025")),
    ],
)
def test_a_page_opens_on_two_dates_that_can_be_compared_where_there_are_any(
    known: Atlas, slug: str, last: str, pair: tuple[str, str]
) -> None:
    assert compared.opening(known, slug, last) == pair


# -------------------------------------------------------------------------- words, table, drawings


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_summary_counts_and_names(newest: Compared, lang: str) -> None:
    lines = words.summary(newest, language(lang))
    assert (
        lines[0]
        == {
            "en": "From 2021 to 2022: 4 of 32 rose; 10 fell; 18 cannot be told from chance.",
            "es": "De 2021 a 2022: de 32, 4 subieron; 10 bajaron; en 18 el cambio no se distingue "
            "del azar.",
        }[lang]
    )
    assert "Colima, Nuevo León, Puebla" in lines[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("slug", "pair", "refusal"),
    [
        (CASES, ("2025", "2026"), Refusal.BREAK),
        (MONTHLY, ("2022-02", "2022-03"), Refusal.SEASON),
        (ROLLING, ("2022-02", "2022-03"), Refusal.OVERLAP),
        ("disappeared_per_100k", ("2022-03", "2023-03"), Refusal.LIVING),
        (VICTIMS, ("2014", "2015"), Refusal.MISSING),
        (ENVIPE, ("2023", "2024"), Refusal.NO_INTERVAL),
        ("us_citizen_homicides_count", ("2020", "2021"), Refusal.PARTIAL),
    ],
)
def test_every_refusal_is_said_with_its_reason_and_shows_no_difference(
    known: Atlas, slug: str, pair: tuple[str, str], refusal: Refusal, lang: str
) -> None:
    say = language(lang)
    found = compared.compare(known, slug, pair)
    assert found.refusal is refusal
    assert len(words.refusal_text(found, say)) > 60
    assert words.summary(found, say) == ()
    assert (drawing.figure(found, say), small_maps.figure(found, say)) == (None, None)
    assert len(listing.heads(found, say)) == 3
    assert listing.as_frame(found, say)["difference"].isna().all()


def test_the_reason_of_a_break_is_told(known: Atlas) -> None:
    found = compared.compare(known, CASES, ("2025", "2026"))
    reason = indicator(CASES).series_breaks[0].reason.en.rstrip(".")
    assert reason in words.refusal_text(found, language("en"))


def test_a_partial_year_is_told_as_one() -> None:
    pair = (value("2021"), value("2022", status=Status.PARTIAL, value=None))
    change = comparisons.compare_all(indicator(HOMICIDES), {"06": pair})["06"]
    assert change.refusal is Refusal.MISSING
    whole = (value("2021"), value("2022", status=Status.PARTIAL))
    assert (
        comparisons.compare_all(indicator(HOMICIDES), {"06": whole})["06"].refusal
        is Refusal.PARTIAL
    )


def test_levels_are_not_tested(known: Atlas) -> None:
    every = known.periods("advisory_level_us")
    found = compared.compare(known, "advisory_level_us", (every[-2], every[-1]))
    assert "nothing to test" in words.refusal_text(found, language("en"))
    assert words.nation_lines(found, language("en")) == ()
    assert listing.caption(found, language("en")) == ""
    rows = listing.groups(found, language("en"))[-1].rows
    assert {row[1].split()[0] for row in rows} <= {"1", "2", "3", "4", "—"}


def test_the_table_has_the_nation_apart_and_all_32(newest: Compared) -> None:
    say = language("en")
    found = listing.groups(newest, say)
    assert [len(group.rows) for group in found] == [1, 4, 10, 18]
    assert [group.is_grey for group in found] == [False, False, False, True]
    assert found[1].rows[0][0] == "Colima"
    assert found[1].rows[0][3].startswith("+39.1 (+29.3")
    assert found[1].rows[0][4].startswith("+53 % (+37 %")
    widths = {len(row) for group in found for row in group.rows}
    assert widths == {len(listing.heads(newest, say))}


def test_a_state_that_stands_alone_only_is_told_so(newest: Compared) -> None:
    said = {row[0]: row[-1] for row in listing.groups(newest, language("en"))[3].rows}
    alone = {
        words.name(item, language("en"))
        for item in newest.of(Verdict.UNTOLD)
        if item.change.p_value <= 0.05
    }
    assert alone
    assert {name for name, text in said.items() if text == "only if looked at alone"} == alone


def test_a_name_is_escaped_in_the_table(newest: Compared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "area_name", lambda *_: "<script>")
    page = listing.as_html(newest, language("en"))
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 33


def test_the_file_has_every_number_with_its_source(newest: Compared) -> None:
    frame = listing.as_frame(newest, language("en"))
    assert len(frame) == 33
    assert frame["area_code"].tolist()[0] == "00"
    assert set(frame["verdict"]) == {"rose", "fell", "untold"}
    assert (frame["earlier_source"] == "inegi-homicides").all()
    assert frame["later_release"].str.len().min() > 0
    colima = frame[frame["area_code"] == "06"].iloc[0]
    assert round(colima["later_value"], 1) == 112.7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_method_is_told_for_counts_and_for_estimates(
    known: Atlas, newest: Compared, lang: str
) -> None:
    say = language(lang)
    counts, estimates = (
        words.method_lines(found, say)
        for found in (newest, compared.compare(known, VICTIMS, ("2020", "2024")))
    )
    assert "Poisson" in counts[0]
    assert "z" in estimates[0]
    assert counts[1] == estimates[1]
    assert counts[2].endswith(say("changes_method_agree"))


def test_areas_whose_interval_disagrees_with_the_test_are_named(newest: Compared) -> None:
    first = newest.areas[0]
    torn = replace(first, change=replace(first.change, p_value=0.2))
    found = replace(newest, areas=(torn, *newest.areas[1:]))
    assert words.method_lines(found, language("en"))[2].endswith("They disagree for: Colima.")


def test_a_rise_from_zero_has_an_open_end_and_no_percent() -> None:
    zero = value("2021", value=0.0, numerator=0.0, low=0.0, high=3.7)
    many = value("2022", value=40.0, numerator=40.0, low=28.0, high=54.0)
    pairs = {"06": (zero, many), "07": (value("2021"), value("2022"))}
    changes = comparisons.compare_all(indicator(HOMICIDES), pairs)
    areas = [AreaChange("state", code, item) for code, item in changes.items()]
    found = Compared(
        indicator(HOMICIDES), "2021", "2022", compared.in_order(areas), None, None, None, 2
    )
    row = listing.groups(found, language("en"))[0].rows[0]
    assert found.areas[0].verdict is Verdict.ROSE
    assert row[4].startswith("— (+")
    assert row[4].endswith("no upper end)")
    assert f'd="M{whiskers.RIGHT}' in drawing.figure(found, language("en")).drawing


def test_the_chart_has_a_row_an_area_in_the_order_of_the_table(newest: Compared) -> None:
    found = drawing.figure(newest, language("en"))
    assert found is not None
    names = re.findall(
        r'<text fill="currentColor" x="2"[^>]*font-size="13">([^<]+)<', found.drawing
    )
    table = [row[0] for group in listing.groups(newest, language("en")) for row in group.rows]
    assert names == table
    assert len(found.legend) == 3


def test_the_axis_of_ratios_holds_half_as_far_as_double(newest: Compared) -> None:
    axis = drawing.ratio_axis(list(newest.areas), language("en"))
    at = {text: position for position, text in axis.ticks}
    assert at["+100 %"] == pytest.approx(-at["\N{MINUS SIGN}50 %"])
    assert at["0 %"] == axis.middle == 0


def test_an_axis_always_holds_all_ends_or_is_the_widest(known: Atlas) -> None:
    for slug, pair in ((HOMICIDES, ("2023", "2024")), (MONTHLY, ("2021-03", "2022-03"))):
        areas = list(compared.compare(known, slug, pair).areas)
        axis = drawing.ratio_axis(areas, language("en"))
        every = [end for item in areas for end in compared.ends(item.change)]
        held = [math.exp(axis.low) <= end <= math.exp(axis.high) for end in every]
        assert all(held) or len(axis.ticks) == len(drawing.FAR)


def test_the_axis_of_differences_has_zero_in_the_middle(known: Atlas) -> None:
    found = compared.compare(known, VICTIMS, ("2020", "2024"))
    axis = drawing.difference_axis(list(found.areas), language("en"))
    assert (axis.low, axis.middle) == (-axis.high, 0)
    every = [abs(end) for item in found.areas for end in compared.ends(item.change)]
    assert max(every) <= axis.high


def test_too_many_rows_are_not_drawn(newest: Compared) -> None:
    many = replace(newest, areas=newest.areas * 4)
    assert drawing.figure(many, language("en")) is None


def test_the_small_map_is_grey_where_chance_explains_the_difference(newest: Compared) -> None:
    how = small_maps.classes(newest, language("en"))
    places = {item.area_code: small_maps.class_of(item, how) for item in newest.areas}
    assert {code for code, place in places.items() if place == how.neutral} == codes(
        newest.of(Verdict.UNTOLD)
    )
    assert all(places[code] > how.neutral for code in ROSE)
    assert all(places[code] < how.neutral for code in FELL)
    # Colima by 39.1: the highest class; Tamaulipas by -7.9: from -10 to -5.
    assert (places["06"], how.classes[places["28"]].label) == (8, "−10 to under −5")  # noqa: RUF001 - minus signs


def test_a_state_that_is_not_compared_has_the_pattern_and_no_grey(newest: Compared) -> None:
    first = newest.areas[0]
    refused = replace(first, change=replace(first.change, refusal=Refusal.MISSING, difference=None))
    found = replace(newest, areas=(refused, *newest.areas[1:]))
    figure = small_maps.figure(found, language("en"))
    assert figure is not None
    assert figure.legend[-1][1] == "Not compared: 1"
    assert words.summary(found, language("en"))[3].startswith("1 are not compared") or any(
        "not compared" in line for line in words.summary(found, language("en"))
    )
    assert listing.groups(found, language("en"))[-1].rows[-1][-1].startswith("Not compared: one")


def test_small_probabilities_are_written_as_such() -> None:
    say = language("en")
    told = [words.probability(number, say) for number in (0.0004, 0.0123, None)]
    assert told == ["under 0.001", "0.012", "—"]


def test_sources_that_ask_new_homes_exist_and_have_no_interval_of_our_own() -> None:
    sources = {item.recipe.source: item.recipe.interval for item in indicators.catalogue()}
    assert all(sources[slug] is Interval.NONE for slug in comparisons.INDEPENDENT_SAMPLES)
