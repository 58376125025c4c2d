"""Figures that only a page of the press tells, as figures of a claim.

They keep their page, its day and the word that the press tells them, and join no series. Does not
own the list (``press_figures``).
"""

from __future__ import annotations

from geo_app import press_figures
from geo_app.claims.records import Held
from geo_app.press_figures import SOURCE, Figure, Told
from geo_app.states import NATION_CODE


def told(figure: Figure, name: str, unit: str, known_on: str | None) -> list[Held]:
    """Return what pages tell of a figure, in the order of its stretches.

    Parameters
    ----------
    figure
        What is asked for.
    name, unit
        As in ``Held``.
    known_on
        ISO date; pages not known to have stood on that day are left out.
    """
    decimals = 1 if figure.endswith("_pct") else 0
    return [_held(item, name, unit, decimals) for item in press_figures.told(figure, known_on)]


def _held(item: Told, name: str, unit: str, decimals: int) -> Held:
    found = item.figure
    return Held(
        name=name,
        indicator="",
        first=found.first,
        last=found.last,
        value=found.value,
        unit=unit,
        decimals=decimals,
        low=None,
        high=None,
        interval="",
        status=found.status,
        source=SOURCE,
        release=found.release,
        published=item.published,
        checked=item.checked,
        area_code=NATION_CODE,
        address=found.address,
    )
