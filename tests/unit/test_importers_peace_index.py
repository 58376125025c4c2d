"""The Mexico Peace Index: lists of editions, facts, IEP's workbook, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import peace_index
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states, state_codes

HEADER = "cve_ent,state_source,edition_year,indicator,score,rank"
FACTS = "\n".join(
    [
        "edition_year,data_year,cve_ent,state,measure,value,source",
        "2020,2019,31,Yucatán,rank,1,https://example.org/a",
        "2020,2019,02,Baja California,rank,32,https://example.org/a",
        "2022,2021,31,Yucatán,rank,1,https://example.org/b",
        "2022,2021,00,National,states_improved,23,https://example.org/b",
        f"2026,2025,31,Yucatán,overall_score,1.27892337864916,https://example.org/{'c' * 60}",
    ]
)
# Two published scores of the edition of 2026, with which a loader can be tried.
YUCATAN, ZACATECAS = 1.27892337864916, 2.31529834982811
Cells = list[list[object]]
NO_CACHE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def scores(years: tuple[str, ...] = ("2017", "2018")) -> list[str]:
    """Return a list of editions: overall 2.5 and one crime 3 for every state."""
    lines = [HEADER]
    for item in all_states():
        for year in years:
            place = f"{item.state_code},{item.name_short},{year}"
            lines += [f"{place},overall_score,2.5,1", f"{place},homicide,3,1"]
    return lines


def sheet(years: tuple[int, ...] = (2024, 2025)) -> Cells:
    """Return IEP's sheet: four rows of title, the header, 33 areas, two indicators."""
    rows: Cells = [["Mexico Peace Index"], [], ["Institute for Economics & Peace"], []]
    rows.append(["geocode", "state", "year", "indicator", "banded score"])
    areas = [("MEX", "National"), *((item.iso_3166_2, item.name_short) for item in all_states())]
    for code, name in areas:
        for year in years:
            rows.append([code, name, year, "overall score", 2.5])
            rows.append([code, name, year, "fear of violence", 3.5])
    return rows


def workbook(rows: Cells, title: str = "MPI") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def imported(path: Path, content: bytes) -> list[Imported]:
    path.write_bytes(content)
    return peace_index.read([path], Reading("2026-11-26"))


def values(found: Imported, measure: str = peace_index.SCORE) -> dict[str, float]:
    rows = found.rows[(found.rows["measure"] == measure) & found.rows["value"].notna()]
    return dict(zip(rows["area_code"], rows["value"], strict=True))


@pytest.fixture
def read(tmp_path: Path) -> Callable[[list[str]], list[Imported]]:
    return lambda lines: imported(tmp_path / "mpi.csv", "\n".join(lines).encode())


@pytest.fixture
def read_book(tmp_path: Path) -> Callable[[Cells], Imported]:
    def one(rows: Cells) -> Imported:
        (found,) = imported(tmp_path / "MPI_PublicReleaseData_2026.xlsx", workbook(rows))
        return found

    return one


Read = Callable[[list[str]], list[Imported]]
ReadBook = Callable[[Cells], Imported]


def test_every_edition_is_a_release_of_its_own(read: Read) -> None:
    found = read(scores())
    assert [(item.release.release, set(item.rows["period"])) for item in found] == [
        ("Mexico Peace Index 2017", {"2017"}),
        ("Mexico Peace Index 2018", {"2018"}),
    ]


def test_an_edition_has_the_states_and_a_nation_without_a_score(read: Read) -> None:
    rows = read(scores())[0].rows.set_index("area_code")
    assert (len(rows), rows.loc["00", "status"], set(rows.drop("00")["status"])) == (
        33,
        "missing",
        {"final"},
    )


def test_scores_of_single_crimes_are_counted_and_not_used(read: Read) -> None:
    found = read(scores())[0]
    assert (set(values(found).values()), found.repairs) == (
        {2.5},
        ("64 rows of 'homicide' not used",),
    )


def test_a_place_that_somebody_computed_is_not_stored(read: Read) -> None:
    assert set(read(scores())[0].rows["measure"]) == {peace_index.SCORE}


def test_facts_give_places_and_the_rest_is_counted(tmp_path: Path) -> None:
    found = imported(tmp_path / "facts.csv", FACTS.encode())
    assert [(item.release.release, values(item, peace_index.RANK)) for item in found] == [
        ("Mexico Peace Index 2020, places told by others", {"02": 32, "31": 1}),
        ("Mexico Peace Index 2022, places told by others", {"31": 1}),
    ]
    assert found[0].repairs == (
        "1 rows of 'overall_score' not used",
        "1 rows of 'states_improved' not used",
    )


def test_a_place_that_was_not_found_is_missing(tmp_path: Path) -> None:
    rows = imported(tmp_path / "facts.csv", FACTS.encode())[0].rows
    assert (len(rows), (rows["status"] == "missing").sum()) == (33, 31)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("01,Aguascalientes,2017,overall_score,2.5", "01,Colima,2017,overall_score,2.5", "two st"),
        ("01,Aguascalientes,2017,overall_score,2.5", "01,A,2017,overall_score,2.5", "no state of"),
        ("2017,overall_score,2.5", "2017,overall_score,5.1", "outside its scale: expected 1 to 5"),
        ("2017,overall_score,2.5", "2017,overall_score,0.9", "outside its scale: expected 1 to 5"),
        ("2017,overall_score,2.5", "2017,overall_score,", "not a quantity"),
        ("2017,overall_score,2.5", "17,overall_score,2.5", "not a year"),
        ("2018,overall_score,2.5", "2017,overall_score,2.5", "an area stands twice: got 01"),
        ("2018,overall_score,2.5", "2018,homicide,2.5", "1 states have no overall score in the ed"),
        ("state_source", "state_name", "line 1: not a list of the Mexico Peace Index"),
    ],
)
def test_a_wrong_list_is_refused(read: Read, old: str, new: str, told: str) -> None:
    text = "\n".join(scores())
    with pytest.raises(SourceInvalid, match=told):
        read(text.replace(old, new, 1).splitlines())


