"""Finding a place: twenty texts that people type, each with its right answer, and their time.

``python -m benchmarks.searching`` prints one run; ``measure N`` makes N of them, each in a process
of its own. Owns the texts and what must be found. Does not own the search
(``geo_app.search``).
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

from benchmarks.servers import ROOT
from geo_app.search.found import Outcome

LIMIT_MS = 100
"""What a search may take on the server."""

REPETITIONS = 50
"""Searches of each text in one run."""

SECONDS = 120


@dataclass(frozen=True, slots=True)
class Search:
    """One text and what must be found."""

    what: str
    """What the text stands for."""
    text: str
    outcome: Outcome
    code: str = ""
    """Code of the first hit; empty where nothing is found."""
    state_code: str = ""
    """The state of the first hit; empty where it lies in none or in several."""


SEARCHES = (
    Search("city", "Mazatlán", Outcome.ONE, "geonames:3996322", "25"),
    Search("city of another municipality", "Cancún", Outcome.ONE, "geonames:3531673", "23"),
    Search("state", "Nuevo León", Outcome.ONE, "state:19", "19"),
    Search("state by its abbreviation", "CDMX", Outcome.ONE, "state:09", "09"),
    Search("resort", "Punta Mita", Outcome.ONE, "name:punta-mita", "18"),
    Search(
        "area of several municipalities", "riviera maya", Outcome.ONE, "name:riviera-maya", "23"
    ),
    Search("airport by three letters", "pvr", Outcome.ONE, "icao:MMPR", "14"),
    Search("airport by its city", "aeropuerto de Cancún", Outcome.ONE, "icao:MMUN", "23"),
    Search("short form", "Vallarta", Outcome.ONE, "geonames:3991328", "14"),
    Search("misspelt", "Mazatlna", Outcome.CORRECTED, "geonames:3996322", "25"),
    Search("misspelt, two words", "Puerto Vallerta", Outcome.CORRECTED, "geonames:3991328", "14"),
    Search("ambiguous", "Progreso", Outcome.SEVERAL, "geonames:3521108", "31"),
    Search("ambiguous, large and small", "Guadalupe", Outcome.SEVERAL, "geonames:4005492", "19"),
    Search("told by its state", "Tulum Q.R.", Outcome.ONE, "geonames:3515040", "23"),
    Search("outside", "El Paso", Outcome.OUTSIDE, "abroad:el-paso"),
    Search("coordinates", "20.63, -87.08", Outcome.ONE, "point:20.63,-87.08", "23"),
    Search("in the sea", "19.5, -110.5", Outcome.OUTSIDE, "point:19.5,-110.5"),
    Search("empty", " ", Outcome.EMPTY),
    Search("10,000 characters", "Cancún " * 1_429, Outcome.TOO_LONG, "geonames:3531673", "23"),
    Search("script tags", "<script>alert(1)</script>", Outcome.NOTHING),
)
"""The twenty searches."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took, in milliseconds."""

    index_ms: float
    """Reading the lists into the index, imports left out."""
    shapes_ms: float
    """Reading the shapes in which a typed point is looked for."""
    searches_ms: list[list[float]]
    """Of each text, every time it was searched."""


def run() -> Taken:
    """Search each text many times and prove its answer; the first time counts as the others."""
    from geo_app import places
    from geo_app.search import entries, finding

    began = perf_counter()
    entries.load()
    indexed = perf_counter()
    places.locate([(0.0, 0.0)])
    ready = perf_counter()
    times = []
    for item in SEARCHES:
        taken = []
        for _ in range(REPETITIONS):
            start = perf_counter()
            found = finding.find(item.text)
            taken.append((perf_counter() - start) * 1000)
        first = found.hits[0].code if found.hits else ""
        assert (found.outcome, first) == (item.outcome, item.code), (item, found)
        times.append(taken)
    return Taken((indexed - began) * 1000, (ready - indexed) * 1000, times)


def measure(repetitions: int) -> str:
    """Return the table of the searches, each run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.searching"]
    runs = []
    for _ in range(repetitions):
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=True
        )
        runs.append(Taken(**json.loads(done.stdout)))
    return _table(runs)


def _table(runs: list[Taken]) -> str:
    lines = ["| Search | Found | Median, ms | Slowest, ms |", "|---|---|--:|--:|"]
    every = []
    for number, item in enumerate(SEARCHES):
        times = [ms for taken in runs for ms in taken.searches_ms[number]]
        every += times
        lines.append(f"| {item.what} | {item.outcome} | {median(times):.1f} | {max(times):.1f} |")
    held = "held" if max(every) <= LIMIT_MS else "**not held**"
    lines.append(f"| **all** | | {median(every):.1f} | {max(every):.1f} |")
    index = ", ".join(f"{taken.index_ms:,.0f}" for taken in runs)
    drawn = ", ".join(f"{taken.shapes_ms:,.0f}" for taken in runs)
    once = f"Once in a server's life, ms in each run: index {index}; shapes for points {drawn}."
    return "\n".join([*lines, "", f"Limit of a search: {LIMIT_MS} ms, {held}. {once}"])


def main(arguments: list[str]) -> int:
    """Print one run, or the table of several."""
    if arguments[:1] == ["measure"]:
        print(measure(int(arguments[1])))
    else:
        print(json.dumps(asdict(run())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
