"""`update` against a server that plays the official ones, good and broken.

Every broken answer ends in one line and exit status 2, and leaves data/ as it was.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geo_app import paths
from geo_app.__main__ import main
from geo_app.importers import download_rules, kept_downloads
from geo_app.importers.download_rules import Limits
from geo_app.states import state_codes

ROOT = Path(__file__).resolve().parents[2]
MONTHS = "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
HEADER = (
    "Año,Clave_Ent,Entidad,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,"
    f"Sexo,Rango de edad,{MONTHS}"
)
IMPATIENT = Limits(
    connect_seconds=2,
    read_seconds=0.5,
    total_seconds=1.5,
    grace_seconds=0.2,
    min_bytes_per_second=2000,
    attempts=3,
    backoff_seconds=0.01,
    longest_wait_seconds=0.3,
    redirects=3,
)
SLUG = "sesnsp-victims"
GATE = b"<html><head><title>Challenge Validation</title></head><body></body></html>" + b" " * 300
PAGE = b"<!DOCTYPE html><html><body>Not here</body></html>" + b" " * 300
Answer = Callable[[BaseHTTPRequestHandler], None]


def victims(last_month: int = 12, count: int = 1) -> bytes:
    """An official file: ``count`` victims a state in each of the first months of 2024."""
    cells = ",".join([str(count)] * last_month + [""] * (12 - last_month))
    crime = "x,La vida,Homicidio,Homicidio doloso,Con arma,Mujer,Adultos"
    lines = [f"2024,{int(code)},{crime},{cells}" for code in state_codes()]
    return "\r\n".join([HEADER, *lines]).encode("cp1252")


def zipped(content: bytes, *names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names or ("Estatal-Víctimas-2015-2025_dic2024.csv",):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def good(content: bytes, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def in_turn(*answers: Answer) -> Answer:
    """Answer the first time by the first, then by the next; the last one stays."""
    left = list(answers)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def with_state(content: bytes, etag: str = '"v1"') -> Answer:
    """Answer as a full server: conditions and ranges are honoured."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            status(304)(handler)
            return
        asked = handler.headers.get("Range")
        if asked and handler.headers.get("If-Range") == etag:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            handler.send_response(206)
            span = f"bytes {start}-{len(content) - 1}/{len(content)}"
            handler.send_header("Content-Range", span)
            handler.send_header("ETag", etag)
            handler.send_header("Content-Length", str(len(content) - start))
            handler.end_headers()
            handler.wfile.write(content[start:])
            return
        good(content, ETag=etag)(handler)

    return answer


def cut(content: bytes, sent: int, **headers: str) -> Answer:
    """Promise a whole file and hang up after some of it."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()
        handler.wfile.write(content[:sent])
        handler.wfile.flush()
        handler.connection.close()

    return answer


def endless(piece: bytes, pause: float, start: bytes = b"") -> Answer:
    """Send without a length until the reader has enough."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(start)
        until = time.monotonic() + 5
        while time.monotonic() < until:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return answer


@dataclass(slots=True)
class Official:
    """A server on this machine; its answers are set by path."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Path and headers of every question."""

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def server() -> Iterator[Official]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            official.asked.append((self.path, dict(self.headers)))
            answer = official.answers.get(self.path, status(404))
            # The reader may have hung up: that is what some tests are about.
            with suppress(OSError):
                answer(self)

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        http.block_on_close = False
        official = Official(http.server_port)
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield official
        http.shutdown()
        thread.join()


