"""The explanation of one number as markup: folded away beside it, with its rows and their file.

Owns the markup. The file is part of the page, so that it needs no server. Does not own what is told
(``explain``).
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import quote

from geo_app import export
from geo_app.sheet import SourceNote
from geo_app.state_sheet.explain import Explanation
from geo_app.text import Words

MOST_ROWS = 14
"""Rows that stand open; the file has all of them."""

SHOWN = ("file", "area_code", "period", "measure", "value", "low", "high", "status", "release")
"""Columns in the page; the file has all of them."""


def details(item: Explanation, say: Words, *, many: bool) -> str:
    """Return the explanation, closed.

    Parameters
    ----------
    item
        The explanation.
    say
        The words of a language.
    many
        Whether it is of several entries.
    """
    title = say("explain_title_many" if many else "explain_title")
    facts = "".join(
        f"<div><dt>{_e(fact.name)}</dt><dd>{_e(fact.text)}</dd></div>" for fact in item.facts
    )
    return (
        # The name of what is explained, for who hears the many summaries of a page.
        f'<details class="ss-explain"><summary aria-label="{_e(f"{title}: {item.title}")}">'
        f"{_e(title)}</summary><h5>{_e(item.title)}</h5><dl>{facts}</dl>"
        f"{_named('explain_notes', item.notes, say)}"
        f"{_named('explain_revisions', item.revisions, say)}"
        f"<h5>{_e(say('explain_sources'))}</h5>{''.join(_source(one, say) for one in item.sources)}"
        f"<h5>{_e(say('explain_rows'))}</h5>{_rows(item, say)}{_file(item, say)}</details>"
    )


def _named(key: str, lines: Iterable[str], say: Words) -> str:
    return f"<h5>{_e(say(key))}</h5>{_list(map(_e, lines))}"


def _source(note: SourceNote, say: Words) -> str:
    official = (f"{_e(say('source_official'))}: {_link(one)}" for one in note.addresses)
    lines = (*map(_e, (*note.limits, note.processing, note.license)), *official)
    return f"<p>{_e(note.line)}</p>{_list(lines)}"


def _rows(item: Explanation, say: Words) -> str:
    shown = item.rows.head(MOST_ROWS)
    columns = [name for name in SHOWN if shown[name].notna().any() and (shown[name] != "").any()]
    records = export.to_records(shown[columns])
    head = "".join(f'<th scope="col"><code>{name}</code></th>' for name in columns)
    lines = "".join(
        f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in record.values())}</tr>"
        for record in records
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    rest = len(item.rows) - len(shown)
    more = f"<p>{_e(say('explain_rows_more', {'count': rest}))}</p>" if rest else ""
    frame = f'class="ss-scroll" tabindex="0" role="region" aria-label="{_e(item.title)}"'
    return f"<div {frame}>{table}</div>{more}"


def _cell(value: object) -> str:
    return "" if value is None else _e(str(value))


def _file(item: Explanation, say: Words) -> str:
    if not item.csv:
        return f"<p>{_e(say('explain_withheld'))}</p>"
    address = f"data:text/csv;charset=utf-8,{quote(item.csv)}"
    name = html.escape(item.file_name)
    text = _e(say("explain_download"))
    return f'<p class="ss-link"><a href="{address}" download="{name}">{text}</a></p>'


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _link(address: str) -> str:
    told = _e(address)
    return f'<a href="{told}" rel="noopener" target="_blank">{told}</a>'


def _e(text: str) -> str:
    return html.escape(text)
