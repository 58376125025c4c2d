"""The lines of Python and of R that fetch the figures of a page.

Owns the lines. They are run by tests, so that what is handed out works.
"""

from __future__ import annotations

import shlex

from geo_app.indicators import indicator
from geo_app.takeaway.records import Take


def python(take: Take) -> str:
    """Return the lines of Python that give the figures of a page as pandas frames.

    They need the project's checkout and its installed packages, and no network.
    """
    if take.python:
        return take.python
    known_on = f'known_on="{take.view.known_on}"' if take.view.known_on else ""
    lines = ["from geo_app import atlas", f"held = atlas.load({known_on})"]
    for name, slug in _named(take):
        level = f', level="{level_of(take, slug)}"' if level_of(take, slug) else ""
        lines.append(f'{name} = held.values("{slug}"{level})')
    return "\n".join(lines)


def r(take: Take) -> str:
    """Return the lines of R that read the same figures through the command line."""
    lines = []
    for name, words in _commands(take):
        command = shlex.join(words)
        lines.append(f'{name} <- read.csv(pipe("{command}"),')
        lines.append('  colClasses = c(area_code = "character", period = "character"))')
    return "\n".join(lines)


def command_line(take: Take, slug: str) -> list[str]:
    """Return the command that prints the figures of one indicator as CSV."""
    words = ["python", "-m", "geo_app", "values", slug]
    if level_of(take, slug):
        words += ["--level", level_of(take, slug)]
    if take.view.known_on:
        words += ["--known-on", take.view.known_on]
    return [*words, "--format", "csv"]


def level_of(take: Take, slug: str) -> str:
    """Return the kind of area that a page shows of an indicator; empty for the indicator's own."""
    level = take.view.level
    return level if level in map(str, indicator(slug).levels) else ""


def _commands(take: Take) -> list[tuple[str, list[str]]]:
    if take.command:
        return [("rows", ["python", "-m", "geo_app", *take.command, "--format", "csv"])]
    return [(name, command_line(take, slug)) for name, slug in _named(take)]


def _named(take: Take) -> list[tuple[str, str]]:
    """Return a name for the rows of each indicator, and its slug."""
    if len(take.indicators) == 1:
        return [("rows", take.indicators[0])]
    return [(f"rows_{number}", slug) for number, slug in enumerate(take.indicators, 1)]
