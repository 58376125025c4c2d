"""The rules of the house that no linter knows: packages, scripts, addresses, words."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("run", "test", ".ci/run")
SPOKEN = (
    "README.md",
    *(str(file.relative_to(ROOT)) for file in sorted((ROOT / "geo_app/locale").rglob("*.toml"))),
)
RUNTIME, TOOLS = "requirements.txt", "requirements-dev.txt"

TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".json", ".js", ".css", ".html", ".yaml", ".sh", ""}
SKIPPED = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    ".coverage",
    "__pycache__",
    "artifacts",
    "assets",  # written where the app runs: Leaflet and our scripts in one file
    "htmlcov",
}

# A namespace is a name, not an address: nothing is loaded from it.
LOADED = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[\w-]+(?:\.[\w-]+)+""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
CDN = re.compile(
    r"unpkg\.com|jsdelivr|cdnjs|code\.jquery|bootstrapcdn|googleapis|gstatic|fontawesome",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|Users|tmp|work|mnt)/\w|\b[A-Z]:\\Users")
VERDICT = re.compile(r"\bsafe(?:r|st|ly)?\b|\bsegur[oa]s?\b", re.IGNORECASE)
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"}


@cache
def text_files() -> tuple[Path, ...]:
    return tuple(
        Path(folder, name)
        for folder, folders, names in _walk()
        for name in names
        if Path(name).suffix in TEXT and name not in SKIPPED
    )


def _walk() -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in SKIPPED]
        yield folder, folders, names


def found(pattern: re.Pattern[str], files: Iterator[Path] | tuple[Path, ...]) -> list[str]:
    """Return "file:line: text" of every line that holds a pattern."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def requirements(name: str) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-r")]


def is_bounded(requirement: Requirement) -> bool:
    operators = {part.operator for part in requirement.specifier}
    return "==" in operators or ({"<", "<="} & operators and {">", ">="} & operators) != set()


EVERY_REQUIREMENT = [*requirements(RUNTIME), *requirements(TOOLS)]


@pytest.mark.parametrize("requirement", EVERY_REQUIREMENT, ids=lambda item: item.name)
def test_a_required_package_has_a_lower_and_an_upper_bound(requirement: Requirement) -> None:
    assert is_bounded(requirement)


@pytest.mark.parametrize("requirement", EVERY_REQUIREMENT, ids=lambda item: item.name)
def test_the_installed_version_is_within_the_bounds(requirement: Requirement) -> None:
    installed = importlib.metadata.version(requirement.name)
    assert requirement.specifier.contains(installed)


def test_the_tools_come_on_top_of_what_runs_the_app() -> None:
    assert f"-r {RUNTIME}" in (ROOT / TOOLS).read_text().splitlines()


def test_every_package_that_the_code_imports_is_required_by_name() -> None:
    by_module = importlib.metadata.packages_distributions()
    named = {canonicalize_name(requirement.name) for requirement in EVERY_REQUIREMENT}
    unnamed = {
        module
        for module in _imported_modules()
        if not named & set(map(canonicalize_name, by_module.get(module, [module])))
    }
    assert unnamed == set()


def _imported_modules() -> set[str]:
    files = [*(ROOT / "geo_app").rglob("*.py"), *ROOT.glob("*.py")]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    names = (name for node in nodes for name in _names_in(node))
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"geo_app"}


def _names_in(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_executed(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("script", [*SCRIPTS, ".ci/environment.sh"])
def test_a_script_is_plain_shell(script: str) -> None:
    outcome = subprocess.run(["/bin/sh", "-n", ROOT / script], capture_output=True, check=False)
    assert outcome.stderr == b""


@pytest.mark.parametrize("script", ["run", "test"])
def test_a_script_explains_itself_from_any_folder(script: str, tmp_path: Path) -> None:
    asked = [str(ROOT / script), "--help"]
    outcome = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert outcome.stdout.startswith(f"Usage: ./{script} ")


def test_continuous_integration_runs_what_a_contributor_runs() -> None:
    assert (ROOT / ".ci/run").read_text().rstrip().endswith("exec ./test")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
@pytest.mark.parametrize("command", ["./run", "./test"])
def test_the_prose_names_the_two_commands(name: str, command: str) -> None:
    assert command in (ROOT / name).read_text(encoding="utf-8")


def test_script_and_style_files_load_nothing_from_outside() -> None:
    # What git does not see (the joined scripts in ui/assets) is written from these and Leaflet.
    files = (path for path in text_files() if path.suffix in {".js", ".css"})
    loaded = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files
        for match in LOADED.finditer(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]
    assert loaded == []


def test_the_code_names_no_content_delivery_network() -> None:
    files = (path for path in text_files() if path.is_relative_to(ROOT / "geo_app"))
    assert found(CDN, files) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert found(MACHINE_PATH, text_files()) == []


@pytest.mark.parametrize("name", SPOKEN)
def test_the_product_makes_no_promise_in_its_words(name: str) -> None:
    assert found(VERDICT, (ROOT / name,)) == []


def test_every_module_is_named_after_what_it_owns() -> None:
    modules = {path.stem for path in (ROOT / "geo_app").rglob("*.py")}
    assert modules & EMPTY_NAMES == set()


def test_the_app_reports_to_nobody() -> None:
    assert settings()["browser"]["gatherUsageStats"] is False


def test_the_start_asks_no_server_for_the_public_address() -> None:
    assert settings()["browser"]["serverAddress"] == "localhost"


def test_no_font_is_fetched() -> None:
    fonts = {key: value for key, value in settings()["theme"].items() if "font" in key.lower()}
    assert "http" not in repr(fonts)


def settings() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
