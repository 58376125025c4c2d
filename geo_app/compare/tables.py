"""The rows behind a panel: for the page, with headings in its language, and for files.

Owns their order: the nation first, then the lines as they were chosen, each oldest first. Does not
own the columns of an answer (``export``).
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from geo_app import provenance
from geo_app.compare import words
from geo_app.compare.comparison import Line, Panel
from geo_app.export import ANSWER_COLUMNS
from geo_app.text import Words

INDEX_COLUMNS = ["index", "index_low", "index_high", "index_base_period"]
"""Columns of an index after those of an answer."""

_SHOWN = ("value", "low", "high", "numerator", "denominator", "status", "interval")
_CITED = ("source", "published", "checked")


def shown(panel: Panel, say: Words) -> pd.DataFrame:
    """Return the rows of the range that is shown.

    Returns
    -------
    pandas.DataFrame
        ``export.ANSWER_COLUMNS``, of an index also ``INDEX_COLUMNS``; index 0, 1, 2…; NaN and
        empty text = not given. A region has ``area_kind`` "region" and its code of a link.
    """
    return _rows(panel, lambda line: line.rows, say)


def every(panel: Panel, say: Words) -> pd.DataFrame:
    """Return the rows of the whole series, in the same columns."""
    return _rows(panel, lambda line: line.every, say)


def for_page(panel: Panel, say: Words) -> pd.DataFrame:
    """Return the rows that are shown with headings and words in a language.

    Columns that no row fills are left out; a missing value stays empty and its status says why.
    """
    rows = shown(panel, say)
    rows["period"] = rows["period"].map(say.period)
    rows["status"] = rows["status"].map(say.status)
    rows["interval"] = rows["interval"].map(say.interval)
    shorts = {
        slug: provenance.load_source(slug).short.in_(say.lang) for slug in set(rows["source"])
    }
    rows["source"] = rows["source"].map(shorts)
    for column in ("published", "checked"):
        rows[column] = rows[column].map(say.date)
    names = {"area_name": say("compare_column_area"), "period": say("compare_column_period")}
    for column in INDEX_COLUMNS[:3] if panel.base else ():
        names[column] = say(f"compare_column_{column}", {"base": say.period(panel.base)})
    for column in (*_SHOWN, *_CITED):
        if rows[column].notna().any() and (rows[column] != "").any():
            names[column] = say(f"column_{column}")
    return rows[list(names)].rename(columns=names).reset_index(drop=True)


def _rows(panel: Panel, of: Callable[[Line], pd.DataFrame], say: Words) -> pd.DataFrame:
    blocks = []
    for line in panel.every_line:
        block = of(line).assign(
            indicator=panel.indicator.slug, area_name=words.name(line.area, say)
        )[ANSWER_COLUMNS]
        blocks.append(_with_index(block, line, panel.base))
    columns = [*ANSWER_COLUMNS, *(INDEX_COLUMNS if panel.base else ())]
    return pd.concat(blocks, ignore_index=True) if blocks else pd.DataFrame(columns=columns)


def _with_index(block: pd.DataFrame, line: Line, base: str) -> pd.DataFrame:
    if line.indexed is None:
        return block
    found = line.indexed.rows.reindex(block["period"])
    columns = dict(zip(INDEX_COLUMNS, found.to_numpy().T, strict=False))
    return block.assign(**columns, index_base_period=base)
