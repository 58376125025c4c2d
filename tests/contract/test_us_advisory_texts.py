"""The official texts that lie beside the project: levels as gathered, every rule in its text.

Skipped where the texts are not found.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from geo_app import restrictions
from geo_app.errors import SourceInvalid, UnknownState
from geo_app.importers import us_advisory
from geo_app.importers.reading import Imported, Reading
from geo_app.restriction_terms import Rule, is_road_number, taken_apart
from geo_app.restrictions import Restriction
from geo_app.states import NATION_CODE, code_of, fold, state_codes

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT.parent / "shared" / "sources" / "advisories"
READING = Reading("2026-11-23")

TEXTS = {
    "2024-09-06": "us_page_mexico_2024-09-06.md",
    "2025-08-12": "us_cadataapi_mexico_2025-08-12.json",
}
"""A text of each issue that gives state sections."""

OLD_LINK = "us_rss_item_mexico_2025-08-12_oldlink_full_md.json"


def source(name: str) -> Path:
    path = SOURCES / name
    if not path.is_file():
        pytest.skip(f"the raw file {path.name} is not beside the project")
    return path


@cache
def issue(name: str) -> Imported:
    (found,) = us_advisory.read([source(f"samples/{name}")], READING)
    return found


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


@cache
def variants() -> list[tuple[str, str]]:
    path = SOURCES / "published_name_variants.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        rows = [(row["variant"], row["cve_ent"]) for row in csv.DictReader(file)]
    return [(name, code) for text, code in rows for name in text.split(" / ")]


@pytest.mark.parametrize(("name", "code"), variants())
def test_every_spelling_that_was_met_is_a_listed_one(name: str, code: str) -> None:
    if code:
        assert code_of(name) == code
    else:
        with pytest.raises(UnknownState, match="not a state but a heading inside"):
            code_of(name)


# ------------------------------------------------------------------------------------- the rules

FOUND_AS = {
    # our word: what their text has, folded, where it is not the word itself
    "rest of state": r"(other|additional) (\w+ )?(areas|parts|restrictions|travel restrictions)",
    "whole state": r"any area|there are no (specific )?(travel )?restrictions",
    "part of state": "certain areas",
    "east and south of state": "eastern and southern sonora",
    "between cities": "between( mexican border)? cities",
    "between border and interior": "border.*interior",
    "factories": "factories",
    "part of": r"bounded|bound\w+|within|limited radius|corridor|triangular|mexicali valley",
    "bounded by": "bound|triangular|south of federal highway 16 and east of",
    "centre of": "cent(er|re)",
    "tourist areas of": "tourist",
    "limits of": "limits?|proper|boundar",
    "port of": "port|sea terminal",
    "airport of": "airport",
    "municipality of": "municipality",
    "municipalities of": "municipalities",
    "area of": "area",
    "between": "between|from",
    "west and south of": "west (and|or) south",
    "other routes": "any other route",
    "interior highways": "interior mexican highways",
    "Chihuahua City": "city of chihuahua|chihuahua city",
    "Nuevo Casas Grandes": "nuevo casas grandes",
    "air": r"by air",
    "sea": r"or sea",
    "land": r"by land|overland",
    "car": "drive",
    "foot": "on foot",
    "dispatched_vehicle": "dispatched vehicles",
    "taxi": "taxi services",
    "street_taxi": "(hail|wave down) taxis",
    "bus": "public buses",
    "ride_app": "ride share applications|app based services",
    "armored_vehicle": "armored vehicle",
    "direct": "direct",
    "transit": "transit",
    "overnight_stay": "overnight",
    "stop": "stops permitted",
    "official_travel": "official (business|travel)",
    "prior_authorization": "prior authorization",
    "via_us": r"united states|via the u s|u s side|u s ports? of entry",
    "daylight": "daylight|daytime",
    "after_dark": "after dark",
    "night_curfew": "overnight curfew",
    "any_time": "at any time",
    "00:00-06:00": "midnight to 6",
    "07:00-18:00": "between 7am and 6pm",
    "crime": "violen|crime",
    "kidnapping": "kidnapping",
    "travelers": "travelers",
    "us_government_employees": "u s government|employees",
}
RULES = {
    Rule.ALLOWED: r"may (also )?(travel|use|stay)|no (\w+ )?(\w+ )?restrictions|permi|except",
    Rule.NOT_ALLOWED: r"may not|cannot|not (allowed|permitted)|prohibited|should avoid|curfew",
    Rule.ONLY: r"only|limited|restricted to|within|permitted (areas|on)",
    Rule.MUST: r"must|required|rely",
}


def facts(rule: Restriction) -> Iterator[str]:
    """Yield every word and name of a rule."""
    for place in rule.place:
        form, names = taken_apart(place)
        yield from filter(None, (form, *names))
    yield from rule.road
    yield from map(str, (*rule.mode, *filter(None, (rule.hours,)), *rule.reason, rule.who))


def is_found(fact: str, text: str) -> bool:
    if fact in FOUND_AS:
        return re.search(FOUND_AS[fact], text) is not None
    name = fold(fact.removeprefix("port of entry ").removeprefix("US ").removeprefix("state "))
    end = r"\b" if is_road_number(name.upper()) else ""
    return re.search(rf"\b{name}{end}", text) is not None


@pytest.mark.parametrize(
    "fact", ["99D", "Cozumel", "port of entry Laredo", "US 68", "armored_vehicle"]
)
def test_a_fact_that_no_text_of_a_state_has_would_be_seen(fact: str) -> None:
    assert not is_found(fact, wording(TEXTS["2025-08-12"])["25"])


@cache
def rules() -> dict[tuple[date, str], tuple[Restriction, ...]]:
    return restrictions.read(ROOT / "data" / restrictions.FILE)


def wording(name: str) -> dict[str, str]:
    return {item.area_code: fold(item.text) for item in issue(name).documents}


@pytest.mark.parametrize("issued", TEXTS)
def test_every_fact_of_a_rule_is_found_in_the_text_of_its_issue_and_state(issued: str) -> None:
    texts = wording(TEXTS[issued])
    missing = [
        (code, rule.number, fact)
        for (day, code), found in rules().items()
        if str(day) == issued
        for rule in found
        for fact in facts(rule)
        if not is_found(fact, texts[code])
    ]
    assert missing == []


@pytest.mark.parametrize("issued", TEXTS)
def test_what_a_rule_does_is_found_in_the_text_of_its_issue_and_state(issued: str) -> None:
    texts = wording(TEXTS[issued])
    missing = [
        (code, rule.number, str(rule.rule))
        for (day, code), found in rules().items()
        if str(day) == issued
        for rule in found
        if not re.search(RULES[rule.rule], texts[code])
    ]
    assert missing == []


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


ROADS = re.compile(r"(?:highways?|route|toll road) (\d+d?)\b(?:(?: and| or)? (\d+d)\b)?")


@pytest.mark.parametrize("issued", TEXTS)
def test_nearly_every_highway_that_a_text_names_is_in_a_rule(issued: str) -> None:
    named = mine = 0
    for code, text in wording(TEXTS[issued]).items():
        roads = {road for match in ROADS.finditer(text) for road in match.groups() if road}
        told = {
            word.lower()
            for rule in rules()[date.fromisoformat(issued), code]
            for fact in facts(rule)
            for word in fact.split()
        }
        named += len(roads)
        mine += len(roads & told)
    assert named > 30
    assert mine / named > 0.8, f"{mine} of {named}"


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
