"""Where a program may fetch an official file: one record a file, inside that of its source.

Owns the ``[[downloads]]`` of ``data/sources/<slug>.toml`` and what is refused of them. Fetches
nothing (``importers.downloading``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from geo_app.errors import TableInvalid
from geo_app.records import Record

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_FILE_NAME = re.compile(r"[\w{}-][\w{}. -]*")
YEAR, AREA, TOKEN = "year", "area", "token"
"""Placeholders: the year of reading, or the one before where that is not there yet; "00" and every
state, a file each; what the reader's environment holds."""


class FileFormat(StrEnum):
    """What a downloaded file is made of, told by its content and not by its name."""

    CSV = "csv"
    ZIP = "zip"
    XLSX = "xlsx"
    JSON = "json"
    XML = "xml"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Download:
    """An official file that a program may fetch."""

    address: str
    """Where it is, or the page that links to it; may hold placeholders such as ``{year}``."""
    file: str
    """Name under which it is kept; holds the placeholders that make several files."""
    format: FileFormat
    find: str
    """Text of the link on the page, or the file name in it; ``*`` is any text. Empty where the
    address is that of the file."""
    max_bytes: int
    """A larger file is not the one that is meant."""
    token: str
    """Environment variable of ``{token}``; empty where the address needs none."""
    token_from: str
    """Where a reader gets a token."""
    is_fallback: bool
    """Tried only where the download before it did not do."""
    is_together: bool
    """Imported together with the download before it: the importer needs both."""
    note: str
    """What is known of the address, and on what evidence."""


def read_download(record: Record, where: str) -> Download:
    """Read one record.

    Parameters
    ----------
    record
        The table of the TOML file.
    where
        Name of the file, for messages.

    Raises
    ------
    TableInvalid
        If a key is unknown or missing, the address is not of the web, a placeholder is unknown or
        stands in the address or the name of the file only, or the limit is no number of bytes.
    """
    download = Download(
        address=record.text("address"),
        file=record.text("file"),
        format=FileFormat(record.choice("format", list(FileFormat))),
        find=record.text("find", ""),
        max_bytes=record.whole("max_bytes"),
        token=record.text("token", ""),
        token_from=record.text("token_from", ""),
        is_fallback=record.flag("fallback", default=False),
        is_together=record.flag("together", default=False),
        note=record.text("note", ""),
    )
    record.finish()
    _refuse_download(download, f"{where} [downloads] {download.file}")
    return download


def _refuse_download(item: Download, where: str) -> None:
    asked, named = (set(_PLACEHOLDER.findall(text)) for text in (item.address, item.file))
    wrong = {
        "an address that is not http or https": not re.match(r"https?://[^/]", item.address),
        "an unknown placeholder": not asked <= {YEAR, AREA, TOKEN},
        "a file name without the placeholders of its address": named != asked - {TOKEN},
        "a file name that is more than a name": not _FILE_NAME.fullmatch(item.file),
        "a limit of bytes that is not above zero": item.max_bytes <= 0,
        "{token} without `token` and `token_from`, or the other way round": not (
            (TOKEN in asked) == bool(item.token) == bool(item.token_from)
        ),
    }
    for message, is_so in wrong.items():
        if is_so:
            raise TableInvalid(message, where=where, got=item.address, fix="mend the record")
