"""Straight lines over the map: states in order, lengths, and which land a point is on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.routes import straight_lines

MEXICO_CITY, TAXCO = (19.42847, -99.12766), (18.55462, -99.60592)
CANCUN, COZUMEL = (21.17429, -86.84656), (20.511425, -86.930287)

inside = st.tuples(st.floats(15, 32), st.floats(-116, -88))


def test_a_line_that_enters_a_state_twice_has_a_piece_for_each_entry() -> None:
    found = [item.state_code for item in straight_lines.pieces(MEXICO_CITY, TAXCO)]
    assert found == ["09", "15", "17", "15", "12"]


def test_the_pieces_of_a_line_on_land_add_up_to_its_length() -> None:
    found = sum(item.km for item in straight_lines.pieces(MEXICO_CITY, TAXCO))
    whole = straight_lines.length_km(MEXICO_CITY, TAXCO)
    assert found == pytest.approx(whole, abs=straight_lines.SLIVER_KM)


def test_a_line_over_the_sea_has_pieces_on_land_only() -> None:
    la_paz, mazatlan = (24.14231, -110.31316), (23.2329, -106.4062)
    found = straight_lines.pieces(la_paz, mazatlan)
    assert [item.state_code for item in found] == ["03", "25"]
    assert sum(item.km for item in found) < straight_lines.length_km(la_paz, mazatlan) / 2


def test_a_degree_of_latitude_is_some_111_kilometres() -> None:
    assert straight_lines.length_km((20, -102), (21, -102)) == pytest.approx(111, rel=0.02)


def test_an_island_is_another_land_and_the_sea_is_none() -> None:
    mainland = straight_lines.land(MEXICO_CITY)
    assert straight_lines.land(CANCUN) == mainland != straight_lines.NO_LAND
    assert straight_lines.land(COZUMEL) not in (mainland, straight_lines.NO_LAND)
    assert straight_lines.land((19.5, -110.5)) == straight_lines.NO_LAND


@given(inside, inside)
def test_a_line_back_crosses_the_same_states_in_reverse(
    first: tuple[float, float], last: tuple[float, float]
) -> None:
    there = straight_lines.pieces(first, last)
    back = straight_lines.pieces(last, first)
    longer = [item.state_code for item in there if item.km > 1]
    returned = [item.state_code for item in back if item.km > 1]
    assert longer == returned[::-1]


@given(inside, inside)
def test_no_two_pieces_of_one_state_follow_each_other(
    first: tuple[float, float], last: tuple[float, float]
) -> None:
    found = [item.state_code for item in straight_lines.pieces(first, last)]
    assert all(one != other for one, other in pairwise(found))
