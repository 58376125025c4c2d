"""Pieces of a page: header, section, source lines, table, failure.

Each draws what it is given; nothing is computed here.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo_app import export, map_files, provenance, sheet
from geo_app.answers import Layer
from geo_app.areas import area_name
from geo_app.atlas import Atlas
from geo_app.errors import AtlasError
from geo_app.indicators import Geography, Indicator
from geo_app.map_files import MapRequest
from geo_app.own_folder import Document
from geo_app.revisions import Jump
from geo_app.routes.words import RuleGroup, StretchBlock
from geo_app.sheet import Section
from geo_app.states import all_states
from geo_app.takeaway.records import Take
from geo_app.text import Words, unbroken, words
from geo_app.ui import controls
from geo_app.view import View

MOST_JUMPS = 5
"""How many warnings stand under a map; the panel of a state has all of its own."""
SHOWN_RULES = 5
"""Rules that stand open in a block; the others can be unfolded."""

REPEATED = ("state", "status", "interval", "source", "published", "checked")
"""Columns of the table with few different values."""


def section(item: Section, say: Words) -> None:
    """Draw one block of a panel."""
    unit = f' <span class="atlas-unit">{html.escape(item.unit)}</span>' if item.unit else ""
    lines = _list(html.escape(line) for line in item.lines)
    link = (
        f'<p><a href="{html.escape(item.link)}" rel="noopener" target="_blank">'
        f"{html.escape(say('panel_official'))}</a></p>"
        if item.link
        else ""
    )
    st.html(
        f'<section class="atlas-section"><h4>{html.escape(item.title)}</h4>'
        f'<p class="atlas-figure">{html.escape(item.figure)}{unit}</p>'
        f"{lines}{_rules(item, say)}{link}"
        f'<p class="atlas-dates">{html.escape(item.dates)}</p></section>'
    )


def _rules(item: Section, say: Words) -> str:
    """Return the rules of a block: the first ones open, the others folded."""
    if not item.rules:
        return ""
    told = [html.escape(line) for line in item.rules]
    shown, folded = told[:SHOWN_RULES], told[SHOWN_RULES:]
    more = html.escape(say("panel_rules_more", {"count": len(folded)}))
    details = f"<details><summary>{more}</summary>{_list(folded)}</details>" if folded else ""
    return f"<h5>{html.escape(item.rules_title)}</h5>{_list(shown)}{details}"


def told(text: str, look: str = "atlas-find-line") -> None:
    """Draw one sentence, whatever stands in it; nothing where it is empty."""
    if text:
        st.html(f'<p class="{look}" role="status">{html.escape(text)}</p>')


def plain(text: str) -> str:
    """Return a text in which the markup of a label stands for itself."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>:$#~" else sign for sign in text)


def stretch(block: StretchBlock, say: Words) -> None:
    """Draw one state on a way: towns, advice, and the rules that speak of the way first."""
    first, *others = block.groups
    head = f"<h4>{html.escape(block.title)}</h4>{_list(map(html.escape, block.lines))}"
    advice = block.advice
    figure = f'<p class="atlas-figure">{html.escape(advice.figure)}</p>'
    lines = _list(map(html.escape, advice.lines))
    more = "".join(_group(item) for item in others)
    folded = f"<details><summary>{html.escape(say('route_more'))}</summary>{more}</details>"
    link = f'<p><a href="{html.escape(advice.link)}" rel="noopener" target="_blank">'
    link += f"{html.escape(say('panel_official'))}</a></p>"
    st.html(
        f'<section class="atlas-section atlas-stretch">{head}{figure}{lines}{_group(first)}'
        f'{folded if others else ""}{link}<p class="atlas-dates">{html.escape(advice.dates)}</p>'
        "</section>"
    )


def rule_group(item: RuleGroup) -> None:
    """Draw rules under their title."""
    st.html(f'<section class="atlas-section">{_group(item)}</section>')


def _group(item: RuleGroup) -> str:
    return f"<h5>{html.escape(item.title)}</h5>{_list(map(html.escape, item.rules))}"


def official_wording(found: Document | None, say: Words) -> None:
    """Draw the official wording that the reader's own folder holds; nothing where it has none."""
    if found is None:
        return
    with st.expander(say("panel_wording"), expanded=False):
        dates = {"date": say.date(found.issued), "checked": say.date(found.checked)}
        st.caption(say("panel_wording_dates", dates))
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in found.text.splitlines())
        link = f"<p>{official_link(found.link)}</p>" if found.link else ""
        st.html(f'<div class="atlas-method">{lines}{link}</div>')


