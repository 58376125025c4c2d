"""The reader's own folder: wording stays there, whole, and never in the atlas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo_app import own_folder
from geo_app.errors import BadRequest
from geo_app.own_folder import Document

DAY = date(2025, 8, 12)
TEXT = Document("us", DAY, "25", "One.\nTwo: «ñ».", "https://example.org/a", "2026-11-23")


def test_a_text_is_found_again_with_link_and_day() -> None:
    assert own_folder.store([TEXT]) == 1
    assert own_folder.wording("us", DAY, "25") == TEXT


def test_it_lies_in_the_folder_that_the_reader_names(own_home: Path) -> None:
    own_folder.store([TEXT])
    assert [path.name for path in own_home.rglob("*.*")] == ["2025-08-12.json"]


def test_texts_of_other_states_and_issues_stay() -> None:
    own_folder.store([TEXT, replace(TEXT, area_code="06", text="Six.")])
    own_folder.store([replace(TEXT, text="New."), replace(TEXT, issued=date(2024, 9, 6))])
    found = [own_folder.wording("us", DAY, code) for code in ("25", "06")]
    assert [item and item.text for item in found] == ["New.", "Six."]


def test_what_was_not_read_is_not_held() -> None:
    assert own_folder.wording("us", DAY, "25") is None


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"25": {"text": 1}}', '{"25": "x"}'])
def test_a_damaged_file_is_not_held_and_can_be_replaced(own_home: Path, content: str) -> None:
    own_folder.store([TEXT])
    (path,) = own_home.rglob("*.json")
    path.write_text(content, encoding="utf-8")
    assert own_folder.wording("us", DAY, "25") is None
    own_folder.store([TEXT])
    assert own_folder.wording("us", DAY, "25") == TEXT


def test_a_folder_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("GEO_APP_HOME", str(tmp_path / "file"))
    with pytest.raises(BadRequest, match=r"tables are written, but .*; set GEO_APP_HOME to"):
        own_folder.store([TEXT])


def test_without_a_named_folder_it_is_where_the_system_keeps_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GEO_APP_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert own_folder.home().name == "mexico-security-atlas"
