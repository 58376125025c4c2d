"""The packed maps as files: found, refused, built again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo_app import paths
from geo_app.errors import BadRequest, HashMismatch
from geo_app.indicators import indicator, mapped
from geo_app.maps import artefacts
from geo_app.maps.gathering import gather_shapes
from geo_app.maps.packing import PackedInvalid, identified, pack

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI, LEVEL = "homicides_inegi_per_100k", "advisory_level_us"
MAPS = [(item.slug, str(level)) for item in mapped() for level in item.mapped_levels]


def entry(slug: str, level: str) -> artefacts.Entry:
    every = artefacts.read_index(paths.data_dir() / artefacts.FOLDER / artefacts.INDEX)
    return next(item for item in every if (item.indicator, item.level) == (slug, level))


@pytest.mark.parametrize(("slug", "level"), MAPS)
def test_a_map_of_every_indicator_and_level_is_shipped(slug: str, level: str) -> None:
    found = artefacts.load(slug, level)
    assert (identified(found.geometry.data), identified(found.series.data)) == (
        found.geometry,
        found.series,
    )


@pytest.mark.parametrize(("slug", "level"), MAPS)
def test_a_name_carries_the_hash_of_the_bytes(slug: str, level: str) -> None:
    item = entry(slug, level)
    for name in (item.geometry, item.series):
        assert paths.sha256(paths.data_dir() / artefacts.FOLDER / name)[:12] in name


def test_the_same_shapes_are_stored_once() -> None:
    assert len({entry(slug, level).geometry for slug, level in MAPS if level == "state"}) == 1


def test_shapes_are_built_alike_on_every_run() -> None:
    assert gather_shapes("city") == gather_shapes("city")


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadRequest, match="no values for each city"):
        artefacts.load(INEGI, "city")


def test_maps_that_were_not_built_are_refused(broken: BrokenData) -> None:
    for path in (broken.data / artefacts.FOLDER).iterdir():
        path.unlink()
    broken.relist()
    with pytest.raises(HashMismatch, match="the maps were not built; run `python -m geo_app build"):
        artefacts.load(INEGI)


def test_a_map_that_is_not_in_the_index_is_refused(broken: BrokenData) -> None:
    broken.edit("maps/index.csv", INEGI, "something_else")
    with pytest.raises(HashMismatch, match=f"no packed map of {INEGI} for each state"):
        artefacts.load(INEGI)


def test_an_index_with_other_columns_is_refused(broken: BrokenData) -> None:
    broken.edit("maps/index.csv", "indicator,level", "level,indicator")
    with pytest.raises(HashMismatch, match="the index of the packed maps cannot be read"):
        artefacts.load(INEGI)


def test_a_map_of_other_data_is_refused(broken: BrokenData) -> None:
    broken.edit("sources/us-advisory.toml", "\n", "\n\n")
    with pytest.raises(HashMismatch, match="built from other data"):
        artefacts.load(LEVEL)


def test_data_of_another_map_leave_this_one_as_it_is(broken: BrokenData) -> None:
    broken.edit("sources/us-advisory.toml", "\n", "\n\n")
    assert artefacts.load(INEGI).periods[0] == "1990"


def test_a_damaged_map_is_refused(broken: BrokenData) -> None:
    path = broken.data / artefacts.FOLDER / entry(LEVEL, "state").series
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(HashMismatch, match="the content is not the one that was checked"):
        artefacts.load(LEVEL)


def test_a_map_that_was_damaged_before_it_was_listed_is_refused_by_name(
    broken: BrokenData,
) -> None:
    name = entry(LEVEL, "state").series
    path = broken.data / artefacts.FOLDER / name
    path.write_bytes(path.read_bytes()[:-1])
    broken.relist()
    with pytest.raises(PackedInvalid, match=f"maps/{name}: the packed map is cut off.*build maps"):
        artefacts.load(LEVEL)


def test_a_map_that_the_index_does_not_name_is_refused(broken: BrokenData) -> None:
    broken.edit("maps/index.csv", entry(LEVEL, "state").series_crc, "00000000")
    with pytest.raises(HashMismatch, match=r"\.series: .*the index names: expected 00000000, got"):
        artefacts.load(LEVEL)


def test_what_is_made_of_an_indicator_is_told_by_its_hash() -> None:
    assert artefacts.inputs(indicator(INEGI)) != artefacts.inputs(indicator(LEVEL))


def test_maps_that_are_built_elsewhere_are_the_shipped_ones(tmp_path: Path) -> None:
    shipped = paths.data_dir() / artefacts.FOLDER
    (tmp_path / "state.0123456789ab.geometry").write_bytes(b"an old one")
    artefacts.build_maps(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in shipped.iterdir()}


# -------------------------------------------------------------------------------------- check


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check the maps of one indicator only: the others take long and are alike."""
    only = indicator(LEVEL)
    every = artefacts.read_index(paths.data_dir() / artefacts.FOLDER / artefacts.INDEX)
    held = tuple(item for item in every if item.indicator == LEVEL)
    monkeypatch.setattr(artefacts, "mapped", lambda: (only,))
    monkeypatch.setattr(artefacts, "read_index", lambda _: held)


