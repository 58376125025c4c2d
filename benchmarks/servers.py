"""A Streamlit server for one script, started on a free port and ended by its own handle."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
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


@contextmanager
def serving(script: Path) -> Iterator[Server]:
    """Serve a script until the block ends.

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
    environment = {key: value for key, value in os.environ.items() if key != "GEO_APP_DATA"}
    began = monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_healthy(process, url)
        yield Server(url, process, (monotonic() - began) * 1000)
    finally:
        process.terminate()
        process.wait(timeout=10)


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
