"""Whether a downloaded file is of the format that it should be, told by its first bytes.

A server answers with a page in place of a file more often than with an error. Owns what each
format starts with. Does not know what an archive may hold (``archives``) nor reads the content
(the importers).
"""

from __future__ import annotations

import re
from pathlib import Path

from geo_app.downloads import FileFormat
from geo_app.errors import SourceInvalid
from geo_app.importers.archives import members
from geo_app.importers.download_rules import BY_HAND, Absent

_HEAD_BYTES = 8192
_ZIP = b"PK\x03\x04"
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.DOTALL | re.IGNORECASE,
)
_GATE = re.compile(
    rb"challenge validation|just a moment\.\.\.|captcha|access denied", re.IGNORECASE
)
_STARTS = {
    FileFormat.ZIP: re.compile(re.escape(_ZIP)),
    FileFormat.XLSX: re.compile(re.escape(_ZIP)),
    FileFormat.JSON: re.compile(rb"\s*[\[{]"),
    FileFormat.XML: re.compile(rb"\s*<[?!\w]"),
    FileFormat.HTML: re.compile(rb"\s*<[?!\w]"),
    FileFormat.CSV: re.compile(rb"(?![\s]*[<\[{]|PK\x03\x04|\x1f\x8b|%PDF|\xd0\xcf\x11\xe0)"),
}
"""What a file of each format starts with, after a byte-order mark."""
_LINE = re.compile(rb"[,;|\t].*[\r\n]")
_WORKBOOK_PARTS = frozenset({"[Content_Types].xml", "xl/workbook.xml"})


def refuse_other(path: Path, name: str, expected: FileFormat) -> None:
    """Refuse a file that is not of the format expected.

    Parameters
    ----------
    path
        The file.
    name
        Name by which messages call it.
    expected
        The format that it should have.

    Raises
    ------
    Absent
        If it is a web page: many servers send one where they have no such file.
    SourceInvalid
        If it is a page that checks whether the reader is human, empty, of another format, or an
        archive that ``archives`` refuses.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf")
    if not head:
        message = "the server sent an empty file"
        raise SourceInvalid(message, where=name, fix="run it again later, or " + BY_HAND)
    _refuse_page(head, name, expected)
    is_table = expected is not FileFormat.CSV or (b"\0" not in head and _LINE.search(head))
    if not _STARTS[expected].match(head) or not is_table:
        message = "the content is of another format"
        raise SourceInvalid(
            message, where=name, expected=expected, got=repr(head[:16]), fix=BY_HAND
        )
    if expected in (FileFormat.ZIP, FileFormat.XLSX):
        _refuse_archive(path, name, is_workbook=expected is FileFormat.XLSX)


def _refuse_page(head: bytes, name: str, expected: FileFormat) -> None:
    is_page = _PAGE.match(head) is not None
    if is_page and _GATE.search(head):
        message = "the server sent a page that lets no program through"
        raise SourceInvalid(message, where=name, expected=expected, fix=BY_HAND)
    if is_page and expected is not FileFormat.HTML:
        message = "the server sent a web page in place of the file"
        raise Absent(message, where=name, expected=expected, got="html", fix=BY_HAND)


def _refuse_archive(path: Path, name: str, *, is_workbook: bool) -> None:
    try:
        names = {item.name for item in members(path)}
    except SourceInvalid as error:
        # The part that was read has a name of its own, which tells a reader nothing.
        raise SourceInvalid(
            error.what, where=name, expected=error.expected, got=error.got, fix=BY_HAND
        ) from error
    if is_workbook and not names >= _WORKBOOK_PARTS:
        message = "the archive is not a workbook"
        raise SourceInvalid(message, where=name, got=", ".join(sorted(names)[:3]), fix=BY_HAND)
