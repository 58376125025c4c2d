"""The file of a map: what can be read without a script, what is packed, what it never asks for."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import replace

import pytest

from geo_app.maps.page import (
    MANY,
    SIGNS,
    WORDS,
    MapPage,
    PageRow,
    PageSource,
    PageText,
    coded,
    page_html,
    size_report,
)

ROWS = (
    PageRow("Colima", "112.7", "105.3-120.6", "final", is_missing=False),
    PageRow("Yucatán", "none held", "", "", is_missing=True),
)
SOURCE = PageSource("INEGI, 2024.", ("Licence: free use.",), ("https://example.org/a?b=1&c=2",))


def said(lang: str, **changed: str) -> PageText:
    return PageText(
        lang=lang,
        words={name: f"{name} {lang}" for name in WORDS} | changed,
        disclaimer=f"disclaimer {lang}",
        as_of=f"as of {lang}",
        no_script=f"no script {lang}",
        caption=f"caption {lang}",
        rows=ROWS,
        notes=(f"note {lang}",),
        sources=(SOURCE,),
        attribution=(f"attribution {lang}",),
        groups={},
    )


PAGE = MapPage(
    texts=(said("es"), said("en")),
    heads={
        "es": {"lang": "es", "codes": ["06", "31"]},
        "en": {"lang": "en", "codes": ["06", "31"]},
    },
    geometry=b"\x00geometry",
    series=b"\x00series",
    view={"period": "2022", "selected": [], "against": "", "show": "one", "layout": "plane"},
    area_count=2,
)


def block(html: str, name: str) -> str:
    found = re.search(rf'<script type="text/plain" id="page-{name}">([^<]*)</script>', html)
    assert found
    return found[1]


def decoded(text: str) -> bytes:
    return base64.b85decode(text.translate(str.maketrans(",.", "<&")))


def parts(name: str, page: MapPage = PAGE) -> list[str]:
    """Return what a packed part holds: style, script, facts."""
    return zlib.decompress(decoded(block(page_html(page), name))).decode().split("\0")


def script(page: MapPage = PAGE) -> str:
    return parts("own", page)[1]


def bundle() -> dict[str, dict[str, object]]:
    facts: dict[str, dict[str, object]] = json.loads(parts("own")[2])
    return facts


def readable(page: MapPage = PAGE) -> str:
    """Return the page without what a reader does not see."""
    html = page_html(page)
    return re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL)


def test_the_page_begins_in_the_first_language() -> None:
    assert page_html(PAGE).startswith('<!DOCTYPE html>\n<html lang="es">')


@pytest.mark.parametrize(
    "text",
    ["title es", "no script es", "disclaimer es", "note es", "as of es", "attribution es"],
)
def test_the_first_language_can_be_read_without_a_script(text: str) -> None:
    assert text in readable()


def test_the_table_can_be_read_without_a_script() -> None:
    cells = re.findall(r"<t[hd]\b[^>]*>([^<\n]*)", readable())
    assert cells[4:] == ["Colima", "112.7", "105.3-120.6", "final", "Yucatán", "none held", "", ""]


def test_a_missing_value_is_marked_as_such() -> None:
    assert re.findall(r"<td class=page-missing>([^<\n]*)", readable()) == ["none held"]


def test_a_table_without_intervals_shows_no_column_of_them() -> None:
    bare = replace(said("es"), rows=(replace(ROWS[0], interval=""),))
    assert '<table id="page-table" class="page-bare">' in readable(replace(PAGE, texts=(bare,)))


def test_a_source_is_quoted_with_licence_and_address() -> None:
    text = readable()
    assert "INEGI, 2024." in text
    assert "<li>Licence: free use.</li>" in text
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in text


def test_a_sign_of_markup_in_a_text_stays_a_text() -> None:
    odd = replace(PAGE, texts=(said("es", title="<b>&"), said("en")))
    assert '<h1 id="page-title">&lt;b&gt;&amp;</h1>' in readable(odd)


def test_the_other_language_is_packed_with_the_article() -> None:
    pages = bundle()["pages"]
    assert "disclaimer en" in str(pages["en"])
    assert "disclaimer es" not in str(pages["es"])


def test_what_both_heads_have_alike_is_packed_once() -> None:
    found = bundle()
    heads = {lang: page["head"] for lang, page in found["pages"].items()}  # type: ignore[index]
    assert found["common"] == {"codes": ["06", "31"]}
    assert heads == {"es": {"lang": "es"}, "en": {"lang": "en"}}


@pytest.mark.parametrize(
    ("name", "content"), [("geometry", PAGE.geometry), ("series", PAGE.series)]
)
def test_the_artefacts_stand_in_the_page_as_they_are(name: str, content: bytes) -> None:
    assert decoded(block(page_html(PAGE), name)) == content


def test_the_scripts_are_packed_without_their_comments() -> None:
    assert "startMapPage" in script()
    assert not re.search(r"^\s*(//|\*)", script(), re.MULTILINE)


def test_the_style_keeps_the_blank_before_what_is_inside_an_element() -> None:
    assert ".tc :is(button,input" in parts("own")[0]


@pytest.mark.parametrize("length", range(1, 9))
def test_bytes_are_written_in_signs_that_mean_nothing_in_html(length: int) -> None:
    content = bytes(range(255, 255 - length, -1))
    text = coded(content)
    assert set(text) <= set(SIGNS)
    assert decoded(text) == content


def test_no_sign_is_read_by_html() -> None:
    assert (len(set(SIGNS)), set(SIGNS) & set("<&\"'\\")) == (85, set())


def test_few_areas_need_no_script_that_paints_pixels() -> None:
    assert "class Grid" not in script()


def test_many_areas_need_the_script_that_paints_pixels() -> None:
    assert "class Grid" in script(replace(PAGE, area_count=MANY + 1))


def test_leaflet_is_packed_apart() -> None:
    assert 'version="1.9.4"' in parts("leaflet")[1]


def test_the_page_forbids_itself_every_request() -> None:
    assert "content=\"default-src 'none'; script-src 'unsafe-inline';" in page_html(PAGE)


def test_nothing_in_the_page_is_loaded() -> None:
    assert re.findall(r"\ssrc=|<link|@import|url\(", page_html(PAGE)) == []


def test_the_same_facts_make_the_same_page() -> None:
    assert page_html(PAGE) == page_html(PAGE)


def test_a_large_table_is_left_out_of_the_print() -> None:
    assert "left_out es" in readable(replace(PAGE, area_count=MANY + 1))


def test_a_small_table_is_printed() -> None:
    assert "left_out es" not in readable(replace(PAGE, area_count=MANY))


def test_the_size_tells_the_share_of_leaflet() -> None:
    html = page_html(PAGE)
    found = size_report(html)
    assert found == {"whole": len(html.encode()), "leaflet": len(block(html, "leaflet"))}
