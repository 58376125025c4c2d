"""Other governments' advice on a day: their own ladder, their own words, and what is not known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo_app import checks, export, foreign
from geo_app.errors import BadRequest, HashMismatch, TableInvalid
from geo_app.foreign import ForeignAdvice
from geo_app.importers.reading import Reading
from geo_app.importers.writing import import_files
from geo_app.indicators import Status
from geo_app.issuers import FOREIGN_NAMES, Issuer, Scope
from geo_app.periods import parse_date
from geo_app.states import state_codes

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

TABLE = "tables/foreign-advisories.csv"
LIST = "foreign-areas.csv"


def advice(issuer: Issuer, code: str, day: str) -> ForeignAdvice:
    found = foreign.history(issuer).on(parse_date(day))
    return found[state_codes().index(code)]


@pytest.mark.parametrize("issuer", FOREIGN_NAMES)
def test_a_day_has_the_32_states_in_order(issuer: Issuer) -> None:
    found = foreign.history(issuer).on(date(2025, 6, 1))
    assert tuple(item.state_code for item in found) == state_codes()


@pytest.mark.parametrize(
    ("issuer", "level", "name"),
    [
        (Issuer.CA, 2, "Avoid non-essential travel"),
        (Issuer.UK, 2, "Advises against all but essential travel"),
        (Issuer.AU, 3, "Reconsider your need to travel"),
        (Issuer.IE, 3, "Avoid non-essential travel"),
    ],
)
def test_a_level_has_its_issuer_s_own_number_and_name(
    issuer: Issuer, level: int, name: str
) -> None:
    found = advice(issuer, "25", "2025-06-01")
    assert (found.level, found.level_name) == (level, name)


@pytest.mark.parametrize(("issuer", "level"), [(Issuer.CA, 1), (Issuer.AU, 2)])
def test_a_state_that_is_not_named_stands_at_the_level_of_the_country(
    issuer: Issuer, level: int
) -> None:
    found = advice(issuer, "31", "2025-06-01")
    assert (found.level, found.country_level, found.scope) == (level, level, Scope.COUNTRY)


@pytest.mark.parametrize("issuer", [Issuer.UK, Issuer.IE])
def test_a_state_that_is_not_named_has_no_level_where_the_country_has_none(
    issuer: Issuer,
) -> None:
    found = advice(issuer, "31", "2025-06-01")
    assert (found.level, found.status, found.scope) == (None, Status.UNKNOWN, Scope.COUNTRY)


def test_a_state_without_a_level_was_stated_by_no_issue() -> None:
    found = advice(Issuer.UK, "31", "2025-06-01")
    assert (found.since, found.last_stated, found.level_name) == (None, None, None)


@pytest.mark.parametrize("issuer", FOREIGN_NAMES)
def test_nothing_is_known_before_the_first_issue_held(issuer: Issuer) -> None:
    found = advice(issuer, "25", "2025-02-11")
    assert (found.level, found.status, found.issued, found.scope, found.places) == (
        None,
        Status.UNKNOWN,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("day", "issued"),
    [("2025-11-12", "2025-06-26"), ("2025-11-13", "2025-11-13"), ("2026-08-22", "2026-02-04")],
)
def test_an_issue_holds_from_its_day_to_the_next(day: str, issued: str) -> None:
    assert str(advice(Issuer.CA, "25", day).issued) == issued


@pytest.mark.parametrize(
    ("issuer", "day", "expected"),
    [
        (Issuer.CA, "2026-08-22", (Status.CURRENT, False)),
        (Issuer.CA, "2026-08-23", (Status.LAST_STATED, None)),
        (Issuer.AU, "2025-06-13", (Status.CURRENT, False)),
        (Issuer.AU, "2025-06-14", (Status.LAST_STATED, None)),
    ],
)
def test_after_the_last_copy_a_level_is_the_last_stated_one(
    issuer: Issuer, day: str, expected: tuple[Status, bool | None]
) -> None:
    found = advice(issuer, "25", day)
    assert (found.status, found.is_newer_issue) == expected


@pytest.mark.parametrize(
    ("issuer", "code", "day", "since"),
    [
        (Issuer.CA, "25", "2026-06-01", "2025-03-18"),  # other places, same level and scope
        (Issuer.UK, "14", "2026-02-25", "2026-02-23"),  # part, then the whole
        (Issuer.UK, "14", "2026-03-01", "2026-02-27"),  # and back: a run of its own
        (Issuer.CA, "20", "2025-06-30", "2025-06-24"),  # a storm has passed
    ],
)
def test_a_run_lasts_as_long_as_level_and_scope(
    issuer: Issuer, code: str, day: str, since: str
) -> None:
    assert str(advice(issuer, code, day).since) == since


def test_places_follow_the_issue() -> None:
    assert advice(Issuer.CA, "25", "2025-06-01").places == ("Los Mochis",)


def test_a_whole_state_has_no_place_to_name() -> None:
    assert advice(Issuer.UK, "32", "2025-06-01").places == ()


def test_a_text_that_can_be_read_in_two_ways_has_places_that_are_not_known() -> None:
    assert advice(Issuer.AU, "07", "2025-06-01").places is None


def test_two_areas_of_a_state_are_answered_by_the_wider_with_the_reasons_of_both() -> None:
    found = advice(Issuer.CA, "12", "2025-06-20")
    assert (found.scope, found.places, set(found.reasons or ())) == (
        Scope.WHOLE_EXCEPT,
        ("Ixtapa/Zihuatanejo (by air)",),
        {"crime", "natural_disaster"},
    )


def test_a_state_inferred_from_a_coast_is_estimated() -> None:
    assert advice(Issuer.CA, "20", "2025-06-20").status is Status.ESTIMATED


def test_a_day_after_the_last_reading_is_refused() -> None:
    with pytest.raises(BadRequest, match="nothing is known of this day: expected a day up to 2026"):
        foreign.history(Issuer.CA).on(date(2026, 11, 24))


def test_the_united_states_are_not_a_foreign_issuer_of_this_table() -> None:
    with pytest.raises(BadRequest, match="not a foreign one: expected ca or uk or au or ie"):
        foreign.history(Issuer.US)


def test_a_list_that_nobody_checked_again_is_refused(broken: BrokenData) -> None:
    broken.replace(LIST, "Monterrey", "Monterey")
    with pytest.raises(HashMismatch, match=r"foreign-areas\.csv: the content is not the one"):
        foreign.history(Issuer.CA)


def test_a_changed_list_is_read_anew(broken: BrokenData) -> None:
    foreign.history(Issuer.CA)
    broken.edit(LIST, "ca,2025-03-18,19,1,whole except,Monterrey", "ca,2025-03-18,19,1,whole,none")
    assert advice(Issuer.CA, "19", "2025-03-18").scope is Scope.WHOLE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ca,2025-03-18,32,1,whole except,Zacatecas city\n", ""),
        ("ca,2025-03-18,32,1,", "ca,2025-03-19,32,1,"),
    ],
)
def test_a_table_and_a_list_that_differ_are_refused(broken: BrokenData, old: str, new: str) -> None:
    broken.edit(LIST, old, new)
    with pytest.raises(TableInvalid, match=r"differ in [12] states: got ca 2025-03-18 32; import"):
        foreign.history(Issuer.CA)


def test_a_level_without_a_name_is_refused(broken: BrokenData) -> None:
    broken.edit(TABLE, "25,2026-02-04,ca_level,2", "25,2026-02-04,ca_level,4")
    with pytest.raises(TableInvalid, match=r"2026-02-04 25: 1 level.* Canada has no name: .*got 4"):
        foreign.history(Issuer.CA)


def test_the_check_names_an_issuer_whose_list_is_incomplete(broken: BrokenData) -> None:
    broken.edit(LIST, "ie,2025-02-12,32,1,", "ie,2025-02-13,32,1,")
    (fault,) = checks.check_foreign()
    assert "the table and the list of areas differ in 2 states: got ie 2025-02-12 32" in fault


def test_a_record_has_the_columns_of_the_us_advice() -> None:
    (record,) = export.foreign_records([advice(Issuer.CA, "25", "2026-03-01")])
    assert list(record) == [
        "issuer",
        "area_code",
        "area_name",
        "level",
        "level_name",
        "status",
        "since",
        "issued",
        "last_stated",
        "newer_issue",
        "country_level",
        "reasons",
        "restrictions",
        "scope",
        "places",
        "source",
        "checked",
    ]


def test_a_record_of_a_day_without_an_issue_is_null_where_nothing_is_known() -> None:
    (record,) = export.foreign_records([advice(Issuer.CA, "25", "2024-01-01")])
    empty = {key for key, value in record.items() if value is None}
    assert empty == {
        "level",
        "level_name",
        "since",
        "issued",
        "last_stated",
        "country_level",
        "reasons",
        "restrictions",
        "scope",
        "places",
        "source",
    }


@pytest.fixture
def with_index(broken: BrokenData, tmp_path: Path) -> None:
    """Import an index of Canada that is newer than every page of it that is held."""
    index = {
        "metadata": {"generated": "x" * 200},
        "data": {
            "MX": {
                "date-published": {"date": "2026-09-10 10:00:00"},
                "advisory-state": 2,
                "has-regional-advisory": 1,
                "eng": {"name": "Mexico", "advisory-text": "Avoid non-essential travel"},
            }
        },
    }
    path = tmp_path / "index-alpha-eng.json"
    path.write_text(json.dumps(index), encoding="utf-8")
    import_files("foreign-advisories", [path], Reading("2026-11-26"), out=broken.data)


@pytest.mark.usefixtures("with_index")
def test_after_an_issue_without_states_the_level_is_the_last_one_stated() -> None:
    found = advice(Issuer.CA, "25", "2026-09-10")
    assert (found.level, found.status, str(found.issued), str(found.last_stated)) == (
        2,
        Status.LAST_STATED,
        "2026-09-10",
        "2026-02-04",
    )


@pytest.mark.usefixtures("with_index")
def test_such_an_issue_gives_the_country_s_level_and_is_told_as_newer() -> None:
    found = advice(Issuer.CA, "25", "2026-09-10")
    assert (found.is_newer_issue, found.country_level, found.scope) == (
        True,
        2,
        Scope.WHOLE_EXCEPT,
    )


@pytest.mark.usefixtures("with_index")
def test_before_it_nothing_is_other_than_it_was() -> None:
    found = advice(Issuer.CA, "25", "2026-03-01")
    assert (found.status, found.is_newer_issue, found.country_level) == (Status.CURRENT, False, 1)


@pytest.mark.usefixtures("with_index")
def test_the_check_takes_an_issue_without_states() -> None:
    assert list(checks.check_foreign()) == []


def test_an_issue_without_states_before_the_first_list_leaves_them_unknown(
    broken: BrokenData, tmp_path: Path
) -> None:
    path = tmp_path / "index.json"
    mexico = {
        "date-published": {"date": "2014-10-01"},
        "advisory-state": 1,
        "has-regional-advisory": 1,
        "eng": {"name": "Mexico", "advisory-text": "Exercise a high degree of caution"},
    }
    path.write_text(json.dumps({"data": {"MX": mexico}, "pad": "x" * 200}), encoding="utf-8")
    import_files("foreign-advisories", [path], Reading("2026-11-26"), out=broken.data)
    found = advice(Issuer.CA, "25", "2020-01-01")
    assert (found.level, found.status, str(found.issued), found.country_level) == (
        None,
        Status.UNKNOWN,
        "2014-10-01",
        1,
    )
