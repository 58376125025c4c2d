"""How many examples a property that costs more, or is worth more, than others is asked of."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100
"""Examples of a property that names no number, in a run that looks for no new ones."""


def examples(count: int) -> settings:
    """Return the settings of a property with its own number of examples.

    Parameters
    ----------
    count
        Its number in a usual run; a profile that asks for more of all asks for more of it too,
        which a number given to Hypothesis itself would not do.
    """
    return settings(max_examples=max(1, count * settings.default.max_examples // USUAL))
