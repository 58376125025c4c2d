"""What hands out a chart, map or table of a page: files, code, and a link that stays.

Draws what it is given; the files are made in ``takeaway`` when they are asked for.
"""

from __future__ import annotations

import html

import streamlit as st

from geo_app.takeaway import code, metadata
from geo_app.takeaway.files import files
from geo_app.takeaway.records import Take
from geo_app.text import Words


def take_away(take: Take, place: str, say: Words) -> None:
    """Draw, folded, what a chart, map or table hands out; why not, where a licence was not seen.

    Parameters
    ----------
    take
        What is handed over.
    place
        Where on its page it stands, each once a page, whatever is shown there. It is the key of the
        list, so that another figure in the same place changes the list in the browser rather than
        replacing it: Streamlit 1.67 keeps each expander that is taken away, with all its buttons,
        for as long as the page is open.
    say
        The words of a language.
    """
    if not metadata.is_allowed(take):
        st.caption(say("download_withheld"))
        return
    with st.expander(say("take_title"), expanded=False, key=f"take-{place}"):
        with st.container(horizontal=True):
            for item in files(take, say, _address()):
                label = say(f"take_{item.key}")
                key = f"take-{place}-{item.key}"
                st.download_button(
                    label, item.make, item.name, item.media_type, key=key, on_click="ignore"
                )
        st.html(f"{_code(take, say)}{_link(take, say)}")


def _code(take: Take, say: Words) -> str:
    blocks = (("Python", code.python(take)), ("R", code.r(take)))
    # Streamlit's own code block loads 1.6 MB that colour it.
    told = "".join(
        f'<h5>{name}</h5><pre class="atlas-snippet" tabindex="0">{html.escape(lines)}</pre>'
        for name, lines in blocks
    )
    title, text = html.escape(say("take_code_title")), html.escape(say("take_code_text"))
    return f'<h4>{title}</h4><p class="atlas-note">{text}</p>{told}'


def _link(take: Take, say: Words) -> str:
    day = {"date": say.date(metadata.version(take))}
    address = html.escape(metadata.link(take))
    text, name = html.escape(say("take_link_text", day)), html.escape(say("take_link", day))
    title = html.escape(say("take_link_title"))
    link = f'<p class="atlas-link"><a href="{address}" target="_self">{name}</a></p>'
    return f'<h4>{title}</h4><p class="atlas-note">{text}</p>{link}'


def _address() -> str:
    """Return the address of the app; empty where nobody looks through a browser."""
    return str(st.context.url or "")
