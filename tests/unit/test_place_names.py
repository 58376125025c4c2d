"""Our lists of names: read and checked, and each row means something that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_app import checks, place_names
from geo_app.errors import TableInvalid
from geo_app.place_names import Kind
from tests.unit.conftest import BrokenData

MITA = "punta-mita,resort,Punta Mita,Punta de Mita,Punta Mita Nayarit,mun:18020"
MAYA = "riviera-maya,area,Riviera Maya,,,mun:23008|mun:23009"
US = "united-states,country,US,United States,Estados Unidos,USA|EE. UU."
PASO = "el-paso,city_abroad,US,El Paso,,"


def written(folder: Path, columns: tuple[str, ...], *lines: str) -> Path:
    path = folder / "names.csv"
    path.write_text("\n".join([",".join(columns), *lines]) + "\n", encoding="utf-8")
    return path


def test_a_name_of_ours_is_read(tmp_path: Path) -> None:
    mita, maya = place_names.read(written(tmp_path, place_names.COLUMNS, MITA, MAYA))
    assert mita.spellings == ("Punta Mita", "Punta de Mita", "Punta Mita Nayarit")
    assert (mita.kind, mita.name.in_("es")) == (Kind.RESORT, "Punta de Mita")
    assert (maya.name.es, maya.means) == ("Riviera Maya", ("mun:23008", "mun:23009"))


def test_a_name_abroad_is_read(tmp_path: Path) -> None:
    paso, states = place_names.read_abroad(written(tmp_path, place_names.ABROAD_COLUMNS, PASO, US))
    assert (paso.country, paso.spellings) == ("US", ("El Paso",))
    assert states.spellings == ("United States", "Estados Unidos", "USA", "EE. UU.")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((MITA + ",x",), "line 2: wrong number of cells: expected 6, got 7"),
        ((MITA.replace("resort", "hotel"),), "line 2: an unknown kind, no name, or a malformed id"),
        ((MITA.replace("resort", "country"),), "line 2: an unknown kind"),
        ((MITA.replace("resort", "nation"),), "line 2: an unknown kind"),
        ((MITA.replace("punta-mita", "Punta_Mita"),), "line 2: an unknown kind, no name"),
        ((MITA.replace(",Punta Mita,", ",,"),), "line 2: an unknown kind, no name"),
        ((MITA.replace("mun:18020", "mun:1802"),), "or a malformed id or meaning"),
        ((MITA.replace("mun:18020", ""),), "or a malformed id or meaning"),
        ((MITA.replace("mun:18020", "state:00"),), "or a malformed id or meaning"),
        ((MITA + "|mun:18020",), "or a malformed id or meaning"),
        ((MITA, MITA), "the ids are not in order, or one stands twice"),
        ((MAYA, MITA), "the ids are not in order"),
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        place_names.read(written(tmp_path, place_names.COLUMNS, *lines))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((PASO,), "a country without a row that names it: got US"),
        ((PASO.replace("US", "usa"), US), "line 2: an unknown kind, no name, or a malformed id"),
        ((PASO.replace("city_abroad", "town"), US), "line 2: an unknown kind"),
        ((US, PASO), "the ids are not in order"),
    ],
)
def test_a_damaged_list_of_names_abroad_is_refused(
    tmp_path: Path, lines: tuple[str, ...], message: str
) -> None:
    with pytest.raises(TableInvalid, match=message):
        place_names.read_abroad(written(tmp_path, place_names.ABROAD_COLUMNS, *lines))


@pytest.mark.parametrize("reader", [place_names.read, place_names.read_abroad])
def test_a_list_with_other_columns_is_refused(tmp_path: Path, reader: object) -> None:
    path = written(tmp_path, ("name",), "Punta Mita")
    with pytest.raises(TableInvalid, match="wrong columns: expected name_id,kind"):
        reader(path)  # type: ignore[operator]


def test_the_shipped_lists_have_no_fault() -> None:
    assert list(checks.check_place_names()) == []
    assert len(place_names.all_names()) >= 200


def test_check_names_a_meaning_that_is_not_there(broken: BrokenData) -> None:
    broken.edit(place_names.FILE, "mun:23007", "mun:23999")
    (fault,) = checks.check_place_names()
    assert fault == ("place-names.csv isla-holbox: means 'mun:23999', which is not in the lists")


def test_check_reads_the_names_abroad(broken: BrokenData) -> None:
    broken.edit(place_names.ABROAD_FILE, "country,BZ", "country,B")
    with pytest.raises(TableInvalid, match=r"places-abroad\.csv line"):
        list(checks.check_place_names())
