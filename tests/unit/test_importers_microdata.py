"""Tables of interviews: known by their columns, whatever packs them; never more than can be."""

from __future__ import annotations

import gzip
import io
import subprocess
import zipfile
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import frames, microdata, rds_process
from geo_app.importers.microdata import find, tables_in
from tests.examples import examples

ROWS = b'ID_PER,CVE_ENT,AP4_3_3\n"01.01\r","01\r",2\n"02.01","02",9\n'
WANTED = ["ID_PER", "AP4_3_3"]


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read_one(path: Path, columns: list[str]) -> list[list[str]]:
    (table,) = tables_in(path)
    return table.read(columns).to_numpy().tolist()


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        b"\xef\xbb\xbf" + ROWS,
        ROWS.replace(b"\n", b"\r\n"),
        ROWS.replace(b"\r", b"").replace(b"\n", b"\r"),
        ROWS.replace(b"ID_PER", b'"id_per "'),
        ROWS.replace(b"\n", b"\n\n"),
        ROWS.replace(b"CVE_ENT", b"NOM_MUN").replace(b'"02",', b'"Zu\xf1iga",'),
        ROWS.replace(b"CVE_ENT", b"NOM_MUN").replace(b'"02",', "Zuñiga,".encode()),
        ROWS.replace(b"\n", b",x\n").replace(b",x", b",", 1),
        gzip.compress(ROWS, mtime=0),
    ],
    ids=["plain", "bom", "crlf", "cr", "lower", "blank", "latin-1", "utf-8", "unnamed", "gz"],
)
def test_the_same_rows_come_out_of_every_form(tmp_path: Path, content: bytes) -> None:
    found = read_one(put(tmp_path / "t.csv", content), WANTED)
    assert found == [["01.01", "2"], ["02.01", "9"]]


def test_the_index_is_the_line_of_the_file(tmp_path: Path) -> None:
    (table,) = tables_in(put(tmp_path / "t.csv", ROWS.replace(b"\n", b"\n\n", 1)))
    assert table.read(WANTED).index.tolist() == [3, 4]


def test_a_table_is_found_by_its_columns_and_not_by_its_name(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "bd_envipe_2021_csv.zip",
        {
            "TPer_Vic1.csv": b"ID_PER,SEXO\n1,2\n",
            "cat/sexo.CSV": ROWS,
            "read me.txt": b"ID_PER,CVE_ENT,AP4_3_3\n",
        },
    )
    (table,) = find([path], frozenset({"AP4_3_3"}))
    assert table.where == "bd_envipe_2021_csv.zip/cat/sexo.CSV"
    assert len(table.read(WANTED)) == 2


def test_parquet_gives_the_same_as_text(tmp_path: Path) -> None:
    frame = pd.DataFrame({"ID_PER": ["01.01", None], "AP4_3_3": [2.0, 9.0], "OTHER": [1, 2]})
    frame.to_parquet(tmp_path / "t.parquet")
    assert read_one(tmp_path / "t.parquet", WANTED) == [["01.01", "2"], ["", "9"]]


@pytest.mark.parametrize("compress", ["gzip", None])
def test_a_data_frame_of_r_gives_the_same_as_text(tmp_path: Path, compress: str | None) -> None:
    import pyreadr

    frame = pd.DataFrame({"ID_PER": ["01.01", "02.01"], "AP4_3_3": ["2", ""], "OTHER": [1.0, 2.0]})
    pyreadr.write_rds(tmp_path / "t.rds", frame, compress=compress)
    (table,) = tables_in(tmp_path / "t.rds")
    assert table.columns == ("ID_PER", "AP4_3_3")
    assert table.read(WANTED).to_numpy().tolist() == [["01.01", "2"], ["02.01", ""]]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"ID_PER,AP4_3_3\n1\n", r"t\.csv line 2: the row is cut"),
        ("t.csv", b'ID_PER,AP4_3_3\n1,"2\n', "not readable as comma-separated text"),
        ("t.csv", b"ID_PER,AP4_3_3,AP4_3_3\n1,2,3\n", "a column stands twice: got AP4_3_3"),
        ("t.csv", b"ID_PER,AP4_3_3\n", "the table has no rows"),
        ("t.csv", b"<!DOCTYPE html>\n<html>", "a web page instead of the file"),
        ("t.csv", b"ID_PER,AP4_3_3\n" + b"x" * 200_000, "a line or the whole is longer"),
        ("t.csv", gzip.compress(ROWS * 99, mtime=0)[:60], "truncated or damaged"),
        ("t.csv", gzip.compress(bytes(10**8), mtime=0), "a line or the whole is longer"),
        ("t.parquet", b"PAR1" + bytes(300), "the parquet file is damaged"),
        ("t.rds", b"X\n\0\0\0\x02" + bytes(300), "the file of R cannot be read"),
        (
            "t.rds",
            gzip.compress(b"X\n\0\0\0\x03" + b"\xff" * 300, mtime=0),
            "the file of R cannot be read",
        ),
    ],
)
def test_a_damaged_table_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = put(tmp_path / name, content)
    with pytest.raises(SourceInvalid, match=message):
        read_one(path, WANTED)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="there is no such file"):
        tables_in(tmp_path / "t.csv")


