"""Where the advice of a day and the figures of its year part, and where they agree.

Owns the comparison, its words and its drawings. Gives no score of its own.
"""

from __future__ import annotations
