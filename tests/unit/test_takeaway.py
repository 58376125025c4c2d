"""What a page hands out: each format holds the figures shown, and what must be known of them."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from matplotlib.image import imread

from geo_app import atlas, export, provenance, svg
from geo_app.figures import Figure
from geo_app.takeaway import code, files, metadata, pictures
from geo_app.takeaway.records import Take, TakenFile
from geo_app.text import words
from geo_app.view import View

HOMICIDES, SAY = "homicides_inegi_per_100k", words("en")
LAYER = atlas.load().layer(HOMICIDES, "2022")
ROWS = export.answer(export.layer_rows(LAYER), HOMICIDES, "en")
DRAWING = svg.drawing(400, 200, "A line", svg.tag("path", {"d": "M10 10H390", "stroke": svg.INK}))


def taken(**changed: object) -> Take:
    given: dict[str, object] = {
        "name": "homicides_2022",
        "title": "Homicides, 2022, per 100,000",
        "view": View(HOMICIDES, "2022"),
        "indicators": (HOMICIDES,),
        "shown": ROWS,
        "every": lambda: export.answer(atlas.load().values(HOMICIDES), HOMICIDES, "en"),
        "areas": LAYER.areas.geometry,
        "drawings": (DRAWING,),
        "notes": ("Counted by state of occurrence.",),
    }
    return Take(**{**given, **changed})  # type: ignore[arg-type]


def made(take: Take) -> dict[str, TakenFile]:
    return {item.key: item for item in files.files(take, SAY)}


FOUND = made(taken())


def test_a_map_is_handed_out_in_every_format() -> None:
    formats = ["csv", "csv_all", "parquet", "geojson", "gpkg", "svg", "png", "metadata", "zip"]
    assert list(FOUND) == formats
    assert {item.name.split(".")[0].removesuffix("_all") for item in FOUND.values()} == {
        "homicides_2022"
    }


def test_a_table_alone_has_no_areas_and_no_picture() -> None:
    found = made(taken(every=None, areas=None, drawings=()))
    assert list(found) == ["csv", "parquet", "metadata", "zip"]


def test_the_csv_is_what_is_shown_and_all_of_it() -> None:
    rows = list(csv.DictReader(io.StringIO(FOUND["csv"].make().decode())))
    assert [row["area_code"] for row in rows] == list(ROWS["area_code"])
    every = list(csv.DictReader(io.StringIO(FOUND["csv_all"].make().decode())))
    assert len(every) == len(atlas.load().values(HOMICIDES))


def test_parquet_keeps_codes_as_text_and_carries_its_sources() -> None:
    table = pq.read_table(io.BytesIO(FOUND["parquet"].make()))
    pd.testing.assert_frame_equal(table.to_pandas(), ROWS, check_dtype=False)
    assert table.column("area_code")[0].as_py() == "01"
    told = json.loads(table.schema.metadata[b"datapackage"])
    assert told["title"] == "Homicides, 2022, per 100,000"


def test_the_geopackage_has_the_shapes_of_the_areas(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(FOUND["gpkg"].make())
    found = gpd.read_file(path)
    assert found.crs.to_epsg() == 4326
    assert list(found["area_code"]) == list(ROWS["area_code"])
    assert found.geometry.iloc[5].equals(LAYER.areas.geometry.loc["06"])
    assert pyogrio.read_info(path)["layer_name"] == "homicides_2022"
    told = json.loads(pyogrio.read_info(path)["layer_metadata"]["datapackage"])
    assert told["indicators"][0]["slug"] == HOMICIDES


def test_geojson_names_no_system_and_writes_missing_as_null() -> None:
    rows = ROWS.assign(value=ROWS["value"].where(ROWS["area_code"] != "06"))
    found = json.loads(made(taken(shown=rows))["geojson"].make())
    assert "crs" not in found
    colima = found["features"][5]
    assert (colima["properties"]["area_code"], colima["properties"]["value"]) == ("06", None)
    assert colima["geometry"]["type"] in {"Polygon", "MultiPolygon"}
    assert found["metadata"]["resources"][0]["path"] == "homicides_2022.csv"


def test_an_area_without_a_shape_has_no_geometry() -> None:
    nation = ROWS.iloc[:1].assign(area_code="00")
    found = json.loads(made(taken(shown=nation))["geojson"].make())
    assert found["features"][0]["geometry"] is None
    assert files.placed(taken(shown=nation, areas=None)).geometry.isna().all()


def test_the_archive_has_each_file_and_is_the_same_twice() -> None:
    packed = FOUND["zip"].make()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            "datapackage.json",
            *(f"homicides_2022{end}" for key, end in files.ENDINGS.items() if key != "metadata"),
        }
        assert archive.read("homicides_2022.csv") == FOUND["csv"].make()
    # A GeoPackage holds the moment at which it was written.
    table = made(taken(areas=None))["zip"]
    assert table.make() == table.make()


def test_the_package_cites_every_source_with_its_dates_and_licence() -> None:
    told = json.loads(FOUND["metadata"].make())
    slugs = ("inegi-homicides", "conapo-population")
    records = [provenance.load_source(slug) for slug in slugs]
    assert [item["title"] for item in told["sources"]] == [one.citation for one in records]
    assert told["sources"][0]["releases"][-1]["sha256"] == records[0].releases[-1].sha256
    assert [item["name"] for item in told["licenses"]] == [
        one.license_output.name for one in records
    ]
    assert "Counted by state of occurrence." in told["description"]
    assert records[0].citation in told["description"]


def test_the_package_says_what_each_column_is() -> None:
    (resource,) = json.loads(FOUND["metadata"].make())["resources"]
    fields = {item["name"]: item for item in resource["schema"]["fields"]}
    assert list(fields) == list(ROWS.columns)
    assert fields["area_code"]["type"] == "string"
    assert fields["numerator"]["type"] == "integer"
    assert fields["value"]["type"] == "number"
    assert all(item["description"] for item in fields.values())


def test_a_column_of_yes_and_no_is_named_so() -> None:
    shown = pd.DataFrame({"area_code": ["01"], "stands": [True]})
    told = json.loads(made(taken(shown=shown, areas=None))["metadata"].make())
    kinds = {item["name"]: item["type"] for item in told["resources"][0]["schema"]["fields"]}
    assert kinds == {"area_code": "string", "stands": "boolean"}


def test_without_a_licence_nothing_is_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "is_allowed", lambda _take: False)
    assert files.files(taken(), SAY) == ()


def test_a_link_is_frozen_on_the_day_of_the_newest_reading() -> None:
    days = [one.checked for item in metadata.sources(taken()) for one in item.releases]
    assert metadata.version(taken()) == max(days)
    assert f"known_on={max(days)}" in metadata.link(taken())
    asked = taken(view=View(HOMICIDES, "2022", known_on="2026-11-24"))
    assert "known_on=2026-11-24" in metadata.link(asked)
    assert "24 November 2026" in " ".join(metadata.lines(asked, SAY))


def test_the_lines_of_python_give_the_rows_of_the_atlas() -> None:
    held: dict[str, pd.DataFrame] = {}
    exec(code.python(taken()), held)  # noqa: S102 - what the reader is told to run
    pd.testing.assert_frame_equal(held["rows"], atlas.load().values(HOMICIDES))


def test_the_lines_ask_for_the_level_and_the_day_of_the_page() -> None:
    view = View(HOMICIDES, "2022", level="municipality", known_on="2026-11-24")
    told = code.python(taken(view=view))
    assert 'atlas.load(known_on="2026-11-24")' in told
    assert f'held.values("{HOMICIDES}", level="municipality")' in told
    assert "--level municipality --known-on 2026-11-24" in code.r(taken(view=view))


def test_lines_of_two_indicators_have_two_names() -> None:
    both = taken(indicators=(HOMICIDES, "insecurity_envipe_pct"))
    names = [line.split(" = ")[0] for line in code.python(both).splitlines()[2:]]
    assert names == ["rows_1", "rows_2"]
    assert code.r(both).count("read.csv") == 2


def test_lines_of_a_computation_are_its_own() -> None:
    assert code.python(taken(python="print(1)")) == "print(1)"


def test_the_command_inside_the_lines_of_r_prints_the_rows() -> None:
    (command,) = re.findall(r'pipe\("(.*)"\)', code.r(taken()))
    run = [sys.executable, *shlex.split(command)[1:]]
    printed = subprocess.run(run, check=True, capture_output=True, text=True, encoding="utf-8")
    rows = pd.read_csv(io.StringIO(printed.stdout), dtype={"area_code": str, "period": str})
    expected = atlas.load().values(HOMICIDES)
    assert len(rows) == len(expected)
    assert rows["value"].sum() == pytest.approx(expected["value"].sum())


def test_a_picture_has_its_title_notes_and_sources_and_is_no_empty_paper() -> None:
    text = FOUND["svg"].make().decode()
    for told in ("Homicides, 2022", "Counted by state of occurrence.", "CONAPO"):
        assert told in re.sub(r"<[^>]+>", " ", text)
    pixels = imread(io.BytesIO(FOUND["png"].make()))
    assert pixels.shape[1] == pictures.PIXELS
    # Letters and the line are ink; most of it is paper.
    dark = float((np.asarray(pixels)[..., :3].mean(axis=2) < 0.5).mean())
    assert 0.003 < dark < 0.3


def test_a_figure_brings_its_title_legend_and_notes() -> None:
    sign = svg.drawing(10, 10, "", svg.tag("circle", {"cx": 5, "cy": 5, "r": 4}))
    figure = Figure("States by rate", DRAWING, ((sign, "one state"),), ("Read from left.",))
    text = pictures.framed("Title", [figure, figure], ["A source."])
    for told in ("States by rate", "one state", "Read from left."):
        assert text.count(told) == 2
    narrow = re.findall(r'<svg x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', text)
    assert {x for x, _ in narrow[::2]} == {"24.0", "419.0"}


def test_a_map_with_a_sheet_of_its_own_is_that_sheet() -> None:
    own = taken(drawings=(), pictures={"svg": lambda: b"<svg/>"})
    assert made(own)["svg"].make() == b"<svg/>"
