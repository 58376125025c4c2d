"""Whether like lies beside like: Moran's I of the whole country, and state by state.

Owns the questions that are refused, the permutations and the control of false discoveries. The
statistics are those of ``esda``, which is imported where it is used: it brings scikit-learn along
and takes seconds.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

import numpy as np

from geo_app.answers import Layer
from geo_app.atlas import Atlas
from geo_app.indicators import Geography, Indicator, Kind, indicator
from geo_app.space import weights
from geo_app.states import state_codes
from geo_app.statistics import CONFIDENCE, Floats

PERMUTATIONS = 9_999
"""Shuffles of the values; the smallest two-sided p that they can show is 2 in 10,000."""

SEED = 20_240_601
"""Start of the shuffles, fixed so that one link always tells the same."""

FALSE_SHARE = 1 - CONFIDENCE
"""Of the states that are named, the share that may be named by chance."""

_SHUFFLING = Lock()


class Refused(StrEnum):
    """Why the question is not asked."""

    AREAS = "areas"
    """The indicator has no values for states."""
    LEVEL = "level"
    """A level is advice on a ladder: its steps are no distances, and it has no mean."""
    COUNT = "count"
    """A count without a population follows how many people there are."""
    MISSING = "missing"
    """Not all 32 states have a value: what is missing is nobody's neighbour."""
    SAME = "same"
    """All values are the same."""


class Quadrant(StrEnum):
    """How a state and its neighbours stand to the mean of the states."""

    HIGH_HIGH = "high_high"
    LOW_LOW = "low_low"
    HIGH_LOW = "high_low"
    """High among low neighbours."""
    LOW_HIGH = "low_high"
    """Low among high neighbours."""
    UNTOLD = "untold"
    """Not told from chance, when all states are looked at together."""


@dataclass(frozen=True, slots=True)
class Overall:
    """Moran's I of all states."""

    value: float
    """Near 1 where like lies beside like, near ``expected`` where values lie anyhow."""
    expected: float
    """-1 / (n - 1): what shuffled values give on average."""
    p_value: float
    """Two-sided share of the shuffles that came out at least as far to their side."""

    @property
    def direction(self) -> int:
        """1 like beside like, -1 unlike beside unlike, 0 where it cannot be told from chance."""
        if self.p_value >= FALSE_SHARE:
            return 0
        return 1 if self.value > self.expected else -1


@dataclass(frozen=True, slots=True)
class Local:
    """One state and its neighbours."""

    state_code: str
    value: float
    """In the unit of the indicator."""
    score: float
    """Distance to the mean of the 32, in standard deviations."""
    near: float
    """Mean of ``score`` over its neighbours."""
    i_value: float
    """Local Moran's I; above zero where the two lie on one side of the mean."""
    p_value: float
    """Two-sided, this state looked at alone, its own value held fast."""
    quadrant: Quadrant


@dataclass(frozen=True, slots=True)
class Association:
    """The answer for one indicator, period and kind of neighbours."""

    slug: str
    period: str
    kind: str
    """One of ``analysis.WEIGHTS``."""
    refused: Refused | None
    """None where the question was asked."""
    known: int
    """States with a value."""
    overall: Overall | None
    standardised: Overall | None
    """The same of empirical-Bayes standardised rates; None where nothing is over a population."""
    locals: tuple[Local, ...]
    """By state code; empty where it was refused."""
    cutoff: float
    """A state is named where its p-value is below it; NaN where it was refused."""

    def named(self, quadrant: Quadrant) -> tuple[Local, ...]:
        """Return the states of a class."""
        return tuple(item for item in self.locals if item.quadrant is quadrant)


def associate(atlas: Atlas, slug: str, period: str, kind: str = weights.QUEEN) -> Association:
    """Ask whether like lies beside like.

    Parameters
    ----------
    atlas
        The atlas, as it stands or stood on a day.
    slug, period
        An indicator and one of its periods.
    kind
        Who is a neighbour, one of ``analysis.WEIGHTS``.

    Raises
    ------
    BadRequest
        If the indicator, the period or the kind does not exist.

    Notes
    -----
    P. A. P. Moran, "Notes on continuous stochastic phenomena", Biometrika 37 (1950), 17-23; L.
    Anselin, "Local indicators of spatial association", Geographical Analysis 27 (1995), 93-115; R.
    M. Assunção and E. A. Reis, "A new proposal to adjust Moran's I for population density",
    Statistics in Medicine 18 (1999), 2147-2162; the states that are named by M. C. de Castro and
    B. H. Singer, "Controlling the false discovery rate", Geographical Analysis 38 (2006), 180-208.
    The shares of the shuffles in ``esda`` are one-sided; here they are doubled, for nobody said
    beforehand which side is looked at.
    """
    found = indicator(slug)
    reason = _refused_kind(found)
    if reason is not None:
        return _none(slug, period, kind, reason, 0)
    layer = atlas.layer(slug, period)
    values = layer.areas["value"].to_numpy(dtype=float)
    known = int((~np.isnan(values)).sum())
    if known < len(state_codes()):
        return _none(slug, period, kind, Refused.MISSING, known)
    if np.ptp(values) == 0:
        return _none(slug, period, kind, Refused.SAME, known)
    return _associated(layer, kind, values)


