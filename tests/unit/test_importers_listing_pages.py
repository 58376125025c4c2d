"""The one link of a page that is meant, or a line that says why there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers.listing_pages import Link, linked_address, links_of

PAGE = "https://www.example.org/datos/lista?state=published"
LABEL = "2015 - 2025 (Fuero Común - Víctimas). Incidencia delictiva estatal"
LISTING = """<ul>
<li><a href="https://x.sharepoint.com/:u:/g/a?e=1">2015 - 2025 (Fuero Com&uacute;n - Delitos).
Incidencia delictiva estatal</a></li>
<li><a href="https://x.sharepoint.com/:u:/g/b?e=2&amp;f=3" target="_blank">2015 -&nbsp;2025
(Fuero com&uacute;n- <b>V&iacute;ctimas</b>). Incidencia delictiva estatal</a></li>
<li><a href="https://x.sharepoint.com/:u:/g/c?e=3">Enero - agosto 2026 (Fuero común - Víctimas).
Incidencia delictiva estatal</a></li>
<li><a href="/sites/default/files/2026-09/nationwide-drugs-fy23-fy26-aug.csv">FY23-FY26</a></li>
</ul>"""


def found(wanted: str, html: str = LISTING) -> str:
    return linked_address(html, PAGE, wanted, "list")


def test_a_label_is_found_whatever_its_case_accents_and_blanks() -> None:
    assert found(LABEL) == "https://x.sharepoint.com/:u:/g/b?e=2&f=3"


def test_a_label_that_changes_every_month_is_found_by_a_star() -> None:
    wanted = "*2026 (Fuero común - Víctimas). Incidencia delictiva estatal"
    assert found(wanted) == "https://x.sharepoint.com/:u:/g/c?e=3"


def test_a_file_is_found_by_its_name_and_its_address_completed() -> None:
    wanted = (
        "https://www.example.org/sites/default/files/2026-09/nationwide-drugs-fy23-fy26-aug.csv"
    )
    assert found("nationwide-drugs-fy23-fy26-*.csv") == wanted


def test_a_link_that_stands_twice_is_one() -> None:
    assert found("Datos", "<a href='/d'>Datos</a> <a href='/d'>Datos</a>").endswith("/d")


def test_a_label_that_was_renamed_is_told_with_the_nearest() -> None:
    page = "<a href='/a'>2015 - 2026 (Fuero Común - Víctimas). Incidencia delictiva estatal</a>"
    with pytest.raises(SourceInvalid, match=r"no link of the page is called so.*got '2015 - 2026"):
        found(LABEL, page)


def test_a_page_without_any_link_is_told() -> None:
    with pytest.raises(SourceInvalid, match="got 0 other links; correct `find` in the record"):
        found(LABEL, "<html>Sitio en mantenimiento</html>")


def test_two_targets_for_one_label_are_told() -> None:
    with pytest.raises(SourceInvalid, match="several links fit: expected 'Datos', got '/a', '/b'"):
        found("Datos", "<a href='/a'>Datos</a><a href='/b'>datos</a>")


def test_a_link_out_of_the_web_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="not a web address"):
        found("Datos", "<a href='javascript:open()'>Datos</a>")


@pytest.mark.parametrize(
    "html",
    ["<a href='/x'>Da<br>tos</a", "<a href='/x'>Da<i>tos", "<a href='/x'>Da<a>tos</a>"],
)
def test_a_link_that_is_not_closed_is_read_as_far_as_it_goes(html: str) -> None:
    assert links_of(html)[0].target == "/x"


def test_an_anchor_without_target_is_no_link() -> None:
    assert links_of("<a name='x'>Datos</a><a href=''>Datos</a>") == []


def test_a_link_keeps_what_a_reader_sees() -> None:
    assert links_of("<a href='/x'> Da\n tos <b>2025</b></a>") == [Link("Da tos 2025", "/x")]


@given(st.text(), st.text(min_size=1))
def test_any_page_has_the_link_or_is_told(html: str, wanted: str) -> None:
    try:
        address = found(wanted, f"{html}<a href='/y'>{wanted}</a>")
    except SourceInvalid:
        return
    assert address.startswith("https://")
