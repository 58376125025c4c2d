"""The packed maps that are shipped are those that the build makes, and small enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo_app import paths
from geo_app.__main__ import main
from geo_app.maps import artefacts

MOST_BYTES = {"state": 30_000, "city": 35_000, "municipality": 270_000}
"""Shapes and values of one map."""


def every() -> tuple[artefacts.Entry, ...]:
    return artefacts.read_index(paths.data_dir() / artefacts.FOLDER / artefacts.INDEX)


def test_the_shipped_maps_are_what_the_build_makes() -> None:
    assert list(artefacts.faults()) == []


@pytest.mark.parametrize("item", every(), ids=lambda item: f"{item.indicator}-{item.level}")
def test_a_map_is_small(item: artefacts.Entry) -> None:
    found = artefacts.load(item.indicator, item.level)
    assert len(found.geometry.data) + len(found.series.data) <= MOST_BYTES[item.level]


def test_the_command_builds_the_maps_and_names_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "maps", "--out", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"{item.indicator} {item.level}" for item in every()
    ]
    assert (tmp_path / artefacts.INDEX).read_bytes() == (
        paths.data_dir() / artefacts.FOLDER / artefacts.INDEX
    ).read_bytes()
