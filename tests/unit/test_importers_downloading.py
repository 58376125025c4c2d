"""The steps of one fetch that no server of this machine can play: share links of another host."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from geo_app.downloads import FileFormat
from geo_app.errors import SourceInvalid
from geo_app.importers import downloading
from geo_app.importers.download_jobs import Wanted
from geo_app.importers.download_rules import Limits
from geo_app.importers.downloading import fetch

SHARE = "https://x-my.sharepoint.com/:u:/g/personal/y/IQ1?e=2"
QUICK = Limits(attempts=1, total_seconds=2, backoff_seconds=0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[httpx.Request]:
    """Play SharePoint: a guest gets a cookie from the page, and the file only with it."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if "download=1" not in str(request.url):
            page = httpx.ByteStream(b"<html>")
            return httpx.Response(200, stream=page, headers={"Set-Cookie": "Guest=1; path=/"})
        if request.headers.get("Cookie") != "Guest=1":
            return httpx.Response(302, headers={"Location": "https://login.example.org/"})
        return httpx.Response(200, stream=httpx.ByteStream(b"a,b\n1,2\n"))

    transport = httpx.MockTransport(answer)
    monkeypatch.setattr(downloading, "_client", lambda _: httpx.Client(transport=transport))
    return requests


def wanted(tmp_path: Path, *, guest: str = SHARE, address: str = "") -> Wanted:
    place = address or f"{SHARE}&download=1"
    return Wanted(place, SHARE, tmp_path / "f.csv", FileFormat.CSV, 1000, guest=guest)


def test_a_share_link_is_opened_as_a_guest_before_its_file(
    tmp_path: Path, asked: list[httpx.Request]
) -> None:
    found = fetch(wanted(tmp_path), limits=QUICK)
    assert [str(request.url) for request in asked] == [SHARE, f"{SHARE}&download=1"]
    assert found.path.read_bytes() == b"a,b\n1,2\n"


def test_without_a_guest_a_login_page_is_told(tmp_path: Path, asked: list[httpx.Request]) -> None:
    with pytest.raises(SourceInvalid, match="a web page in place of the file"):
        fetch(wanted(tmp_path, guest=""), limits=QUICK)
    assert [request.url.host for request in asked][1:] == ["login.example.org"]


def test_an_address_that_is_none_is_told(tmp_path: Path, asked: list[httpx.Request]) -> None:
    with pytest.raises(SourceInvalid, match="the server cannot be asked"):
        fetch(wanted(tmp_path, guest="", address="http://example.org:bad/"), limits=QUICK)
    assert asked == []


def test_no_attempt_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="no attempt was allowed"):
        fetch(wanted(tmp_path), limits=Limits(attempts=0))


def test_how_far_a_download_is_is_told(tmp_path: Path, asked: list[httpx.Request]) -> None:
    told: list[tuple[int, int | None]] = []
    fetch(wanted(tmp_path), limits=QUICK, watch=lambda done, total: told.append((done, total)))
    assert told == [(8, None)]
    assert len(asked) == 2
