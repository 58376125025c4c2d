"""A table whose rows are cards on a phone: every heading at its cell, every text escaped."""

from __future__ import annotations

import re

import pandas as pd

from geo_app.table_cards import cards

ROWS = pd.DataFrame({"Name & kind": ["A <b>", "B"], "Year": ["2024", ""], "Unit": ["%", "deaths"]})


def test_each_cell_carries_its_heading() -> None:
    found = re.findall(r'<td role="cell" data-head="([^"]*)">([^<]*)</td>', cards(ROWS, "Figures"))
    assert found == [("Year", "2024"), ("Unit", "%"), ("Year", ""), ("Unit", "deaths")]


def test_what_names_a_row_is_its_heading_and_everything_is_escaped() -> None:
    made = cards(ROWS, 'Figures "all"')
    assert re.findall(r'<th scope="row" role="rowheader">([^<]*)</th>', made) == [
        "A &lt;b&gt;",
        "B",
    ]
    assert '<th scope="col" role="columnheader">Name &amp; kind</th>' in made
    assert 'aria-label="Figures &quot;all&quot;"' in made


def test_it_stays_a_table_to_who_hears_it_although_a_phone_shows_blocks() -> None:
    made = cards(ROWS, "Figures")
    roles = re.findall(r'role="(\w+)"', made)
    assert roles.count("row") == 3
    assert roles.count("rowgroup") == 2
    assert roles.count("table") == 1


def test_a_table_without_rows_has_its_headings() -> None:
    assert cards(ROWS.head(0), "Figures").count("columnheader") == 3
