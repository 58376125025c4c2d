"""A map over time as one HTML file: it opens from a disk, with the network off, in both languages.

Owns the form of the file: what is packed, what can be read without a script, and that nothing is
asked of any other place. Does not own the facts (``payload``) or what is said (``map_files``).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from string import Template

import rjsmin
import zopfli.zlib

from geo_app.maps.leaflet import leaflet_css, leaflet_js
from geo_app.maps.payload import compact
from geo_app.maps.scripts import RASTER, STREETS, plugin_css, plugin_js

MANY = 200
"""Above this number of areas a map is painted on pixels and its table is left out of a print;
MANY_AREAS in stage.js and LARGE in page.js are the same."""

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=>?@^_`{|}~"
"""The signs of ``coded``, by their value: those of RFC 1924 without the two that HTML reads."""

_PLAIN = str.maketrans("<&", ",.")


@dataclass(frozen=True, slots=True)
class PageRow:
    """One area in the table that stands in the file."""

    name: str
    value: str
    """The value, or in words why there is none."""
    interval: str
    status: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class PageSource:
    """One source, as the page quotes it."""

    line: str
    details: tuple[str, ...]
    """What was done, limits, licence."""
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """Everything that the page says in one language, ready to read."""

    lang: str
    words: Mapping[str, str]
    """The sentences of ``WORDS``."""
    disclaimer: str
    as_of: str
    """How old the figures are."""
    no_script: str
    """What stands in place of the map where no script runs."""
    caption: str
    """Caption of the table that stands in the file."""
    rows: tuple[PageRow, ...]
    notes: tuple[str, ...]
    """Notes of method."""
    sources: tuple[PageSource, ...]
    attribution: tuple[str, ...]
    groups: Mapping[str, str]
    """Names of states by code, to stand after the names of areas in them; empty for none."""


WORDS = (
    "brand",
    "title",
    "document_title",
    "other_language",
    "table",
    "caption",
    "caption_bare",
    "sort",
    "unit",
    "column_area",
    "column_value",
    "column_interval",
    "column_status",
    "method",
    "sources",
    "failed",
    "unsupported",
    "damaged",
    "failed_next",
    "left_out",
)
"""Names of the words of a page; the script of the page uses them as well."""


@dataclass(frozen=True, slots=True)
class MapPage:
    """What one file holds."""

    texts: tuple[PageText, ...]
    """The language shown first comes first."""
    heads: Mapping[str, Mapping[str, object]]
    """Head of the map by language."""
    geometry: bytes
    series: bytes
    """Packed, as ``packing`` makes them."""
    view: Mapping[str, object]
    """What is shown first: ``period``, ``selected``, ``against``, ``show``, ``layout``."""
    area_count: int
    """Number of areas on the map."""


def page_html(page: MapPage) -> str:
    """Write the file.

    Parameters
    ----------
    page
        What it holds.

    Returns
    -------
    str
        A whole HTML document without a link to anything that would be loaded.
    """
    first = page.texts[0]
    words = {name: escape(first.words[name]) for name in WORDS}
    return Template(_file("page.html")).substitute(
        words,
        lang=first.lang,
        description=escape(f"{first.words['title']}. {first.as_of}"),
        style=_lean_css(_file("page.css")),
        starter=_lean_js(_file("starter.js")).replace("$signs", SIGNS),
        no_script=escape(first.no_script),
        article=_article(first, page.area_count),
        leaflet=_packed(leaflet_css(), leaflet_js()),
        own=_own(page),
        geometry=coded(page.geometry),
        series=coded(page.series),
    )


def _own(page: MapPage) -> str:
    common, own = _shared(page.heads)
    scripts = plugin_js(STREETS if page.area_count > MANY else STREETS | RASTER)
    pages = {
        text.lang: {
            "head": own[text.lang],
            "words": {**text.words, "lang": text.lang},
            "groups": dict(text.groups),
            # The first one stands in the file as it is.
            "article": "" if text is page.texts[0] else _article(text, page.area_count),
        }
        for text in page.texts
    }
    facts = {
        "lang": page.texts[0].lang,
        "view": dict(page.view),
        "common": common,
        "pages": pages,
    }
    script = _lean_js(f"{scripts}\n{{\n{_file('page.js')}\n}}")
    return _packed(_lean_css(plugin_css()), script, compact(facts))


def _shared(
    heads: Mapping[str, Mapping[str, object]],
) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """Part what all languages have alike from what each has of its own."""
    one, *rest = heads.values()
    same = {
        key: value for key, value in one.items() if all(other.get(key) == value for other in rest)
    }
    own = {
        lang: {key: value for key, value in head.items() if key not in same}
        for lang, head in heads.items()
    }
    return same, own


def _article(text: PageText, area_count: int) -> str:
    """Write table, disclaimer, method and sources."""
    said = {name: escape(text.words[name]) for name in WORDS}
    size = " page-large" if area_count > MANY else ""
    parts = [
        f"<section><h2>{said['table']}</h2>",
        f'<div class="page-scroll{size}" role="region" tabindex="0" aria-label="{said["table"]}">',
        _table(text, said),
        "</div>",
        f'<p class="page-left-out">{said["left_out"]}</p></section>' if size else "</section>",
        f'<p class="page-disclaimer">{escape(text.disclaimer)}</p>',
        f"<section><h2>{said['method']}</h2>{_list(text.notes)}</section>",
        f"<section><h2>{said['sources']}</h2><p>{escape(text.as_of)}</p>",
        *(_source(source) for source in text.sources),
        *(f"<p>{escape(line)}</p>" for line in text.attribution),
        "</section>",
    ]
    return "\n".join(parts)


def _table(text: PageText, said: Mapping[str, str]) -> str:
    names = ("column_area", "column_value", "column_interval", "column_status")
    heads = "".join(f'<th scope="col">{said[name]}</th>' for name in names)
    rows = "\n".join(_row(row) for row in text.rows)
    bare = "" if any(row.interval for row in text.rows) else ' class="page-bare"'
    return (
        f'<table id="page-table"{bare}><caption>{escape(text.caption)}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    )


def _row(row: PageRow) -> str:
    """Write a row; HTML needs none of its closing tags."""
    missing = " class=page-missing" if row.is_missing else ""
    name, value = escape(row.name), escape(row.value)
    others = f"<td>{escape(row.interval)}<td>{escape(row.status)}"
    return f"<tr><th scope=row>{name}<td{missing}>{value}{others}"


def _source(source: PageSource) -> str:
    details = [escape(line) for line in source.details]
    links = [f'<a href="{escape(link)}">{escape(link)}</a>' for link in source.addresses]
    items = "".join(f"<li>{item}</li>" for item in (*details, *links))
    return f'<p class="page-source">{escape(source.line)}</p><ul>{items}</ul>'


def _list(lines: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _packed(*parts: str) -> str:
    """Pack style, script and, where there are any, facts; a NUL stands between them."""
    # Any reader of zlib reads it; zopfli looks longer for the shortest way to write it.
    return coded(zopfli.zlib.compress("\0".join(parts).encode()))


def coded(content: bytes) -> str:
    """Write bytes as letters that mean nothing in HTML: five for four bytes.

    Base64 needs a third more than the bytes, this a quarter; starter.js reads it.
    """
    return base64.b85encode(content).decode().translate(_PLAIN)


@cache
def _lean_js(code: str) -> str:
    return str(rjsmin.jsmin(code))


@cache
def _lean_css(style: str) -> str:
    flat = " ".join(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL).split())
    # Not the blank before a colon, which stands between an element and what is inside it.
    return re.sub(r" ?([{};,]) ?|(:) ", r"\1\2", flat)


def _file(name: str) -> str:
    return (resources.files("geo_app.maps") / name).read_text(encoding="utf-8")


def size_report(html: str) -> dict[str, int]:
    """Return the bytes of a page: the whole, and of them those of Leaflet.

    Examples
    --------
    >>> size_report('<script type="text/plain" id="page-leaflet">QUJD</script>')
    {'whole': 57, 'leaflet': 4}
    """
    block = re.search(r'id="page-leaflet">([^<]*)<', html)
    return {"whole": len(html.encode()), "leaflet": len(block[1]) if block else 0}