def _refused_kind(found: Indicator) -> Refused | None:
    if found.geography is not Geography.STATE:
        return Refused.AREAS
    if found.kind is Kind.LEVEL:
        return Refused.LEVEL
    return Refused.COUNT if found.kind is Kind.COUNT else None


def _none(slug: str, period: str, kind: str, reason: Refused, known: int) -> Association:
    return Association(slug, period, kind, reason, known, None, None, (), float("nan"))


def _associated(layer: Layer, kind: str, values: Floats) -> Association:
    items, cutoff = _locals(layer, kind, values)
    return Association(
        slug=layer.indicator.slug,
        period=layer.period,
        kind=kind,
        refused=None,
        known=len(values),
        overall=_overall(values, kind),
        standardised=_standardised(layer, kind) if layer.indicator.recipe.denominator else None,
        locals=items,
        cutoff=cutoff,
    )


def _overall(values: Floats, kind: str) -> Overall:
    from esda import Moran

    with _shuffled():
        found = Moran(values, weights.graph(kind), permutations=PERMUTATIONS)
    return Overall(float(found.I), float(found.EI), float(_two_sided(found.sim, found.I)))


def _standardised(layer: Layer, kind: str) -> Overall | None:
    from esda import Moran_Rate

    counts = layer.areas["numerator"].to_numpy(dtype=float)
    people = layer.areas["denominator"].to_numpy(dtype=float)
    if not counts.any():
        return None
    with _shuffled():
        found = Moran_Rate(counts, people, weights.graph(kind), permutations=PERMUTATIONS)
    return Overall(float(found.I), float(found.EI), float(_two_sided(found.sim, found.I)))


def _locals(layer: Layer, kind: str, values: Floats) -> tuple[tuple[Local, ...], float]:
    from esda import Moran_Local, fdr

    graph = weights.graph(kind)
    with _shuffled():
        found = Moran_Local(values, graph, permutations=PERMUTATIONS, seed=SEED)
    p_values = _two_sided(found.sim, found.Is)
    cutoff = float(fdr(p_values, FALSE_SHARE))
    near = weights.neighbours(kind).matrix() @ found.z
    items = tuple(
        Local(
            state_code=str(code),
            value=float(values[number]),
            score=float(found.z[number]),
            near=float(near[number]),
            i_value=float(found.Is[number]),
            p_value=float(p_values[number]),
            quadrant=_quadrant(int(found.q[number]), is_told=bool(p_values[number] < cutoff)),
        )
        for number, code in enumerate(layer.areas.index)
    )
    return items, cutoff


def _quadrant(number: int, *, is_told: bool) -> Quadrant:
    """Name a quadrant of ``esda``: 1 high-high, 2 low-high, 3 low-low, 4 high-low."""
    names = (Quadrant.HIGH_HIGH, Quadrant.LOW_HIGH, Quadrant.LOW_LOW, Quadrant.HIGH_LOW)
    return names[number - 1] if is_told else Quadrant.UNTOLD


def _two_sided(shuffled: Floats, value: Floats | float) -> Floats:
    """Return twice the share of the shuffles on the side of a value, the value itself counted.

    ``p_sim`` of ``esda`` is one-sided, and its next version is to make some of them two-sided.
    """
    count = len(shuffled)
    above = (shuffled >= value).sum(axis=0)
    share: Floats = (np.minimum(above, count - above) + 1) / (count + 1)
    return np.minimum(1.0, 2 * share)


@contextmanager
def _shuffled() -> Iterator[None]:
    """Let ``esda`` shuffle from ``SEED`` on, and leave numpy's common source as it was.

    Its global Moran takes no seed of its own. Pages run side by side, so one at a time.
    """
    with _SHUFFLING, warnings.catch_warnings():
        # Of the change that ``_two_sided`` does not depend on.
        warnings.simplefilter("ignore", DeprecationWarning)
        before = np.random.get_state()  # noqa: NPY002 - the source that esda draws from
        np.random.seed(SEED)  # noqa: NPY002
        try:
            yield
        finally:
            np.random.set_state(before)  # noqa: NPY002
