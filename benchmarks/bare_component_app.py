"""The least that a component of our kind can show: what Streamlit itself needs to mount one."""

from __future__ import annotations

import streamlit as st

SHAPE = (
    '<svg width="40" height="40"><path class="tc-area" fill="#5c1a3a" d="M0,0 H40 V40 Z"/></svg>'
)

BARE = st.components.v2.component(
    "bare",
    js=f"""
    export default function ({{ parentElement }}) {{
      parentElement.innerHTML = '{SHAPE}';
    }}
    """,
)

BARE(key="bare", data={})
