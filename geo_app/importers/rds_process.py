"""Write some columns of a data frame that R saved as comma-separated text: a process of its own.

Run by ``frames`` as ``python rds_process.py FILE MOST_ROWS COLUMN…``. The reader of rds files is
written in C; bytes that break it end this process, within limits of memory, and not the importer.
Imports nothing of ours.
"""

from __future__ import annotations

import sys

MOST_MEMORY_BYTES = 6_000_000_000
"""Address space of the process; the largest official table takes some 1.5 billion bytes."""


def main(path: str, most_rows: int, columns: frozenset[str]) -> None:
    """Write the columns to the standard output.

    Raises
    ------
    ValueError
        If the file holds something else than one data frame of at most so many rows, with at least
        one of the columns.
    """
    import pyreadr

    found = pyreadr.read_r(path)
    if list(found) != [None]:
        message = "not one data frame"
        raise ValueError(message)
    frame = found[None]
    if len(frame) > most_rows:
        message = "more rows than any official table"
        raise ValueError(message)
    names = [name for name in frame.columns if str(name).upper() in columns]
    if not names:
        message = "no column of a survey"
        raise ValueError(message)
    frame[names].to_csv(sys.stdout, index=False)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))


if __name__ == "__main__":
    _limit_memory()
    main(sys.argv[1], int(sys.argv[2]), frozenset(sys.argv[3:]))
