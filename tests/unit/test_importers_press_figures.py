"""Figures of the press: two gathered lists, readings typed from pages, and what is refused."""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import press_figures
from geo_app.importers.reading import Imported, Reading

SHARES = "\n".join(
    [
        "year,cifra_negra_pct,share_of_crimes_reported_pct,basis,source",
        "2020,93.3,,sum of another list of states and years,",
        "2021,93.2,10.1,sum of another list,https://www.example.org/juarez/a-20220912-1.html",
        "2022,92.4,10.9,page,https://example.net/nacional/2023/09/11/b/",
        "2023,92.9,10.4,page,https://example.com/c",
        "2012,92.1,12.2,page,https://example.com/c",
    ]
)
FACTS = "\n".join(
    [
        "edition_year,data_year,cve_ent,state,measure,value,source",
        "2022,2021,31,Yucatán,rank,1,https://example.org/?p=4604",
        "2022,2021,00,National,change_in_peacefulness_vs_previous_year_pct,0.2,https://example.org/?p=4604",
        "2022,2021,00,National,change_in_peacefulness_2015_2021_pct,-17.1,https://example.org/?p=4604",
        "2022,2021,00,National,states_improved,23,https://example.org/?p=4604",
        "2022,2021,00,National,states_deteriorated,9,https://example.org/?p=4604",
        "2026,2025,31,Yucatán,overall_score,1.27892337864916,a comment in a file of a repository",
    ]
)
READINGS = "\n".join(
    [
        "figure,first,last,value,status,publication,address",
        'homicide_deaths_count,2021-01,2021-06,16972,preliminary,"INEGI, deaths",https://example.mx/25-01-2022/4',
        'homicide_deaths_count,2022-01,2022-06,16316,final,"INEGI, deaths",https://example.mx/a/2024/1/23/b.html',
    ]
)
NO_CACHE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def imported(folder: Path, *texts: str, published: str = "") -> list[Imported]:
    files = []
    for number, text in enumerate(texts):
        path = folder / f"list_{number}.csv"
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return press_figures.read(files, Reading("2026-11-27", published))


def rows(found: Imported) -> list[list[str]]:
    (reference,) = found.references
    return list(csv.reader(reference.text.splitlines()))[1:]


def test_each_page_is_a_release_with_the_day_of_its_address(tmp_path: Path) -> None:
    found = {item.release.release: item.release for item in imported(tmp_path, SHARES, READINGS)}
    assert {name: release.published for name, release in found.items()} == {
        "example.com": "",
        "example.mx, 2022-01-25": "2022-01-25",
        "example.org, 2022-09-12": "2022-09-12",
        "example.net, 2023-09-11": "2023-09-11",
        "example.mx, 2024-01-23": "2024-01-23",
    }
    assert list(found) == sorted(found, key=lambda name: found[name].published)
    assert {release.checked for release in found.values()} == {"2026-11-27"}


def test_no_page_takes_the_day_of_publication_that_a_caller_knows(tmp_path: Path) -> None:
    found = imported(tmp_path, SHARES, published="2020-01-01")
    assert "2020-01-01" not in {item.release.published for item in found}


def test_a_year_without_a_share_and_what_was_computed_are_left_out(tmp_path: Path) -> None:
    found = imported(tmp_path, SHARES)
    told = [(row[0], row[1], row[2], row[3]) for item in found for row in rows(item)]
    assert told == [
        ("crimes_reported_pct", "2012", "2012", "12.2"),
        ("crimes_reported_pct", "2023", "2023", "10.4"),
        ("crimes_reported_pct", "2021", "2021", "10.1"),
        ("crimes_reported_pct", "2022", "2022", "10.9"),
    ]
    assert found[0].repairs == ("1 rows without a figure of the press not used",)
    assert all(item.rows.empty for item in found)


