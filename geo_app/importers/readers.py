"""The importer of every source, by its slug.

Owns which module reads which source. Does not own what happens to what was read (``writing``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from geo_app.importers import (
    cbp,
    cdc,
    conapo_population,
    conapo_population_municipal,
    corruption_perceptions,
    deaths_by_month,
    ensu,
    envipe,
    envipe_prevalence,
    foreign_advisories,
    inegi_homicides,
    inegi_homicides_municipal,
    peace_index,
    places,
    press_figures,
    rnpdno,
    sesnsp_cases,
    sesnsp_cases_municipal,
    sesnsp_victims,
    unreported_crime,
    us_advisory,
    us_alerts,
    us_deaths,
)
from geo_app.importers.reading import Imported, Reading

Reader = Callable[[Sequence[Path], Reading], list[Imported]]

READERS: dict[str, Reader] = {
    cbp.SLUG: cbp.read,
    cdc.SLUG: cdc.read,
    conapo_population.SLUG: conapo_population.read,
    conapo_population_municipal.SLUG: conapo_population_municipal.read,
    corruption_perceptions.SLUG: corruption_perceptions.read,
    deaths_by_month.SLUG: deaths_by_month.read,
    ensu.SLUG: ensu.read,
    envipe.SLUG: envipe.read,
    envipe_prevalence.SLUG: envipe_prevalence.read,
    foreign_advisories.SLUG: foreign_advisories.read,
    inegi_homicides.SLUG: inegi_homicides.read,
    inegi_homicides_municipal.SLUG: inegi_homicides_municipal.read,
    peace_index.SLUG: peace_index.read,
    places.SLUG: places.read,
    press_figures.SLUG: press_figures.read,
    rnpdno.SLUG: rnpdno.read,
    sesnsp_cases.SLUG: sesnsp_cases.read,
    sesnsp_cases_municipal.SLUG: sesnsp_cases_municipal.read,
    sesnsp_victims.SLUG: sesnsp_victims.read,
    unreported_crime.SLUG: unreported_crime.read,
    us_advisory.SLUG: us_advisory.read,
    us_deaths.SLUG: us_deaths.read,
    us_alerts.SLUG: us_alerts.read,
}
"""The importer of every source, by its slug."""
