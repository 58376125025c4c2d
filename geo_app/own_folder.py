"""The reader's own folder: official wording that was read on this machine, and only here.

Owns where the folder is (``GEO_APP_HOME``, else where the system keeps data of programs) and the
official texts in it, by issuer, issue and area. Nothing of it is part of the atlas: a text is
shown only where the reader's own import put it, always with its address and day.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from geo_app.errors import BadRequest

FOLDER = "wording"
"""Folder of the official texts inside the reader's own."""


@dataclass(frozen=True, slots=True)
class Document:
    """What one issue says of one area, word for word."""

    issuer: str
    """Slug of the issuer, such as "us"."""
    issued: date
    area_code: str
    """State code, "00" for the country."""
    text: str
    """Paragraphs, a line each."""
    link: str
    """Official address; empty where the file that was read names none."""
    checked: str
    """ISO date on which it was read."""


def home() -> Path:
    """Return the reader's own folder; it need not exist."""
    moved = os.environ.get("GEO_APP_HOME")
    if moved:
        return Path(moved)
    from platformdirs import user_data_path

    return user_data_path("mexico-security-atlas", appauthor=False)


def store(documents: Iterable[Document]) -> int:
    """Keep official texts; those of the same issue and area are replaced.

    Returns
    -------
    int
        How many were kept.

    Raises
    ------
    BadRequest
        If the folder cannot be written.
    """
    issues: dict[Path, dict[str, dict[str, str]]] = {}
    count = 0
    for item in documents:
        path = _path(item.issuer, item.issued)
        texts = issues.setdefault(path, _read(path))
        cells = asdict(item)
        texts[item.area_code] = {key: cells[key] for key in ("text", "link", "checked")}
        count += 1
    for path, texts in issues.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            content = json.dumps(texts, ensure_ascii=False, indent=1, sort_keys=True)
            fresh.write_text(content, encoding="utf-8")
            fresh.replace(path)
        except OSError as error:
            message = f"the tables are written, but the official wording cannot be kept ({error})"
            raise BadRequest(
                message, where=str(path), fix="set GEO_APP_HOME to a folder that can be written"
            ) from error
    return count


def wording(issuer: str, issued: date, area_code: str) -> Document | None:
    """Return an official text; None where this folder does not hold it.

    A file that was damaged counts as not held: the page then has the link alone, as elsewhere.
    """
    found = _read(_path(issuer, issued)).get(area_code)
    if found is None:
        return None
    return Document(issuer, issued, area_code, found["text"], found["link"], found["checked"])


def _path(issuer: str, issued: date) -> Path:
    return home() / FOLDER / issuer / f"{issued.isoformat()}.json"


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(code): item for code, item in found.items() if _is_whole(item)}


def _is_whole(item: object) -> bool:
    return isinstance(item, dict) and all(
        isinstance(item.get(key), str) for key in ("text", "link", "checked")
    )
