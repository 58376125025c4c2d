"""Tables that are kept as frames of a program: parquet and R's rds.

Both are read by libraries, rds in a process of its own: what reads it is written in C, and a
damaged file must end that process and not ours. Owns the limits of both. Does not own what a
column means (``microdata``).
"""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zlib
from pathlib import Path

import pandas as pd

from geo_app.errors import SourceInvalid

KNOWN = frozenset(
    {
        *("ID_VIV", "ID_PER", "CVE_ENT", "ENT", "SEXO", "FAC_ELE", "EST_DIS", "UPM_DIS"),
        *("BPCOD", "AP4_3_3", "AP6_4_01", "AP7_3_05", "PER", "CD", "BP1_1", "FAC_SEL"),
        *("P1", "FACTOR", "EDIS", "TRIMESTRE", "ANIO"),
    }
)
"""Columns that some importer reads; the some hundred others are not taken out of such a file."""

MOST_ROWS = 1_000_000
"""Rows of a frame; see ``microdata.MOST_ROWS``."""

MOST_SECONDS = 300
"""Time that reading an rds file may take; the largest official table takes some ten."""

_PARQUET = b"PAR1"
_RDS = (b"X\n", b"A\n", b"B\n")


def is_parquet(head: bytes) -> bool:
    """Tell by its first bytes whether a file is parquet."""
    return head.startswith(_PARQUET)


def is_rds(path: Path, head: bytes) -> bool:
    """Tell by its first bytes, unpacked, whether a file is R's rds."""
    if head.startswith(_RDS) and head[2:5] == bytes(3):
        return True
    if not head.startswith(b"\x1f\x8b"):
        return False
    try:
        with gzip.open(path) as stream:
            start = stream.read(5)
    except (OSError, EOFError, zlib.error):
        return False
    return start.startswith(_RDS) and start[2:] == bytes(3)


def read_parquet(path: Path) -> pd.DataFrame:
    """Read the known columns of a parquet file.

    Returns
    -------
    pandas.DataFrame
        As stored; the index counts from 1.

    Raises
    ------
    SourceInvalid
        If the file is damaged or longer than any official table.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            names = [name for name in file.schema_arrow.names if name.upper() in KNOWN]
            _refuse_long(file.metadata.num_rows, path)
            frame: pd.DataFrame = file.read(columns=names).to_pandas()
    except (ArrowException, OSError, ValueError, MemoryError) as error:
        message = f"the parquet file is damaged ({type(error).__name__})"
        raise SourceInvalid(message, where=path.name, fix="download it again") from error
    return frame.set_axis(pd.RangeIndex(1, len(frame) + 1))


def read_rds(path: Path) -> pd.DataFrame:
    """Read the known columns of a data frame that R saved.

    Returns
    -------
    pandas.DataFrame
        Texts, "" where empty; the index counts from 1.

    Raises
    ------
    SourceInvalid
        If the file is damaged, holds no data frame, or is longer than any official table.
    """
    reader = Path(__file__).with_name("rds_process.py")
    command = [sys.executable, str(reader), str(path), str(MOST_ROWS), *sorted(KNOWN)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        done = subprocess.CompletedProcess(command, 1, b"", b"it takes too long")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        message = f"the file of R cannot be read ({said[-1] if said else 'its reader ended'})"
        raise SourceInvalid(
            message,
            where=path.name,
            expected="an rds file with one data frame",
            fix="download it again, or give the csv of the same table",
        )
    frame = pd.read_csv(io.BytesIO(done.stdout), dtype=str, keep_default_na=False)
    return frame.set_axis(pd.RangeIndex(1, len(frame) + 1))


def _refuse_long(rows: int, path: Path) -> None:
    if rows > MOST_ROWS:
        message = "more rows than any official table"
        expected = f"{MOST_ROWS:,} at most"
        raise SourceInvalid(message, where=path.name, expected=expected, got=f"{rows:,}")