@pytest.mark.parametrize("name", ["../t.csv", "/t.csv", "inner.zip"])
def test_an_archive_with_tricks_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", {name: ROWS})
    with pytest.raises(SourceInvalid, match=r"the member (points outside|is an archive itself)"):
        tables_in(path)


def test_more_rows_than_any_table_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "t.csv", ROWS)
    monkeypatch.setattr(microdata, "MOST_ROWS", 1)
    with pytest.raises(SourceInvalid, match="more rows than any official table"):
        read_one(path, WANTED)


def test_blank_lines_without_end_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "t.csv", gzip.compress(ROWS + b"\n" * 10**6, mtime=0))
    monkeypatch.setattr(microdata, "MOST_BYTES", 300_000)
    with pytest.raises(SourceInvalid, match="a line or the whole is longer"):
        read_one(path, WANTED)


def test_more_rows_of_a_frame_than_any_table_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyreadr

    monkeypatch.setattr(frames, "MOST_ROWS", 1)
    frame = pd.DataFrame({"ID_PER": ["1", "2"]})
    frame.to_parquet(tmp_path / "t.parquet")
    pyreadr.write_rds(tmp_path / "t.rds", frame)
    for name in ("t.parquet", "t.rds"):
        with pytest.raises(SourceInvalid, match="more rows than any official table"):
            tables_in(tmp_path / name)


def test_a_file_of_r_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(command: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(subprocess, "run", too_long)
    with pytest.raises(SourceInvalid, match=r"cannot be read \(it takes too long\)"):
        tables_in(put(tmp_path / "t.rds", b"X\n\0\0\0\x02" + bytes(300)))


def test_a_list_of_r_is_no_table(tmp_path: Path) -> None:
    # An rds file with the number 1 in place of a data frame, as R writes it.
    number = b"\0\0\0\x0e\0\0\0\x01\x3f\xf0\0\0\0\0\0\0"
    content = b"X\n\0\0\0\x02\0\x04\x02\x03\0\x02\x03\0" + number
    with pytest.raises(SourceInvalid, match=r"the file of R cannot be read.*no column of a survey"):
        tables_in(put(tmp_path / "t.rds", content))


def test_a_file_of_r_with_several_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyreadr

    monkeypatch.setattr(pyreadr, "read_r", lambda _: {"a": pd.DataFrame(), "b": pd.DataFrame()})
    with pytest.raises(ValueError, match="not one data frame"):
        rds_process.main("t.rds", 9, frozenset({"ID_PER"}))


def small_parquet() -> bytes:
    out = io.BytesIO()
    pd.DataFrame({"ID_PER": ["1", "2"], "AP4_3_3": [1, 2]}).to_parquet(out)
    return out.getvalue()


STARTS = (ROWS, gzip.compress(ROWS, mtime=0), small_parquet())


@examples(150)
@given(st.sampled_from(STARTS), st.data())
def test_any_change_of_a_file_gives_rows_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(start)))
    gone = data.draw(st.integers(0, 20))
    content = start[:at] + data.draw(st.binary(max_size=20)) + start[at + gone :]
    path = put(tmp_path_factory.mktemp("any") / "t.csv", content)
    with suppress(AtlasError):
        for table in tables_in(path):
            assert len(table.read([name for name in set(table.columns) if name])) > 0
