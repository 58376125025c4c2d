"""The app without a browser: the real entry and the real figures, or a copy of them to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo_app import paths
from geo_app.ui.pages import explore

ENTRY = Path(__file__).resolve().parents[2] / "streamlit_app.py"
PATIENCE_SECONDS = 60

Query = Mapping[str, str | list[str]]


@pytest.fixture(autouse=True)
def _no_head_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no page wait for a browser that is not there."""
    monkeypatch.setattr(explore, "HEAD_START_S", 0)


@pytest.fixture
def open_page() -> Callable[[Query], AppTest]:
    """Return how to open the app at a query of its address."""

    def opened(query: Query) -> AppTest:
        page = AppTest.from_file(ENTRY, default_timeout=PATIENCE_SECONDS)
        page.query_params.update(query)
        return page.run()

    return opened


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay a copy of the figures and shapes that the app then reads; a test may break it."""
    copied = tmp_path / "home"
    shutil.copytree(paths.data_dir(), copied / "data")
    shutil.copytree(paths.shapes_dir(), copied / "shapes")
    monkeypatch.setenv("GEO_APP_DATA", str(copied))
    return copied
