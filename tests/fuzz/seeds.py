"""Official files to begin a fuzz run with, cut to a size that is quickly read.

Owns which files belong to which source. They lie beside the project; where they are not found, a
source begins with nothing and the fuzzer finds its own way.
"""

from __future__ import annotations

import bz2
import gzip
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[3] / "shared" / "sources"
LARGEST_BYTES = 60_000

FILES = {
    "cbp": ("context/cbp/nationwide-drugs-fy19-fy22.csv", "context/cbp/amo-*.csv"),
    "cdc": ("context/cdc/*.csv",),
    "conapo-population": ("boundaries/population/poblacion_entidad_total.csv",),
    "conapo-population-municipal": ("boundaries/population/poblacion_municipal_total.csv",),
    "corruption-perceptions": ("context/mx/cpi_*.csv",),
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
    """The name and the content of a file to begin with, and the files that go with it whole."""

    name: str
    content: bytes
    companions: tuple[Path, ...]


def seeds_of(source: str) -> list[Seed]:
    """Return the seeds of a source; at least one.

    Parameters
    ----------
    source
        Name of the source.
    """
    found = [path for pattern in FILES.get(source, ()) for path in sorted(SOURCES.glob(pattern))]
    seeds = [_seed(path) for path in found if path.is_file()]
    seeds += [
        Seed(item.name, item.content, tuple(p for p in found if p.name != path.name))
        for item, path in zip(seeds, found, strict=False)
        if path.parent.name in {"perception", "advisories", "places"} and len(found) > 1
    ]
    return seeds or [Seed("file.csv", b"", ()), Seed("file.zip", b"PK\x03\x04", ())]


def _seed(path: Path) -> Seed:
    content = path.read_bytes()
    name = path.name
    for ending, unpack in ((".gz", gzip.decompress), (".bz2", bz2.decompress)):
        if name.endswith(ending):
            content, name = unpack(content), name.removesuffix(ending)
    if content[:2] != b"PK" and len(content) > LARGEST_BYTES:
        content = _thinned(content)
    return Seed(name, content, ())


def _thinned(content: bytes) -> bytes:
    """Keep the header and lines from all over the file."""
    lines = content.splitlines(keepends=True)
    step = len(content) // LARGEST_BYTES + 1
    return b"".join([lines[0], *lines[1::step]])[:LARGEST_BYTES]
