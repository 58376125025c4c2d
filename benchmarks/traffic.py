"""What goes through the WebSockets of a page, counted message by message."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocket


@dataclass(slots=True)
class Traffic:
    """What went through the WebSockets of a page: the size of each message in bytes."""

    received: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    def total(self) -> int:
        """Return the bytes in both directions so far."""
        return sum(self.received) + sum(self.sent)

    def messages(self) -> int:
        """Return the number of messages in both directions so far."""
        return len(self.received) + len(self.sent)


def follow(page: Page) -> Traffic:
    """Return what goes through the WebSockets that a page opens from now on."""
    traffic = Traffic()

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: traffic.received.append(len(payload)))
        socket.on("framesent", lambda payload: traffic.sent.append(len(payload)))

    page.on("websocket", listen)
    return traffic


def settled(page: Page, traffic: Traffic, quiet_ms: float = 500) -> int:
    """Return the traffic in bytes once none has come for a while."""
    before = -1
    while before != traffic.total():
        before = traffic.total()
        page.wait_for_timeout(quiet_ms)
    return before
