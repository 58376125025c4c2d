"""The sheet of one state: advice, history, figures and their explanation, on one side of paper.

Owns which facts stand on the sheet, their drawings and its markup. Does not own the facts
(``atlas``, ``advisories``) or the page around it (``ui``).
"""

from __future__ import annotations
