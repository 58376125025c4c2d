"""Building a contestant's page in a process of its own, within limits of time and memory.

``python -m benchmarks.building CONTESTANT CASE OUT`` is that process; ``build`` starts it. Owns the
limits and the list of contestants. Does not own what is written (``peers``, ``element``).
"""

from __future__ import annotations

import gzip
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from types import FrameType

from benchmarks import cases, element, peers
from benchmarks.cases import Case, Key
from benchmarks.coverage import Detail, geojson
from benchmarks.servers import ROOT

SECONDS = 60
"""A build that takes longer is stopped and reported as such."""

BYTES = 6 * 1024**3
"""Address space of a build: one that wants more fails and is reported as such."""

_READING_SECONDS = 120
"""For the process to start and read the figures, before the clock of the build runs."""


class Contestant(StrEnum):
    """Who writes a page with a slider that runs in the browser."""

    OURS = "ours"
    FOLIUM = "folium"
    FOLIUM_SOURCE = "folium-source"
    PLOTLY = "plotly"


@dataclass(frozen=True, slots=True)
class Built:
    """A page as it was written."""

    seconds: float
    """From figures and shapes in memory to the file on disk, imports left out."""
    memory_mb: float
    """Most resident memory that the process had."""
    page_bytes: int
    gzip_bytes: int


class Refused(Exception):
    """A build that did not keep the limits, or failed; the message is what the table says."""


def build(contestant: Contestant, key: Key, out: Path) -> Built:
    """Build a page in a process of its own.

    Parameters
    ----------
    contestant
        Who builds.
    key
        The case.
    out
        The file to be written.

    Raises
    ------
    Refused
        If it took more time or memory than allowed, a package is missing or it failed.
    """
    command = [sys.executable, "-m", "benchmarks.building", contestant, key, str(out)]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=SECONDS + _READING_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(_TOO_LONG) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        raise Refused(lines[-1][:160])
    written = out.read_bytes()
    packed = len(gzip.compress(written, 6))
    told = json.loads(done.stdout)
    return Built(told["seconds"], told["memory_mb"], len(written), packed)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the process says when it has built."""

    seconds: float
    memory_mb: float


def _run(contestant: Contestant, case: Case, out: Path) -> _Told:
    write = _writer(contestant, case)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    began = perf_counter()
    write(out)
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _Told(seconds, peak)


def _writer(contestant: Contestant, case: Case) -> Callable[[Path], None]:
    """Return what writes the page, everything it reads and imports being warm."""
    if contestant is Contestant.OURS:
        return element.writer(case)
    if contestant is Contestant.PLOTLY:
        import plotly.io  # noqa: F401 its import is no part of the build

        geojson(case.level, Detail.SIMPLIFIED)
        return lambda out: peers.plotly_frames(case, Detail.SIMPLIFIED, out)
    import folium.plugins  # noqa: F401

    detail = Detail.SOURCE if contestant is Contestant.FOLIUM_SOURCE else Detail.SIMPLIFIED
    geojson(case.level, detail)
    return lambda out: peers.folium_slider(case, detail, out)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(_TOO_LONG)


_TOO_LONG = f"not built: more than {SECONDS} s"
_TOO_MUCH = f"not built: more than {BYTES / 1024**3:.0f} GB of memory"


def main(arguments: list[str]) -> int:
    """Build and print what it took; on failure a last line on stderr says why."""
    contestant, key, out = Contestant(arguments[0]), Key(arguments[1]), Path(arguments[2])
    try:
        told = _run(contestant, cases.case(key), out)
    except MemoryError:
        return _fail(_TOO_MUCH)
    except (TimeoutError, cases.CaseAbsent) as error:
        return _fail(str(error))
    except ModuleNotFoundError as error:
        return _fail(f"not installed: {error.name}")
    print(json.dumps(asdict(told)))
    return 0


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