@dataclass(frozen=True, slots=True)
class Home:
    """A data folder with the record of one source, whose download is on the local server."""

    data: Path
    own: Path
    server: Official

    def downloads(self, *blocks: str, slug: str = SLUG) -> None:
        """Write the records of the downloads, which are data, in place of the official ones."""
        path = self.data / "sources" / f"{slug}.toml"
        official = (ROOT / "data" / "sources" / f"{slug}.toml").read_text(encoding="utf-8")
        kept = official.partition("\n[[downloads]]")[0]
        path.write_text("\n\n".join([kept, *blocks]) + "\n", encoding="utf-8")
        paths.write_registry(self.data)

    def block(self, path: str = "/file.zip", **values: str | int | bool) -> str:
        """Return one record; ``path`` is asked for."""
        defaults: dict[str, str | int | bool] = {
            "address": self.server.url(path),
            "file": "file.zip",
            "format": "zip",
            "max_bytes": 200_000,
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in (defaults | values).items()]
        return "\n".join(["[[downloads]]", *lines])

    def one(self, answer: Answer, path: str = "/file.zip", **values: str | int) -> None:
        """Let one download be, with this answer."""
        self.server.answers[path] = answer
        self.downloads(self.block(path, **values))

    @property
    def kept(self) -> Path:
        return self.own / "downloads" / SLUG


