"""A table as HTML that is read on a phone without being pushed aside: there each row is a card.

Owns the markup, in which every text is escaped. Does not own the look (``ui/style.css``) or what
stands in a table.
"""

from __future__ import annotations

import html

import pandas as pd

from geo_app.text import unbroken


def cards(rows: pd.DataFrame, label: str) -> str:
    """Return a table as HTML.

    Parameters
    ----------
    rows
        Headings and cells as they are read; the first column names the row. An empty cell stays
        empty, and is left out of a card.
    label
        What the table holds, for who hears it.

    Examples
    --------
    >>> "<td role='cell' data-head='Year'>2024</td>" in cards(
    ...     pd.DataFrame({"Name": ["A"], "Year": ["2024"]}), "Years"
    ... ).replace('"', "'")
    True
    """
    heads = [unbroken(html.escape(str(name))) for name in rows.columns]
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in heads)
    body = "".join(_row(row, heads) for row in rows.itertuples(index=False, name=None))
    # A table that is shown as blocks is no table any more to some browsers: the roles keep it one.
    return (
        f'<div class="atlas-cards"><table role="table" aria-label="{html.escape(label)}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _row(row: tuple[object, ...], heads: list[str]) -> str:
    first, *others = (unbroken(html.escape(str(cell))) for cell in row)
    cells = "".join(
        f'<td role="cell" data-head="{head}">{cell}</td>'
        for head, cell in zip(heads[1:], others, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{first}</th>{cells}</tr>'
