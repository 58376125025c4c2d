"""`update` over two real releases: what it tells is what their publication says.

Runs over the raw sources where they are found beside the project; elsewhere each test is skipped.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geo_app import paths
from geo_app.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared" / "sources" / "homicides" / "raw"
SLUG = "sesnsp-victims"


def test_the_release_of_september_2025_after_that_of_december_2024(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    older, newer = RAW / "IDVFC_NM_dic24.csv.gz", RAW / "resumen_homicidios_dolosos_sep2025.xlsx"
    if not (older.is_file() and newer.is_file()):
        pytest.skip("the raw files are not beside the project")
    data = tmp_path / "data"
    (data / "sources").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "sources" / f"{SLUG}.toml", data / "sources")
    paths.write_registry(data)
    monkeypatch.setenv("GEO_APP_DATA", str(tmp_path))
    assert main(["update", SLUG, "--from-file", str(older)]) == 0
    capsys.readouterr()
    assert main(["update", SLUG, "--from-file", str(newer)]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "homicide victims: December 2024: 2,257 → 2,272 (+15), 7 states revised" in lines
    assert "homicide victims: September 2025 is new: 1,786" in lines
