"""What a reader takes along of a page: its table, its areas and its drawings as files.

Owns the formats, what stands in them beside the figures, and the lines of code that fetch the
same. Does not own the figures: a page hands over what it shows (``records.Take``).
"""

from __future__ import annotations
