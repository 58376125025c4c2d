"""A running app, a real browser, and two readers: one at a desk, one with a phone.

`app` is the server, started once on a free port. `desktop` and `phone` are pages of a fresh
browser context each; `page.goto("/")` opens the app. Nothing leaves the machine: a request to
any other host is aborted and noted, and the test fails at its end, as it does on an error in the
console or an exception in the page. `journal` holds those notes, for a test that expects one.

A failed test leaves a screenshot and the server's output in tests/e2e/artifacts.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Route,
    ViewportSize,
    WebSocket,
    expect,
    sync_playwright,
)

from tests.e2e.element_pages import ElementPages

# A machine that is busy with other tests is no fault of the page.
expect.set_options(timeout=30_000)

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = Path(__file__).resolve().parent / "artifacts"
START_SECONDS = 60
HERE = "127.0.0.1"
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FAILED = pytest.StashKey[bool]()


@dataclass(frozen=True, slots=True)
class App:
    """A started app: where it answers and where its output goes."""

    url: str
    log: Path


@dataclass(slots=True)
class Journal:
    """What a page did that it must not do."""

    outside: list[str] = field(default_factory=list)
    """Addresses asked for that are not the app's."""
    faults: list[str] = field(default_factory=list)
    """Errors in the console and exceptions in the page."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether a test failed, so that its page can take a picture on the way out."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Start the app on its bundled data; end it, and only it, after the last test."""
    folder = tmp_path_factory.mktemp("app")
    with _serving(folder) as started:
        yield started


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(
        executable_path=_chromium(playwright),
        args=["--disable-gpu", "--disable-background-networking"],
    )
    yield started
    started.close()


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def desktop(
    app: App, browser: Browser, journal: Journal, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Open a page at a desk. Tall: at 720 pixels a click on the map was lost."""
    context = browser.new_context(
        base_url=app.url,
        viewport=ViewportSize(width=1280, height=1600),
        locale="en-US",
        service_workers="block",
    )
    with _watched(context, app, journal, request) as page:
        yield page


@pytest.fixture
def phone(
    app: App, browser: Browser, journal: Journal, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Open a page on a small phone, by touch."""
    context = browser.new_context(
        base_url=app.url,
        viewport=ViewportSize(width=360, height=800),
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="es-MX",
        service_workers="block",
    )
    with _watched(context, app, journal, request) as page:
        yield page


@pytest.fixture
def open_map(browser: Browser, tmp_path: Path, journal: Journal) -> Iterator[ElementPages]:
    """Open maps alone; what a page must not do fails the test at its end."""
    pages = ElementPages(browser, tmp_path, journal.outside, journal.faults)
    yield pages
    pages.close()
    assert journal.outside == [], "the map asked another host"
    assert journal.faults == [], "the map reported errors"


@contextmanager
def _serving(folder: Path) -> Iterator[App]:
    port = _free_port()
    started = App(url=f"http://{HERE}:{port}", log=folder / "server.log")
    with started.log.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            _command(port), cwd=ROOT, env=_environment(folder), stdout=log, stderr=log
        )
    try:
        _wait_until_healthy(process, started)
        yield started
    finally:
        _end(process)


def _command(port: int) -> list[str]:
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    options = {
        "server.port": str(port),
        "server.address": HERE,
        "server.headless": "true",
        "server.fileWatcherType": "none",
    }
    return command + [f"--{name}={value}" for name, value in options.items()]


def _environment(folder: Path) -> dict[str, str]:
    # The tests speak of the bundled figures: no folder of the developer's may stand in for them.
    environment = {name: value for name, value in os.environ.items() if name != "GEO_APP_DATA"}
    return environment | {"GEO_APP_HOME": str(folder / "home"), "PYTHONUNBUFFERED": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], app: App) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        if _is_healthy(app.url):
            return
        # Waiting for its death is the pause between two questions.
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"the app ended with code {process.returncode}:\n{app.log.read_text()}")
    pytest.fail(f"the app did not answer in {START_SECONDS} s:\n{app.log.read_text()}")


def _is_healthy(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=5) as answer:  # noqa: S310 our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _chromium(playwright: Playwright) -> str:
    """Return the browser to use. A missing one fails: a ring that skips itself proves nothing."""
    named = os.environ.get("CHROMIUM")
    own = playwright.chromium.executable_path
    found = [named, *map(shutil.which, ON_PATH), own if Path(own).exists() else None]
    for path in found:
        if path:
            return path
    pytest.fail(
        "no Chromium: set CHROMIUM to one, run ./test --install, or leave the browser tests out"
        ' with -m "not e2e"'
    )


@contextmanager
def _watched(
    context: BrowserContext, app: App, journal: Journal, request: pytest.FixtureRequest
) -> Iterator[Page]:
    context.route("**/*", lambda route: _pass_or_abort(route, app.url, journal))
    page = context.new_page()
    page.on("websocket", lambda opened: _note_socket(opened, app.url, journal))
    page.on("console", lambda message: _note_console(message, journal))
    page.on("pageerror", lambda error: _note_exception(error, journal))
    yield page
    if request.node.stash.get(FAILED, False) or journal.outside or journal.faults:
        _keep_evidence(page, app, request.node.nodeid)
    context.close()
    assert journal.outside == [], "the page asked another host"
    assert journal.faults == [], "the page reported errors"


def _pass_or_abort(route: Route, url: str, journal: Journal) -> None:
    if _is_ours(route.request.url, url):
        route.continue_()
        return
    journal.outside.append(route.request.url)
    route.abort()


def _is_ours(address: str, url: str) -> bool:
    """Return whether an address is the app's, or names no host at all (a file, a blob)."""
    return urlsplit(address).netloc in {"", urlsplit(url).netloc}


def _note_socket(opened: WebSocket, url: str, journal: Journal) -> None:
    if not _is_ours(opened.url, url):
        journal.outside.append(opened.url)


def _note_console(message: ConsoleMessage, journal: Journal) -> None:
    if message.type == "error":
        journal.faults.append(f"{message.text} ({message.location['url']})")


def _note_exception(error: Error, journal: Journal) -> None:
    journal.faults.append(error.stack or error.message)


def _keep_evidence(page: Page, app: App, nodeid: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", nodeid.rsplit("/", maxsplit=1)[-1]).strip("-")
    shutil.copyfile(app.log, ARTIFACTS / f"{name}.server.log")
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)
