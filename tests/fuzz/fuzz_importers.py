"""Feed importers with damaged official files until the time is over; count what was tried.

Run by hand, with atheris installed (``pip install atheris``)::

    python tests/fuzz/fuzz_importers.py SOURCE --seconds 600

The inputs begin with the official files beside the project, where they are found, cut to their
first lines, and are mutated by coverage. Whatever the bytes, an importer returns or raises one of
our errors; anything else, and every input that takes longer than a minute, ends the run and is kept
in the folder of the corpus.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "fuzz")]

with atheris.instrument_imports(include=["geo_app.importers"]):
    from geo_app.errors import AtlasError
    from geo_app.importers.readers import READERS
    from geo_app.importers.reading import Reading

from seeds import Seed, seeds_of  # noqa: E402

READING = Reading("2026-11-26")
LONGEST_INPUT = 400_000


def main() -> None:
    """Read the arguments and fuzz one source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", choices=sorted(READERS))
    parser.add_argument("--seconds", type=int, default=600)
    asked = parser.parse_args()
    seeds = seeds_of(asked.source)
    place = Path(tempfile.mkdtemp(prefix=f"fuzz-{asked.source}-"))
    corpus = place / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        # The first byte chooses which of the files of an import is the damaged one.
        (corpus / f"{number:03d}").write_bytes(bytes([number]) + seed.content)
    outcomes: Counter[str] = Counter()
    work = place / "work"
    work.mkdir()

    def one_input(data: bytes) -> None:
        outcomes[tried(asked.source, seeds, data, work)] += 1
        if sum(outcomes.values()) % 1000 == 0:
            (place / "counts.txt").write_text(str(dict(outcomes)), encoding="utf-8")

    options = [
        f"-max_total_time={asked.seconds}",
        f"-max_len={LONGEST_INPUT}",
        "-timeout=60",
        "-rss_limit_mb=3000",
        f"-artifact_prefix={place}/",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    sys.stdout.write(f"{asked.source}: {len(seeds)} seeds, {place}\n")
    atheris.Setup([sys.argv[0], *options, str(corpus)], one_input)
    atheris.Fuzz()


def tried(source: str, seeds: list[Seed], data: bytes, work: Path) -> str:
    """Import one input and say how it ended."""
    seed = seeds[data[0] % len(seeds)] if data else seeds[0]
    files = {seed.name: seed.file_of(data[1:])}
    files |= {item.name: item.file_of(item.content) for item in seed.companions}
    paths = [work / name for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    try:
        READERS[source](paths, READING)
    except AtlasError:
        return "refused"
    finally:
        for path in paths:
            path.unlink()
    return "imported"


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
