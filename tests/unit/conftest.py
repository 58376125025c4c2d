"""What the unit tests share: a copy of the shipped data that a test may damage."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from geo_app import paths


@dataclass(frozen=True, slots=True)
class BrokenData:
    """A folder with ``data/`` and ``shapes/``, to which GEO_APP_DATA points during the test."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def shapes(self) -> Path:
        return self.home / "shapes"

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text, which must be there, and leave the registry as it is."""
        path = self.data / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text as someone who maintains the data would: the registry is made again."""
        self.replace(name, old, new)
        self.relist()

    def write(self, name: str, text: str) -> None:
        """Write a whole file of ``data/`` and make the registry again."""
        (self.data / name).write_text(text, encoding="utf-8", newline="\n")
        self.relist()

    def change_table(self, slug: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        """Rewrite a table as text, "" where a cell is empty, and make the registry again."""
        name = f"tables/{slug}.csv"
        text = (self.data / name).read_text(encoding="utf-8")
        frame = change(pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False))
        self.write(name, frame.to_csv(index=False, lineterminator="\n"))

    def relist(self) -> None:
        """Make the registry of ``data/`` again."""
        paths.write_registry(self.data)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BrokenData:
    home = tmp_path / "home"
    shutil.copytree(paths.data_dir(), home / "data")
    shutil.copytree(paths.shapes_dir(), home / "shapes")
    monkeypatch.setenv("GEO_APP_DATA", str(home))
    return BrokenData(home)


@pytest.fixture
def revised(broken: BrokenData) -> BrokenData:
    """Two releases of INEGI: Colima 2022 was 700 deaths on 2023-07-25, 848 since 2024-07-30."""
    releases = (broken.data / "sources/inegi-homicides.releases.csv").read_text(encoding="utf-8")
    header, months, line = releases.splitlines()
    second = line.replace("1990-2024,,,", "1990-2024,2024-07-30,,")
    first = line.replace("INEGI 1990-2024,,,", "INEGI 1990-2022,2023-07-25,,")
    broken.write("sources/inegi-homicides.releases.csv", f"{header}\n{months}\n{first}\n{second}\n")
    broken.change_table("inegi-homicides", _with_first_release)
    return broken


def _with_first_release(table: pd.DataFrame) -> pd.DataFrame:
    years = table[table["measure"] == "deaths_count"]
    months = table[table["measure"] != "deaths_count"]
    first = years[years["period"] <= "2022"].assign(
        release="INEGI 1990-2022", published="2023-07-25", status="preliminary"
    )
    colima = (first["state_code"] == "06") & (first["period"] == "2022")
    nation = (first["state_code"] == "00") & (first["period"] == "2022")
    first.loc[colima, "value"] = "700"
    first.loc[nation, "value"] = str(33287 - 148)
    rows = pd.concat([years.assign(published="2024-07-30"), months, first])
    return rows.sort_values(["state_code", "period", "measure", "release"])


Rows = Sequence[Sequence[object]]


@pytest.fixture
def write_book(tmp_path: Path) -> Callable[[str, dict[str, Rows]], Path]:
    """Write a workbook from rows of cells, a sheet each; None = an empty cell."""

    def writer(name: str, sheets: dict[str, Rows]) -> Path:
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return writer
