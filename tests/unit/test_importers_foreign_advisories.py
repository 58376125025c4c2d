"""Foreign advisories: an issue is a release with 32 states, words are closed, wording stays out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app import issuers
from geo_app.errors import SourceInvalid
from geo_app.importers import foreign_advisories, foreign_readings
from geo_app.importers.foreign_notices import COLUMNS
from geo_app.importers.reading import Imported, Reading
from geo_app.issuers import Area, Issuer, Scope
from geo_app.states import state_codes

Row = dict[str, str]
Reader = Callable[..., list[Imported]]

COUNTRY: Row = {
    "issuer": "CA",
    "issued": "2025-03-18",
    "observed": "2025-03-25",
    "cve_ent": "00",
    "state": "Mexico (country)",
    "level_native": "1",
    "level_text": "Exercise a high degree of caution",
    "scope": "whole",
    "scope_text": "",
    "reasons": "criminal activity; kidnapping",
    "source_url": "https://example.org/ca",
    "source_quality": "official text",
    "note": "",
}
SINALOA: Row = COUNTRY | {
    "cve_ent": "25",
    "state": "Sinaloa",
    "level_native": "2",
    "level_text": "Avoid non-essential travel",
    "scope": "whole except",
    "scope_text": "Sinaloa, excluding the city of Los Mochis",
    "reasons": "violence; organized crime",
}
COAST: Row = SINALOA | {
    "scope": "part",
    "scope_text": "a coast",
    "reasons": "hurricane",
    "note": "temporary weather advisory; states inferred from the named coast",
}
LONDON: Row = SINALOA | {
    "issuer": "UK",
    "level_text": "Advises against all but essential travel",
    "scope": "whole",
    "scope_text": "",
    "reasons": "crime",
}


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(*rows: Row) -> list[Imported]:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return from_text(text.getvalue(), tmp_path)

    return reader


def from_text(text: str, folder: Path, name: str = "others.csv") -> list[Imported]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return foreign_advisories.read([path], Reading("2026-11-23"))


def cell(found: Imported, code: str, name: str) -> object:
    (value,) = found.rows.loc[found.rows["area_code"] == code, name]
    return value


def area_lines(found: Imported) -> list[str]:
    (reference,) = found.references
    return reference.text.splitlines()


def test_every_issue_of_an_issuer_is_a_release_of_its_own(read: Reader) -> None:
    later = {"issued": "2026-02-04", "observed": "2026-02-05"}
    found = read(COUNTRY | later, SINALOA | later, COUNTRY, SINALOA, LONDON)
    releases = [(item.release.release, item.release.seen) for item in found]
    assert releases == [
        ("Canada advisory 2025-03-18", "2025-03-25"),
        ("Canada advisory 2026-02-04", "2026-02-05"),
        ("United Kingdom advisory 2025-03-18", "2025-03-25"),
    ]


def test_an_issue_has_the_country_and_the_32_states(read: Reader) -> None:
    (found,) = read(COUNTRY, SINALOA)
    assert list(found.rows["area_code"]) == ["00", *state_codes()]


@pytest.mark.parametrize(
    ("code", "level", "reasons"), [("25", 2.0, "crime"), ("01", 1.0, "crime|kidnapping")]
)
def test_a_state_that_is_not_named_has_the_row_of_the_country(
    read: Reader, code: str, level: float, reasons: str
) -> None:
    (found,) = read(COUNTRY, SINALOA)
    assert (cell(found, code, "value"), cell(found, code, "reasons")) == (level, reasons)


@pytest.mark.parametrize(
    ("issuer", "words", "status"),
    [
        ("UK", {}, "not_applicable"),
        ("IE", {"level_native": "3", "level_text": "Avoid non-essential travel"}, "missing"),
    ],
)
def test_without_a_level_of_the_country_other_states_have_none(
    read: Reader, issuer: str, words: Row, status: str
) -> None:
    (found,) = read(LONDON | words | {"issuer": issuer})
    others = found.rows[found.rows["area_code"] != "25"]
    assert (set(others["status"]), int(others["value"].notna().sum())) == ({status}, 0)


def test_the_measure_names_the_issuer(read: Reader) -> None:
    (found,) = read(LONDON)
    assert set(found.rows["measure"]) == {"uk_level"}


def test_the_list_of_areas_names_every_state_once(read: Reader) -> None:
    (found,) = read(COUNTRY, SINALOA)
    assert [line.split(",")[2] for line in area_lines(found)[1:]] == list(state_codes())


def test_the_places_of_a_text_that_was_read_are_in_our_words(read: Reader) -> None:
    (found,) = read(COUNTRY, SINALOA)
    assert "ca,2025-03-18,25,1,whole except,Los Mochis" in area_lines(found)


def test_a_text_that_nobody_read_has_places_that_are_not_known(read: Reader) -> None:
    (found,) = read(COUNTRY, SINALOA | {"scope_text": "Sinaloa, excluding the city of Culiacán"})
    assert "ca,2025-03-18,25,1,whole except," in area_lines(found)


def test_texts_that_nobody_read_are_counted(read: Reader) -> None:
    (found,) = read(COUNTRY, SINALOA | {"scope_text": "another text"})
    assert found.repairs == ("1 areas whose places are not known",)


def test_a_text_is_known_whatever_its_line_breaks(read: Reader) -> None:
    (found,) = read(
        COUNTRY, SINALOA | {"scope_text": "Sinaloa, excluding  the\ncity of Los Mochis"}
    )
    assert "ca,2025-03-18,25,1,whole except,Los Mochis" in area_lines(found)


def test_a_reading_is_of_one_issuer_and_state_only() -> None:
    text = SINALOA["scope_text"]
    assert foreign_readings.places(Issuer.IE, "25", Scope.WHOLE_EXCEPT, text) is None


def test_two_areas_of_a_state_stand_the_wider_first_and_join_their_reasons(read: Reader) -> None:
    (found,) = read(COUNTRY, COAST, SINALOA)
    areas = [line.split(",")[3:5] for line in area_lines(found) if ",25," in line]
    assert (areas, cell(found, "25", "reasons")) == (
        [["1", "whole except"], ["2", "part"]],
        "crime|natural_disaster",
    )


@pytest.mark.parametrize(
    ("rows", "status"), [([COAST], "estimated"), ([COAST, SINALOA], "final"), ([SINALOA], "final")]
)
def test_a_state_that_was_only_inferred_is_estimated(
    read: Reader, rows: list[Row], status: str
) -> None:
    (found,) = read(COUNTRY, *rows)
    assert cell(found, "25", "status") == status


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"issuer": "DE"}, "of an issuer that is not held (DE)"),
        ({"issued": "2023-01"}, "of an issue without a day"),
        ({"issued": "2020/2021"}, "of an issue without a day"),
        ({"source_quality": "full list in press"}, "known from the press only"),
        ({"source_quality": "official text (copy, cut)"}, "of a copy that may not be whole"),
    ],
)
def test_a_row_that_is_not_used_is_counted(read: Reader, change: Row, note: str) -> None:
    (found,) = read(COUNTRY, SINALOA, SINALOA | change)
    assert found.repairs == (f"1 rows {note} left out",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"issuer": "FR"}, "line 3: an unknown issuer: expected CA or UK or AU or IE, got 'FR'"),
        ({"state": "Sinaloe"}, "line 3: no state of this name is listed"),
        ({"cve_ent": "26"}, "line 3: code and name are of two states"),
        ({"level_native": "3"}, "line 3: an unknown level: .*got '3 Avoid non-essential travel'"),
        ({"level_text": "Go"}, "line 3: an unknown level: expected 0 Take .* got '2 Go'"),
        ({"scope": "mostly"}, "line 3: an unknown scope: expected whole or whole except"),
        ({"scope": "country"}, "line 3: an unknown scope"),
        ({"reasons": "weather"}, "line 3: an unknown reason: expected crime .* got 'weather'"),
        ({"reasons": ""}, "line 3: an unknown reason"),
        ({"issued": "18 March 2025"}, "line 3: not a date"),
        ({"observed": ""}, "line 3: not a date"),
        ({"source_quality": "rumour"}, "line 3: an unknown quality of source"),
        ({"source_url": "see the feed"}, "line 3: no link to where the issue was read"),
        ({"observed": "2025-03-26"}, "one issue was seen first on two days: got ca 2025-03-18"),
        ({"issued": "2025-04-01"}, "an issue has states but no country: expected a row 00 of ca"),
    ],
)
def test_a_damaged_row_is_refused(read: Reader, change: Row, message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(COUNTRY, SINALOA | change)


def test_an_area_that_stands_twice_is_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="line 4: an area stands twice in one issue: got 25"):
        read(COUNTRY, SINALOA, SINALOA | {"scope_text": "other"})


def test_two_levels_of_one_state_are_refused(read: Reader) -> None:
    milder = {"level_native": "1", "level_text": COUNTRY["level_text"]}
    with pytest.raises(SourceInvalid, match="line 4: a state has two levels in one issue: got 25"):
        read(COUNTRY, SINALOA, COAST | milder)


def test_a_list_without_a_usable_issue_is_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="no issue with a day and a whole official text"):
        read(COUNTRY | {"issued": "2023-01"}, SINALOA | {"issuer": "DE"})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("others.csv", "<!DOCTYPE html><html>" + "x" * 200, "a web page instead of the file"),
        ("others.csv", "issuer,issued\n", "too small to be the file"),
        ("others.csv", "issuer,issued\n" + "CA,2025\n" * 50, "a column is missing"),
        ("others.csv", ",".join(COLUMNS) + "\nCA,2025-03-18,2025-03-25,00," * 9, "row is cut"),
        ("others.csv", ",".join(COLUMNS) + '\nCA,"2025' + "-03" * 90, "not readable as comma-sep"),
        ("others.csv", "a,b\n" * 200, "none of the known lists, pages and files"),
    ],
)
def test_a_file_that_is_not_the_list_is_refused(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        from_text(text, tmp_path, name)


def test_the_list_is_known_by_its_header_whatever_its_name(tmp_path: Path) -> None:
    text = ",".join(COLUMNS) + "\nCA,2025" * 40
    with pytest.raises(SourceInvalid, match=r"gathered\.txt line 2: the row is cut"):
        from_text(text, tmp_path, "gathered.txt")


def test_the_list_beside_another_file_is_refused(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv")]
    for path in paths:
        path.write_text(",".join(COLUMNS) + "\n" * 200, encoding="utf-8")
    with pytest.raises(SourceInvalid, match="the gathered list and another file in one import"):
        foreign_advisories.read(paths, Reading("2026-11-23"))


def test_an_area_that_is_read_back_is_the_one_that_was_written(
    read: Reader, tmp_path: Path
) -> None:
    (found,) = read(COUNTRY, SINALOA)
    path = tmp_path / issuers.FILE
    path.write_text("\n".join(area_lines(found)) + "\n", encoding="utf-8")
    areas = [area for area in issuers.read_areas(path) if area.scope is not Scope.COUNTRY]
    day = found.rows["period"].iloc[0]
    expected = Area(Issuer.CA, areas[0].issued, "25", 1, Scope.WHOLE_EXCEPT, ("Los Mochis",))
    assert (areas, str(areas[0].issued)) == ([expected], day)
