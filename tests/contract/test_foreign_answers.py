"""What the command line answers for issuers other than the United States, and from which texts."""

from __future__ import annotations

import csv
import json
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from geo_app import alerts
from geo_app.__main__ import main
from geo_app.errors import SourceInvalid
from geo_app.importers import foreign_advisories, foreign_readings
from geo_app.importers.reading import Imported, Reading
from geo_app.issuers import FILE, Issuer, Scope, parse_areas
from geo_app.states import fold

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT.parent / "shared" / "sources" / "advisories" / "others.csv"
RUN_OF_WORDS = 8
"""As many words in a row, taken from a text, would be its wording and not the name of a place."""

PAGES = (
    (("ca_mexico_risk_2025-03-25.md",), "2025-03-18"),
    (("ca_mexico_risk_2025-06-19.md",), "2025-06-18"),
    (("ca_mexico_risk_2026-02-05.md",), "2026-02-04"),
    (("uk_mexico_warnings_2025-03-25.md",), ""),
    (("uk_mexico_warnings_2026-02-24.md",), ""),
    (("uk_mexico_warnings_2026-02-28.md",), ""),
    (("uk_mexico_regional_risks_2026-08-22.md", "uk_mexico_info_2026-08-22.json"), ""),
    (("au_mexico_overview_2025-06.md", "au_mexico_info_2025-06.json"), ""),
    (("ie_mexico_safety_2026-02-26.md",), "2026-02-25"),
)
"""Pages beside the list, with the day of issue where no file of theirs gives it."""

Record = dict[str, object]


def answers(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Record]:
    status = main(["advisory", *arguments, "--format", "json"])
    found: list[Record] = json.loads(capsys.readouterr().out)
    assert status == 0
    return found


@cache
def source_rows() -> tuple[dict[str, str], ...]:
    if not LIST.is_file():
        pytest.skip(f"the raw file {LIST.name} is not beside the project")
    with LIST.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def readings() -> list[dict[str, str]]:
    path = resources.files("geo_app.importers").joinpath(foreign_readings.FILE)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("issuer", "ca"),
        ("area_code", "25"),
        ("level", 2),
        ("level_name", "Avoid non-essential travel"),
        ("country_level", 1),
        ("scope", "whole except"),
        ("since", "2025-03-18"),
        ("issued", "2026-02-04"),
        ("last_stated", "2026-02-04"),
        ("status", "last_stated"),
        ("newer_issue", None),
        ("reasons", ["crime"]),
        ("restrictions", None),
        ("checked", "2026-11-23"),
    ],
)
def test_canada_on_sinaloa(capsys: pytest.CaptureFixture[str], key: str, value: object) -> None:
    (found,) = answers(capsys, "--issuer", "ca", "--state", "Sinaloa")
    assert found[key] == value


def test_canada_names_the_places_of_sinaloa_that_it_leaves_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (found,) = answers(capsys, "--issuer", "ca", "--state", "Sinaloa")
    (first, *others) = found["places"] if isinstance(found["places"], list) else []
    assert (first, {place.partition(":")[0] for place in others}, len(others)) == (
        "Los Mochis (by air or sea)",
        {"Mazatlán"},
        4,
    )


@pytest.mark.parametrize("issuer", ["us", "ca", "uk", "au", "ie"])
def test_every_issuer_answers_for_the_32_states(
    capsys: pytest.CaptureFixture[str], issuer: str
) -> None:
    found = answers(capsys, "--issuer", issuer, "--on", "2025-06-01")
    assert ({item["issuer"] for item in found}, len(found)) == ({issuer}, 32)


def test_the_united_states_are_asked_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert answers(capsys, "--state", "25")[0]["issuer"] == "us"


def test_before_the_first_issue_the_level_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = answers(capsys, "--issuer", "uk", "--state", "25", "--on", "2024-01-01")
    assert (found["level"], found["status"]) == (None, "unknown")


def test_the_whole_of_jalisco_after_the_22nd_of_february_2026(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (found,) = answers(capsys, "--issuer", "uk", "--state", "Jalisco", "--on", "2026-02-24")
    assert (found["scope"], found["since"], found["places"]) == ("whole", "2026-02-23", [])


def test_an_issuer_that_is_not_held_is_bad_use_told_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["advisory", "--issuer", "de"])
    error = capsys.readouterr().err
    assert (status, error.count("\n"), "'us', 'ca', 'uk', 'au', 'ie'" in error) == (2, 1, True)


