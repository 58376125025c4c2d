"""The rows of two indicators with their sources, to be taken along of the page of relations."""

from __future__ import annotations

import pandas as pd

from geo_app import export
from geo_app.atlas import Atlas
from geo_app.relations.pairs import Relation
from geo_app.text import Words


def answers(atlas: Atlas, found: Relation, say: Words) -> pd.DataFrame:
    """Return both figures of each state as rows with source and dates, to be taken along."""
    rows = [
        export.answer(
            atlas.values(side.indicator.slug, level="state", period=side.period),
            side.indicator.slug,
            say.lang,
        )
        for side in (found.first, found.second)
    ]
    return pd.concat(rows, ignore_index=True)


def every_answer(atlas: Atlas, found: Relation, say: Words) -> pd.DataFrame:
    """Return all periods of both indicators, in the columns of ``answers``."""
    slugs = [side.indicator.slug for side in (found.first, found.second)]
    rows = [export.answer(atlas.values(slug, level="state"), slug, say.lang) for slug in slugs]
    return pd.concat(rows, ignore_index=True)
