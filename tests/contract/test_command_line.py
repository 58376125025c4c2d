"""The command line: exact answers of the data contract, exit statuses, one line on stderr."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from geo_app import paths
from geo_app.__main__ import main
from geo_app.importers.reading import Reading
from geo_app.maps import artefacts

ROOT = Path(__file__).resolve().parents[2]
INEGI, ENSU = "homicides_inegi_per_100k", "insecurity_ensu_pct"
OTHER = (
    "opioid_deaths_12m",
    "fentanyl_seized_lb",
    "corruption_perceptions_score",
    "peace_index_score",
)
COMMANDS = [
    [],
    ["indicators"],
    ["values"],
    ["compare"],
    ["advisory"],
    ["import"],
    ["check"],
    ["build"],
    ["build", "shapes"],
]

Ask = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run the command line; return exit status, standard output and standard error."""

    def run(line: str) -> tuple[int, str, str]:
        status = main(line.split())
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of data/ and shapes/ to which GEO_APP_DATA points."""
    shutil.copytree(paths.data_dir(), tmp_path / "data")
    shutil.copytree(paths.shapes_dir(), tmp_path / "shapes")
    monkeypatch.setenv("GEO_APP_DATA", str(tmp_path))
    return tmp_path


def answers(ask: Ask, line: str) -> list[dict[str, object]]:
    status, out, err = ask(f"{line} --format json")
    assert (status, err) == (0, "")
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_homicides_of_colima_in_2022(ask: Ask) -> None:
    (found,) = answers(ask, f"values {INEGI} --period 2022 --state Colima")
    rounded = {key: round(found[key], 2) for key in ("value", "low", "high")}  # type: ignore[call-overload]
    assert found | rounded == {
        "indicator": INEGI,
        "area_kind": "state",
        "area_code": "06",
        "area_name": "Colima",
        "period": "2022",
        "value": 112.73,
        "low": 105.27,
        "high": 120.58,
        "interval": "exact Poisson 95 %",
        "numerator": 848,
        "denominator": 752247,
        "status": "final",
        "source": "inegi-homicides",
        "release": "INEGI 1990-2024",
        "published": None,
        "checked": "2026-11-23",
    }


def test_the_columns_of_an_answer_stand_in_their_order(ask: Ask) -> None:
    (found,) = answers(ask, f"values {INEGI} --period 2022 --state Colima")
    expected = (
        "indicator area_kind area_code area_name period value low high interval numerator "
        "denominator status source release published checked"
    )
    assert list(found) == expected.split()


def test_a_value_is_printed_at_full_precision(ask: Ask) -> None:
    (found,) = answers(ask, f"values {INEGI} --period 2022 --state Colima")
    assert found["value"] == 848 * 100_000 / 752247


def test_the_cities_of_sinaloa_have_a_line_each(ask: Ask) -> None:
    status, out, _ = ask(f"values {ENSU} --level city --state Sinaloa --period 2024Q1 --format csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    told = [(row["area_kind"], row["area_code"], row["area_name"]) for row in rows]
    assert (status, told) == (
        0,
        [
            ("city", "40", "Culiacán Rosales"),
            ("city", "41", "Mazatlán"),
            ("city", "42", "Los Mochis"),
        ],
    )


def test_the_quarter_without_fieldwork_is_missing(ask: Ask) -> None:
    (found,) = answers(ask, f"values {ENSU} --state 00 --period 2020Q2")
    assert (found["area_code"], found["value"], found["status"]) == ("00", None, "missing")


def test_a_level_without_a_newer_list_is_the_last_stated(ask: Ask) -> None:
    (found,) = answers(ask, "advisory --on 2026-07-01 --state sinaloa")
    keys = ("level", "status", "issued", "last_stated", "newer_issue")
    assert [found[key] for key in keys] == [4, "last_stated", "2026-05-29", "2025-08-12", True]


def test_before_the_first_issue_the_level_is_unknown(ask: Ask) -> None:
    (found,) = answers(ask, "advisory --on 2017-06-01 --state 25")
    assert (found["level"], found["status"]) == (None, "unknown")


def test_a_year_that_is_not_held_is_bad_use(ask: Ask) -> None:
    told = ask(f"values {INEGI} --period 1985")
    assert told == (2, "", f"{INEGI} has 1990 to 2024, not 1985\n")


def test_the_columns_of_advice_stand_in_their_order(ask: Ask) -> None:
    (found,) = answers(ask, "advisory --on 2026-07-01 --state sinaloa")
    expected = (
        "issuer area_code area_name level level_name status since issued last_stated newer_issue "
        "country_level reasons restrictions scope places source checked"
    )
    assert list(found) == expected.split()


def test_a_rule_for_employees_has_the_keys_of_the_contract(ask: Ask) -> None:
    (found,) = answers(ask, "advisory --on 2025-09-01 --state sinaloa")
    rules = found["restrictions"]
    assert isinstance(rules, list)
    assert rules[0] == {
        "issuer": "us",
        "issued": "2025-08-12",
        "state_code": "25",
        "number": 1,
        "who": "us_government_employees",
        "rule": "only",
        "place": "Mazatlán",
        "road": None,
        "mode": "air, sea",
        "hours": None,
        "reason": None,
    }


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("--on 2025-09-01 --state 23", []),
        ("--on 2022-09-01 --state 23", None),
        ("--on 2017-09-01 --state 23", None),
    ],
)
def test_no_rule_given_and_no_rule_known_are_told_apart(
    ask: Ask, line: str, rules: list[object] | None
) -> None:
    (found,) = answers(ask, f"advisory {line}")
    assert found["restrictions"] == rules


def test_rules_stand_in_one_cell_of_a_comma_separated_answer(ask: Ask) -> None:
    _, out, _ = ask("advisory --on 2025-09-01 --state 12 --format csv")
    (row,) = csv.DictReader(out.splitlines())
    assert row["restrictions"] == (
        "issuer us, issued 2025-08-12, state_code 12, number 1, who us_government_employees, "
        "rule not_allowed, place whole state, Acapulco, Zihuatanejo, Taxco, Ixtapa"
    )


def test_what_no_release_held_yet_is_null_and_missing(ask: Ask) -> None:
    (found,) = answers(ask, f"values {INEGI} --period 2022 --state 06 --known-on 2020-01-01")
    keys = ("value", "low", "high", "numerator", "status", "release")
    assert [found[key] for key in keys] == [None, None, None, None, "missing", None]


@pytest.mark.parametrize("state", ["06", "colima", "MX-COL", "Col."])
def test_a_state_may_be_named_in_any_way(ask: Ask, state: str) -> None:
    (found,) = answers(ask, f"values {INEGI} --period 2022 --state {state}")
    assert found["area_code"] == "06"


def test_a_listing_of_states_begins_with_the_nation(ask: Ask) -> None:
    found = answers(ask, f"values {INEGI} --period 2022")
    assert [row["area_code"] for row in found] == [f"{n:02d}" for n in range(33)]


def test_without_a_period_the_whole_series_is_told(ask: Ask) -> None:
    found = answers(ask, f"values {INEGI} --state 06")
    assert [row["period"] for row in found] == [str(year) for year in range(1990, 2025)]


def test_advice_without_a_day_is_that_of_the_last_reading(ask: Ask) -> None:
    assert answers(ask, "advisory") == answers(ask, "advisory --on 2026-11-23")


def test_a_map_of_one_period_is_a_feature_a_state(ask: Ask) -> None:
    status, out, _ = ask(f"values {INEGI} --period 2022 --format geojson")
    assert (status, len(json.loads(out)["features"])) == (0, 32)


def test_the_municipalities_of_a_state_have_a_line_each(ask: Ask) -> None:
    line = f"values {INEGI} --level municipality --period 2022 --state Colima --format csv"
    rows = list(csv.DictReader(io.StringIO(ask(line)[1])))
    assert [row["area_code"] for row in rows] == [f"060{number:02d}" for number in range(1, 11)]


def test_a_municipality_answers_with_name_count_and_people(ask: Ask) -> None:
    line = f"values {INEGI} --level municipality --period 2022 --state 06 --format json"
    found = json.loads(ask(line)[1])[6]
    keys = ("area_kind", "area_name", "numerator", "denominator", "interval", "status", "source")
    assert [found[key] for key in keys] == [
        "municipality",
        "Manzanillo",
        126,
        197224,
        "exact Poisson 95 %",
        "final",
        "inegi-homicides-municipal",
    ]


def test_a_map_of_the_municipalities_of_a_state_is_a_feature_each(ask: Ask) -> None:
    line = f"values {INEGI} --level municipality --period 2022 --state 06 --format geojson"
    features = json.loads(ask(line)[1])["features"]
    kinds = {item["geometry"]["type"] for item in features}
    assert (len(features), kinds) == (10, {"Polygon", "MultiPolygon"})


@pytest.mark.parametrize(
    ("line", "kind", "code", "value"),
    [
        ("opioid_deaths_12m --level us_state --state CA --period 2022-03", "us_state", "CA", 6598),
        ("opioid_deaths_12m --state US-CA --period 2022-03", "us_state", "CA", 6598),
        ("opioid_deaths_12m --state US --period 2022-03", "us_nation", "US", 72614),
        ("opioid_deaths_12m --level nation --period 2022-03", "us_nation", "US", 72614),
        ("corruption_perceptions_score --level nation --period 2022", "nation", "00", 31),
        ("corruption_perceptions_score --state 00 --period 2022", "nation", "00", 31),
        ("peace_index_score --state Yucatan --period 2017", "state", "31", 1.239),
    ],
)
def test_one_area_of_an_indicator_of_other_areas_is_told(
    ask: Ask, line: str, kind: str, code: str, value: float
) -> None:
    (found,) = answers(ask, f"values {line}")
    keys = ("area_kind", "area_code", "value")
    assert [found[key] for key in keys] == [kind, code, value]


def test_offices_of_the_border_are_told_with_their_region_and_country(ask: Ask) -> None:
    found = answers(ask, "values fentanyl_seized_lb --level us_border --period 2026-04")
    kinds = [row["area_kind"] for row in found]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "us_nation": 1,
        "us_region": 3,
        "us_border": 41,
    }


def test_the_catalogue_tells_of_other_areas(ask: Ask) -> None:
    found = {str(row["indicator"]): row for row in answers(ask, "indicators")}
    keys = ("geography", "levels", "first", "last", "areas")
    told = {slug: [found[slug][key] for key in keys] for slug in OTHER}
    assert told == {
        "opioid_deaths_12m": ["us_state", ["us_state"], "2015-01", "2026-01", 51],
        "fentanyl_seized_lb": ["us_border", ["us_border"], "2018-10", "2026-04", 41],
        "corruption_perceptions_score": ["national", ["nation"], "1995", "2025", 1],
        "peace_index_score": ["state", ["state"], "2015", "2018", 32],
    }


def test_the_catalogue_is_listed(ask: Ask) -> None:
    found = {str(row["indicator"]): row for row in answers(ask, "indicators")}
    row = found[INEGI]
    assert [row[key] for key in ("first", "last", "areas", "sources")] == [
        "1990",
        "2024",
        32,
        ["inegi-homicides", "conapo-population"],
    ]


@pytest.mark.parametrize("line", ["indicators", f"values {INEGI} --period 2022", "advisory"])
@pytest.mark.parametrize("fmt", ["table", "csv", "json"])
def test_every_form_names_the_state_or_indicator(ask: Ask, line: str, fmt: str) -> None:
    status, out, err = ask(f"{line} --format {fmt}")
    name = "insecurity_envipe_pct" if line == "indicators" else "Michoacán"
    assert (status, name in out, err) == (0, True, "")


def test_the_shipped_data_pass_the_check(ask: Ask) -> None:
    assert ask("check") == (0, "all is right\n", "")


def test_a_fault_of_the_data_is_told_in_a_line_and_status_one(ask: Ask, copied: Path) -> None:
    (copied / "data" / "notes.txt").write_text("x", encoding="utf-8")
    status, out, err = ask("check")
    assert (status, out.splitlines()[0].endswith("is not in registry.txt"), err) == (1, True, "")
    assert out.splitlines()[-1] == "1 fault(s)"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(ask: Ask, command: list[str]) -> None:
    status, out, err = ask(" ".join([*command, "--help"]))
    assert (status, out.startswith("Usage: python -m geo_app"), err) == (0, True, "")


@pytest.mark.parametrize("command", ["indicators", "values", "advisory", "import"])
def test_the_help_of_a_question_has_an_example(ask: Ask, command: str) -> None:
    assert f"Example: python -m geo_app {command}" in ask(f"{command} --help")[1]


BAD_USE = {
    "nonsense": "No such command 'nonsense'.",
    "values": "Missing argument 'slug'.",
    f"values {INEGI} --nonsense": "No such option",
    f"values {INEGI} --format pdf": "Invalid value for '--format'",
    "values murders": "no indicator is called 'murders': expected homicides_inegi_per_100k",
    f"values {INEGI} --period 2022Q2": "'2022Q2' is not a period of homicides_inegi_per_100k",
    f"values {INEGI} --period yesterday": "not a period: expected a year such as 2022",
    f"values {INEGI} --level street": "no level is called 'street'",
    f"values {INEGI} --level city": "has values for state, municipality and nation",
    f"values {INEGI} --state Collima": "no state of this name is listed: got 'Collima'; did you",
    f"values {INEGI} --known-on 2020": "not a date: expected a date such as 2022-08-17",
    f"values {INEGI} --format geojson": "GeoJSON holds all areas of one period",
    f"values {INEGI} --period 2022 --state 06 --format geojson": "GeoJSON holds all areas of one",
    f"values {ENSU} --level city --state 25 --period 2014Q1": "has nothing for city 25 2014Q1",
    f"values {INEGI} --level nation --period 2022 --format geojson": (
        "expected --level state or municipality, got nation"
    ),
    f"values {INEGI} --level municipality --period 2022 --state 00": "nothing for municipality 00",
    f"values {INEGI} --level municipality --period 1985": "has 1990 to 2024, not 1985",
    f"values {INEGI} --level municipality --format geojson": "expected --period",
    f"values {INEGI} --level municipality --state 00 --period 2022 --format geojson": (
        "has nothing for municipality 00 2022; ask for a state"
    ),
    "values opioid_deaths_12m --state 00": "no us_state of this name is listed: got '00'",
    "values opioid_deaths_12m --level state": "has values for us_state and nation, not for state",
    "values opioid_deaths_12m --period 2022-03 --format geojson": "is on no map of Mexico",
    "export map fentanyl_seized_lb --out map.html": "is on no map of Mexico",
    "export map corruption_perceptions_score --out map.png": "is on no map of Mexico",
    "export map peace_index_score --out map.html": "the licence of a source was not seen",
    "values corruption_perceptions_score --state 06": "has nothing for nation 06",
    "values insecurity_envipe_pct --level municipality": "has values for state and nation",
    "advisory --state 00": "advice is answered state by state",
    "": "Missing command",
    "check more": "(more). See python -m geo_app --help",
    "advisory --format geojson": "these rows have no shapes: expected table, csv or json",
    "indicators --format geojson": "these rows have no shapes",
    "advisory --on yesterday": "not a date",
    "advisory --on 2027-01-01": "nothing is known of this day: expected a day up to 2026-11-23",
    "advisory --state Texas": "no state of this name is listed",
    "advisory --issuer xx": "'xx'",
    "import": "Missing argument 'source'.",
    "import nonsense file.csv": "no importer is called 'nonsense'",
    "import inegi-homicides none.csv --dry-run": "there is no such file",
    "import inegi-homicides none.csv --checked 31.1.": "not a date",
}


@pytest.mark.parametrize("line", BAD_USE)
def test_bad_use_is_told_in_one_line_and_status_two(ask: Ask, line: str) -> None:
    status, out, err = ask(line)
    assert (status, out, len(err.splitlines()), BAD_USE[line] in err) == (2, "", 1, True), err


@pytest.mark.parametrize("line", ["values", "build"])
def test_what_is_left_out_leads_to_the_help(ask: Ask, line: str) -> None:
    assert ask(line)[2].endswith("See python -m geo_app --help\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("data/registry.txt", "the list of file hashes is missing"),
        ("data/tables/inegi-homicides.csv", "the file is missing"),
        ("data/indicators/insecurity_envipe_pct.toml", "the file is missing"),
        ("data/sources/inegi-homicides.toml", "the file is missing"),
    ],
)
def test_a_damaged_folder_is_told_in_one_line(ask: Ask, copied: Path, name: str, told: str) -> None:
    (copied / name).unlink()
    status, out, err = ask(f"values {INEGI} --period 2022")
    assert (status, out, len(err.splitlines()), told in err) == (2, "", 1, True), err


def test_a_folder_that_is_not_there_is_told_in_one_line(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEO_APP_DATA", str(tmp_path / "nowhere"))
    status, _, err = ask("indicators")
    assert (status, "set GEO_APP_DATA to a folder" in err, len(err.splitlines())) == (2, True, 1)


@dataclass(frozen=True)
class Told:
    """Stands where a command reports what it did."""

    text: str
    source: str = "none"

    def line(self) -> str:
        return self.text


def test_an_import_says_what_it_found(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def read(
        *arguments: object, show: Callable[[list[Told]], None], derive: object, **options: object
    ) -> list[Told]:
        asked.extend([*arguments, derive, options])
        found = [Told("2 rows"), Told("1 repair")]
        show(found)
        return found

    monkeypatch.setattr("geo_app.importers.writing.import_files", read)
    line = "import envipe a.csv b.csv --dry-run --checked 2026-01-02 --published 2026-01-01"
    assert ask(line)[:2] == (0, "2 rows\n1 repair\n")
    assert asked == [
        "envipe",
        [Path("a.csv"), Path("b.csv")],
        Reading("2026-01-02", "2026-01-01"),
        artefacts.renew,
        {"out": None, "is_dry": True},
    ]


def test_shapes_are_built_where_they_are_asked_for(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def build(out: Path, **_: object) -> str:
        return f"built in {out.name}"

    monkeypatch.setattr("geo_app.importers.build_shapes.build_shapes", build)
    assert ask(f"build shapes --out {tmp_path / 'new'}")[:2] == (0, "built in new\n")


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "some/file")

    monkeypatch.setattr("geo_app.importers.writing.import_files", refuse)
    status, _, err = ask("import envipe a.csv")
    assert (status, err) == (2, "some/file: Permission denied; check the path\n")


def test_a_stop_by_hand_is_no_fault(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise typer.Abort

    monkeypatch.setattr("geo_app.__main__.app", stop)
    assert ask("indicators") == (2, "", "stopped\n")


def test_a_fault_of_ours_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "a fault of ours"
        raise RuntimeError(message)

    monkeypatch.setattr("geo_app.__main__.app", fail)
    with pytest.raises(RuntimeError, match="a fault of ours"):
        main(["indicators"])


def process(*arguments: str) -> subprocess.CompletedProcess[str]:
    asked = [sys.executable, "-m", "geo_app", *arguments]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, check=False, text=True)


def test_the_process_ends_with_the_status_of_bad_use_and_no_traceback() -> None:
    told = process("values", INEGI, "--period", "1985")
    assert (told.returncode, told.stdout, told.stderr) == (
        2,
        "",
        f"{INEGI} has 1990 to 2024, not 1985\n",
    )


def test_the_process_prints_utf_8_json() -> None:
    told = process("values", INEGI, "--period", "2022", "--state", "Michoacan", "--format", "json")
    assert (told.returncode, json.loads(told.stdout)[0]["area_name"]) == (0, "Michoacán")


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    asked = [sys.executable, "-m", "geo_app", "values", INEGI, "--format", "csv"]
    with subprocess.Popen(
        asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == ""


def test_the_help_needs_no_slow_library() -> None:
    code = (
        "import sys; from geo_app.__main__ import main; main(['--help']); "
        "print(sorted({'pandas', 'geopandas', 'scipy', 'streamlit', 'folium'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert told.stdout.splitlines()[-1] == "[]"