@cache
def texts_read() -> frozenset[tuple[str, str, str]]:
    """Issuer, state and fingerprint of every text of the list and of the pages beside it."""
    listed = {
        (row["issuer"].lower(), row["cve_ent"], foreign_readings.fingerprint(row["scope_text"]))
        for row in source_rows()
    }
    asked: list[tuple[str, str, str]] = []

    def places(issuer: Issuer, code: str, _scope: Scope, text: str) -> None:
        asked.append((issuer, code, foreign_readings.fingerprint(text)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foreign_readings, "places", places)
        for names, published in PAGES:
            files = [LIST.parent / "samples" / name for name in names]
            foreign_advisories.read(files, Reading("2026-11-26", published))
    return frozenset(listed | set(asked))


@pytest.mark.parametrize("reading", readings(), ids=lambda row: f"{row['issuer']} {row['text']}")
def test_a_reading_is_of_a_text_that_the_list_or_a_page_holds(reading: dict[str, str]) -> None:
    assert (reading["issuer"], reading["state_code"], reading["text"]) in texts_read()


def test_no_wording_of_an_issuer_is_in_the_list_of_areas() -> None:
    wording = {run for row in source_rows() for run in runs(row["scope_text"])}
    with (ROOT / "data" / FILE).open(encoding="utf-8", newline="") as file:
        places = {place for row in csv.DictReader(file) for place in row["places"].split("|")}
    assert [place for place in places if wording & runs(place)] == []


def runs(text: str) -> set[str]:
    words = fold(text).split()
    starts = range(len(words) - RUN_OF_WORDS + 1)
    return {" ".join(words[start : start + RUN_OF_WORDS]) for start in starts}


def held(issuer: Issuer, issued: str) -> dict[str, tuple[float, str]]:
    """Return level and scope of the rows that the gathered list gives one issue, by state."""
    found: dict[str, tuple[float, str]] = {}
    for row in source_rows():
        if (row["issuer"].lower(), row["issued"]) == (issuer, issued):
            # Of two areas of one state the wider stands first in the answer.
            level = (float(row["level_native"]), row["scope"])
            earlier = found.setdefault(row["cve_ent"], level)
            order = {str(scope): n for n, scope in enumerate(Scope)}
            found[row["cve_ent"]] = min(earlier, level, key=lambda item: order[item[1]])
    return found


def read_page(names: tuple[str, ...], published: str) -> Imported:
    files = [LIST.parent / "samples" / name for name in names]
    if not files[0].is_file():
        pytest.skip(f"the raw file {files[0].name} is not beside the project")
    (found,) = foreign_advisories.read(files, Reading("2026-11-26", published))
    return found


LISTED_AS = {"2026-07-16": "2026-02-27", "2025-06-13": "2025-03-11"}
"""Issues that the list does not hold, for their text is that of an earlier one, which it does.

The page on regional risks goes with the British issue of 2026-07-16, and the Australian file gives
the day of the last change of the page: the raw day is right, and states and levels are the same.
"""


@pytest.mark.parametrize(("names", "published"), PAGES, ids=lambda item: str(item)[:40])
def test_a_page_says_the_same_states_levels_and_scopes_as_the_list(
    names: tuple[str, ...], published: str
) -> None:
    found = read_page(names, published)
    issuer = Issuer(names[0][:2])
    day = found.release.published
    (reference,) = found.references
    levels = dict(zip(found.rows["area_code"], found.rows["value"], strict=True))
    widest = {a.state_code: str(a.scope) for a in parse_areas(reference.text) if a.number == 1}
    told = {code: (levels[code], scope) for code, scope in widest.items() if scope != Scope.COUNTRY}
    expected = held(issuer, LISTED_AS.get(day, day))
    nation = expected.pop("00", None)
    assert (told, nation is None or nation[0] == levels["00"]) == (expected, True)


@pytest.mark.parametrize(("names", "published"), PAGES, ids=lambda item: str(item)[:40])
def test_a_page_names_the_places_that_are_held_of_its_issue(
    names: tuple[str, ...], published: str
) -> None:
    found = read_page(names, published)
    (reference,) = found.references
    with (ROOT / "data" / FILE).open(encoding="utf-8", newline="") as file:
        of_issue = {line.rstrip("\r\n") for line in file}
    fresh = set(reference.text.splitlines())
    day = found.release.published
    if day in LISTED_AS:
        fresh = {line.replace(day, LISTED_AS[day]) for line in fresh}
    # The page on regional risks lists the municipalities of two states one by one.
    finer = {"uk,2026-02-27,11", "uk,2026-02-27,14"} if day == "2026-07-16" else set()
    assert {line[:16] for line in fresh - of_issue} == finer


def test_the_reasons_of_a_page_are_those_of_the_list_where_the_page_gives_them() -> None:
    reasons: dict[str, set[str]] = {}
    for names, published in PAGES:
        reasons.setdefault(names[0][:2], set()).update(read_page(names, published).rows["reasons"])
    # The British page gives none: the list took them from another page, which has them in prose.
    assert reasons == {
        "ca": {"crime|kidnapping", "crime", "crime|natural_disaster", "natural_disaster"},
        "uk": {""},
        "au": {"crime", "crime|kidnapping"},
        "ie": {"crime", ""},
    }


def test_the_index_of_canada_gives_the_country_alone() -> None:
    found = read_page(("ca_index-alpha-eng_2014-10-02_five_countries.json",), "")
    values = found.rows.set_index("area_code")["value"].dropna()
    assert (found.release.published, values.to_dict()) == ("2014-10-01", {"00": 1.0})


@pytest.mark.parametrize("country", ["albania_2017", "alt_country", "index"])
def test_a_document_of_gov_uk_on_another_country_is_refused(country: str) -> None:
    with pytest.raises(SourceInvalid, match=r"not the travel advice for Mexico|about another|none"):
        read_page((f"uk_govuk_content_api_travel_advice_{country}.json",), "")


def test_page_and_description_of_two_captures_are_refused() -> None:
    names = ("ca_mexico_risk_2026-02-05.md", "ca_mexico_info_2026-08-22.json")
    with pytest.raises(SourceInvalid, match="not captured together"):
        read_page(names, "")


def test_eighteen_states_were_under_the_alert_of_february_2026() -> None:
    entries = alerts.load()
    days = [date(2026, 2, day) for day in (22, 23)]
    assert len({item.state_code for day in days for item in alerts.on(entries, day)}) == 18
