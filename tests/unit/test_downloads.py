"""Where a program may fetch a file: records that are read strictly, and the ones we ship."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from geo_app import provenance
from geo_app.downloads import Download, FileFormat
from geo_app.errors import TableInvalid

ROOT = Path(__file__).resolve().parents[2]
RECORDS = sorted((ROOT / "data" / "sources").glob("*.toml"))
BLOCK = """
[[downloads]]
address = "https://example.org/{year}/f.csv"
file = "f_{year}.csv"
format = "csv"
max_bytes = 1000
"""


def read(tmp_path: Path, block: str) -> tuple[Download, ...]:
    path = tmp_path / "inegi-homicides.toml"
    shutil.copy(ROOT / "data" / "sources" / path.name, path)
    path.write_text(path.read_text(encoding="utf-8") + block, encoding="utf-8")
    return provenance.read_source(path, tmp_path / "none.csv").downloads


def test_a_record_is_read_with_what_it_leaves_out(tmp_path: Path) -> None:
    address = "https://example.org/{year}/f.csv"
    expected = Download(
        address,
        file="f_{year}.csv",
        format=FileFormat.CSV,
        find="",
        max_bytes=1000,
        token="",
        token_from="",
        is_fallback=False,
        is_together=False,
        note="",
    )
    assert read(tmp_path, BLOCK) == (expected,)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("https://", "file:///", "an address that is not http or https"),
        ("https://example.org/", "https:///", "an address that is not http or https"),
        ("{year}/f.csv", "{month}/f.csv", "an unknown placeholder"),
        ("f_{year}.csv", "f.csv", "a file name without the placeholders of its address"),
        ("f_{year}.csv", "../f_{year}.csv", "a file name that is more than a name"),
        ("f_{year}.csv", ".f_{year}.csv", "a file name that is more than a name"),
        ("1000", "0", "a limit of bytes that is not above zero"),
        ("/f.csv", "/{token}/f.csv", "{token} without `token` and `token_from`"),
        ("max_bytes", 'token = "T"\nmax_bytes', "{token} without `token` and `token_from`"),
        ('"csv"', '"doc"', "wrong value of 'format'"),
        ("max_bytes", "max_byte", "the key 'max_bytes' is missing"),
        ("max_bytes", "mirror = 1\nmax_bytes", "unknown key 'mirror'"),
    ],
)
def test_a_record_with_a_fault_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in BLOCK
    with pytest.raises(TableInvalid, match=told.replace("{", r"\{")):
        read(tmp_path, BLOCK.replace(old, new, 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_source_says_where_its_file_is(path: Path) -> None:
    record = provenance.read_source(path, path.with_name("none.csv"))
    assert bool(record.downloads) != bool(record.by_hand)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_the_files_of_a_source_have_different_names(path: Path) -> None:
    names = [item["file"] for item in tomllib.loads(path.read_text("utf-8")).get("downloads", [])]
    assert len(set(names)) == len(names)
