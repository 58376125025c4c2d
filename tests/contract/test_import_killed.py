"""An import that is killed at any moment leaves the old data or the new, and ``check`` green.

``ATLAS_KILLS=200 ./test tests/contract/test_import_killed.py`` kills it more often.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo_app import checks, commits, paths
from geo_app.states import state_codes

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("ATLAS_KILLS", "6"))
PATIENCE_SECONDS = 300
MONTHS = "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
HEADER = (
    "Año,Clave_Ent,Entidad,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,"
    f"Sexo,Rango de edad,{MONTHS}"
)


@dataclass(frozen=True, slots=True)
class Importing:
    """A home of its own, an official file, and the data before and after its import."""

    home: Path
    file: Path
    before: str
    after: str
    seconds: float
    """How long the import takes when nobody disturbs it."""

    @property
    def data(self) -> Path:
        return self.home / "data"

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "geo_app", "import", "sesnsp-victims", str(self.file)]
        return subprocess.Popen(
            [*command, "--checked", "2026-11-26"],
            cwd=ROOT,
            env=os.environ | {"GEO_APP_DATA": str(self.home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def restore(self, kept: Path) -> None:
        shutil.rmtree(self.data)
        shutil.copytree(kept, self.data)


def state(folder: Path) -> str:
    """Return one hash of the names and contents of a folder, hidden files included."""
    lines = [
        f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data as they are shipped."""
    folder = tmp_path_factory.mktemp("kept") / "data"
    shutil.copytree(paths.data_dir(), folder)
    return folder


@pytest.fixture(scope="module")
def importing(tmp_path_factory: pytest.TempPathFactory, kept: Path) -> Importing:
    """A release of SESNSP's victims that is not among those held: 2024 alone, 3 a month."""
    home = tmp_path_factory.mktemp("killed")
    shutil.copytree(kept, home / "data")
    (home / "shapes").symlink_to(paths.shapes_dir(), target_is_directory=True)
    file = home / "victims.csv"
    cells = ",".join(["3"] * 7 + [""] * 5)
    crime = "x,La vida,Homicidio,Homicidio doloso,Con arma,Mujer,Adultos"
    rows = [f"2024,{int(code)},{crime},{cells}" for code in state_codes()]
    file.write_bytes("\r\n".join([HEADER, *rows]).encode("cp1252"))
    undisturbed = Importing(home, file, state(home / "data"), "", 0)
    began = time.monotonic()
    assert undisturbed.start().wait(PATIENCE_SECONDS) == 0
    seconds = time.monotonic() - began
    after = state(home / "data")
    assert after != undisturbed.before
    return Importing(home, file, undisturbed.before, after, seconds)


def killed_at_once(running: subprocess.Popen[bytes], importing: Importing, delay: float) -> None:
    """Kill an import some milliseconds after it has begun to change the folder."""
    while running.poll() is None and not (importing.data / paths.PENDING).exists():
        time.sleep(0.0005)
    time.sleep(delay)
    running.kill()
    running.wait()


def killed(importing: Importing, number: int, dice: random.Random) -> None:
    """Kill an import: every second one while it writes, the others at any moment."""
    running = importing.start()
    if number % 2:
        killed_at_once(running, importing, dice.uniform(0, 0.25))
        return
    try:
        running.wait(dice.uniform(0, importing.seconds))
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


@pytest.fixture
def at_home(importing: Importing, monkeypatch: pytest.MonkeyPatch) -> Iterator[Importing]:
    monkeypatch.setenv("GEO_APP_DATA", str(importing.home))
    return importing


def test_check_is_green_before_and_after_the_import(at_home: Importing, kept: Path) -> None:
    assert state(at_home.data) == at_home.after
    assert list(checks.faults()) == []
    at_home.restore(kept)
    assert list(checks.faults()) == []


def test_a_killed_import_leaves_the_old_data_or_the_new(at_home: Importing, kept: Path) -> None:
    dice = random.Random(20261126)  # noqa: S311 -- moments, no secrets
    left: list[str] = []
    for number in range(KILLS):
        at_home.restore(kept)
        killed(at_home, number, dice)
        with commits.locked(at_home.data):  # as every `check` and every import begins
            left.append(state(at_home.data))
    names = {at_home.before: "before", at_home.after: "after"}
    found = [names.get(item, "neither") for item in left]
    print({name: found.count(name) for name in (*names.values(), "neither")})  # noqa: T201
    assert "neither" not in found