def table(layer: Layer, say: Words) -> None:
    """Draw the areas of a layer as a table that sorts, with its downloads."""
    found = layer.indicator
    st.subheader(say("table_title"), anchor=False)
    values = {
        "title": found.title.in_(say.lang),
        "period": say.period(layer.period),
        "unit": found.unit.in_(say.lang),
    }
    st.caption(say("table_caption", values))
    number = st.column_config.NumberColumn(format=f"%,.{found.decimals}f")
    whole = st.column_config.NumberColumn(format="%,d")
    numbers = {say(f"column_{key}"): number for key in ("value", "low", "high")}
    wholes = {say(f"column_{key}"): whole for key in ("numerator", "denominator")}
    st.dataframe(
        table_rows(layer, say), hide_index=True, column_config={**numbers, **wholes}, key="table"
    )


def table_rows(layer: Layer, say: Words) -> pd.DataFrame:
    """Return the areas of a layer with headings and words in a language, highest value first.

    Columns that no area fills are left out; a missing value stays empty and its status says why.
    """
    found = layer.indicator
    rows = export.answer(export.layer_rows(layer), found.slug, say.lang)
    rows = rows.sort_values("value", ascending=not found.is_higher_worse, kind="stable")
    rows["status"] = rows["status"].map(say.status)
    rows["source"] = rows["source"].map(lambda slug: sheet.source_name(slug, say))
    rows["interval"] = rows["interval"].map(say.interval)
    rows["published"] = rows["published"].map(say.date)
    rows["checked"] = rows["checked"].map(say.date)
    shorts = {slug: provenance.load_source(slug).short.in_(say.lang) for slug in found.sources}
    rows["source"] = rows["source"].replace(shorts)
    names = {"area_name": say(f"column_area_{found.geography}")}
    if found.geography is Geography.MUNICIPALITY:
        codes = rows["area_code"].str[:2]
        rows["state"] = codes.map({c: area_name("state", c, say.lang) for c in set(codes)})
        names["state"] = say("column_area_state")
    keys = ("value", "low", "high", "numerator", "denominator", "status", "interval")
    for key in (*keys, "source", "published", "checked"):
        if rows[key].notna().any() and (rows[key] != "").any():
            names[key] = say(f"column_{key}")
    # Words that come again in each row are sent once.
    repeated = [key for key in names if key in REPEATED]
    shown = rows[list(names)].astype(dict.fromkeys(repeated, "category"))
    return shown.rename(columns=names).reset_index(drop=True)


def layer_take(atlas: Atlas, layer: Layer, view: View, say: Words) -> Take:
    """Return what the map and its table hand out: these areas, and every period of them."""
    found = layer.indicator
    # Without a level the rows of states bring the nation along, to be read against.
    level = None if found.levels[0] is found.geography else str(found.geography)
    request = MapRequest(found.slug, str(found.geography), layer.period, view.lang)

    def every() -> pd.DataFrame:
        rows = atlas.values(found.slug, level=level)
        return export.answer(rows, found.slug, say.lang)

    def picture(kind: map_files.Format) -> Callable[[], bytes]:
        return lambda: map_files.map_file(atlas, request, kind)

    return Take(
        name="_".join(filter(None, (found.slug, level, layer.period))),
        title=say.titled(found, layer.period),
        view=view,
        indicators=(found.slug,),
        shown=export.answer(export.layer_rows(layer), found.slug, say.lang),
        every=every,
        areas=layer.areas.geometry,
        notes=tuple(note.in_(say.lang) for note in found.notes),
        pictures={"svg": picture("svg"), "png": picture("png")},
    )


def map_file(layer: Layer, view: View, atlas: Atlas, say: Words) -> None:
    """Draw the button that hands out the map as one file, and how another page shows it."""
    found = layer.indicator
    if not sheet.is_downloadable(found):
        return
    request = MapRequest(found.slug, str(found.geography), view.period, view.lang)
    name = f"{found.slug}_{found.geography}.html"

    def page() -> bytes:
        return map_files.map_file(atlas, request, "html")

    st.download_button(
        say("download_map"),
        page,
        name,
        "text/html",
        on_click="ignore",
        help=say("download_map_text"),
    )
    with st.expander(say("embed_title"), expanded=False):
        st.caption(say("embed_text"))
        # Streamlit's own code block loads 1.6 MB that colour it, before the map is painted.
        snippet = html.escape(map_files.embed_snippet(request, name))
        st.html(f'<pre class="atlas-snippet" tabindex="0">{snippet}</pre>')


