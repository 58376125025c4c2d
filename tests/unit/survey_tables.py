"""Small tables in the layout of ENVIPE's interviews, for tests of their importers."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from geo_app.states import state_codes

Rows = list[dict[str, str]]


def people(**answers: str) -> Rows:
    """Return four chosen persons a state, in two primary units, with the columns of INEGI."""
    found = []
    for code in state_codes():
        for n in range(4):
            dwelling = f"{code}00{n:03d}.01"
            found.append(
                {
                    "": str(len(found)),
                    "ID_VIV": dwelling,
                    "ID_PER": f"{dwelling}.01.01",
                    "CVE_ENT": code,
                    "NOM_ENT": "Michoacán",
                    "FAC_ELE": str(100 + 100 * (n % 2)),
                    "EST_DIS": f"{int(code):03d}",
                    "UPM_DIS": f"{code}{n // 2}",
                    **answers,
                }
            )
    return found


def text(rows: Rows) -> str:
    """Write rows as INEGI's open data do: CRLF, an unnamed first column."""
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return "\r\n".join(lines) + "\r\n"


def put(path: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    """Write rows into a file."""
    path.write_bytes(text(rows).encode(encoding))
    return path


def archive(path: Path, members: Mapping[str, Rows]) -> Path:
    """Write tables into a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, rows in members.items():
            file.writestr(name, text(rows))
    return path
