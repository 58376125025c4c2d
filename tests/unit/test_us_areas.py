"""The areas of the United States: codes, names, spellings, regions."""

from __future__ import annotations

import pytest

from geo_app import us_areas
from geo_app.errors import BadRequest


def test_the_states_are_fifty_with_the_capital_puerto_rico_and_new_york_city() -> None:
    codes = us_areas.codes("us_state")
    assert (len(codes), len(set(codes)), {"DC", "PR", "YC", "LA", "PA"} <= set(codes)) == (
        53,
        53,
        True,
    )


def test_the_offices_and_sectors_are_the_41_of_the_files() -> None:
    assert len(us_areas.codes("us_border")) == 41


@pytest.mark.parametrize("item", us_areas.all_areas(), ids=lambda item: item.area_code)
def test_an_area_is_found_by_each_of_its_spellings(item: us_areas.UsArea) -> None:
    kind = "us_state" if item.area_kind in {"us_nation", "us_state"} else "us_border"
    assert {us_areas.code_of(text, kind) for text in item.spellings} == {item.area_code}


def test_every_office_lies_in_a_listed_region() -> None:
    found = us_areas.regions()
    assert (set(found), set(found.values())) == (
        set(us_areas.codes("us_border")),
        set(us_areas.codes("us_region")),
    )


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("ca", "us_state", "CA"),
        ("US-CA", "us_state", "CA"),
        ("new york", "us_state", "NY"),
        ("Nueva Jersey", "us_state", "NJ"),
        ("United States", "us_border", "US"),
        ("RIO GRANDE VALLEY SECTOR", "us_border", "rio-grande-valley-sector"),
        ("Southwest Border", "us_border", "southwest-border"),
    ],
)
def test_an_area_may_be_named_in_any_listed_way(text: str, kind: str, code: str) -> None:
    assert us_areas.code_of(text, kind) == code


@pytest.mark.parametrize(
    ("text", "kind"), [("Sonora", "us_state"), ("00", "us_state"), ("CA", "us_border")]
)
def test_a_spelling_that_is_not_listed_is_refused(text: str, kind: str) -> None:
    with pytest.raises(BadRequest, match=f"no {kind} of this name is listed: got '{text}'; use"):
        us_areas.code_of(text, kind)


def test_a_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadRequest, match="no us_state has this code: expected AL, AK"):
        us_areas.area("us_state", "XX")


def test_an_area_has_a_name_in_each_language() -> None:
    place = us_areas.area("us_state", "YC")
    assert (place.name("en"), place.name("es")) == ("New York City", "Ciudad de Nueva York")
