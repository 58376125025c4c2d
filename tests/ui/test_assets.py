"""Scripts served from files: fetched under a name with their hash, or sent where no file is."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.errors import StreamlitComponentRegistryError

from geo_app.ui import assets

TEXT = "export default () => {};\n"
OLDER = "export default () => null;\n"


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> BidiComponentManager:
    """Return the components of a Streamlit that runs."""
    running = BidiComponentManager()
    monkeypatch.setattr(assets, "get_bidi_component_manager", lambda: running)
    monkeypatch.setattr(st.components.v2, "get_bidi_component_manager", lambda: running)
    monkeypatch.setattr(assets.runtime, "exists", lambda: True)
    return running


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which the files are written, which does not exist yet."""
    found = tmp_path / "assets"
    monkeypatch.setattr(assets, "FOLDER", found)
    return found


def test_a_file_is_named_after_its_content(folder: Path) -> None:
    one, other = assets.write("map", TEXT, folder), assets.write("map", OLDER, folder)
    assert (one.read_text(), other.read_text()) == (TEXT, OLDER)
    assert one.name != other.name


def test_the_same_script_keeps_its_name(folder: Path) -> None:
    assert assets.write("map", TEXT, folder) == assets.write("map", TEXT, folder)


def test_a_file_that_was_cut_short_is_written_again(folder: Path) -> None:
    path = assets.write("map", TEXT, folder)
    path.write_text(TEXT[:5])
    assert assets.write("map", TEXT, folder).read_text() == TEXT


def test_nothing_unfinished_is_left(folder: Path) -> None:
    path = assets.write("map", TEXT, folder)
    assert list(folder.iterdir()) == [path]


def test_a_file_of_long_ago_is_removed(folder: Path) -> None:
    old = assets.write("map", OLDER, folder)
    os.utime(old, (0, 0))
    path = assets.write("map", TEXT, folder)
    assert list(folder.iterdir()) == [path]


def test_a_file_of_a_server_that_may_still_run_stays(folder: Path) -> None:
    other = assets.write("map", OLDER, folder)
    assets.write("map", TEXT, folder)
    assert other.exists()


def test_a_file_of_another_component_stays(folder: Path) -> None:
    other = assets.write("map_ask", OLDER, folder)
    os.utime(other, (0, 0))
    assets.write("map", TEXT, folder)
    assert other.exists()


def test_streamlit_serves_the_file_and_sends_no_script(
    manager: BidiComponentManager, folder: Path
) -> None:
    assets.component("served", TEXT)
    found = manager.get("geo_app.served")
    assert found is not None
    assert (found.js_url, found.js_content) == (next(folder.iterdir()).name, None)
    assert manager.get_component_path("geo_app.served") == str(folder)


@pytest.mark.usefixtures("folder")
def test_every_streamlit_of_a_process_serves_the_file(
    manager: BidiComponentManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets.component("twice", TEXT)
    later = BidiComponentManager()
    monkeypatch.setattr(assets, "get_bidi_component_manager", lambda: later)
    assets.component("twice", TEXT)
    paths = {each.get_component_path("geo_app.twice") for each in (manager, later)}
    assert len(paths) == 1


def test_where_nothing_can_be_written_the_script_is_sent(
    manager: BidiComponentManager, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write_text("a file stands where the folder should")
    with caplog.at_level(logging.WARNING):
        assets.component("unwritable", TEXT)
    found = manager.get("geo_app.unwritable")
    assert found is not None
    assert found.js_content == TEXT
    assert "unwritable.js is sent with each visit" in caplog.text


@pytest.mark.usefixtures("folder")
def test_where_streamlit_refuses_the_folder_the_script_is_sent(
    manager: BidiComponentManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        message = "no"
        raise StreamlitComponentRegistryError(message)

    monkeypatch.setattr(manager, "register_from_manifest", refuse)
    assets.component("refused", TEXT)
    found = manager.get("geo_app.refused")
    assert found is not None
    assert found.js_content == TEXT


@pytest.mark.usefixtures("folder")
def test_without_a_server_the_script_is_sent(
    manager: BidiComponentManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets.runtime, "exists", lambda: False)
    assets.component("alone", TEXT)
    found = manager.get("geo_app.alone")
    assert found is not None
    assert found.js_content == TEXT
