"""The 32 states: every listed spelling means one state, every other one raises."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import states
from geo_app.errors import UnknownState

SPELLINGS = [(text, state.state_code) for state in states.all_states() for text in state.spellings]
ACCENTS = "\N{COMBINING ACUTE ACCENT}\N{COMBINING DIAERESIS}\N{COMBINING TILDE}"


def test_the_codes_are_01_to_32_in_order() -> None:
    assert states.state_codes() == tuple(f"{number:02d}" for number in range(1, 33))


@pytest.mark.parametrize(
    "field", ["name_official", "name_short", "name_en", "iso_3166_2", "abbreviation", "capital"]
)
def test_no_two_states_share_an_identifier(field: str) -> None:
    assert len({getattr(state, field) for state in states.all_states()}) == 32


def test_every_iso_code_has_the_form_of_mexico() -> None:
    assert all(re.fullmatch(r"MX-[A-Z]{3}", state.iso_3166_2) for state in states.all_states())


def test_no_spelling_means_two_states() -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for text, code in SPELLINGS:
        meant[states.fold(text)].add(code)
    assert {text: codes for text, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(("text", "code"), SPELLINGS)
def test_a_listed_spelling_leads_to_its_state(text: str, code: str) -> None:
    assert states.code_of(text) == code


@st.composite
def respelled(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a listed spelling with other case, accents and blanks, and its code."""
    text, code = draw(st.sampled_from(SPELLINGS))
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    parts = [
        draw(st.sampled_from([c.lower(), c.upper(), *(c + a for a in ACCENTS if c.isalpha())]))
        if c != " "
        else draw(st.sampled_from([" ", "  ", "\t", "\N{NO-BREAK SPACE}"]))
        for c in letters
    ]
    blank = st.sampled_from(["", " ", "\n"])
    return draw(blank) + "".join(parts) + draw(blank), code


@given(respelled())
def test_case_accents_and_blanks_do_not_matter(case: tuple[str, str]) -> None:
    text, code = case
    assert states.code_of(text) == code


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_name_leads_back_to_its_state(lang: str) -> None:
    names = [(state.name(lang), state.state_code) for state in states.all_states()]
    assert [states.code_of(name) for name, _ in names] == [code for _, code in names]


@given(st.text())
def test_any_text_is_a_state_or_an_error_of_ours(text: str) -> None:
    with suppress(UnknownState):
        assert states.code_of(text) in states.state_codes()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert states.fold(states.fold(text)) == states.fold(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("State of Mexico", "15"), ("Estado de Colima", "06"), ("state of sonora", "26")],
)
def test_a_state_may_be_called_a_state(text: str, code: str) -> None:
    assert states.code_of(text) == code


def test_the_capital_and_the_state_around_it_are_kept_apart() -> None:
    assert (states.code_of("Ciudad de México"), states.code_of("México")) == ("09", "15")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("State of Matamoros", "not a state but a heading inside Tamaulipas"),
        ("mexicali valley", "not a state but a heading inside Baja California"),
    ],
)
def test_a_heading_that_looks_like_a_state_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnknownState, match=reason):
        states.code_of(text)


def test_an_unknown_state_name_raises_with_suggestions() -> None:
    with pytest.raises(UnknownState, match=r"no state .* got 'Collima'; did you mean Colima"):
        states.code_of("Collima")


def test_a_name_like_no_other_raises_with_the_forms_that_work() -> None:
    with pytest.raises(UnknownState, match="got 'xyzzy'; use a code 01 to 32, an ISO code"):
        states.code_of("xyzzy")


@pytest.mark.parametrize("text", ["", "00", "33", "99", "1", "6", "México (nación)", "Texas"])
def test_what_is_not_one_of_the_32_is_refused(text: str) -> None:
    with pytest.raises(UnknownState, match="no state of this name is listed"):
        states.code_of(text)


@pytest.mark.parametrize("code", ["00", "33", "6", "Colima", ""])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(UnknownState, match=f'no such state code: expected "01" .*, got {code!r}'):
        states.state(code)


def test_a_code_leads_to_its_state() -> None:
    assert states.state("16").name_official == "Michoacán de Ocampo"


def test_every_character_is_folded_as_the_rule_says() -> None:
    def plainly(sign: str) -> str:
        signs = unicodedata.normalize("NFKD", sign)
        letters = (c for c in signs if not unicodedata.combining(c))
        return " ".join("".join(c if c.isalnum() else " " for c in letters).casefold().split())

    every = map(chr, range(0x3000))
    assert [sign for sign in every if states.fold(f"a{sign}b") != plainly(f"a{sign}b")] == []
