"""Shares of a population estimated from a survey's own interviews, with their sampling error.

Owns the design (weights, strata, primary units), the estimate of a ratio of two weighted totals in
a part of the population, its standard error and its interval. Does not own which answers count
(the importers) or how interviews are read (``microdata``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo_app.errors import SourceInvalid

QUANTILE = 1.959963984540054
"""The 97.5 % quantile of the normal distribution; INEGI's own intervals use the normal too."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Design:
    """How the interviews of a survey were drawn; one entry an interview."""

    weight: Floats
    """Number of people that an interview stands for, zero or more."""
    unit: Ints
    """Number of its primary unit, 0, 1, 2…, counted through all strata."""
    stratum_of_unit: Ints
    """Number of the stratum of each primary unit."""

    @property
    def lonely_strata(self) -> int:
        """Number of strata with a single primary unit."""
        return int((np.bincount(self.stratum_of_unit) == 1).sum())


@dataclass(frozen=True, slots=True)
class Estimate:
    """A ratio of two weighted totals among some of the interviews."""

    ratio: float
    """NaN where the denominator is zero."""
    error: float
    """Standard error of the ratio; NaN where the sample cannot tell it (see ``estimate``)."""
    interviews: int
    """Interviews in the part of the population, those that did not answer included."""
    units: int
    """Primary units that they come from."""

    @property
    def bounds(self) -> tuple[float, float]:
        """Ends of the normal interval of 95 %, cut at 0 and 1; both NaN without an error."""
        reach = QUANTILE * self.error
        low, high = max(0.0, self.ratio - reach), min(1.0, self.ratio + reach)
        return (low, high) if self.error == self.error else (float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Question:
    """How the codes of an answer count."""

    yes: frozenset[str]
    """Codes that count in numerator and denominator."""
    no: frozenset[str]
    """Codes that count in the denominator alone."""
    no_answer: frozenset[str]
    """Codes of those who did not answer or do not know."""
    keeps_no_answer: bool
    """Whether those stay in the denominator, as INEGI defines it, or are left out."""

    def count(self, codes: Sequence[str], where: str) -> tuple[Floats, Floats]:
        """Return numerator and denominator of every interview, each 0 or 1.

        Parameters
        ----------
        codes
            Codes of the answers, in the order of the interviews.
        where
            Place for messages.

        Raises
        ------
        SourceInvalid
            If a code is none of the question's.
        """
        known = self.yes | self.no | self.no_answer
        strange = sorted(set(codes) - known)
        if strange:
            message = "the answer is none of the question's codes"
            raise SourceInvalid(
                message, where=where, expected=", ".join(sorted(known)), got=repr(strange[0])
            )
        counted = known if self.keeps_no_answer else known - self.no_answer
        return (
            np.array([code in self.yes for code in codes], dtype=float),
            np.array([code in counted for code in codes], dtype=float),
        )


def design(
    weights: Sequence[float], strata: Sequence[str], units: Sequence[str], where: str
) -> Design:
    """Return the design of a sample from its three columns.

    Parameters
    ----------
    weights, strata, units
        Expansion factor, design stratum and primary unit of every interview. A unit's code counts
        inside its stratum: the same code in two strata is two units.
    where
        Place for messages.

    Raises
    ------
    SourceInvalid
        If there is no interview, a weight is negative or no number, or a code is empty.

    Examples
    --------
    >>> design([1, 1, 2], ["a", "a", "b"], ["1", "2", "1"], "f.csv").stratum_of_unit.tolist()
    [0, 0, 1]
    """
    weight = np.asarray(weights, dtype=float)
    if not len(weight) or not np.isfinite(weight).all() or (weight < 0).any():
        message = "the weights are not all numbers from zero up"
        raise SourceInvalid(message, where=where, fix="ask the source")
    if "" in strata or "" in units:
        message = "an interview has no stratum or no primary unit"
        raise SourceInvalid(message, where=where, fix="take the file that has the design columns")
    pairs = sorted(set(zip(strata, units, strict=True)))
    number = {pair: n for n, pair in enumerate(pairs)}
    stratum = {code: n for n, code in enumerate(sorted(set(strata)))}
    return Design(
        weight,
        np.array([number[pair] for pair in zip(strata, units, strict=True)], dtype=np.int64),
        np.array([stratum[code] for code, _ in pairs], dtype=np.int64),
    )


def estimate(
    sample: Design, numerator: Floats, denominator: Floats, is_in: NDArray[np.bool_] | None = None
) -> Estimate:
    """Estimate a ratio of two totals in a part of the population.

    Parameters
    ----------
    sample
        The design of the whole sample, also where only a part is asked about.
    numerator, denominator
        What an interview adds to each total, before its weight.
    is_in
        Whether an interview is in the part; the whole population where none is given.

    Returns
    -------
    Estimate
        The error is NaN, not zero, where the sample cannot tell it: with fewer than two primary
        units in the part, or where the ratio is exactly 0 or 1.

    Notes
    -----
    The ratio is linearised (Taylor): an interview's residual ``w (y - R x) / X`` is added up by
    primary unit, and the units of a stratum vary about their mean. C.-E. Särndal, B. Swensson and
    J. Wretman, "Model Assisted Survey Sampling" (1992), 5.6 and 5.7; W. G. Cochran, "Sampling
    Techniques" (1977), 11.18. Primary units count as drawn with replacement, as INEGI's own
    published errors do. A part of the population keeps the whole design: its interviews outside
    add zero, so that a unit or stratum without any of them still counts (Särndal et al., 10.3).

    A stratum with a single unit tells nothing about its own variance. Its unit is compared with
    the mean of all units, which is zero, and so adds the square of its own total: a bound that
    errs upwards (T. Lumley, "Complex Surveys" (2010), 3.2.1). ``Design.lonely_strata`` counts
    them, and an import reports them.

    Examples
    --------
    >>> sample = design([1] * 4, ["a"] * 4, ["1", "1", "2", "2"], "f.csv")
    >>> found = estimate(sample, np.array([1.0, 0, 1, 1]), np.ones(4))
    >>> found.ratio, found.error
    (0.75, 0.25)
    """
    inside = np.ones(len(sample.weight), bool) if is_in is None else is_in
    weight = np.where(inside, sample.weight, 0.0)
    whole = float(weight @ denominator)
    units = len(np.unique(sample.unit[inside]))
    interviews = int(inside.sum())
    if whole <= 0:
        return Estimate(float("nan"), float("nan"), interviews, units)
    ratio = float(weight @ numerator) / whole
    residual = weight * (numerator - ratio * denominator) / whole
    is_told = units > 1 and 0 < ratio < 1
    error = _error(sample, residual) if is_told else float("nan")
    return Estimate(ratio, error, interviews, units)


def by_domain(
    sample: Design, numerator: Floats, denominator: Floats, domain: Sequence[str]
) -> Mapping[str, Estimate]:
    """Estimate a ratio in every part of the population that a code names; see ``estimate``.

    Parameters
    ----------
    sample, numerator, denominator
        As in ``estimate``.
    domain
        Code of the part that each interview is in.

    Returns
    -------
    Mapping of str to Estimate
        By code, sorted.
    """
    codes = np.array(domain, dtype=object)
    return {
        code: estimate(sample, numerator, denominator, codes == code)
        for code in sorted(set(domain))
    }


def _error(sample: Design, residual: Floats) -> float:
    """Return the standard error of a total of residuals."""
    stratum = sample.stratum_of_unit
    total = np.bincount(sample.unit, residual, minlength=len(stratum))
    count = np.bincount(stratum).astype(float)
    mean = np.where(count > 1, np.bincount(stratum, total) / count, 0.0)
    squares = np.bincount(stratum, (total - mean[stratum]) ** 2)
    scale = np.where(count > 1, count / np.maximum(count - 1, 1), 1.0)
    return float(np.sqrt(scale @ squares))
