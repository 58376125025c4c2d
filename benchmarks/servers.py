"""A Streamlit server for one script, started on a free port and ended by its own handle."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
ENTRY = ROOT / "streamlit_app.py"
HERE = "127.0.0.1"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A started server."""

    url: str
    process: subprocess.Popen[bytes]
    started_ms: float
    """From the start of the process to its first healthy answer."""

    def memory_mb(self) -> float | None:
        """Return the resident memory of the process; None where the system does not say."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return None
        lines = status.read_text(encoding="utf-8").splitlines()
        resident = next(line for line in lines if line.startswith("VmRSS"))
        return int(resident.split()[1]) / 1024

    def processor_ms(self) -> float | None:
        """Return the processor time of the process so far; None where the system does not say."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.exists():
            return None
        # The second field is the name in parentheses, which may hold spaces.
        fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def around(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a process of the benchmark: this one's, our data, and more."""
    mine = {key: value for key, value in os.environ.items() if key != "GEO_APP_DATA"}
    path = os.pathsep.join(filter(None, ((more or {}).get("PYTHONPATH"), str(ROOT))))
    return {**mine, **(more or {}), "PYTHONPATH": path}


@contextmanager
def serving(script: Path, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve a script until the block ends.

    Parameters
    ----------
    script
        What the server runs.
    environment
        Variables on top of those of this process.

    Raises
    ------
    RuntimeError
        If the server ends or does not answer in ``START_SECONDS``.
    """
    port = _free_port()
    url = f"http://{HERE}:{port}"
    options = {
        "server.port": str(port),
        "server.address": HERE,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    # Ours is started as ./run starts it; the peers by Streamlit's own command.
    start = ["geo_app.ui.serve"] if script == ENTRY else ["streamlit", "run", str(script)]
    command = [sys.executable, "-m", *start]
    command += [f"--{name}={value}" for name, value in options.items()]
    began = monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=around(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(process, url)
        yield Server(url, process, (monotonic() - began) * 1000)
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def without(*names: str) -> Iterator[dict[str, str]]:
    """Give an environment in which packages cannot be imported, as if they were not installed.

    Parameters
    ----------
    names
        Packages of our peers. Streamlit imports Plotly wherever it finds it, a tenth of a second
        that a reader's installation of the atlas does not have.
    """
    with TemporaryDirectory() as folder:
        for name in names:
            text = f"raise ModuleNotFoundError('hidden by the benchmark', name={name!r})\n"
            Path(folder, f"{name}.py").write_text(text, encoding="utf-8")
        yield {"PYTHONPATH": folder}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        if _is_healthy(url):
            return
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        break
    message = f"the server at {url} did not answer in {START_SECONDS} s or ended before"
    raise RuntimeError(message)


def _is_healthy(url: str) -> bool:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=5) as answer:  # noqa: S310 our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
