"""The least that Streamlit can show: the peer that our first painted map is held against."""

from __future__ import annotations

import streamlit as st

st.caption("nothing")
