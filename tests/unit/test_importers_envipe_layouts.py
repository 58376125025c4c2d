"""ENVIPE's forms: INEGI's table 5.13, copies of it, and the answers of the indicator service."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers import envipe
from geo_app.importers.envipe_copies import WOMEN_INDICATOR
from geo_app.importers.inegi_api import observations
from geo_app.importers.reading import Imported, RawFile, Reading
from geo_app.indicators import Interval
from geo_app.states import all_states, state_codes

Rows = list[list[object]]
Writer = Callable[[str, dict[str, Sequence[Sequence[object]]]], Path]
READING = Reading("2026-11-26")
AREAS = ("00", *state_codes())


def table_5_13(edition: int, share: float = 60.0, *, errors: bool = False) -> Rows:
    """The form that others report: names in A, the share of the insecure in H, headings above."""
    heading = "según percepción sobre la seguridad en entidad federativa"
    names = ["Estados Unidos Mexicanos", *(s.name_official for s in all_states())]
    return [
        [f"INEGI. Encuesta Nacional de Victimización {edition} (ENVIPE). Tabulados básicos. "],
        ["Errores estándar" if errors else None],
        ["Población de 18 años y más por entidad federativa,", *[None] * 6, "Cuadro 5.13"],
        [heading],
        [f"marzo y abril de {edition}"],
        [],
        [
            "Entidad federativa",
            "Población de 18\naños y más1",
            None,
            "Percepción sobre la seguridad",
        ],
        [None, None, None, "Seguro", None, None, "Inseguro"],
        [None, None, None, "Absolutos", "Relativos", None, "Absolutos", "Relativos"],
        [],
        *([name, 1000, None, 390, 39.0, None, 600, share] for name in names),
        ["Nota: Las estimaciones"],
    ]


def of_place(place: str) -> Rows:
    rows = table_5_13(2025, 10.0)
    rows[3][0] = f"según percepción sobre la {place}"
    return rows


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def only(files: Sequence[Path]) -> Imported:
    (found,) = envipe.read(files, READING)
    return found


def cell(found: Imported, code: str, period: str, column: str = "value") -> object:
    rows = found.rows[(found.rows["area_code"] == code) & (found.rows["period"] == period)]
    (value,) = rows[column]
    return value


def test_the_table_of_the_state_is_told_from_its_siblings(write_book: Writer) -> None:
    sheets = {
        "5.4": of_place("seguridad en colonia o localidad"),
        "5.9": of_place("seguridad en municipio o demarcación territorial"),
        "5.13": table_5_13(2025),
        "5.31": of_place("tendencia de la seguridad pública en su entidad federativa"),
    }
    found = only([write_book("V_percepcion_seguridad_2025_est.xlsx", sheets)])
    assert (found.release.release, cell(found, "31", "2025")) == ("ENVIPE 2025", 60.0)


def test_the_standard_errors_of_the_edition_make_an_interval(write_book: Writer) -> None:
    est = write_book("a_est.xlsx", {"5.13": table_5_13(2025)})
    err = write_book("a_err.xlsx", {"5.13": table_5_13(2025, 1.0, errors=True)})
    found = only([err, est])
    assert (
        cell(found, "31", "2025", "interval"),
        round(float(str(cell(found, "31", "2025", "low"))), 2),
    ) == (Interval.PUBLISHED_ERROR, 58.04)


def test_standard_errors_alone_are_refused(write_book: Writer) -> None:
    err = write_book("a_err.xlsx", {"5.13": table_5_13(2025, 1.0, errors=True)})
    with pytest.raises(SourceInvalid, match="standard errors without their estimates"):
        envipe.read([err], READING)


def test_another_workbook_is_refused(write_book: Writer) -> None:
    book = write_book("a.xlsx", {"5.4": of_place("seguridad en colonia o localidad")})
    with pytest.raises(SourceInvalid, match=r"no single table .*table 5\.13"):
        envipe.read([book], READING)


def index_rows() -> Rows:
    header: list[object] = ["cve_ent", "entidad_abr_m", "anio", "id_dimension", "indicador_value"]
    return [header, *([code, "x", 2011.0, "01", 58.2] for code in AREAS)]


def test_the_sheet_of_the_index_is_read_by_codes(write_book: Writer) -> None:
    book = write_book("00.xlsx", {"00_directorio": [["x"]], "01_16_percepción_ins": index_rows()})
    found = only([book])
    assert (found.release.release, cell(found, "09", "2011")) == (
        "ENVIPE 2011, México, ¿Cómo Vamos?",
        58.2,
    )


def first_editions() -> list[str]:
    return [
        "codigo,abreviatura,estado,pre2013,inc2013,ins2014,pre2010,inc2010,ins2011",
        *(f"{int(code)},X,Michoac\x87n,1.5,2.5,73.25,3.5,4.5,69.5278" for code in AREAS),
    ]


def test_old_line_ends_and_broken_accents_do_not_hinder(tmp_path: Path) -> None:
    content = "\r".join(first_editions()).encode("latin-1")
    found = only([written(tmp_path, "envipe2011-2014.csv", content)])
    assert (cell(found, "16", "2011"), cell(found, "16", "2014"), found.repairs) == (
        69.5278,
        73.25,
        ("4 columns of prevalence and incidence not used",),
    )


def test_the_workbook_of_the_first_editions_says_the_same(
    write_book: Writer, tmp_path: Path
) -> None:
    rows = [line.split(",") for line in first_editions()]
    body = [[int(r[0]), r[1], "x", *map(float, r[3:])] for r in rows[1:]]
    book = only([write_book("a.xlsx", {"Sheet1": [rows[0], *body], "Sheet2": []})])
    text = only([written(tmp_path, "a.csv", "\r".join(first_editions()).encode("latin-1"))])
    assert book.rows.equals(text.rows)


def extract_lines() -> list[str]:
    rows = [f"percepcion_2025_cuadro_5_13,{code},75.556" for code in AREAS]
    return ["indicator,cve_ent,value", *rows, "victimas_2024_cuadro_1_1,00,24134.9"]


def test_an_extract_gives_its_edition_and_tells_what_is_of_another_table(tmp_path: Path) -> None:
    found = only([written(tmp_path, "x.csv", "\n".join(extract_lines()).encode())])
    assert (found.release.release, found.repairs) == (
        "ENVIPE 2025, Datos México",
        ("1 rows of another table not used",),
    )


def women_lines() -> list[str]:
    names = {"00": "Nacional", **{s.state_code: s.name_short for s in all_states()}}
    return ["año,valor,entidad,clave", *(f"2011,71943.2,{names[c]},{c}" for c in AREAS)]


def test_the_list_of_women_never_becomes_the_total(tmp_path: Path) -> None:
    found = only([written(tmp_path, "i.csv", "\n".join(women_lines()).encode())])
    assert (set(found.rows["measure"]), cell(found, "00", "2011")) == (
        {"insecurity_women_pct"},
        71943.2 / 1000,
    )


def answer(
    area: str, value: object = "71943.2", indicator: str = WOMEN_INDICATOR
) -> dict[str, object]:
    item = {"TIME_PERIOD": "2011", "OBS_VALUE": value, "OBS_STATUS": "3", "COBER_GEO": area}
    series = {"INDICADOR": indicator, "LASTUPDATE": None, "OBSERVATIONS": [item]}
    return {"Header": {"Name": "Datos compactos BISE" + " " * 200}, "Series": [series]}


def answers(tmp_path: Path, areas: Sequence[str]) -> list[Path]:
    return [
        written(tmp_path, f"{n}.json", json.dumps(answer(area)).encode())
        for n, area in enumerate(areas)
    ]


@pytest.mark.parametrize("form", ["{}", "070000{}"])
def test_answers_of_all_areas_are_one_release_of_women(tmp_path: Path, form: str) -> None:
    found = only(answers(tmp_path, [form.format(code) for code in AREAS]))
    assert (found.release.release, cell(found, "32", "2011"), set(found.rows["measure"])) == (
        f"INEGI indicator {WOMEN_INDICATOR}, 2011",
        71943.2 / 1000,
        {"insecurity_women_pct"},
    )


def test_answers_that_lack_an_area_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="does not hold the nation and each state once"):
        envipe.read(answers(tmp_path, AREAS[:-1]), READING)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (answer("01", indicator="6200118581"), "another indicator: expected 6204327085"),
        (answer("34"), "not the nation and not a state: expected 00 to 32, got '34'"),
        (answer("01", value="many"), "observation 1: not a value"),
        (answer("01", value=["7"]), "observation 1: not a value"),
        (answer("01", value="100001"), "not a percentage"),
        ({"Series": [], "x": " " * 200}, "not an answer of INEGI's indicator service"),
        ({"Series": [{"x": " " * 200}]}, "a part of the answer is missing: expected a text INDIC"),
    ],
)
def test_an_answer_that_is_not_right_is_refused(
    tmp_path: Path, content: dict[str, object], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        envipe.read([written(tmp_path, "a.json", json.dumps(content).encode())], READING)


def test_an_answer_of_a_month_is_refused(tmp_path: Path) -> None:
    text = json.dumps(answer("01")).replace('"2011"', '"2011/01"')
    with pytest.raises(SourceInvalid, match="not a year: expected such as 2024, got '2011/01'"):
        envipe.read([written(tmp_path, "a.json", text.encode())], READING)


def test_a_cut_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match=r"a\.json: not readable as JSON"):
        envipe.read([written(tmp_path, "a.json", json.dumps(answer("01")).encode()[:-9])], READING)


@pytest.mark.parametrize(
    ("lines", "old", "new", "message"),
    [
        (women_lines, "71943.2,Jalisco", "x,Jalisco", "line 16: not a rate per 100,000"),
        (women_lines, ",Jalisco,", ",Colima,", "line 16: code and name are of two states"),
        (women_lines, "2011,71943.2,Jalisco", "MMXI,1,Jalisco", "line 16: not an edition"),
        (women_lines, ",Jalisco,14", ",Jalisco", "line 16: the row is cut"),
        (women_lines, ",Jalisco,14", ",Jalisco,40", "line 16: not a code of the nation or a state"),
        (extract_lines, "13,14,75.556", "13,14,175.556", "line 16: not a percentage"),
        (extract_lines, "13,14,75.556", "13,13,75.556", "does not hold the nation and each state"),
        (first_editions, "inc2010,ins2011", "inc2010,xxx2011", "inc2010"),
    ],
)
def test_a_damaged_copy_is_refused(
    tmp_path: Path, lines: Callable[[], list[str]], old: str, new: str, message: str
) -> None:
    text = "\n".join(lines())
    assert old in text
    if message == "inc2010":
        text, message = text.replace("ins201", "xxx201"), "a column is missing: expected codigo"
    with pytest.raises(SourceInvalid, match=message):
        envipe.read([written(tmp_path, "a.csv", text.replace(old, new).encode())], READING)


def test_a_workbook_of_the_index_without_its_rows_is_refused(write_book: Writer) -> None:
    book = write_book("a.xlsx", {"01_16_percepción": index_rows()[:1]})
    with pytest.raises(SourceInvalid, match="a sheet is missing: expected a sheet 01_16"):
        envipe.read([book], READING)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Series", "INDICADOR", "OBSERVATIONS", "OBS_VALUE", "COBER_GEO"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60))
def test_any_answer_is_read_or_refused_in_one_line(content: bytes) -> None:
    said = ""
    try:
        observations(RawFile("a.json", content, ""))
    except SourceInvalid as error:
        said = str(error)
    assert "\n" not in said
