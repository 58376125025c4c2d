"""Workbooks: what is no workbook, what would unpack without end, what is damaged inside."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers import sheets
from geo_app.importers.reading import RawFile, open_raw
from geo_app.importers.sheets import Sheet, is_sheets, read_sheets, sheet_heads

Writer = Callable[[str, dict[str, Sequence[Sequence[object]]]], Path]


def raw(content: bytes, name: str = "f.xlsx") -> RawFile:
    return RawFile(name, content, hashlib.sha256(content).hexdigest())


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def everything(_head: Sheet) -> bool:
    return True


@pytest.fixture
def small(write_book: Writer) -> bytes:
    rows = [["INEGI. ENVIPE 2024"], [], ["Title of", None, "Cuadro 3.3"], [2023.0], ["x", 7, 1.5]]
    return write_book("f.xlsx", {"one ": rows, "two": []}).read_bytes()


def test_cells_keep_numbers_as_numbers_and_blank_rows_are_left_out(small: bytes) -> None:
    one, two = read_sheets(raw(small), everything)
    assert [(n, row[:3]) for n, row in one.rows][2:] == [(4, (2023, "", "")), (5, ("x", 7, 1.5))]
    assert (one.name, two.rows) == ("one", ())


def test_a_title_is_the_first_column_of_the_first_rows(small: bytes) -> None:
    assert sheet_heads(raw(small))[0].title == "INEGI. ENVIPE 2024 Title of 2023 x"


def test_only_wanted_sheets_are_read(small: bytes) -> None:
    assert [sheet.name for sheet in read_sheets(raw(small), lambda s: s.name == "two")] == ["two"]


def test_a_workbook_is_known_by_its_content_under_any_name(small: bytes) -> None:
    assert (is_sheets(raw(small, "f.csv")), is_sheets(raw(b"a,b", "f.xlsx"))) == (True, False)


def test_a_web_page_under_the_name_of_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "III_2024_est.xlsx"
    path.write_bytes(b"<!DOCTYPE html><html>" + b" " * 300)
    with pytest.raises(SourceInvalid, match=r"III_2024_est\.xlsx: a web page instead of the file"):
        open_raw(path)


def test_an_old_workbook_under_a_new_name_is_refused() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    with pytest.raises(SourceInvalid, match=r"an old Excel workbook \(\.xls\), whatever its name"):
        read_sheets(raw(content), everything)


@pytest.mark.parametrize("kept", [4, 1000, -40])
def test_a_truncated_workbook_is_refused(small: bytes, kept: int) -> None:
    with pytest.raises(SourceInvalid, match="not a whole Excel workbook"):
        read_sheets(raw(small[:kept]), everything)


def test_another_archive_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="not a whole Excel workbook"):
        read_sheets(raw(zipped({"a.csv": b"1,2"})), everything)


def test_a_part_that_would_unpack_without_end_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(
        {
            "xl/workbook.xml": b"<x/>",
            "xl/sharedStrings.xml": b"<si/>" * (sheets.LARGEST_MEMBER_BYTES // 5 + 1),
        }
    )
    assert len(bomb) < 100_000
    with pytest.raises(SourceInvalid, match="unpacks to more than any official one"):
        read_sheets(raw(bomb), everything)


def test_many_parts_that_are_too_much_together_are_refused() -> None:
    part = b"\0" * sheets.LARGEST_MEMBER_BYTES
    bomb = zipped({"xl/workbook.xml": b"<x/>", **{f"{n}.xml": part for n in range(5)}})
    with pytest.raises(SourceInvalid, match="unpacks to more than any official one"):
        read_sheets(raw(bomb), everything)


def test_a_workbook_that_is_damaged_inside_is_refused() -> None:
    with pytest.raises(SourceInvalid, match="not readable as an Excel workbook"):
        read_sheets(raw(zipped({"xl/workbook.xml": b"<not xml"})), everything)


def test_a_sheet_longer_than_any_table_is_refused(
    write_book: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 10)
    content = write_book("f.xlsx", {"one": [[n] for n in range(11)]}).read_bytes()
    with pytest.raises(SourceInvalid, match=r"f\.xlsx one: the sheet is longer"):
        read_sheets(raw(content), everything)


def _again(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {item: archive.read(item) for item in archive.namelist()}
    return zipped({**members, part: change(members[part])})


def test_a_row_with_an_absurd_number_costs_nothing(small: bytes) -> None:
    far = _again(
        small,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<row r="5"', b'<row r="999999999"').replace(
            b'"A5"', b'"A999999999"'
        ),
    )
    assert len(read_sheets(raw(far), everything)[0].rows) < 5


BOOK = io.BytesIO()
with zipfile.ZipFile(BOOK, "w") as _made:
    from openpyxl import Workbook

    _book = Workbook()
    _book.active.append(["Title", 1, 2.5])
    _inner = io.BytesIO()
    _book.save(_inner)
    with zipfile.ZipFile(_inner) as _source:
        for _name in _source.namelist():
            _made.writestr(_name, _source.read(_name))


# Stored without compression, so that a changed byte reaches the XML and not only a checksum.
@given(
    st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]),
    st.integers(0, 5_000),
    st.binary(min_size=0, max_size=12),
)
def test_any_change_inside_a_workbook_is_read_or_refused(
    part: str, place: int, text: bytes
) -> None:
    def change(xml: bytes) -> bytes:
        at = place % len(xml)
        return xml[:at] + text + xml[at + len(text) :]

    said = ""
    try:
        read_sheets(raw(_again(BOOK.getvalue(), part, change)), everything)
    except SourceInvalid as error:
        said = str(error)
    assert "\n" not in said


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_any_bytes_are_refused(content: bytes, start: bytes) -> None:
    with pytest.raises(SourceInvalid):
        read_sheets(raw(start + content), everything)
