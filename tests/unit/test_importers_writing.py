"""An import is all or nothing: merged with older releases, checked, and only then written."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from geo_app import paths, provenance, tables
from geo_app.errors import BadRequest, SourceInvalid, TableInvalid
from geo_app.importers import writing
from geo_app.importers.reading import Imported, Reading
from geo_app.importers.writing import ImportReport, import_files
from geo_app.provenance import Release, Source
from geo_app.states import all_states, state_codes

ROOT = Path(__file__).resolve().parents[2]
READING = Reading("2026-11-23")
MONTHS = "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
HEADER = (
    "Año,Clave_Ent,Entidad,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,"
    f"Sexo,Rango de edad,{MONTHS}"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the hand-written records and no table."""
    folder = tmp_path / "home" / "data"
    (folder / "sources").mkdir(parents=True)
    for record in (ROOT / "data" / "sources").glob("*.toml"):
        shutil.copy(record, folder / "sources")
    paths.write_registry(folder)
    return folder


@pytest.fixture
def victims(tmp_path: Path) -> Callable[..., Path]:
    """Write an official file of victims: ``count`` a state in each of the first months."""

    def writer(last_month: int = 12, count: int = 1, *, name: str = "v.csv") -> Path:
        cells = ",".join([str(count)] * last_month + [""] * (12 - last_month))
        crime = "x,La vida,Homicidio,Homicidio doloso,Con arma,Mujer,Adultos"
        lines = [f"2024,{int(code)},{crime},{cells}" for code in state_codes()]
        path = tmp_path / name
        path.write_bytes("\r\n".join([HEADER, *lines]).encode("cp1252"))
        return path

    return writer


