"""The state sheet as one document: the same on the page, on paper and in a file.

Owns the markup. What has no room on one sheet of A4 is shortened there with the number of what is
left out; the screen has it all. Does not own what stands on the sheet (``building``).
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from geo_app.sheet import Section
from geo_app.state_sheet import explained as state_explained
from geo_app.state_sheet.advice import ForeignLine
from geo_app.state_sheet.building import AdviceBlock, AlertBlock, ForeignBlock, StateSheet
from geo_app.state_sheet.charts import Drawing
from geo_app.state_sheet.figures import Block, Row
from geo_app.state_sheet.place_advice import PlaceBlock
from geo_app.svg import tag
from geo_app.text import Words, words

RULES_ROOM = 500
"""Letters of rules that have room on paper; the first rule always stands."""

PLACES_ROOM = 100
"""Letters of the places of one government that have room on paper."""

ROWS_ROOM = 10
"""Cities that have room on paper."""

_COLUMN_BREAK = "files"


def document(sheet: StateSheet) -> str:
    """Return the sheet as a file of its own: no script, and nothing is fetched.

    Printed on A4 it fills one page.
    """
    say = words(sheet.lang)
    title = html.escape(f"{sheet.title}: {say('sheet_app')}")
    return (
        f'<!DOCTYPE html>\n<html lang="{sheet.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n</head>\n"
        f'<body class="ss-file">\n{body(sheet, 1)}\n</body>\n</html>\n'
    )


def body(sheet: StateSheet, level: int = 2) -> str:
    """Return the sheet with its style, to stand in a page.

    Parameters
    ----------
    sheet
        The sheet.
    level
        Of its heading: 1 where nothing stands above it.
    """
    say = words(sheet.lang)
    page = _Page(say, level + 1)
    halves = _halves(sheet.blocks)
    left = [page.foreign(sheet.foreign), page.alerts(sheet.alerts), *map(page.block, halves[0])]
    right = [*map(page.block, halves[1])]
    return (
        f"<style>{style()}</style>"
        f'<article class="ss" lang="{sheet.lang}">'
        f"{_head(sheet, level, say)}{page.by_name(sheet.by_name)}"
        f"{page.advice(sheet.advice)}{page.band(sheet.advice)}"
        f'<div class="ss-two ss-main"><div>{"".join(left)}</div><div>{"".join(right)}</div></div>'
        f"{page.limits(sheet.limits)}"
        f'<footer class="ss-foot">{_p(say("disclaimer_page"))}'
        f"{_p(say('sheet_printed_from'), 'ss-paper')}</footer></article>"
    )


@cache
def style() -> str:
    """Return the style of the sheet, for screen and paper."""
    return resources.files("geo_app.state_sheet").joinpath("page.css").read_text(encoding="utf-8")


def fitting(texts: Sequence[str], room: int) -> int:
    """Return how many of the texts have room, one at least where there is any.

    Examples
    --------
    >>> fitting(["four", "five5", "sixsix"], 9), fitting(["much too long"], 3), fitting([], 3)
    (2, 1, 0)
    """
    used = 0
    for number, text in enumerate(texts):
        used += len(text)
        if used > room and number:
            return number
    return len(texts)


class _Page:
    """Writes the parts of a sheet in one language, under headings of one level."""

    def __init__(self, say: Words, level: int) -> None:
        self._say = say
        self._level = level

    def advice(self, block: AdviceBlock) -> str:
        item = block.section
        told = (
            f"{_figure(item)}{_list(item.lines)}{_link(item.link, self._say('panel_official'))}"
            f"{_p(item.dates, 'ss-dates')}{self._wording(block)}"
            f"{state_explained.details(block.explanation, self._say, many=False)}"
        )
        rules = f'<div class="ss-rules">{self._rules(item)}</div>' if item.rules else ""
        return self._part("us", item.title, f'<div class="ss-two"><div>{told}</div>{rules}</div>')

    def by_name(self, block: PlaceBlock | None) -> str:
        """On the screen alone: on paper every rule and exception stands below, once."""
        if block is None:
            return ""
        told = f"{_list(block.lines)}{_p(block.note, 'ss-note')}"
        return f'<div class="ss-screen">{self._part("by-name", block.title, told)}</div>'

    def band(self, block: AdviceBlock) -> str:
        if not block.history:
            return ""
        title, lines = self._say("sheet_history_title"), _list(block.history)
        more = f"<details class='ss-screen'><summary>{_e(title)}</summary>{lines}</details>"
        return self._part("band", self._say("sheet_band"), _drawing(block.band) + more)

    def foreign(self, block: ForeignBlock) -> str:
        lines = "".join(self._government(line) for line in block.lines)
        lead = _p(block.lead)
        more = state_explained.details(block.explanation, self._say, many=True)
        return self._part("foreign", self._say("sheet_foreign"), f"{lead}<dl>{lines}</dl>{more}")

    def alerts(self, block: AlertBlock | None) -> str:
        if block is None:
            return ""
        more = state_explained.details(block.explanation, self._say, many=True)
        told = f"{_p(self._say('sheet_alert_note'))}{_list(block.lines)}{more}"
        return self._part("alerts", self._say("sheet_alerts"), told)

    def block(self, item: Block) -> str:
        section = item.section
        told = (
            f"{_figure(section)}{_list(section.lines)}{self._rows(item.rows)}"
            f"{''.join(map(_drawing, item.drawings))}{_p(section.dates, 'ss-dates')}"
            f"{state_explained.details(item.explanation, self._say, many=bool(item.rows))}"
        )
        return self._part(item.key, section.title, told)

    def limits(self, lines: Sequence[str]) -> str:
        return self._part("limits", self._say("sheet_limits"), _list(lines))

    def _part(self, key: str, title: str, content: str) -> str:
        heading = f"<h{self._level}>{_e(title)}</h{self._level}>"
        return f'<section class="ss-part ss-{key}">{heading}{content}</section>'

    def _rules(self, item: Section) -> str:
        shown = fitting(item.rules, RULES_ROOM)
        rest = item.rules[shown:]
        title = f"<h{self._level + 1}>{_e(item.rules_title)}</h{self._level + 1}>"
        values = {"count": len(rest), "address": item.link}
        on_paper = self._say("sheet_rules_more", values)
        return title + _list(item.rules[:shown]) + self._rest(rest, on_paper)

    def _rest(self, rest: Sequence[str], on_paper: str, lang: str = "") -> str:
        """Fold away on the screen what paper has no room for, and say so there."""
        if not rest:
            return ""
        title = self._say("sheet_more", {"count": len(rest)})
        folded = f"<summary>{_e(title)}</summary>{_list(rest, lang)}"
        return f'<details class="ss-screen">{folded}</details>{_p(on_paper, "ss-paper")}'

    def _government(self, line: ForeignLine) -> str:
        level = f'<strong lang="en">{_e(line.level)}</strong>' if line.level else ""
        meaning = f" ({_e(line.meaning)})" if line.meaning else ""
        dates = _p(line.dates, "ss-dates") if line.dates else ""
        source = _link(line.address, self._say("sheet_foreign_source"), "ss-screen")
        return (
            f"<div><dt>{_e(line.issuer)}</dt><dd>{level}{meaning} {_e(line.scope)}"
            f"{self._places(line.places)}{dates}{source}</dd></div>"
        )

    def _places(self, places: Sequence[str]) -> str:
        shown = fitting(places, PLACES_ROOM)
        told = f' <span lang="en">{_e("; ".join(places[:shown]))}</span>' if shown else ""
        rest = places[shown:]
        return told + self._rest(rest, self._say("sheet_places_more", {"count": len(rest)}), "en")

    def _wording(self, block: AdviceBlock) -> str:
        found = block.wording
        if found is None:
            return ""
        dates = {"date": self._say.date(found.issued), "checked": self._say.date(found.checked)}
        lines = "".join(map(_p, found.text.splitlines()))
        note = _p(self._say("panel_wording_dates", dates))
        link = _link(found.link, found.link)
        title = _e(self._say("panel_wording"))
        told = f'<summary>{title}</summary>{note}<div lang="en">{lines}</div>{link}'
        return f'<details class="ss-screen">{told}</details>'

    def _rows(self, rows: Sequence[Row]) -> str:
        if not rows:
            return ""
        titles = ("sheet_column_city", "sheet_column_figure")
        head = "".join(f'<th scope="col">{_e(self._say(key))}</th>' for key in titles)
        lines = "".join(_row(row, number >= ROWS_ROOM) for number, row in enumerate(rows))
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
        rest = len(rows) - ROWS_ROOM
        more = self._say("sheet_rows_more", {"count": rest})
        return table + (_p(more, "ss-paper") if rest > 0 else "")


def _halves(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Split the figures, so that the two columns are about equally long."""
    keys = [item.key for item in blocks]
    cut = keys.index(_COLUMN_BREAK)
    return blocks[:cut], blocks[cut:]