@pytest.mark.usefixtures("few")
def test_shipped_maps_have_no_fault() -> None:
    assert list(artefacts.faults()) == []


@pytest.mark.usefixtures("few")
def test_another_content_under_the_same_name_is_a_fault(broken: BrokenData) -> None:
    name = entry(LEVEL, "state").series
    (broken.data / artefacts.FOLDER / name).write_bytes(pack("S", b"").data)
    broken.relist()
    [line] = artefacts.faults()
    assert line.startswith(f"maps/{name}: not what the build makes of the present data; run")


@pytest.mark.usefixtures("few")
def test_the_same_content_packed_otherwise_is_no_fault(broken: BrokenData) -> None:
    import zlib

    path = broken.data / artefacts.FOLDER / entry(LEVEL, "state").series
    content = zlib.decompress(path.read_bytes())
    path.write_bytes(zlib.compress(content, level=1))
    broken.relist()
    assert list(artefacts.faults()) == []


@pytest.mark.usefixtures("few")
def test_every_damaged_file_is_a_fault_of_its_own(broken: BrokenData) -> None:
    item = entry(LEVEL, "state")
    for name in (item.geometry, item.series):
        path = broken.data / artefacts.FOLDER / name
        path.write_bytes(path.read_bytes()[:-1])
    broken.relist()
    found = [line.split(":")[0] for line in artefacts.faults()]
    assert found == [f"maps/{item.geometry}", f"maps/{item.series}"]


@pytest.mark.usefixtures("few")
def test_a_map_of_other_data_is_a_fault(broken: BrokenData) -> None:
    broken.edit("sources/us-advisory.toml", "\n", "\n\n")
    found = list(artefacts.faults())
    assert [line for line in found if "was built from other data" in line] == found != []


def test_a_map_that_is_missing_or_too_much_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    other = entry(LEVEL, "state")
    monkeypatch.setattr(artefacts, "mapped", lambda: (indicator("insecurity_envipe_pct"),))
    monkeypatch.setattr(artefacts, "read_index", lambda _: (other,))
    assert [line.split(";")[0] for line in artefacts.faults()] == [
        "maps/index.csv: advisory_level_us state has no such indicator",
        "maps/index.csv: insecurity_envipe_pct state is missing",
    ]


def revise(broken: BrokenData) -> None:
    """Let ENVIPE say another figure, as a new release would."""
    broken.edit("tables/envipe.csv", "06,2025,insecurity_pct,81.2,", "06,2025,insecurity_pct,1,")


def test_only_the_maps_of_what_changed_are_built_again(broken: BrokenData) -> None:
    folder = broken.data / artefacts.FOLDER
    before = {path.name for path in folder.iterdir()}
    revise(broken)
    artefacts.renew()
    after = {path.name for path in folder.iterdir()}
    assert {name.partition(".")[0] for name in before ^ after} == {"insecurity_envipe_pct"}


def test_maps_that_were_built_again_belong_to_the_data(broken: BrokenData) -> None:
    revise(broken)
    artefacts.renew()
    broken.relist()
    assert list(artefacts.faults()) == []


def test_a_folder_without_maps_gets_none(broken: BrokenData) -> None:
    shutil.rmtree(broken.data / artefacts.FOLDER)
    broken.relist()
    artefacts.renew()
    assert not (broken.data / artefacts.FOLDER).exists()
