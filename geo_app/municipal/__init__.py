"""The municipalities of one state: raw rates, smoothed rates, and the map of them over time.

Owns the rule of the smallest population, what the smoothed rates lean on, and the words and
drawings of a state. Does not own the numbers (``atlas``, ``smoothing``), nor to which municipality
a later one belongs (``geo_app.municipalities``).
"""
