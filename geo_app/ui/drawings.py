"""Drawings and printed sheets inside a Streamlit page.

Streamlit's own HTML element takes out every drawing (SVG), so they come through a component. Only
markup that our own functions made and escaped may be given to it.
"""

from __future__ import annotations

import streamlit as st

_MARKUP = st.components.v2.component(
    "geo_app_markup",
    html='<div class="atlas-markup"></div>',
    js="""
export default ({ data, parentElement }) => {
  const place = parentElement.querySelector(".atlas-markup");
  if (place.dataset.made !== data.markup) {
    place.dataset.made = data.markup;
    place.innerHTML = data.markup;
  }
};
""",
    isolate_styles=False,
)


def markup(content: str, key: str) -> None:
    """Show markup of ours as it is.

    Parameters
    ----------
    content
        HTML or SVG from our own functions, in which every text is escaped.
    key
        Names the place in this page.
    """
    _MARKUP(key=key, data={"markup": content})
