"""Looking for a place by what a reader types: states, towns, airports, resorts, municipalities.

Owns how text is understood and how sure a find is. Does not own the places (``places``,
``place_names``) or what is said of the advice there (``state_sheet``).
"""

from __future__ import annotations
