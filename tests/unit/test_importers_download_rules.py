"""Where a download may be sent, how long it may be told to wait, and what a share link means."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import SourceInvalid
from geo_app.importers.download_rules import (
    asked_wait,
    direct_address,
    is_share_link,
    next_address,
    without_query,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SHARE = "https://sspcgob-my.sharepoint.com/:u:/g/personal/cni_sspc_gob_mx/IQD?e=tZc3uw"


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "data:text/plain,x",
        "http://",
        "//[",
        "/\x1b[2J",
    ],
)
def test_only_the_web_is_followed(location: str) -> None:
    with pytest.raises(SourceInvalid, match="not a web address: expected http or https"):
        next_address("https://example.org/a", location)


def test_encryption_is_not_given_up() -> None:
    with pytest.raises(SourceInvalid, match=r"from https to http: got http://example\.org/a;"):
        next_address("https://example.org/a", "http://example.org/a?token=x")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "[::1]", "localhost"]
)
def test_a_public_server_cannot_send_into_a_private_network(host: str) -> None:
    with pytest.raises(SourceInvalid, match="sends on to a private network"):
        next_address("http://example.org/a", f"http://{host}/secret")


def test_a_server_of_the_private_network_may_send_on_within_it() -> None:
    assert next_address("http://127.0.0.1:1/a", "/b") == "http://127.0.0.1:1/b"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (SHARE, f"{SHARE}&download=1"),
        (f"{SHARE}&download=1", f"{SHARE}&download=1"),
        ("https://x.sharepoint.com/f", "https://x.sharepoint.com/f?download=1"),
        (
            "https://drive.google.com/open?id=1AbC",
            "https://drive.google.com/uc?export=download&id=1AbC",
        ),
        (
            "https://drive.google.com/uc?export=download&id=1AbC",
            "https://drive.google.com/uc?export=download&id=1AbC",
        ),
        ("https://drive.google.com/drive/folders", "https://drive.google.com/drive/folders"),
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
    ],
)
def test_a_share_link_becomes_the_address_of_its_content(link: str, address: str) -> None:
    assert direct_address(link) == address


def test_only_sharepoint_asks_for_a_guest() -> None:
    assert is_share_link(SHARE)
    assert not is_share_link("https://notsharepoint.com/:u:/g")


@pytest.mark.parametrize("text", ["", "soon", "-5", "1.5", "²"])
def test_a_wait_that_is_no_time_is_none(text: str) -> None:
    assert asked_wait(text, NOW) is None


def test_a_wait_until_a_day_that_has_passed_is_none_at_all() -> None:
    assert asked_wait("Thu, 26 Nov 2026 11:00:00 GMT", NOW) == 0


@given(st.text())
def test_any_wait_is_read_or_not(text: str) -> None:
    wait = asked_wait(text, NOW)
    assert wait is None or wait >= 0


@given(st.text())
def test_any_place_is_of_the_web_or_refused(location: str) -> None:
    try:
        found = next_address("https://example.org/a", location)
    except SourceInvalid:
        return
    assert found.startswith("https://")


def test_what_may_be_secret_in_an_address_is_not_told() -> None:
    assert without_query("https://me:word@example.org:8/a?token=1#x") == "https://example.org:8/a"
