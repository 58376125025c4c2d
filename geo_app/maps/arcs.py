"""Areas that share their borders as arcs of small whole numbers.

Owns how the rings of a coverage become arcs, each written once, and back. Numbers are steps of a
grid on the plane of EPSG:6372. Does not own projection or simplification (``geometry``), nor the
bytes (``packing``). ``unpack.js`` holds the same reader.

Each ring is told as its pieces. A piece is an arc that no ring has used yet, or one that a
neighbour has and that is now walked the other way. Where a ring has come to a point, few such arcs
lead on from it: which one costs a bit or two. Ends that follow from the next piece are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo_app.maps.packing import PackedInvalid, Reader, Writer

Ints = NDArray[np.int64]
Spot = tuple[int, int]
"""A point of the grid."""

Ring = tuple[Spot, ...]
"""Points without the closing one; the area lies on the left."""

Figure = tuple[tuple[Ring, ...], ...]
"""The polygons of one area: outer ring, then holes."""

NEW, NAMED, OPEN = 0, 1, 2
"""A piece is a new arc, an arc named by its number, or the n-th latest arc that is open."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Areas as references to shared arcs."""

    arcs: tuple[Ring, ...]
    """Points of each arc, both ends included."""
    figures: tuple[tuple[tuple[tuple[int, ...], ...], ...], ...]
    """By area, polygon and ring: r = arc r as it stands, ~r = arc r from its end to its start."""

    def ring(self, references: Sequence[int]) -> Ring:
        """Return the points of a ring, the closing one left out."""
        points: list[Spot] = []
        for reference in references:
            arc = self.arcs[reference] if reference >= 0 else self.arcs[~reference][::-1]
            points.extend(arc[:-1])
        return tuple(points)

    def figure(self, area: int) -> Figure:
        """Return the polygons of an area as points."""
        return tuple(tuple(self.ring(ring) for ring in polygon) for polygon in self.figures[area])


def write_coverage(figures: Sequence[Figure], to: Writer) -> None:
    """Write the areas of a coverage.

    Parameters
    ----------
    figures
        Polygons by area. Borders are shared where neighbours have the same points.
    to
        Receives eight lists of numbers: polygons, rings, pieces, choices, names, lengths, starts
        and steps.
    """
    sheet = _Sheet()
    split = _split([ring for figure in figures for polygon in figure for ring in polygon])
    for pieces in split:
        sheet.ring(pieces)
    to.numbers([len(figure) for figure in figures])
    to.numbers([len(polygon) - 1 for figure in figures for polygon in figure])
    to.numbers(sheet.pieces)
    to.numbers(sheet.choices)
    to.numbers(sheet.names)
    to.numbers(sheet.lengths)
    to.signed(np.diff(np.array([(0, 0), *sheet.starts]), axis=0))
    to.signed(np.array(sheet.steps, dtype=np.int64))


def read_coverage(reader: Reader) -> Coverage:
    """Read what ``write_coverage`` wrote.

    Raises
    ------
    PackedInvalid
        If the lists do not fit together.
    """
    polygons, rings, pieces = (reader.numbers().tolist() for _ in range(3))
    book = _Book(
        iter(reader.numbers().tolist()),
        iter(reader.numbers().tolist()),
        iter(reader.numbers().tolist()),
        iter(np.cumsum(reader.signed().reshape(-1, 2), axis=0).tolist()),
        iter(reader.signed().reshape(-1, 2).tolist()),
    )
    counts, sizes = iter(pieces), iter(rings)
    try:
        figures = tuple(
            tuple(
                tuple(book.ring(next(counts)) for _ in range(next(sizes) + 1)) for _ in range(count)
            )
            for count in polygons
        )
    except (StopIteration, IndexError, RuntimeError) as error:
        message = "the arcs of the packed map do not fit together"
        raise PackedInvalid(message, fix="run `python -m geo_app build maps`") from error
    return Coverage(tuple(book.arcs), figures)


def _split(rings: Sequence[Ring]) -> list[list[Ring]]:
    """Cut rings where three borders meet, each piece with both its ends."""
    beside: dict[Spot, set[frozenset[Spot]]] = defaultdict(set)
    for ring in rings:
        for before, here, after in zip((ring[-1], *ring), ring, (*ring[1:], ring[0]), strict=False):
            beside[here].add(frozenset((before, after)))
    return [
        _cut(ring, [i for i, spot in enumerate(ring) if len(beside[spot]) > 1]) for ring in rings
    ]


def _cut(ring: Ring, nodes: list[int]) -> list[Ring]:
    # A ring that meets no third one begins at its least point, so that both its sides agree.
    cuts = nodes or [ring.index(min(ring))]
    turned = ring[cuts[0] :] + ring[: cuts[0] + 1]
    return [turned[a : b + 1] for a, b in pairwise([*(c - cuts[0] for c in cuts), len(ring)])]


