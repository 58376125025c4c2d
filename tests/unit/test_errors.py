"""The form of every message: where, what, expected, got, what to do, on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import errors
from geo_app.errors import AtlasError
from geo_app.maps.packing import PackedInvalid

CHILDREN = [
    errors.UnknownState,
    errors.BadRequest,
    errors.ShapesInvalid,
    errors.TableInvalid,
    errors.SourceInvalid,
    errors.HashMismatch,
    PackedInvalid,
]


def test_the_parts_stand_in_their_order() -> None:
    error = AtlasError("wrong value", where="a.csv row 2", expected="1", got="'x'", fix="mend it")
    assert str(error) == "a.csv row 2: wrong value: expected 1, got 'x'; mend it"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (AtlasError("what"), "what"),
        (AtlasError("what", where="here"), "here: what"),
        (AtlasError("what", expected="a"), "what: expected a"),
        (AtlasError("what", got="b"), "what: got b"),
        (AtlasError("what", fix="do"), "what; do"),
    ],
    ids=["what", "where", "expected", "got", "fix"],
)
def test_a_part_that_is_not_given_leaves_no_trace(error: AtlasError, text: str) -> None:
    assert str(error) == text


def test_the_cause_leaves_out_what_to_do() -> None:
    assert AtlasError("what", where="here", got="b", fix="do").cause == "here: what: got b"


@given(st.text(), st.text(), st.text(), st.text(), st.text())
def test_the_text_is_one_line_whatever_the_parts_hold(
    what: str, where: str, expected: str, got: str, fix: str
) -> None:
    error = AtlasError(what, where=where, expected=expected, got=got, fix=fix)
    assert len(str(error).splitlines()) <= 1


@pytest.mark.parametrize("child", CHILDREN)
def test_every_error_of_ours_is_caught_as_one_kind(child: type[AtlasError]) -> None:
    error = child("what")
    with pytest.raises(AtlasError, match=r"^what$"):
        raise error


def test_every_error_of_ours_has_a_title_of_its_own() -> None:
    assert len({child.title_key for child in (AtlasError, *CHILDREN)}) == len(CHILDREN) + 1


def test_the_list_of_errors_is_complete() -> None:
    assert set(AtlasError.__subclasses__()) == set(CHILDREN)
