"""The document of a sheet: whole, escaped, without a script, and short only where it says so."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import atlas
from geo_app.state_sheet import building
from geo_app.state_sheet import page as state_page
from geo_app.state_sheet.building import Asked, StateSheet
from geo_app.text import words

VOID = {"meta", "br", "link", "img", "input", "hr"}


@cache
def sheet_of(code: str, lang: str = "en") -> StateSheet:
    return building.build(atlas.load(), Asked(code), words(lang))


class Tags(HTMLParser):
    """Collects tags, attributes and text, and refuses one that is closed in the wrong place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(document: str) -> Tags:
    found = Tags()
    found.feed(document)
    assert found.open == []
    return found


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_document_is_whole_and_in_its_language(lang: str) -> None:
    found = parsed(state_page.document(sheet_of("25", lang)))
    assert found.seen[0] == ("html", {"lang": lang})
    headings = [tag for tag, _ in found.seen if re.fullmatch(r"h[1-6]", tag)]
    assert headings.count("h1") == 1
    assert {"h2"} <= set(headings)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    found = parsed(state_page.document(sheet_of("25")))
    assert {tag for tag, _ in found.seen} & {"script", "link", "img", "iframe", "object"} == set()
    assert [item for _, item in found.seen if "src" in item] == []
    assert "url(http" not in state_page.style()
    assert "@import" not in state_page.style()


def test_every_number_can_be_explained_where_it_stands() -> None:
    sheet = sheet_of("14")
    found = parsed(state_page.document(sheet))
    kinds = [item.get("class") for tag, item in found.seen if tag == "details"]
    # The level, the other governments, the alerts, and each figure.
    assert kinds.count("ss-explain") == 3 + len(sheet.blocks)


def test_the_file_of_the_rows_is_in_the_page_and_is_what_the_explanation_holds() -> None:
    sheet = sheet_of("25")
    found = parsed(state_page.document(sheet))
    links = {item["download"]: item["href"] for _, item in found.seen if "download" in item}
    told = sheet.blocks[0].explanation
    head, _, body = str(links[told.file_name]).partition(",")
    assert head == "data:text/csv;charset=utf-8"
    assert unquote(body) == told.csv


@pytest.mark.parametrize("code", ["08", "26"])
def test_a_long_list_of_rules_is_cut_on_paper_and_says_what_is_left_out(code: str) -> None:
    sheet = sheet_of(code)
    rules = sheet.advice.section.rules
    shown = state_page.fitting(rules, state_page.RULES_ROOM)
    document = state_page.document(sheet)
    assert 0 < shown < len(rules)
    assert f"and {len(rules) - shown} more rules: see {sheet.advice.section.link}" in document
    assert all(rule in "".join(parsed(document).texts) for rule in rules)


def test_a_list_that_has_room_is_not_said_to_be_cut() -> None:
    assert "more rules: see" not in state_page.document(sheet_of("25"))


@given(st.lists(st.text(max_size=40)), st.integers(1, 200))
def test_what_fits_is_never_more_than_the_room_but_for_the_first(
    texts: list[str], room: int
) -> None:
    shown = state_page.fitting(texts, room)
    assert bool(shown) is bool(texts)
    assert shown <= 1 or sum(map(len, texts[:shown])) <= room


def test_a_text_makes_no_element() -> None:
    sheet = replace(sheet_of("25"), place="<script>alert(1)</script>")
    assert "<script" not in state_page.document(sheet)


def test_in_a_page_the_sheet_stands_under_the_heading_of_the_page() -> None:
    assert "<h1" not in state_page.body(sheet_of("25"))


def test_a_city_that_paper_has_no_room_for_is_counted_there() -> None:
    document = state_page.document(sheet_of("09"))
    rest = 16 - state_page.ROWS_ROOM
    assert document.count('class="ss-screen-row"') == rest
    assert f"and {rest} more cities on the screen" in document
