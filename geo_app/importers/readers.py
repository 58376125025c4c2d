"""The importer of every source, by its slug.

Owns which module reads which source. Does not own what happens to what was read (``writing``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from geo_app.importers import (
    conapo_population,
    conapo_population_municipal,
    ensu,
    envipe,
    foreign_advisories,
    inegi_homicides,
    inegi_homicides_municipal,
    sesnsp_cases,
    sesnsp_cases_municipal,
    sesnsp_victims,
    us_advisory,
)
from geo_app.importers.reading import Imported, Reading

Reader = Callable[[Sequence[Path], Reading], list[Imported]]

READERS: dict[str, Reader] = {
    conapo_population.SLUG: conapo_population.read,
    conapo_population_municipal.SLUG: conapo_population_municipal.read,
    ensu.SLUG: ensu.read,
    envipe.SLUG: envipe.read,
    foreign_advisories.SLUG: foreign_advisories.read,
    inegi_homicides.SLUG: inegi_homicides.read,
    inegi_homicides_municipal.SLUG: inegi_homicides_municipal.read,
    sesnsp_cases.SLUG: sesnsp_cases.read,
    sesnsp_cases_municipal.SLUG: sesnsp_cases_municipal.read,
    sesnsp_victims.SLUG: sesnsp_victims.read,
    us_advisory.SLUG: us_advisory.read,
}
"""The importer of every source, by its slug."""
