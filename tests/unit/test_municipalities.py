"""What was created after the shipped edition goes to the municipality its people lived in."""

from __future__ import annotations

import pytest

from geo_app import municipalities, shapes
from geo_app.errors import BadRequest

FROM_TWO = {"02007": "02002", "25020": "25011"}
"""Created from more than one, and not from the one that gave most of the land."""


@pytest.mark.parametrize("code", FROM_TWO)
def test_the_parent_is_the_one_of_the_people_not_of_the_land(code: str) -> None:
    assert municipalities.parent_of(code) == FROM_TWO[code]


@pytest.mark.parametrize("code", ["02001", "32058"])
def test_a_municipality_of_the_edition_is_its_own_parent(code: str) -> None:
    assert municipalities.parent_of(code) == code


def test_a_code_of_no_known_municipality_comes_back_as_it_is() -> None:
    assert municipalities.parent_of("06999") == "06999"


@pytest.mark.parametrize("code", ["2006", "002006", "02-06", "", "02006 ", "٠٢٠٠٦"])
def test_what_is_not_five_digits_is_refused_with_the_remedy(code: str) -> None:
    with pytest.raises(BadRequest, match=r"no code of a municipality: .*; read the codes as text"):
        municipalities.parent_of(code)


def test_thirteen_were_created_since_the_edition() -> None:
    assert len(municipalities.PARENTS) == 13


@pytest.mark.parametrize(("code", "parent"), municipalities.PARENTS.items())
def test_a_municipality_was_created_inside_its_state(code: str, parent: str) -> None:
    assert code[:2] == parent[:2]


def test_every_parent_has_a_shape() -> None:
    assert set(municipalities.PARENTS.values()) <= set(shapes.load_municipalities().index)


def test_no_municipality_created_since_has_a_shape() -> None:
    assert not set(municipalities.PARENTS) & set(shapes.load_municipalities().index)


def test_every_later_municipality_has_a_name() -> None:
    assert municipalities.NEW_NAMES.keys() == municipalities.PARENTS.keys()
