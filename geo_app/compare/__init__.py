"""Areas and regions beside each other through time, and the nation always with them.

Owns what a region is, how its line is made, what an index to a base period may show, and the words
and drawings of the page. Two sources are never in one panel. Does not own the figures of an area
(``atlas``) or how a chart is laid out (``charts``).
"""

from __future__ import annotations
