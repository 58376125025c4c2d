"""Maps as objects: what a map needs to know, and the folium element that draws it over time.

Owns projection, simplification, the payload and everything the browser runs. ``figure`` turns
answers of the atlas into ready-made texts and class numbers; nothing else here knows the atlas, and
nothing knows Streamlit. Import from the modules: folium is only loaded by the one that needs it.
"""

from __future__ import annotations
