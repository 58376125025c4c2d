"""The end of the time that a download is given, whatever the server does.

A read time-out starts anew with every byte, so that a server which drips one byte at a time holds
a reader for ever. A deadline shuts the connection itself. Knows nothing of files.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Self


class Deadline:
    """A time after which the connections that it watches are shut.

    Parameters
    ----------
    seconds
        Time from entering the context on.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def left(self) -> float:
        """Return the seconds that are left; 0 where the time is over."""
        return max(0.0, self._end - time.monotonic())

    def watch(self, event: str, info: dict[str, object]) -> None:
        """Take notice of a connection: httpx calls this at every step of a request.

        Parameters
        ----------
        event
            Name of the step.
        info
            What belongs to it; a step that opened a connection gives it as "return_value".
        """
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            opened = getattr(info.get("return_value"), "get_extra_info", lambda _: None)("socket")
            if isinstance(opened, socket.socket):
                self._sockets.append(opened)

    def _shut(self) -> None:
        for opened in self._sockets:
            # The method of the plain socket: that of an encrypted one would first drop its state
            # under the hands of the thread that reads from it.
            with suppress(OSError):
                socket.socket.shutdown(opened, socket.SHUT_RDWR)
