"""Importing the municipal file of SESNSP: our stream beside pandas, each in a process of its own.

``python -m benchmarks.importing make OUT`` writes a file in the official format, with as many rows
as the official one of 2015 to 2025 has; ``python -m benchmarks.importing CONTESTANT FILE`` reads it
and prints seconds, peak memory and a checksum; ``measure N`` does all of it N times. Owns the file
and the contestants. Does not own the importer (``geo_app.importers.sesnsp_cases_municipal``).
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pandas as pd

from benchmarks.servers import ROOT

YEARS = tuple(range(2015, 2026))
ROW_COUNT = 2_562_994
"""Rows of the official file of 2015 to 2025, as its users count them."""

SECONDS = 900

MONTHS = (
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
)
KEY = (
    "Año",
    "Clave_Ent",
    "Entidad",
    "Cve. Municipio",
    "Municipio",
    "Bien jurídico afectado",
    "Tipo de delito",
    "Subtipo de delito",
    "Modalidad",
)
HOMICIDE = "Homicidio doloso"


class Contestant(StrEnum):
    """Who reads the file."""

    OURS = "ours"
    FILTERED = "pandas, homicide kept before melt"
    WHOLE = "pandas, everything melted"


@dataclass(frozen=True, slots=True)
class Taken:
    """What reading the file took."""

    seconds: float
    processor: float
    """Seconds of processor time: what a busy machine changes less."""
    memory_mb: float
    """Most resident memory that the process had, its imports with it."""
    checksum: str
    """Of the counts by municipality and month, so that all have read the same."""


def make(out: Path, rows: int = ROW_COUNT) -> None:
    """Write a municipal file in the official format: cp1252, CRLF, quoted text with commas.

    Parameters
    ----------
    out
        The file to be written.
    rows
        Number of rows below the header; the last year is cut short where they run out.

    Notes
    -----
    98 rows a municipality and year, as in the official file: four means of intentional homicide
    among them. The counts are drawn with a fixed seed; those of the last two months are blank.
    """
    chance = random.Random(2015)  # noqa: S311 no secret: the file must come out the same
    crimes = _crimes()
    pools = [_cells(chance, most) for most in (0, 1, 3, 40)]
    with out.open("w", encoding="cp1252", newline="") as file:
        file.write(",".join([*KEY, *MONTHS]) + "\r\n")
        left = rows
        for year, place in _places():
            weight = 3 if chance.random() < 0.05 else chance.choice((0, 0, 0, 1, 2))
            blank = year == YEARS[-1]
            lines = []
            for crime in crimes[:left]:
                cells = chance.choice(pools[min(weight, chance.randrange(4))])
                if blank:
                    cells = cells.rsplit(",", 2)[0] + ",,"
                lines.append(f"{year},{place},{crime},{cells}\r\n")
            file.writelines(lines)
            left -= len(lines)
            if not left:
                return


def _crimes() -> list[str]:
    means = ("Con arma de fuego", "Con arma blanca", "Con otro elemento", "No especificado")
    homicide = [f"La vida y la Integridad corporal,Homicidio,{HOMICIDE},{item}" for item in means]
    cables = '"Robo de cables, tubos y otros objetos destinados a servicios públicos Con violencia"'
    others = [f"El patrimonio,Robo,Robo de maquinaria,{cables}"]
    others += [f"El patrimonio,Robo,Robo a casa habitación {n},Con violencia" for n in range(93)]
    return homicide + others


def _cells(chance: random.Random, most: int) -> list[str]:
    return [",".join(str(chance.randint(0, most)) for _ in MONTHS) for _ in range(500)]


def _places() -> Iterator[tuple[int, str]]:
    from geo_app import shapes
    from geo_app.states import all_states

    names = {item.state_code: item.name_official for item in all_states()}
    codes = sorted([*shapes.load_municipality_names(), *(f"{code}999" for code in names)])
    for year in YEARS:
        for code in codes:
            state = code[:2]
            yield year, f"{int(state)},{names[state]},{int(code)},Municipio {code}"


def read(contestant: Contestant, path: Path) -> Taken:
    """Read the file and say what it took, imports left out."""
    if contestant is Contestant.OURS:
        import pyarrow.compute
        import pyarrow.csv  # noqa: F401 their import is no part of the reading

        from geo_app.importers import sesnsp_cases_municipal  # noqa: F401
    began, before = perf_counter(), process_time()
    counts = _ours(path) if contestant is Contestant.OURS else _pandas(path, contestant)
    seconds, processor = perf_counter() - began, process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(seconds, processor, peak, _checksum(counts))


def _ours(path: Path) -> pd.Series[float]:
    from geo_app.importers import sesnsp_cases_municipal
    from geo_app.importers.reading import Reading

    (found,) = sesnsp_cases_municipal.read([path], Reading("2026-11-26"))
    return found.rows.set_index(["area_code", "period"])["value"]


def _pandas(path: Path, contestant: Contestant) -> pd.Series[float]:
    """Read as most scripts do: all of it, from wide to long, then the sums."""
    table = pd.read_csv(path, encoding="cp1252")
    if contestant is Contestant.FILTERED:
        table = table[table["Subtipo de delito"] == HOMICIDE]
    long = table.melt(id_vars=list(KEY), value_vars=list(MONTHS), var_name="mes")
    long = long[long["Subtipo de delito"] == HOMICIDE]
    sums = long.groupby(["Año", "Cve. Municipio", "mes"])["value"].sum(min_count=1).dropna()
    numbers = {name: f"{n:02d}" for n, name in enumerate(MONTHS, 1)}
    index = [
        (f"{code:05d}", f"{year}-{numbers[month]}") for year, code, month in sums.index.to_list()
    ]
    return pd.Series(sums.to_numpy(), pd.MultiIndex.from_tuples(index))


def _checksum(counts: pd.Series[float]) -> str:
    known = counts[counts > 0].sort_index()
    text = ";".join(f"{area} {month} {n:.0f}" for (area, month), n in known.items())
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def measure(repetitions: int) -> str:
    """Return the table of the contestants, each in a process of its own, in turn."""
    taken: dict[Contestant, list[Taken | str]] = {who: [] for who in Contestant}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "Municipal-Delitos-2015-2025_oct2025.csv"
        make(path)
        size = path.stat().st_size / 1e6
        for _ in range(repetitions):
            for who in Contestant:
                taken[who].append(_apart(who, path))
    heading = f"A file in the official format: {ROW_COUNT:,} rows, {size:,.0f} MB."
    return f"{heading}\n\n{_table(taken)}"


def _apart(who: Contestant, path: Path) -> Taken | str:
    command = [sys.executable, "-m", "benchmarks.importing", who, str(path)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"not done in {SECONDS} s"
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        return lines[-1][:120]
    return Taken(**json.loads(done.stdout))


def _table(taken: dict[Contestant, list[Taken | str]]) -> str:
    lines = [
        "| Reader | Seconds | Over ours | Processor, s | Over ours | Peak memory, MB | Checksum |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    ours = [item for item in taken[Contestant.OURS] if isinstance(item, Taken)]
    for who, every in taken.items():
        done = [item for item in every if isinstance(item, Taken)]
        if not done:
            lines.append(f"| {who} | {every[0]} | | | | | |")
            continue
        wall = _beside([item.seconds for item in done], [item.seconds for item in ours])
        own = _beside([item.processor for item in done], [item.processor for item in ours])
        memory = max(item.memory_mb for item in done)
        sums = ", ".join(sorted({item.checksum for item in done}))
        lines.append(f"| {who} | {wall} | {own} | {memory:,.0f} | {sums} |")
    return "\n".join(lines)


def _beside(found: list[float], ours: list[float]) -> str:
    """Return median and spread, and how many times that of ours it is, as two cells."""
    ratio = f"{median(found) / median(ours):.1f}" if ours else ""
    return f"{median(found):.1f} ({min(found):.1f} to {max(found):.1f}) | {ratio}"


def main(arguments: list[str]) -> int:
    """Make the file, or read it and print what it took."""
    if arguments[0] == "make":
        make(Path(arguments[1]))
        return 0
    if arguments[0] == "measure":
        print(measure(int(arguments[1])))
        return 0
    taken = read(Contestant(arguments[0]), Path(arguments[1]))
    print(json.dumps(asdict(taken)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
