"""What the server reads before and after it answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from geo_app import observations
from geo_app.ui import serve


def test_what_few_pages_need_is_there_when_a_reader_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []
    real = observations.observe

    def observe(slug: str, known_on: str | None = None, level: str | None = None) -> object:
        asked.append((slug, level))
        return real(slug, known_on, level)

    monkeypatch.setattr(observations, "observe", observe)
    serve.warm_later()
    assert ("homicides_inegi_per_100k", "municipality") in asked
    assert "esda" in sys.modules


def test_broken_figures_are_left_to_the_pages_that_say_so(home: Path) -> None:
    (home / "data" / "tables" / "inegi-homicides-municipal.csv").write_text("nothing", "utf-8")
    serve.warm_later()


def test_the_server_starts_with_the_options_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.web import cli

    given: list[Sequence[str]] = []
    waited: list[float] = []

    class Later:
        daemon = False

        def __init__(self, seconds: float, _task: object) -> None:
            waited.append(seconds)

        def start(self) -> None:
            assert self.daemon, "a server that ends must not wait for what it reads"

    monkeypatch.setattr(serve, "Timer", Later)
    monkeypatch.setattr(cli, "main", lambda words, prog_name: given.append([prog_name, *words]))
    serve.main(["--server.port", "8600"])
    assert given == [["streamlit", "run", str(serve.ENTRY), "--server.port", "8600"]]
    assert waited == [serve.LATER_SECONDS]
