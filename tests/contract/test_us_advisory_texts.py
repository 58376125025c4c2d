"""The official texts that lie beside the project: levels and rules as gathered.

Skipped where the texts are not found.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from geo_app import restrictions
from geo_app.errors import SourceInvalid, UnknownState
from geo_app.importers import us_advisory
from geo_app.importers.reading import Imported
from geo_app.states import NATION_CODE, code_of, state_codes
from tests.contract.official_texts import (
    OLD_LINK,
    READING,
    ROOT,
    TEXTS,
    issue,
    rules,
    source,
    variants,
)


def gathered(issued: str) -> dict[str, tuple[float, str]]:
    """Level and reasons of an issue in the gathered list, in the table's words."""
    with source("advisories.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["issued"] == issued]
    return {
        row["cve_ent"]: (float(row["level"]), row["reasons"].replace("; ", "|") or "none")
        for row in rows
    }


def cells(found: Imported) -> dict[str, tuple[float, str]]:
    rows = found.rows[found.rows["area_code"] != NATION_CODE]
    columns = zip(rows["area_code"], rows["value"], rows["reasons"], strict=True)
    return {code: (value, reasons) for code, value, reasons in columns}


@pytest.mark.parametrize(("issued", "name"), [*TEXTS.items(), ("2025-08-12", OLD_LINK)])
def test_the_32_levels_and_reasons_of_a_text_are_those_gathered(issued: str, name: str) -> None:
    # Michoacan 2024: the list says crime, its section crime and kidnapping; the list is kept by
    # both readings, and the import says so.
    found = issue(name)
    assert found.release.published == issued
    assert cells(found) == gathered(issued)


def test_the_text_that_contradicts_itself_is_told() -> None:
    (told,) = [note for note in issue(TEXTS["2024-09-06"]).repairs if "section" in note]
    assert told.startswith("Michoacán: its section gives the reasons crime, kidnapping")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        (TEXTS["2024-09-06"], None),
        (TEXTS["2025-08-12"], 2),
        (OLD_LINK, 2),
        ("us_rss_item_mexico_2025-08-12_newlink.json", 2),
        ("us_rss_item_mexico_2026-05-29.json", 2),
        ("us_cadataapi_four_items_2026-07_shortened.json", 2),
    ],
)
def test_the_country_has_a_level_where_the_issue_gives_a_single_one(
    name: str, level: int | None
) -> None:
    rows = issue(name).rows
    (value,) = rows.loc[rows["area_code"] == NATION_CODE, "value"]
    assert (None if value != value else value) == level  # noqa: PLR0124 a missing number


@pytest.mark.parametrize(
    ("name", "issued"),
    [
        ("us_rss_item_mexico_2025-08-12_newlink.json", "2025-08-12"),
        ("us_rss_item_mexico_2026-05-29.json", "2026-05-29"),
        ("us_cadataapi_four_items_2026-07_shortened.json", "2026-05-29"),
    ],
)
def test_a_text_without_state_sections_is_an_issue_of_32_unknown_levels(
    name: str, issued: str
) -> None:
    found = issue(name)
    states = found.rows[found.rows["area_code"] != NATION_CODE]
    assert (found.release.published, len(states), states["value"].notna().sum()) == (issued, 32, 0)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("us_rss_item_mexico_empty_2026-02-11.json", "has no text"),
        ("us_rss_item_mexico_empty_2026-07-15.json", "has no text"),
        ("us_rss_index_2026-08-22.json", "an item without its title, link, text"),
        ("us_levels_list_gwm_2026-08-16.json", "an item without its title, link, text"),
        ("us_list_page_2025-08-14.csv", "no travel advisory of Mexico"),
        ("us_rss_titles_2025-06.csv", "no travel advisory of Mexico"),
    ],
)
def test_what_is_no_text_of_an_issue_is_refused(name: str, message: str) -> None:
    path = source(f"samples/{name}")
    with pytest.raises(SourceInvalid, match=message):
        us_advisory.read([path], READING)


def test_the_list_and_the_texts_in_one_import_agree() -> None:
    lists = [source("advisories.csv"), source("advisories_country.csv")]
    texts = [source(f"samples/{name}") for name in TEXTS.values()]
    found = us_advisory.read([*lists, *texts], READING)
    assert len(found) == 20
    assert [note for item in found for note in item.repairs if "differs" in note] == []


@pytest.mark.parametrize(("name", "code"), variants())
def test_every_spelling_that_was_met_is_a_listed_one(name: str, code: str) -> None:
    if code:
        assert code_of(name) == code
    else:
        with pytest.raises(UnknownState, match="not a state but a heading inside"):
            code_of(name)


# ------------------------------------------------------------------------------------- the rules


@pytest.mark.parametrize("issued", TEXTS)
def test_the_rules_of_all_32_states_of_an_issue_are_known(issued: str) -> None:
    known = {code for day, code in rules() if str(day) == issued}
    assert known == {NATION_CODE, *state_codes()}


@pytest.mark.parametrize("name", [*TEXTS.values(), OLD_LINK])
def test_every_copy_of_a_text_gives_the_rules_that_are_kept(name: str) -> None:
    found = issue(name)
    lines = (ROOT / "data" / restrictions.FILE).read_text(encoding="utf-8").splitlines()
    mine = [line for line in lines if line.startswith(f"us,{found.release.published},")]
    assert sorted(found.references[0].text.splitlines()[1:]) == sorted(mine)


@pytest.mark.parametrize("issued", TEXTS)
def test_a_state_without_restrictions_in_the_gathered_reading_has_none_here(issued: str) -> None:
    with source("usg_restrictions.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["issued"] == issued]
    classes = {row["cve_ent"]: row["restriction_class"] for row in rows}
    day = date.fromisoformat(issued)
    own = {code: Counter(str(r.rule) for r in rules()[day, code]) for code in classes}
    none = {code for code, kind in classes.items() if kind == "none"}
    assert {code for code in none if set(own[code]) != {"allowed"}} == set()
    silent = {code for code, kind in classes.items() if kind == "not stated"}
    assert {code for code in silent if own[code]} == set()
    limited = {"limited to listed areas", "prohibited", "partial"}
    bound = {code for code, kind in classes.items() if kind in limited}
    assert {code for code in bound if set(own[code]) <= {"allowed"}} == set()