def test_a_change_keeps_both_its_ends_and_the_edition_that_tells_it(tmp_path: Path) -> None:
    (found,) = imported(tmp_path, FACTS)
    assert [row[:6] for row in rows(found)] == [
        ["peace_change_pct", "2015", "2021", "-17.1", "final", "Mexico Peace Index 2022"],
        ["peace_change_pct", "2020", "2021", "0.2", "final", "Mexico Peace Index 2022"],
        ["states_improved_count", "2020", "2021", "23", "final", "Mexico Peace Index 2022"],
        ["states_worse_count", "2020", "2021", "9", "final", "Mexico Peace Index 2022"],
    ]
    assert found.release.published == ""


def test_a_half_year_is_written_with_its_months_and_status(tmp_path: Path) -> None:
    first, second = imported(tmp_path, READINGS)
    assert rows(first)[0][1:5] == ["2021-01", "2021-06", "16972", "preliminary"]
    assert rows(second)[0][1:5] == ["2022-01", "2022-06", "16316", "final"]


def test_a_page_that_is_read_again_replaces_its_own_figures_only(tmp_path: Path) -> None:
    first, second = imported(tmp_path, READINGS)
    (one,), (other,) = first.references, second.references
    assert one.merge is not None
    both = one.merge(other.text, one.text)
    changed = one.merge(both, one.text.replace("16972", "16973"))
    assert ("16973" in changed, "16972" in changed, "16316" in changed) == (True, False, True)


@pytest.mark.parametrize(
    ("text", "old", "new", "message"),
    [
        (SHARES, "https://example.com/c", "a page", "without its page"),
        (SHARES, "https://example.com/c", "", "without its page"),
        (SHARES, "https://example.com/c", "https://", "without its page"),
        (SHARES, "10.4", "104", "cannot be"),
        (SHARES, "10.4", "ten", "not a figure of the press"),
        (SHARES, "2023,", "23,", "not a year"),
        (FACTS, "2015_2021_pct", "2015_2020_pct", "does not end in the year of the data"),
        (FACTS, ",9,", ",9.5,", "cannot be"),
        (READINGS, "preliminary", "estimated", "cannot be"),
        (READINGS, "2021-06", "2021H1", "not a figure of the press"),
        (READINGS, "figure,", "name,", "not a list of figures of the press"),
    ],
)
def test_what_cannot_be_is_refused(
    tmp_path: Path, text: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        imported(tmp_path, text.replace(old, new))


def test_two_pages_of_one_site_and_day_cannot_be_told_apart(tmp_path: Path) -> None:
    other = SHARES.replace("https://example.com/c", "https://example.com/d", 1)
    with pytest.raises(SourceInvalid, match="two pages of one site and day"):
        imported(tmp_path, other)


def test_a_list_without_any_figure_of_the_press_is_refused(tmp_path: Path) -> None:
    lines = [line for line in FACTS.splitlines() if ",00," not in line]
    rank = lines[1]
    with pytest.raises(SourceInvalid, match="no figure that only the press tells"):
        imported(tmp_path, "\n".join([*lines, *[rank] * 3]))


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.mx/2020/12/10/b/amp", "2020-12-10"),
        ("https://a.mx/b-20220912-1971263.html", "2022-09-12"),
        ("https://a.mx/25-01-2022/4110963", "2022-01-25"),
        ("https://a.mx/nacional/2024/1/23/b.html", "2024-01-23"),
        ("https://a.mx/?p=4604", ""),
        ("https://a.mx/2022/13/40/b", ""),
        ("https://a.mx/b-2022", ""),
    ],
)
def test_the_day_of_a_page_is_the_one_in_its_address_or_none(address: str, day: str) -> None:
    assert press_figures.day_of(address) == day


@NO_CACHE
@given(st.text(max_size=400))
def test_no_text_makes_anything_but_a_fault_of_ours(tmp_path: Path, text: str) -> None:
    with suppress(AtlasError):
        imported(tmp_path, READINGS + "\n" + text)