@dataclass(slots=True)
class _Open:
    """The arcs that have been used once and wait for the area on their other side."""

    latest: dict[int, None] = field(default_factory=dict)
    """Arc numbers, the latest last."""
    ending: dict[Spot, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Arc numbers by the point at which they end, where the other side would begin."""

    def add(self, number: int, end: Spot) -> None:
        self.latest[number] = None
        self.ending[end].append(number)

    def close(self, number: int, end: Spot) -> None:
        del self.latest[number]
        self.ending[end].remove(number)

    def choices(self, at: Spot | None) -> list[int]:
        """Return the arcs that may be walked back from a point, or from anywhere."""
        return [*reversed(self.latest if at is None else self.ending[at])]


@dataclass(slots=True)
class _Sheet:
    """The lists of numbers in the making."""

    numbers: dict[Ring, int] = field(default_factory=dict)
    count: int = 0
    open: _Open = field(default_factory=_Open)
    pieces: list[int] = field(default_factory=list)
    choices: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    starts: list[Spot] = field(default_factory=list)
    steps: list[Spot] = field(default_factory=list)

    def ring(self, pieces: list[Ring]) -> None:
        """Write one ring, beginning with the latest arc that is known where there is one."""
        ages = {number: age for age, number in enumerate(self.open.choices(None))}
        known = [self._known(piece) for piece in pieces]
        first = min(range(len(pieces)), key=lambda i: _age(known[i], ages))
        turned, at = pieces[first:] + pieces[:first], None
        known = known[first:] + known[:first]
        self.pieces.append(len(pieces) - 1)
        for place, (piece, reference) in enumerate(zip(turned, known, strict=True)):
            if reference is None:
                self._new(piece, is_first=at is None, is_last=place + 1 == len(turned))
            else:
                self._old(piece, reference, at)
            at = piece[-1]

    def _known(self, piece: Ring) -> int | None:
        if piece in self.numbers:
            return self.numbers[piece]
        number = self.numbers.get(piece[::-1])
        return None if number is None else ~number

    def _new(self, piece: Ring, *, is_first: bool, is_last: bool) -> None:
        self.numbers[piece] = self.count
        self.open.add(self.count, piece[-1])
        self.count += 1
        self.choices.append(NEW)
        if is_first:
            self.starts.append(piece[0])
        # The last piece ends where the ring began.
        told = piece[:-1] if is_last else piece
        self.lengths.append(len(told) - 1)
        self.steps.extend((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(told))

    def _old(self, piece: Ring, reference: int, at: Spot | None) -> None:
        near = self.open.choices(at)
        if reference < 0 and ~reference in near:
            self.choices.append(OPEN + near.index(~reference))
            self.open.close(~reference, piece[0])
        else:
            self.choices.append(NAMED)
            self.names.append(reference << 1 if reference >= 0 else (~reference << 1) | 1)


def _age(reference: int | None, ages: dict[int, int]) -> int:
    if reference is None:
        return len(ages) + 1
    return ages.get(~reference, len(ages))


@dataclass(slots=True)
class _Book:
    """The lists of numbers as they are read."""

    choices: Iterator[int]
    names: Iterator[int]
    lengths: Iterator[int]
    starts: Iterator[list[int]]
    steps: Iterator[list[int]]
    arcs: list[Ring] = field(default_factory=list)
    open: _Open = field(default_factory=_Open)

    def ring(self, more: int) -> tuple[int, ...]:
        """Read one ring of ``more + 1`` pieces as references."""
        found: list[int] = []
        start: Spot | None = None
        at: Spot | None = None
        for place in range(more + 1):
            reference = self._piece(at, start, is_last=place == more)
            found.append(reference)
            arc = self.arcs[reference if reference >= 0 else ~reference]
            first, at = (arc[0], arc[-1]) if reference >= 0 else (arc[-1], arc[0])
            start = first if start is None else start
        return tuple(found)

    def _piece(self, at: Spot | None, start: Spot | None, *, is_last: bool) -> int:
        choice = next(self.choices)
        if choice == NEW:
            return self._new(at, start, is_last=is_last)
        if choice == NAMED:
            name = next(self.names)
            return ~(name >> 1) if name & 1 else name >> 1
        number = self.open.choices(at)[choice - OPEN]
        self.open.close(number, self.arcs[number][-1])
        return ~number

    def _new(self, at: Spot | None, start: Spot | None, *, is_last: bool) -> int:
        x, y = next(self.starts) if at is None else at
        points = [(x, y)]
        for _ in range(next(self.lengths)):
            dx, dy = next(self.steps)
            x, y = x + dx, y + dy
            points.append((x, y))
        if is_last:
            points.append(start or points[0])
        self.arcs.append(tuple(points))
        self.open.add(len(self.arcs) - 1, points[-1])
        return len(self.arcs) - 1
