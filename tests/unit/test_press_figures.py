"""The list of figures that only the press tells: read and checked, each with its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_app import checks, paths, press_figures, provenance
from geo_app.errors import TableInvalid
from geo_app.press_figures import Figure

HEADER = ",".join(press_figures.COLUMNS)
PAGE = '"diario.mx, 2022-09-12",https://example.org/a'
SHARE = f'crimes_reported_pct,2021,2021,10.1,final,"INEGI, ENVIPE",{PAGE}'
HALF = f"homicide_deaths_count,2021-01,2021-06,16972,preliminary,INEGI,{PAGE}"
CHANGE = f"peace_change_pct,2015,2021,-17.1,final,Mexico Peace Index 2022,{PAGE}"


def written(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / press_figures.FILE
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def read(folder: Path, *lines: str, header: str = HEADER) -> tuple[press_figures.PressFigure, ...]:
    source = provenance.load_source(press_figures.SOURCE)
    return press_figures.read(written(folder, *lines, header=header), source)


def test_a_list_comes_back_as_it_was_written(tmp_path: Path) -> None:
    found = read(tmp_path, SHARE, HALF, CHANGE)
    assert press_figures.to_csv(found) == "\n".join([HEADER, SHARE, HALF, CHANGE]) + "\n"
    assert [item.value for item in found] == [10.1, 16972, -17.1]


def test_the_shipped_list_is_as_it_would_be_written() -> None:
    path = paths.data_dir() / press_figures.FILE
    assert press_figures.to_csv(press_figures.all_figures()) == path.read_text(encoding="utf-8")
    assert list(checks.check_press_figures()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("crimes_reported_pct", "crimes_pct"),
        ("10.1", "101"),
        ("10.1", "-1"),
        ("10.1", "nan"),
        ("10.1", "ten"),
        (",2021,2021,", ",2021,2020,"),
        (",2021,2021,", ",2021,2021-06,"),
        (",2021,2021,", ",2021H1,2021H1,"),
        ("final", "estimated"),
        ("final", "sure"),
        ('"INEGI, ENVIPE"', ""),
        ("https://", "ftp://"),
    ],
)
def test_what_cannot_be_a_figure_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(TableInvalid, match=r"line 2.*(not a figure|cannot be)"):
        read(tmp_path, SHARE.replace(old, new))


@pytest.mark.parametrize("line", [HALF.replace("16972", "0.5"), CHANGE.replace("-17.1", "-101")])
def test_a_count_is_whole_and_no_change_takes_more_than_everything(
    tmp_path: Path, line: str
) -> None:
    with pytest.raises(TableInvalid, match="cannot be"):
        read(tmp_path, line)


def test_other_columns_a_cut_row_and_a_repeated_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match="wrong columns"):
        read(tmp_path, SHARE, header="figure,value")
    with pytest.raises(TableInvalid, match="line 2: wrong number of cells: expected 8, got 3"):
        read(tmp_path, "crimes_reported_pct,2021,2021")
    with pytest.raises(TableInvalid, match="one figure twice"):
        read(tmp_path, SHARE, SHARE)


def test_a_page_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match="has no record"):
        read(tmp_path, SHARE.replace("diario.mx", "other.mx"))


# INEGI, ENVIPE 2022; INEGI, deaths by homicide of January to June 2021 and 2022.
def test_a_figure_is_told_with_the_day_of_its_page() -> None:
    shares = {item.figure.first: item for item in press_figures.told(Figure.CRIMES_REPORTED)}
    assert list(shares) == ["2012", "2019", "2021", "2022", "2023"]
    assert (shares["2021"].figure.value, shares["2021"].published) == (10.1, "2022-09-12")
    assert shares["2012"].published == ""
    halves = press_figures.told(Figure.HOMICIDES)
    assert [(i.figure.first, i.figure.status, i.figure.value) for i in halves] == [
        ("2021-01", "preliminary", 16972),
        ("2021-01", "final", 17462),
        ("2022-01", "preliminary", 15561),
        ("2022-01", "final", 16316),
    ]


def test_a_page_is_known_from_its_day_and_one_without_a_day_from_its_reading() -> None:
    def years(day: str) -> list[str]:
        return [i.figure.first for i in press_figures.told(Figure.CRIMES_REPORTED, day)]

    assert years("2022-09-11") == ["2019"]
    assert years("2022-09-12") == ["2019", "2021"]
    assert press_figures.told(Figure.PEACE_CHANGE, "2026-11-26") == ()
    assert [i.figure.value for i in press_figures.told(Figure.PEACE_CHANGE)] == [-17.1, 0.2]


def test_the_press_has_no_table_and_so_no_series() -> None:
    assert press_figures.SOURCE not in provenance.tabled_slugs()
