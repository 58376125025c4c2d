"""Official files to begin a fuzz run with, cut to a size that is quickly read.

Owns which files belong to which source. They lie beside the project; where they are not found, a
source begins with nothing and the fuzzer finds its own way.
"""

from __future__ import annotations

import bz2
import gzip
import io
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
LARGEST_BYTES = 60_000
LARGEST_SHEET_BYTES = 30_000
ROW = re.compile(rb"<row .*?</row>", re.DOTALL)

FILES = {
    "cbp": ("context/cbp/nationwide-drugs-fy19-fy22.csv", "context/cbp/amo-*.csv"),
    "cdc": ("context/cdc/*.csv",),
    "conapo-population": ("boundaries/population/poblacion_entidad_total.csv",),
    "conapo-population-municipal": ("boundaries/population/poblacion_municipal_total.csv",),
    "corruption-perceptions": ("context/mx/cpi_*.csv",),
    "deaths-by-month": ("homicides/raw/gargiulo_state-month*.psv.gz",),
    "ensu": (
        "perception/raw/ensu_tabulados/*mar_2019*.xlsx",
        "perception/raw/ensu_tabulados/*jun_2025*.xlsx",
        "perception/raw/ensu_2015_microdata/*01_2015.csv.gz",
        "perception/ensu_city_quarter.csv",
        "perception/ensu_cities.csv",
        "perception/ensu_national*.csv",
    ),
    "envipe": (
        "perception/envipe_*unsafe*.csv",
        "perception/raw/mexicoevalua/*",
        "perception/raw/mcv_ips/*.xlsx",
        "perception/raw/inegi_api/*.csv",
    ),
    "envipe-prevalence": (
        "perception/envipe_*victimization*.csv",
        "perception/raw/envipe_tabulados/I_*.xlsx",
        "perception/raw/envipe_2021_microdata/*.csv.gz",
    ),
    "foreign-advisories": (
        "advisories/others.csv",
        "advisories/samples/[ciu][aek]_*",
        "advisories/samples/au_*",
    ),
    "inegi-homicides": ("homicides/raw/INEGI_OLAP*",),
    "inegi-homicides-municipal": ("homicides/raw/INEGI_OLAP*anio*latin1*",),
    "peace-index": ("context/mpi/*.csv",),
    "places": ("boundaries/places/*.csv",),
    "press-figures": ("context/mx/cifra_negra_national*.csv", "context/mpi/*facts*.csv"),
    "rnpdno": ("context/mx/rnpdno*",),
    "sesnsp-cases": (
        "homicides/raw/IDEFC*",
        "homicides/raw/RNID-Delitos*",
        "homicides/sesnsp_carpetas*",
    ),
    "sesnsp-cases-municipal": ("homicides/raw/RNID-*",),
    "sesnsp-victims": ("homicides/raw/IDVFC*", "homicides/raw/resumen*", "homicides/raw/db_*"),
    "unreported-crime": (
        "perception/raw/envipe_tabulados/III_*2012*.xlsx",
        "perception/raw/envipe_tabulados/III_*2025*.xlsx",
        "perception/envipe_state_cifra*.csv",
    ),
    "us-advisory": ("advisories/samples/us_*", "advisories/advisories*.csv"),
    "us-alerts": ("advisories/alerts*.csv",),
    "us-deaths": ("context/travel/us_citizen_nonnatural_deaths_mexico_2002_2021.csv",),
}


@dataclass(frozen=True, slots=True)
class Seed:
    """A file to begin with, the part of it that is mutated, and the files that go with it.

    Of a zip (a workbook is one) the largest table is mutated and packed in again: damage to the
    packed bytes would end at the checksum and reach no reader. ``parts`` holds the other members.
    """

    name: str
    content: bytes
    member: str = ""
    parts: tuple[tuple[str, bytes], ...] = ()
    companions: tuple[Seed, ...] = ()

    def file_of(self, content: bytes) -> bytes:
        """Return the whole file in which the mutated part is ``content``."""
        if not self.member:
            return content
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name, part in (*self.parts, (self.member, content)):
                archive.writestr(name, part)
        return packed.getvalue()


def seeds_of(source: str) -> list[Seed]:
    """Return the seeds of a source; at least one.

    Parameters
    ----------
    source
        Name of the source.
    """
    found = [path for pattern in FILES.get(source, ()) for path in sorted(SOURCES.glob(pattern))]
    plain = [(path, seed) for path in found if path.is_file() for seed in _seeds(path)]
    seeds = [seed for _, seed in plain]
    lists = [
        seed for path, seed in plain if path.parent.name in {"perception", "advisories", "places"}
    ]
    if len(lists) > 1:
        seeds += [
            replace(seed, companions=tuple(other for other in lists if other.name != seed.name))
            for seed in lists
        ]
    return seeds or [Seed("file.csv", b""), Seed("file.zip", b"PK\x03\x04")]


def _seeds(path: Path) -> list[Seed]:
    content = path.read_bytes()
    name = path.name
    for ending, unpack in ((".gz", gzip.decompress), (".bz2", bz2.decompress)):
        if name.endswith(ending):
            content, name = unpack(content), name.removesuffix(ending)
    if content[:2] != b"PK":
        cut = name.endswith(".csv") and len(content) > LARGEST_BYTES
        return [Seed(name, _thinned(content) if cut else content)]
    whole = [Seed(name, content)] if len(content) <= LARGEST_BYTES else []
    return [*whole, _workbook(name, content)]


def _workbook(name: str, content: bytes) -> Seed:
    """Take the largest table of a zip out, its rows thinned, and the others as they are."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    sheets = [part for part in parts if "sheet" in part.lower() and part.endswith(".xml")]
    member = max(sheets or parts, key=lambda part: len(parts[part]))
    parts = {part: _fewer_rows(inside) for part, inside in parts.items()}
    mutated = parts.pop(member)
    return Seed(name, mutated, member, tuple(parts.items()))


def _fewer_rows(xml: bytes) -> bytes:
    """Keep so many rows of a sheet that it is quickly read: the first, where titles are, more."""
    rows = ROW.findall(xml)
    if len(xml) <= LARGEST_SHEET_BYTES or not rows:
        return xml
    kept = len(rows) * LARGEST_SHEET_BYTES // len(xml)
    for row in rows[max(kept, 12) :]:
        xml = xml.replace(row, b"", 1)
    return xml


def _thinned(content: bytes) -> bytes:
    """Keep the header and lines from all over the file."""
    lines = content.splitlines(keepends=True)
    step = len(content) // LARGEST_BYTES + 1
    return b"".join([lines[0], *lines[1::step]])
