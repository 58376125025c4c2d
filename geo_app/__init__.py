"""The Mexico security atlas: official figures of the 32 states, joined once, shown in time."""

from __future__ import annotations

__version__ = "0.1.0"
