"""The Corruption Perceptions Index: three lists, two scales, gaps, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import corruption_perceptions as importer
from geo_app.importers.reading import Imported, Reading

YEARS = [str(year) for year in range(2009, 2014)]
COUNTRIES = "\n".join(
    [
        f"country,{','.join(YEARS)}",
        "Mexico,3.3,3.1,2.971,3.4,3.5",
        "Denmark,9.3,9.3,9.4,9.0,9.1",
        "Australias,0.0,0.0,0.0,8.5,0.0",
        *(f"Country {n},1.0,0.0,1.5,2.0,2.5" for n in range(9)),
    ]
)
ONE_YEAR = "\n".join(
    ["country,corruption_index", "Denmark,89.0", "Mexico,27.0"]
    + [f"Country {n},{n}.0" for n in range(20)]
)
MEXICO = "\n".join(
    [
        "year,score_0_100,rank,countries_ranked,basis,source",
        "2010,31.0,,,a list,",
        "2011,29.71,,,a list,",
        "2012,34.0,105,176,a list,",
        "2013,,106,,page gives rank only,https://example.org/a",
        f"2014,35,103,175,page,https://example.org/{'b' * 120}",
    ]
)


def read(folder: Path, *texts: str, names: Sequence[str] = ()) -> list[Imported]:
    paths = []
    for number, text in enumerate(texts):
        path = folder / (names[number] if names else f"list_{number}.csv")
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return importer.read(paths, Reading("2026-11-26"))


def values(found: Imported, measure: str = importer.SCORE) -> dict[str, float | None]:
    rows = found.rows[found.rows["measure"] == measure]
    cells = rows["value"].astype(object).where(rows["value"].notna(), None)
    return dict(zip(rows["period"], cells, strict=True))


def test_each_score_is_the_published_one_on_the_scale_of_its_year(tmp_path: Path) -> None:
    old, new = read(tmp_path, COUNTRIES)
    assert (values(old), values(new)) == (
        {"2009": 3.3, "2010": 3.1, "2011": 2.971},
        {"2012": 34, "2013": 35},
    )


def test_the_two_scales_are_two_releases(tmp_path: Path) -> None:
    assert [item.release.release for item in read(tmp_path, COUNTRIES)] == [
        "Corruption Perceptions Index 2009-2011, scale 0 to 10",
        "Corruption Perceptions Index 2012-2013, scale 0 to 100",
    ]


def test_old_scores_that_were_multiplied_are_divided_again(tmp_path: Path) -> None:
    old, new = read(tmp_path, MEXICO)
    assert (values(old)["2011"], values(new)["2012"]) == (2.971, 34)
    assert "2 scores of the scale 0 to 10, multiplied by ten there" in old.repairs[0]


def test_a_zero_of_the_table_of_countries_is_missing(tmp_path: Path) -> None:
    text = COUNTRIES.replace("Mexico,3.3,3.1,2.971", "Mexico,3.3,0.0,2.971")
    old, _ = read(tmp_path, text)
    assert values(old) == {"2009": 3.3, "2010": None, "2011": 2.971}
    rows = old.rows[(old.rows["period"] == "2010")]
    assert (set(rows["status"]), "1 years with 0.0, which means missing" in old.repairs[1]) == (
        {"missing"},
        True,
    )


def test_a_year_with_a_place_alone_has_no_score(tmp_path: Path) -> None:
    _, new = read(tmp_path, MEXICO)
    assert (values(new)["2013"], values(new, importer.RANK)["2013"]) == (None, 106)
    assert values(new, importer.RANKED) == {"2012": 176, "2013": None, "2014": 175}


def test_the_rows_of_other_countries_are_counted(tmp_path: Path) -> None:
    assert "list_0.csv: 11 rows of other countries not used" in read(tmp_path, COUNTRIES)[0].repairs


def test_the_year_of_a_list_of_one_year_is_that_of_its_name(tmp_path: Path) -> None:
    (found,) = read(tmp_path, ONE_YEAR, names=["cpi_2025.csv"])
    assert (values(found), "was read from the name of the file" in found.repairs[-1]) == (
        {"2025": 27},
        True,
    )


@pytest.mark.parametrize("name", ["cpi.csv", "cpi_2024_2025.csv", "cpi_2009.csv"])
def test_a_list_whose_year_is_not_known_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceInvalid, match="the year stands neither in the list nor, alone,"):
        read(tmp_path, ONE_YEAR, names=[name])


def test_files_that_agree_are_joined(tmp_path: Path) -> None:
    names = ["a.csv", "b.csv", "cpi_2016.csv"]
    old, new = read(tmp_path, COUNTRIES, MEXICO.replace(",34.0,", ",34,"), ONE_YEAR, names=names)
    assert values(old) == {"2009": 3.3, "2010": 3.1, "2011": 2.971}
    assert values(new) == {"2012": 34, "2013": 35, "2014": 35, "2015": None, "2016": 27}
    assert values(new, importer.RANK)["2013"] == 106
    assert (old.release.file, new.release.file) == ("a.csv + b.csv", "a.csv + b.csv + cpi_2016.csv")


def test_files_that_differ_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"list_1\.csv: another number of 2012"):
        read(tmp_path, COUNTRIES, MEXICO.replace("2012,34.0", "2012,33.0"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (COUNTRIES.replace("Mexico", "México"), "not exactly one row of Mexico: expected 1, got 0"),
        (COUNTRIES.replace("Denmark", "Mexico"), "not exactly one row of Mexico.*got 2"),
        (COUNTRIES.replace("3.4", "34"), "line 2 year 2012: a score outside its scale"),
        (COUNTRIES.replace("2010", "2009"), "a year stands twice"),
        (COUNTRIES.replace("2009,", "1066,"), "line 1: not a year"),
        (COUNTRIES.replace("3.4", "x"), "line 2 year 2012: not a quantity"),
        (COUNTRIES.replace("Mexico,3.3,3.1,2.971,3.4,3.5", "Mexico,0.0,0.0,0,,0.0"), "no number"),
        (COUNTRIES.replace(",3.4,3.5", ",3.4"), "line 2: the row is cut"),
        (MEXICO.replace("2013,", "2012,"), "line 5: the year stands twice: got 2012"),
        (MEXICO.replace("34.0", "134"), "line 4: a score outside its scale: expected 0 to 100"),
        (MEXICO.replace("105,176", "177,176"), "a place outside the number of countries"),
        (MEXICO.replace("105,176", "0,176"), "a place outside the number of countries: .*got 0 of"),
        (MEXICO.replace("score_0_100", "score"), "not a list of the Corruption Perceptions Index"),
        (COUNTRIES.replace("country", "land"), "not a list of the Corruption Perceptions Index"),
    ],
)
def test_a_wrong_list_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SourceInvalid, match=told):
        read(tmp_path, text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from([COUNTRIES, MEXICO, ONE_YEAR]),
    place=st.integers(0),
    content=st.binary(min_size=1, max_size=20),
)
def test_a_damaged_list_is_read_or_refused(
    tmp_path: Path, text: str, place: int, content: bytes
) -> None:
    good = text.encode()
    at = place % len(good)
    path = tmp_path / "cpi_2025.csv"
    path.write_bytes(good[:at] + content + good[at + len(content) :])
    with suppress(AtlasError):
        for item in importer.read([path], Reading("2026-11-26")):
            scores = item.rows[item.rows["measure"] == importer.SCORE]["value"]
            assert scores.max() <= (10 if item.release.release.endswith(" 10") else 100)