def hashes(folder: Path) -> dict[str, str]:
    """Hash of every file of a folder, hidden ones included, by relative name."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def source(data: Path, slug: str) -> Source:
    folder = data / "sources"
    return provenance.read_source(folder / f"{slug}.toml", folder / f"{slug}.releases.csv")


def imported(data: Path, *files: Path, slug: str = "sesnsp-victims") -> list[ImportReport]:
    return import_files(slug, files, READING, out=data)


def test_an_import_writes_a_table_that_reads_back(data: Path, victims: Callable[..., Path]) -> None:
    imported(data, victims(count=3))
    frame = tables.read(data / "tables" / "sesnsp-victims.csv", source(data, "sesnsp-victims"))
    assert (len(frame), set(frame["value"])) == (32 * 12, {3.0})


@pytest.mark.parametrize(
    "name", ["tables/sesnsp-victims.csv", "sources/sesnsp-victims.releases.csv"]
)
def test_an_import_lists_the_hashes_of_what_it_wrote(
    data: Path, victims: Callable[..., Path], name: str
) -> None:
    imported(data, victims())
    assert paths.verified(data, name).is_file()


def test_nothing_is_left_beside_the_folder(data: Path, victims: Callable[..., Path]) -> None:
    imported(data, victims())
    assert [path.name for path in data.parent.iterdir()] == ["data"]


def test_a_dry_run_writes_nothing(data: Path, victims: Callable[..., Path]) -> None:
    before = hashes(data.parent)
    import_files("sesnsp-victims", [victims()], READING, out=data, is_dry=True)
    assert hashes(data.parent) == before


def test_a_dry_run_says_that_nothing_was_written(data: Path, victims: Callable[..., Path]) -> None:
    (report,) = import_files("sesnsp-victims", [victims()], READING, out=data, is_dry=True)
    assert report.line().endswith("cp1252; not written (dry run)")


def test_the_report_says_rows_areas_periods_and_repairs(
    data: Path, victims: Callable[..., Path]
) -> None:
    (report,) = imported(data, victims(9))
    assert report.line() == (
        "sesnsp-victims: SESNSP victims, September 2024: 288 rows, 32 areas, 2024-01 to 2024-09, "
        "0 without a value, cp1252; 96 state-months after 2024-09 (2024-10 to 2024-12), blank or "
        "zero in every state, are not published and were left out"
    )


@pytest.mark.parametrize("order", [(6, 9), (9, 6)], ids=["old first", "new first"])
def test_releases_stand_oldest_first_whatever_the_order_of_import(
    data: Path, victims: Callable[..., Path], order: tuple[int, int]
) -> None:
    for last in order:
        imported(data, victims(last))
    assert [item.release for item in source(data, "sesnsp-victims").releases] == [
        "SESNSP victims, June 2024",
        "SESNSP victims, September 2024",
    ]


def test_an_older_release_imported_later_keeps_both_vintages(
    data: Path, victims: Callable[..., Path]
) -> None:
    imported(data, victims(9, count=5))
    imported(data, victims(6, count=4))
    frame = tables.read(data / "tables" / "sesnsp-victims.csv", source(data, "sesnsp-victims"))
    cell = frame[(frame["area_code"] == "06") & (frame["period"] == "2024-03")]
    assert dict(zip(cell["release"], cell["value"], strict=True)) == {
        "SESNSP victims, June 2024": 4,
        "SESNSP victims, September 2024": 5,
    }


def test_the_newer_release_is_shown_after_an_older_one_was_imported_later(
    data: Path, victims: Callable[..., Path]
) -> None:
    imported(data, victims(9, count=5))
    imported(data, victims(6, count=4))
    record = source(data, "sesnsp-victims")
    frame = tables.read(data / "tables" / "sesnsp-victims.csv", record)
    assert set(tables.newest(frame, record)["value"]) == {5}


def test_a_release_that_is_read_again_replaces_itself(
    data: Path, victims: Callable[..., Path]
) -> None:
    imported(data, victims(6, count=4))
    first = hashes(data)
    imported(data, victims(6, count=9))
    imported(data, victims(6, count=4))
    assert hashes(data) == first


def test_two_files_of_one_release_are_refused(data: Path, victims: Callable[..., Path]) -> None:
    with pytest.raises(SourceInvalid, match="two files hold the same release: got SESNSP victims"):
        imported(data, victims(6), victims(6, name="w.csv"))


def test_an_unknown_source_is_refused(data: Path) -> None:
    with pytest.raises(
        BadRequest, match="no importer is called 'moon': expected cbp, cdc, conapo-popul"
    ):
        imported(data, slug="moon")


def test_a_folder_without_the_provenance_record_is_refused(
    data: Path, victims: Callable[..., Path]
) -> None:
    (data / "sources" / "sesnsp-victims.toml").unlink()
    with pytest.raises(BadRequest, match="the provenance record of sesnsp-victims is missing"):
        imported(data, victims())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("release", "edition", "wrong columns"),
        (",4,preliminary", ",four,preliminary", r"192 wrong value\(s\): expected a number"),
    ],
)
def test_an_older_vintage_that_was_damaged_is_refused(
    data: Path, victims: Callable[..., Path], old: str, new: str, message: str
) -> None:
    imported(data, victims(6, count=4))
    table = data / "tables" / "sesnsp-victims.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(TableInvalid, match=message):
        imported(data, victims(9))


def test_a_damaged_release_is_mended_by_reading_it_again(
    data: Path, victims: Callable[..., Path]
) -> None:
    imported(data, victims(6, count=4))
    table = data / "tables" / "sesnsp-victims.csv"
    whole = table.read_bytes()
    table.write_bytes(whole.replace(b",4,preliminary", b",four,preliminary", 1))
    imported(data, victims(6, count=4))
    assert table.read_bytes() == whole


def ensu_files(folder: Path) -> list[Path]:
    texts = {
        "ensu_national_2013Q3_2026Q2": (
            "period,sex,pct_unsafe,ci95_lo,ci95_hi,ci_method,source\n"
            f"2019Q4,total,72.5,,,,{'INEGI ' * 40}\n"
        ),
        "ensu_city_quarter": (
            "period,cd,cve_ent,sex,pct_unsafe,ci95_lo,ci95_hi,flag,source\n"
            f"2019Q4,21,12,total,84.5,,,,{'INEGI ' * 20}\n2019Q4,96,30,total,66,,,,INEGI\n"
        ),
        "ensu_cities": (
            "cd,city,cve_ent,state,cve_ent_all,lat,lon\n"
            "21,Acapulco de Juárez,12,Guerrero,12,16.84942,-99.90891\n"
            f"96,Xalapa {'de Enríquez ' * 10},30,Veracruz,30,19.53124,-96.91589\n"
        ),
    }
    for stem, text in texts.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return [folder / f"{stem}.csv" for stem in texts]


def test_the_list_of_cities_is_written_and_listed_with_the_table(
    data: Path, tmp_path: Path
) -> None:
    imported(data, *ensu_files(tmp_path), slug="ensu")
    assert paths.verified(data, "cities.csv").read_text(encoding="utf-8").count("\n") == 3


def advisory_files(folder: Path, issue: str) -> list[Path]:
    states, country = folder / "advisories.csv", folder / "advisories_country.csv"
    source_columns = "reasons,source_url,source_quality"
    rows = [
        f"{issue},{item.state_code},{item.name_short},2,crime,,official text"
        for item in all_states()
    ]
    header = f"issued,cve_ent,state,level,{source_columns}"
    states.write_text("\n".join([header, *rows]), encoding="utf-8")
    country.write_text(
        f"issued,country_level,{source_columns}\n{issue},2,crime,{'a copy ' * 30},official text",
        encoding="utf-8",
    )
    return [states, country]


def test_issues_imported_one_by_one_keep_their_reasons(data: Path, tmp_path: Path) -> None:
    for issue in ("2025-08-12", "2024-09-06"):
        imported(data, *advisory_files(tmp_path, issue), slug="us-advisory")
    frame = tables.read(data / "tables" / "us-advisory.csv", source(data, "us-advisory"))
    assert frame.groupby("period")["reasons"].unique().map(list).to_dict() == {
        "2024-09-06": ["crime"],
        "2025-08-12": ["crime"],
    }


def test_tables_of_one_source_merge_to_the_same_bytes_in_any_order(
    data: Path, tmp_path: Path
) -> None:
    seen = []
    for order in (("2025-08-12", "2024-09-06"), ("2024-09-06", "2025-08-12")):
        (data / "tables" / "us-advisory.csv").unlink(missing_ok=True)
        (data / "sources" / "us-advisory.releases.csv").unlink(missing_ok=True)
        for issue in order:
            imported(data, *advisory_files(tmp_path, issue), slug="us-advisory")
        seen.append((data / "tables" / "us-advisory.csv").read_bytes())
    assert seen[0] == seen[1]


def truncated(content: bytes) -> bytes:
    return gzip.compress(content)[:-50]


def in_wrong_encoding(content: bytes) -> bytes:
    return content.decode("cp1252").encode("utf-16")


def with_unknown_state(content: bytes) -> bytes:
    return content.replace(b"2024,7,", b"2024,77,")


def with_no_count(content: bytes) -> bytes:
    return content.replace(b"Adultos,4", b"Adultos,n.d.", 1)


def with_duplicate_row(content: bytes) -> bytes:
    return content.replace(b"2024,7,", b"2024,6,")


def without_a_state(content: bytes) -> bytes:
    return b"\r\n".join(content.split(b"\r\n")[:-1])


def with_cut_row(content: bytes) -> bytes:
    return content.replace(b"Adultos,4,", b"Adultos,", 1)


def as_web_page(_content: bytes) -> bytes:
    return b"<html><title>Challenge Validation</title>" + b" " * 300


DAMAGES: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("v.csv.gz", truncated),
    ("v.csv", in_wrong_encoding),
    ("v.csv", with_unknown_state),
    ("v.csv", with_no_count),
    ("v.csv", with_duplicate_row),
    ("v.csv", without_a_state),
    ("v.csv", with_cut_row),
    ("v.xlsx", as_web_page),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGES, ids=[item[1].__name__ for item in DAMAGES])
def test_after_a_refused_file_every_byte_is_as_before(
    data: Path,
    tmp_path: Path,
    victims: Callable[..., Path],
    name: str,
    damage: Callable[[bytes], bytes],
) -> None:
    imported(data, victims(6, count=3))
    before = hashes(data.parent)
    path = tmp_path / name
    path.write_bytes(damage(victims(9, count=4).read_bytes()))
    with pytest.raises(SourceInvalid):
        imported(data, path)
    assert hashes(data.parent) == before


def test_what_was_found_is_shown_before_anything_is_written(
    data: Path, victims: Callable[..., Path]
) -> None:
    before = hashes(data)
    seen: list[tuple[list[str], bool]] = []

    def show(reports: Sequence[ImportReport]) -> None:
        seen.append(([item.release for item in reports], hashes(data) == before))

    import_files("sesnsp-victims", [victims(6)], READING, out=data, show=show)
    assert seen == [(["SESNSP victims, June 2024"], True)]


def test_what_is_derived_belongs_to_the_same_import(
    data: Path, victims: Callable[..., Path]
) -> None:
    def derive() -> None:
        rows = (paths.data_dir() / "tables/sesnsp-victims.csv").read_text(encoding="utf-8")
        (paths.data_dir() / "lines.txt").write_text(str(rows.count("\n")), encoding="utf-8")

    import_files("sesnsp-victims", [victims(6)], READING, out=data, derive=derive)
    assert paths.verified(data, "lines.txt").read_text(encoding="utf-8") == str(32 * 6 + 1)


def test_where_nothing_can_be_derived_nothing_is_written(
    data: Path, victims: Callable[..., Path]
) -> None:
    def derive() -> None:
        message = "no map of this"
        raise TableInvalid(message)

    before = hashes(data.parent)
    with pytest.raises(TableInvalid, match="no map of this"):
        import_files("sesnsp-victims", [victims(6)], READING, out=data, derive=derive)
    assert hashes(data.parent) == before


def test_a_copy_comes_before_the_source_whatever_its_periods(
    data: Path, victims: Callable[..., Path]
) -> None:
    record = data / "sources" / "sesnsp-victims.toml"
    text = record.read_text(encoding="utf-8")
    record.write_text('copies = ["SESNSP victims, December 2024"]\n' + text, encoding="utf-8")
    imported(data, victims(count=9, name="all.csv"))
    imported(data, victims(last_month=3, count=2, name="march.csv"))
    found = source(data, "sesnsp-victims")
    frame = tables.newest(tables.read(data / "tables" / "sesnsp-victims.csv", found), found)
    values = frame[frame["area_code"] == "31"].set_index("period")["value"]
    assert [item.release[-13:] for item in found.releases] == ["December 2024", "s, March 2024"]
    assert (values["2024-03"], values["2024-04"]) == (2, 9)


def town_files(folder: Path) -> list[Path]:
    """Write the three lists of places, one town and one airport in all."""
    lists = {
        "towns": "geonameid,name,latitude,longitude,countrycode,population,admin1code,more\n"
        f"3530597,Mexico City,19.42847,-99.12766,MX,12294193,09,{'x' * 200}\n",
        "ourairports": "ident,type,name,latitude_deg,longitude_deg,iso_country,iso_region,iata_code"
        f",more\nMMMX,large_airport,Benito Juarez,19.4363,-99.0721,MX,MX-CMX,MEX,{'x' * 200}\n",
        "airportsdata": "icao,iata,name,subd,country,lat,lon,more\n"
        f"MMMX,MEX,Benito Juarez,Mexico City,MX,19.4363,-99.0721,{'x' * 200}\n",
    }
    for name, text in lists.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [folder / f"{name}.csv" for name in lists]


def test_a_source_without_a_table_writes_its_list_and_its_release(
    data: Path, tmp_path: Path
) -> None:
    before = set(hashes(data))
    (report,) = imported(data, *town_files(tmp_path), slug="places")
    assert set(hashes(data)) - before == {"places.csv", "sources/places.releases.csv"}
    assert "places: Places read 2026-11-23: a list of 2 lines, utf-8" in report.line()


def test_a_record_that_says_table_of_a_list_is_refused(data: Path, tmp_path: Path) -> None:
    record = data / "sources" / "places.toml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("table = false\n", ""), encoding="utf-8")
    with pytest.raises(TableInvalid, match=r"places\.toml: the importer and the record differ"):
        imported(data, *town_files(tmp_path), slug="places")


def test_a_record_that_says_list_of_a_table_is_refused(
    data: Path, victims: Callable[..., Path]
) -> None:
    record = data / "sources" / "sesnsp-victims.toml"
    record.write_text("table = false\n" + record.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(TableInvalid, match="differ about what the facts are: expected a list"):
        imported(data, victims())


AREAS_HEAD = "issuer,issued,state_code,number,scope,places"


def test_an_import_of_one_issue_leaves_the_areas_of_the_others(data: Path, tmp_path: Path) -> None:
    for day in ("2026-02-25", "2026-03-01"):
        imported_page(data, tmp_path, day)
    areas = (data / "foreign-areas.csv").read_text(encoding="utf-8").splitlines()
    assert (areas[0], [line for line in areas if ",08," in line]) == (
        AREAS_HEAD,
        ["ie,2026-02-25,08,1,whole,none", "ie,2026-03-01,08,1,whole,none"],
    )


def test_an_issue_that_is_read_again_replaces_its_own_areas_only(
    data: Path, tmp_path: Path
) -> None:
    for day, state in (("2026-02-25", "Chihuahua"), ("2026-03-01", "Oaxaca")):
        imported_page(data, tmp_path, day, state)
    imported_page(data, tmp_path, "2026-02-25", "Puebla")
    areas = (data / "foreign-areas.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in areas if ",whole," in line] == [
        "ie,2026-02-25,21,1,whole,none",
        "ie,2026-03-01,20,1,whole,none",
    ]


def imported_page(data: Path, folder: Path, day: str, state: str = "Chihuahua") -> None:
    path = folder / "page.md"
    words = "we advise against non-essential travel to the following states, due to crime:"
    path.write_text(f"## Safety and security\n\n{words}\n\n* {state}\n\n{'-' * 200}\n")
    import_files("foreign-advisories", [path], Reading("2026-11-26", day), out=data)


def test_what_was_published_goes_before_an_estimate_and_both_before_nothing() -> None:
    rows = [
        ("published", "2020", 1.0, "final"),
        ("published", "2021", 1.0, "estimated"),
        ("nothing", "2025", float("nan"), "missing"),
        ("estimates", "2024", 1.0, "estimated"),
        ("later", "2022", 1.0, "final"),
    ]
    frame = pd.DataFrame(rows, columns=["release", "period", "value", "status"])
    known, fresh = (
        [Release(name, "", "", "2026-11-26", "f", "0" * 64) for name in names]
        for names in (("published", "nothing"), ("later", "estimates"))
    )
    found = [Imported("s", "state_code", frame, item, "csv", ()) for item in fresh]
    record = replace(provenance.load_source("ensu"), releases=tuple(known), copies=())
    merged = writing._merged_releases(record, found, frame)
    assert [item.release for item in merged] == ["nothing", "estimates", "published", "later"]