def _head(sheet: StateSheet, level: int, say: Words) -> str:
    place = _p(sheet.place, "ss-place") if sheet.place else ""
    day = say("sheet_day", {"date": say.date(sheet.day)})
    return (
        f'<header class="ss-head">{_p(say("sheet_app"), "ss-paper ss-kicker")}'
        f"<h{level}>{_e(sheet.title)}</h{level}>"
        f'<p class="ss-capital">{_e(sheet.capital)} · {_e(day)}</p>{place}</header>'
    )


def _figure(item: Section) -> str:
    figure = f"<strong>{_e(item.figure)}</strong> " if item.figure else ""
    unit = f'<span class="ss-unit">{_e(item.unit)}</span>' if item.unit else ""
    return f'<p class="ss-figure">{figure}{unit}</p>'


def _drawing(item: Drawing) -> str:
    if not item.svg:
        return ""
    kind = "ss-drawing ss-wide" if item.narrow else "ss-drawing"
    narrow = f'<div class="ss-drawing ss-narrow">{item.narrow}</div>' if item.narrow else ""
    return f'<div class="{kind}">{item.svg}</div>{narrow}{_p(item.caption, "ss-caption")}'


def _row(row: Row, is_left_out: bool) -> str:  # noqa: FBT001 -- a private half of one loop
    span = f" ({_e(row.span)})" if row.span else ""
    note = f'<br><span class="ss-note">{_e(row.note)}</span>' if row.note else ""
    kind = ' class="ss-screen-row"' if is_left_out else ""
    name = f'<th scope="row">{_e(row.name)}</th>'
    return f"<tr{kind}>{name}<td>{_e(row.figure)}{span}{note}</td></tr>"


def _list(lines: Iterable[str], lang: str = "") -> str:
    kind = f' lang="{lang}"' if lang else ""
    items = "".join(f"<li>{_e(line)}</li>" for line in lines)
    return f"<ul{kind}>{items}</ul>" if items else ""


def _link(address: str, text: str, kind: str = "") -> str:
    if not address:
        return ""
    link = {"href": address, "rel": "noopener", "target": "_blank"}
    return tag("p", {"class": f"ss-link {kind}".strip()}, tag("a", link, _e(text)))


def _p(text: str, kind: str = "") -> str:
    return tag("p", {"class": kind} if kind else {}, _e(text))


def _e(text: str) -> str:
    return html.escape(text, quote=False)