@pytest.mark.parametrize("place", ["0", "33"])
def test_a_place_outside_the_states_is_refused(tmp_path: Path, place: str) -> None:
    text = FACTS.replace("rank,32", f"rank,{place}")
    with pytest.raises(SourceInvalid, match="a place outside the number of states"):
        imported(tmp_path / "facts.csv", text.encode())


def test_a_list_without_score_or_place_is_refused(tmp_path: Path) -> None:
    text = FACTS.replace(",rank,", ",note,")
    with pytest.raises(SourceInvalid, match="no overall score and no place of a state"):
        imported(tmp_path / "facts.csv", text.encode())


def test_the_workbook_gives_its_own_edition_alone(read_book: ReadBook) -> None:
    rows = sheet()
    for row in rows[5:]:
        if row[2:4] == [2025, "overall score"] and row[1] in ("Yucatán", "Zacatecas"):
            row[4] = YUCATAN if row[1] == "Yucatán" else ZACATECAS
    found = read_book(rows)
    assert (found.release.release, set(found.rows["period"])) == (
        "Mexico Peace Index 2026",
        {"2026"},
    )
    told = values(found)
    assert (told["31"], told["32"], told["00"], len(told)) == (YUCATAN, ZACATECAS, 2.5, 33)


def test_earlier_years_of_a_workbook_are_counted_and_not_used(read_book: ReadBook) -> None:
    assert read_book(sheet()).repairs == (
        "33 scores of earlier years, computed anew for this edition, not used",
        "66 rows of other indicators not used",
    )


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    (found,) = imported(tmp_path / "mpi.csv", workbook(sheet()))
    assert found.encoding == "xlsx"


@pytest.mark.parametrize(
    ("place", "column", "cell", "told"),
    [
        (4, 4, "score", "row 5: not the columns of the Mexico Peace Index"),
        (7, 1, "Aguas", "row 8: no state of this name is listed"),
        (11, 0, "MX-XXX", "row 12: an area has two codes"),
        (8, 2, "soon", "row 9: not a year"),
        (11, 4, 9, "row 12: a score outside its scale: expected 1 to 5"),
        (11, 4, None, "row 12: not a quantity"),
        (11, 3, "homicide", "1 states have no overall score in the edition of 2026"),
        (15, 1, "Aguascalientes", "row 16: an area has two codes"),
    ],
)
def test_a_wrong_cell_of_the_workbook_is_refused(
    read_book: ReadBook, place: int, column: int, cell: object, told: str
) -> None:
    rows = sheet()
    rows[place][column] = cell
    with pytest.raises(SourceInvalid, match=told):
        read_book(rows)


def test_an_area_that_stands_twice_in_the_workbook_is_refused(read_book: ReadBook) -> None:
    rows = sheet()
    with pytest.raises(SourceInvalid, match="an area stands twice: got 32"):
        read_book([*rows, rows[-2]])


@pytest.mark.parametrize("rows", [sheet()[:5], [*sheet(), *([[None, 1]] * 20_000)]])
def test_a_sheet_of_another_length_is_refused(read_book: ReadBook, rows: Cells) -> None:
    with pytest.raises(SourceInvalid, match="the sheet has no rows, or more than an edition has"):
        read_book(rows)


def test_a_header_elsewhere_is_refused(read_book: ReadBook) -> None:
    with pytest.raises(SourceInvalid, match="MPI row 5: not the columns"):
        read_book(sheet()[1:])


def test_a_workbook_with_another_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="not exactly one sheet of the index: expected MPI"):
        imported(tmp_path / "a.xlsx", workbook(sheet(), "Data"))


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        workbook(sheet())[:2000],
        b"x" * 300,
        archive({"other.xml": bytes(range(256))}),
        archive({"xl/workbook.xml": b"<a/>", "xl/bomb.xml": b"\0" * 65_000_000}),
    ],
    ids=["cut", "no zip", "no workbook", "bomb"],
)
def test_what_is_no_whole_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceInvalid, match="not a whole Excel workbook"):
        imported(tmp_path / "a.xlsx", content)


def test_a_workbook_without_its_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"not readable as an Excel workbook \(\w+\)"):
        imported(tmp_path / "a.xlsx", archive({"xl/workbook.xml": bytes(range(256))}))


@NO_CACHE
@given(
    kind=st.sampled_from(["scores", "facts", "workbook"]),
    place=st.integers(0),
    content=st.binary(min_size=1, max_size=20),
)
def test_a_damaged_file_is_read_whole_or_refused(
    tmp_path: Path, kind: str, place: int, content: bytes
) -> None:
    good = {"scores": "\n".join(scores(("2018",))).encode(), "facts": FACTS.encode()}
    whole = good.get(kind) or workbook(sheet((2025,)))
    at = place % len(whole)
    path = tmp_path / "damaged"
    path.write_bytes(whole[:at] + content + whole[at + len(content) :])
    with suppress(AtlasError):
        for item in peace_index.read([path], Reading("2026-11-26")):
            assert set(item.rows["area_code"]) == {"00", *state_codes()}