def jumps(layer: Layer, found: Sequence[Jump], say: Words) -> None:
    """Warn under the map of figures that a release moved further than any before it."""
    lines = sheet.jump_lines(layer.indicator, found[:MOST_JUMPS], say)
    if len(found) > MOST_JUMPS:
        lines.append(say("jumps_more", {"count": len(found) - MOST_JUMPS}))
    if lines:
        st.html("".join(f'<p class="atlas-jump">{html.escape(line)}</p>' for line in lines))


def sources(found: Indicator, say: Words) -> None:
    """Quote the sources of an indicator, with publication and reading."""
    lines = [*(note.line for note in sheet.source_notes(found, say)), say("shapes_line")]
    st.html("".join(f'<p class="atlas-source">{html.escape(line)}</p>' for line in lines))


def method(found: Indicator, revisions: pd.DataFrame, say: Words) -> None:
    """Draw what the figures say and do not say, how they move, and the details of the sources."""
    blocks = [_list(html.escape(text.in_(say.lang)) for text in found.notes)]
    title, *lines = sheet.revision_lines(found, revisions, say) or [""]
    if lines:
        blocks += [f"<p>{html.escape(title)}</p>", _list(map(html.escape, lines))]
    for note in sheet.source_notes(found, say):
        details = (*note.limits, note.processing, note.license)
        official = (
            f"{html.escape(say('source_official'))}: {official_link(a)}" for a in note.addresses
        )
        blocks.append(f"<h4>{html.escape(note.line)}</h4>")
        blocks.append(_list((*map(html.escape, details), *official)))
    # One element: as one for each line they cost the page a tenth of a second.
    with st.expander(say("method_title"), expanded=False):
        st.html(f'<div class="atlas-method">{"".join(blocks)}</div>')


def notes(lines: Iterable[str]) -> None:
    """Draw sentences as paragraphs; nothing where there are none."""
    told = "".join(f'<p class="atlas-note">{html.escape(line)}</p>' for line in lines)
    # Streamlit raises at an element without any text.
    if told:
        st.html(unbroken(told))


def bullets(lines: Iterable[str]) -> None:
    """Draw sentences as a list."""
    st.html(f'<div class="atlas-method">{_list(map(html.escape, lines))}</div>')


def _list(items: Iterable[str]) -> str:
    return unbroken(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")


def official_link(address: str) -> str:
    """Return a link to an address that is its own text."""
    safe = html.escape(address)
    return f'<a href="{safe}" rel="noopener" target="_blank">{safe}</a>'


def state_links(view: View, say: Words) -> None:
    """Draw the list of states, each a link to its sheet."""
    by_name = sorted(all_states(), key=lambda item: item.name(view.lang))
    items = (_link_to(view.with_state(one.state_code), one.name(view.lang)) for one in by_name)
    title = html.escape(say("sheet_choose"))
    st.html(f'<h3>{title}</h3><div class="atlas-states">{_list(items)}</div>')


def link_to(view: View, text: str) -> None:
    """Draw a link to another view."""
    st.html(f'<p class="atlas-link">{_link_to(view, text)}</p>', width="content")


def _link_to(view: View, text: str) -> str:
    address = html.escape(f"?{urlencode(view.to_query())}")
    return f'<a href="{address}" target="_self">{html.escape(text)}</a>'


@contextmanager
def failures_shown(lang: str = "") -> Iterator[None]:
    """Show an error of ours as title, cause and next step; any other one keeps its traceback.

    Parameters
    ----------
    lang
        Language of the page; the address's, else the browser's, where it is not known yet.
    """
    try:
        yield
    except AtlasError as error:
        _failure(error, words(lang or controls.asked_language()))


def _failure(error: AtlasError, say: Words) -> None:
    st.error(f"**{say(error.title_key)}**")
    st.markdown(say("error_cause", {"cause": error}))
    st.markdown(say("error_next", {"step": say(error.next_key)}))


def beside(key: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return two places that stand side by side on a wide page, one below the other on a phone.

    Parameters
    ----------
    key
        Names the two in this page.
    """
    # Columns of Streamlit's own part at 640 pixels already, where a drawing would be too small.
    both = st.container(key=f"atlas-beside-{key}")
    return both.container(), both.container()


def is_city(found: Indicator) -> bool:
    """Whether an indicator is one of cities."""
    return found.geography is Geography.CITY
