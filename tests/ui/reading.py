"""What a reader of a page sees, as text: the app's own words, and what its drawings are made of."""

from __future__ import annotations

import html
import re

from streamlit.testing.v1 import AppTest

KINDS = ("html", "markdown", "caption", "subheader", "info", "warning")


def told(page: AppTest) -> str:
    """Return all that is written on a page, tags taken out, with plain blanks."""
    texts = (str(item.value) for item in page.main if item.type in KINDS)
    text = html.unescape(re.sub(r"<[^>]+>", " ", " ".join(texts)))
    return text.replace("\N{NO-BREAK SPACE}", " ")


def markup(page: AppTest) -> str:
    """Return what the drawings of a page are made from."""
    kinds = (item.proto for item in page.main if item.type == "bidi_component")
    return " ".join(str(item) for item in kinds)