@pytest.fixture
def home(server: Official, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    data, own = tmp_path / "home" / "data", tmp_path / "own"
    (data / "sources").mkdir(parents=True)
    monkeypatch.setenv("GEO_APP_DATA", str(data.parent))
    monkeypatch.setenv("GEO_APP_HOME", str(own))
    monkeypatch.setattr(download_rules, "LIMITS", IMPATIENT)
    made = Home(data, own, server)
    made.downloads()
    return made


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def update(*arguments: str) -> int:
    return main(["update", *(arguments or (SLUG,))])


def refused(home: Home, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run an update that must fail in one line and leave data/ as it was; return the line."""
    before = hashes(home.data)
    begun = time.monotonic()
    code = update(*arguments)
    told = capsys.readouterr()
    assert (code, told.err.count("\n")) == (2, 1)
    assert "Traceback" not in told.err
    assert hashes(home.data) == before
    assert time.monotonic() - begun < 60  # it ends, however slow the machine is
    return told.err


# ------------------------------------------------------------------------------------ it works


def test_a_file_is_fetched_imported_and_told(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.one(good(zipped(victims(2))))
    assert update() == 0
    lines = capsys.readouterr().out.splitlines()
    assert "January 2024 is new: 32" in [line.strip() for line in lines]
    assert (home.data / "tables" / f"{SLUG}.csv").is_file()


def test_a_revision_is_told_in_words_and_the_old_vintage_stays(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.one(in_turn(good(zipped(victims(1, 1))), good(zipped(victims(2, 3)))))
    update()
    capsys.readouterr()
    assert update() == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[1:] == [
        "January 2024: 32 → 96 (+64), 32 states revised",
        "February 2024 is new: 96",
    ]
    table = (home.data / "tables" / f"{SLUG}.csv").read_text(encoding="utf-8")
    assert "SESNSP victims, January 2024" in table


def test_a_release_that_is_read_again_with_other_figures_is_told_as_replaced(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.one(in_turn(good(zipped(victims(1, 1))), good(zipped(victims(1, 2)))))
    update()
    assert update() == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.strip().startswith("SESNSP victims, January 2024 was read before")


def test_the_program_says_honestly_what_it_is(home: Home) -> None:
    home.one(good(zipped(victims())))
    update()
    assert home.server.asked[0][1]["User-Agent"].startswith("mexico-security-atlas/")


def test_an_unchanged_file_is_not_sent_again_and_told_as_unchanged(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.one(with_state(zipped(victims())))
    update()
    before = hashes(home.data)
    capsys.readouterr()
    assert update() == 0
    assert capsys.readouterr().out == f"{SLUG}: file.zip is unchanged\n"
    assert home.server.asked[1][1]["If-None-Match"] == '"v1"'
    assert hashes(home.data) == before


def test_a_server_without_etag_is_asked_by_the_day_of_the_file(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    day = "Wed, 20 Aug 2025 10:00:00 GMT"
    home.one(in_turn(good(zipped(victims()), Last_Modified=day), status(304)))
    update()
    update()
    assert home.server.asked[1][1]["If-Modified-Since"] == day
    assert capsys.readouterr().out.endswith("file.zip is unchanged\n")


def test_the_same_bytes_without_any_state_are_unchanged_too(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.one(good(zipped(victims())))
    update()
    update()
    assert capsys.readouterr().out.endswith("file.zip is unchanged\n")


def test_what_was_fetched_but_not_imported_is_imported_the_next_time(home: Home) -> None:
    home.one(with_state(zipped(victims(1))))
    update(SLUG, "--dry-run")
    assert update() == 0
    assert (home.data / "tables" / f"{SLUG}.csv").is_file()


def test_a_damaged_kept_file_is_fetched_again(home: Home) -> None:
    home.one(with_state(zipped(victims(1))))
    update()
    (home.kept / "file.zip").write_bytes(b"PK damaged")
    assert update() == 0
    assert "If-None-Match" not in home.server.asked[1][1]


def test_a_dry_run_tells_the_difference_and_writes_nothing(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.one(good(zipped(victims(1))))
    before = hashes(home.data)
    assert update(SLUG, "--dry-run") == 0
    told = capsys.readouterr().out
    assert "not written (dry run)" in told
    assert "January 2024 is new: 32" in told
    assert hashes(home.data) == before


def test_a_file_saved_by_hand_takes_the_same_way(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "saved.zip"
    path.write_bytes(zipped(victims(1)))
    assert update(SLUG, "--from-file", str(path)) == 0
    assert "January 2024 is new: 32" in capsys.readouterr().out
    assert home.server.asked == []


def test_an_answer_that_was_cut_is_continued_at_its_byte(home: Home) -> None:
    content = zipped(victims())
    home.one(in_turn(cut(content, 300, ETag='"v1"'), with_state(content)))
    assert update() == 0
    assert home.server.asked[1][1]["Range"] == "bytes=300-"
    assert (home.kept / "file.zip").read_bytes() == content
    assert sorted(path.name for path in home.kept.iterdir()) == ["file.zip", "file.zip.note.json"]


def test_a_part_of_an_older_run_is_continued(home: Home) -> None:
    content = zipped(victims())
    home.one(cut(content, 300, ETag='"v1"'))
    assert update() == 2
    home.server.answers["/file.zip"] = with_state(content)
    home.server.asked.clear()
    assert update() == 0
    assert home.server.asked[0][1]["Range"] == "bytes=300-"


def test_a_part_of_another_state_is_begun_anew(home: Home) -> None:
    content = zipped(victims())
    home.one(in_turn(cut(zipped(victims(3)), 300, ETag='"old"'), with_state(content, '"new"')))
    assert update() == 0
    assert (home.kept / "file.zip").read_bytes() == content


def test_a_part_that_cannot_be_named_is_begun_anew(home: Home) -> None:
    content = zipped(victims())
    home.one(in_turn(cut(content, 300), good(content)))
    assert update() == 0
    assert "Range" not in home.server.asked[1][1]


def test_a_server_that_continues_elsewhere_is_asked_from_the_start(home: Home) -> None:
    content = zipped(victims())
    odd = status(206, Content_Range="bytes 7-9/10")
    home.one(in_turn(cut(content, 300, ETag='"v1"'), odd, good(content)))
    assert update() == 0
    assert "Range" not in home.server.asked[2][1]


def test_a_range_that_is_refused_is_asked_from_the_start(home: Home) -> None:
    content = zipped(victims())
    home.one(in_turn(cut(content, 300, ETag='"v1"'), status(416), good(content)))
    assert update() == 0


def test_a_server_that_is_busy_is_asked_again(home: Home) -> None:
    home.one(in_turn(status(503), good(zipped(victims()))))
    assert update() == 0
    assert len(home.server.asked) == 2


def test_a_wait_that_is_asked_for_is_kept(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("geo_app.importers.downloading.time.sleep", waited.append)
    monkeypatch.setattr(
        download_rules, "LIMITS", Limits(longest_wait_seconds=60, backoff_seconds=0.01)
    )
    home.one(in_turn(status(429, Retry_After="7"), good(zipped(victims()))))
    assert update() == 0
    assert waited == [7.0]


def test_a_redirect_is_followed(home: Home) -> None:
    home.server.answers["/new.zip"] = good(zipped(victims()))
    home.one(status(302, Location="/new.zip"))
    assert update() == 0


def test_a_packed_answer_is_unpacked(home: Home) -> None:
    content = zipped(victims())
    home.one(good(gzip.compress(content), Content_Encoding="gzip"))
    assert update() == 0
    assert (home.kept / "file.zip").read_bytes() == content


def test_a_link_is_found_on_its_page_by_what_a_reader_sees(home: Home) -> None:
    page = (
        "<html><a href='/a.zip'>2015 - 2025 (Fuero Com&uacute;n - Delitos). Incidencia estatal</a>"
        "<a href='/b.zip?e=1&amp;f=2'>2015 -&nbsp;2025 (Fuero com&uacute;n - "
        "<b>V&iacute;ctimas</b>). Incidencia estatal</a></html>"
    )
    home.server.answers["/b.zip?e=1&f=2"] = good(zipped(victims()))
    find = "2015 - 2025 (Fuero Común - Víctimas). Incidencia estatal"
    home.one(good(page.encode()), "/page", find=find)
    assert update() == 0
    assert [path for path, _ in home.server.asked] == ["/page", "/b.zip?e=1&f=2"]


def test_the_year_before_is_asked_where_this_one_is_not_published(home: Home) -> None:
    year = datetime.now(UTC).year
    home.server.answers[f"/{year}.zip"] = good(PAGE)
    home.server.answers[f"/{year - 1}.zip"] = good(zipped(victims()))
    home.downloads(home.block("/{year}.zip", file="f_{year}.zip"))
    assert update() == 0
    assert [path for path, _ in home.server.asked] == [f"/{year}.zip", f"/{year - 1}.zip"]


def test_a_fallback_is_used_where_the_first_address_does_not_do(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.server.answers["/b.zip"] = good(zipped(victims()))
    home.downloads(home.block("/a.zip"), home.block("/b.zip", file="b.zip", fallback=True))
    assert update() == 0
    assert "b.zip was used instead: file.zip (" in capsys.readouterr().out


def test_a_fallback_is_left_alone_where_the_first_address_does(home: Home) -> None:
    home.server.answers["/a.zip"] = good(zipped(victims()))
    home.downloads(home.block("/a.zip"), home.block("/b.zip", file="b.zip", fallback=True))
    assert update() == 0
    assert [path for path, _ in home.server.asked] == ["/a.zip"]


def test_files_that_belong_together_are_imported_in_one(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.server.answers |= {"/a": good(zipped(victims(1))), "/b": good(zipped(victims(2)))}
    home.downloads(home.block("/a"), home.block("/b", file="b.zip", together=True))
    assert update() == 0
    told = [line for line in capsys.readouterr().out.splitlines() if ": SESNSP victims" in line]
    assert [line.split(": ")[1] for line in told] == [
        "SESNSP victims, January 2024",
        "SESNSP victims, February 2024",
    ]


def test_files_that_belong_together_are_all_or_nothing(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.server.answers["/a"] = good(zipped(victims(1)))
    home.downloads(home.block("/a"), home.block("/b", file="b.zip", together=True))
    assert "b.zip (" in refused(home, capsys)


def test_a_token_is_sent_and_never_told_nor_kept(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_TEST_TOKEN", "secret-word")
    block = home.block("/x/{token}", token="ATLAS_TEST_TOKEN", token_from="https://example.org")
    home.downloads(block)
    line = refused(home, capsys)
    assert home.server.asked[0][0] == "/x/secret-word"
    assert "secret-word" not in line
    home.server.answers["/x/secret-word"] = good(zipped(victims()))
    assert update() == 0
    assert all(b"secret-word" not in path.read_bytes() for path in home.kept.iterdir())


def test_an_address_of_areas_is_asked_for_the_nation_and_each_state(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    for code in ("00", *state_codes()):
        home.server.answers[f"/{code}.zip"] = good(zipped(victims()))
    home.downloads(home.block("/{area}.zip", file="f_{area}.zip"))
    assert "two files hold the same release" in refused(home, capsys)
    assert len({path for path, _ in home.server.asked}) == 33


# --------------------------------------------------------------------------------- it is refused


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (status(404), "the server answers 404 Not Found; correct the address in the record"),
        (status(403), "the server answers 403 Forbidden; save the file by hand"),
        (status(503), "the server answers 503"),
        (status(304), "the server answers 304"),
        (good(GATE), "a page that lets no program through: expected zip; save the file by hand"),
        (good(PAGE), "a web page in place of the file: expected zip, got html"),
        (good(b""), "the server sent an empty file"),
        (good(b"Clave,Sexo\r\n1,2\r\n"), "the content is of another format: expected zip"),
        (good(zipped(victims())[:-30]), "truncated or damaged"),
        (cut(zipped(victims()), 300, ETag='"v1"'), "the connection broke off"),
        (cut(zipped(victims()), 0), "the connection broke off"),
        (endless(b"x", 0.02), "the server sends too slowly: got"),
        (endless(b"x" * 100, 0.02), "not complete after 1.5 seconds"),
        (endless(b"x" * 2000, 0.001), "the file is too large: got"),
        (good(b"PK\x03\x04" + b"x" * 300_000), "the file is too large: got 300,004 bytes"),
        (good(zipped(b"a" * 5_000_000)), "packed beyond reason"),
        (good(zipped(victims(), "../v.csv")), "points outside"),
        (good(zipped(victims(), "/etc/v.csv")), "points outside"),
        (good(zipped(victims(), "C:\\v.csv")), "points outside"),
        (good(zipped(victims(), "a.csv", "b.csv")), "does not hold exactly one file"),
        (
            good(zipped(b"a,b\r\n" * 99, "readme.csv")),
            "not an official file of case files or victims",
        ),
        (good(gzip.compress(b"a" * 3_000_000), Content_Encoding="gzip"), "is too large"),
        (good(b"no gzip at all", Content_Encoding="gzip"), "packs the file wrongly"),
        (good(gzip.compress(b"PK" * 999)[:-9], Content_Encoding="gzip"), "the packed file is cut"),
        (good(b"what", Content_Encoding="br"), "in an unknown way: got br"),
        (status(302, Location="/file.zip"), "the server sends on and on, 3 times"),
        (status(302, Location="file:///etc/passwd"), "not a web address"),
        (status(302, Location="ftp://example.org/x"), "not a web address"),
        (status(302, Location="http://[bad"), "not a web address"),
        (status(429, Retry_After="3600"), "429 Too Many Requests; run it again after 3600 seconds"),
    ],
)
def test_a_broken_answer_is_told_in_one_line(
    home: Home, capsys: pytest.CaptureFixture[str], answer: Answer, told: str
) -> None:
    home.one(answer)
    assert told in refused(home, capsys)


def test_a_server_that_drips_its_headers_is_left(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        for letter in b"HTTP/1.1 200 OK\r\n" + b"X-Wait: 1\r\n" * 90:
            handler.wfile.write(bytes([letter]))
            time.sleep(0.05)

    home.one(drip)
    assert "not complete after 1.5 seconds" in refused(home, capsys)


def test_a_silent_server_is_left(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_rules, "LIMITS", replace(IMPATIENT, read_seconds=0.1))
    home.one(lambda _: time.sleep(2))
    assert "the server does not answer in time" in refused(home, capsys)


def test_a_long_wait_is_not_waited_for(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.one(status(503, Retry_After="900"))
    refused(home, capsys)
    assert len(home.server.asked) == 1


def test_a_refused_connection_is_told(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        port = closed.server_port
    home.downloads(home.block(address=f"http://127.0.0.1:{port}/file.zip"))
    assert "the server cannot be reached" in refused(home, capsys)


def test_what_is_refused_is_not_kept(home: Home) -> None:
    home.one(good(PAGE))
    update()
    assert list(home.kept.iterdir()) == []


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<html><a href='/x'>Something else</a></html>", "no link of the page is called so"),
        ("<html><a href='/x'>Víctimas del estado</a></html>", "got 'Víctimas del estado'"),
        ("<html><a href='/x'>Víctimas</a><a href='/y'>Víctimas</a></html>", "several links fit"),
        ("<html><a href='javascript:void(0)'>Víctimas</a></html>", "not a web address"),
        ("<html><title>Challenge Validation</title></html>", "lets no program through"),
    ],
)
def test_a_page_without_the_link_is_told(
    home: Home, capsys: pytest.CaptureFixture[str], page: str, told: str
) -> None:
    home.one(good(page.encode()), "/page", find="Víctimas")
    assert told in refused(home, capsys)


def test_a_missing_token_is_told_with_where_to_get_it(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ATLAS_TEST_TOKEN", raising=False)
    block = home.block("/x/{token}", token="ATLAS_TEST_TOKEN", token_from="https://example.org/t")
    home.downloads(block)
    line = refused(home, capsys)
    assert "the environment variable ATLAS_TEST_TOKEN; get one at https://example.org/t" in line
    assert home.server.asked == []


def test_a_source_without_an_address_says_what_to_save_by_hand(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.downloads(slug="inegi-homicides")
    line = refused(home, capsys, "inegi-homicides")
    assert "save the CSV export of the interactive query" in line
    assert "https://www.inegi.org.mx/" in line
    assert "--from-file" in line


def test_all_sources_are_updated_and_those_by_hand_are_listed(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.downloads(slug="inegi-homicides")
    home.one(good(zipped(victims(1))))
    assert main(["update"]) == 0
    told = capsys.readouterr()
    assert "inegi-homicides: no program may fetch it" in told.out
    assert "January 2024 is new" in told.out
    assert told.err == ""


def test_a_failure_does_not_stop_the_other_sources(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.downloads(home.block("/gone"), slug="us-advisory")
    home.one(good(zipped(victims(1))))
    assert update("us-advisory", "nothing", SLUG) == 2
    told = capsys.readouterr()
    assert [line.partition(":")[0] for line in told.err.splitlines()] == ["us-advisory", "nothing"]
    assert "January 2024 is new" in told.out


def test_a_failed_download_does_not_stop_the_others_of_its_source(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.server.answers["/b.zip"] = good(zipped(victims(1)))
    home.downloads(home.block("/a.zip"), home.block("/b.zip", file="b.zip"))
    assert update() == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "January 2024 is new" in told.out


@pytest.mark.parametrize("sources", [[], [SLUG, "us-advisory"]])
def test_a_file_needs_its_one_source(
    home: Home, capsys: pytest.CaptureFixture[str], sources: list[str]
) -> None:
    line = refused(home, capsys, *sources, "--from-file", "x.csv")
    assert line.startswith("a file belongs to one source: expected one SOURCE")


def test_a_missing_file_is_told(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no such file" in refused(home, capsys, SLUG, "--from-file", "nowhere.csv")


def test_an_own_folder_that_cannot_be_written_is_told(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home.one(good(zipped(victims())))
    home.own.write_text("a file, not a folder")
    assert f"{home.own}" in refused(home, capsys)


def test_a_note_that_cannot_be_read_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x")
    for text in ("", "[]", '{"address": 1}', "[" * 100_000):
        path.with_name("f.note.json").write_text(text)
        assert kept_downloads.note(path, "http://example.org") is None
