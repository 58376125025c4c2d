"""Integers as few bytes: varints, the container of geometry and series, and its checks.

Owns the first six bytes of a content, its compression and what makes it unreadable. Does not own
what the numbers mean (``arcs``, ``series``). ``unpack.js`` reads the same bytes in the browser.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_app.errors import AtlasError

MAGIC = b"MXA"
"""First bytes of every content."""

VERSION = 1
"""Layout of the content; a browser that holds an older script refuses a newer one."""

PackedKind = Literal["G", "S"]
"""``G`` geometry, ``S`` series."""

HEAD_BYTES = 5

Ints = NDArray[np.int64]

_FIX = "run `python -m geo_app build maps`"
LIMIT = 1 << 53
"""The browser counts in doubles: a larger whole number would come out as another."""

# The strategies differ by some per cent and which one wins depends on the numbers.
_TRIES = tuple(
    (strategy, memory)
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY)
    for memory in (9, 8, 7, 6)
)


class PackedInvalid(AtlasError):
    """Packed bytes of a map that are cut off, damaged, or written by another version."""

    title_key = "error_packed"
    next_key = "next_packed"


@dataclass(frozen=True, slots=True)
class Packed:
    """A content as it travels: zlib, so that the browser can inflate and prove it."""

    data: bytes
    crc: str
    """CRC-32 of the content before compression, 8 hexadecimal digits."""


def pack(kind: PackedKind, body: bytes) -> Packed:
    """Return a body behind its head, compressed; the same bytes for the same body."""
    content = MAGIC + bytes([VERSION]) + kind.encode() + body
    return Packed(min((_deflated(content, *how) for how in _TRIES), key=len), _crc(content))


def unpack(packed: Packed, kind: PackedKind) -> bytes:
    """Return the body of packed bytes after every check.

    Raises
    ------
    PackedInvalid
        If the bytes are cut off or damaged, are not those that ``crc`` names, are of another
        version, or hold another kind of content.
    """
    content = _inflated(packed.data)
    if _crc(content) != packed.crc:
        message = "the packed map is not the one that was named"
        raise PackedInvalid(message, expected=packed.crc, got=_crc(content), fix=_FIX)
    _check_head(content, kind)
    return content[HEAD_BYTES:]


def identified(data: bytes) -> Packed:
    """Return compressed bytes with the CRC-32 of what they hold.

    Raises
    ------
    PackedInvalid
        If the bytes are cut off or damaged.
    """
    return Packed(data, _crc(_inflated(data)))


def varints(values: ArrayLike) -> bytes:
    """Write whole numbers from 0 to 2^53 as LEB128: seven bits a byte, the last below 128.

    Raises
    ------
    PackedInvalid
        If a number is negative or too large for the browser.

    Examples
    --------
    >>> varints([5, 300]).hex()
    '05ac02'
    """
    left = np.asarray(values, dtype=np.int64).ravel()
    if left.size and (left.min() < 0 or left.max() >= LIMIT):
        message = "a number that cannot be packed"
        got = f"{left.min()} to {left.max()}"
        raise PackedInvalid(message, expected="0 to 2^53", got=got)
    # Eight columns of seven bits; of each row those up to the last one in use are written.
    groups = (left[:, np.newaxis] >> np.arange(0, 56, 7)) & 127
    places = np.arange(8)
    last = np.where(groups > 0, places, 0).max(axis=1, initial=0)
    more = places < last[:, np.newaxis]
    written: bytes = (groups | more << 7)[places <= last[:, np.newaxis]].astype(np.uint8).tobytes()
    return written


def zigzag(values: ArrayLike) -> Ints:
    """Return signed numbers as unsigned ones: 0, -1, 1, -2 become 0, 1, 2, 3."""
    value = np.asarray(values, dtype=np.int64)
    return (value << 1) ^ (value >> 63)


def unzigzag(values: ArrayLike) -> Ints:
    """Undo ``zigzag``."""
    value = np.asarray(values, dtype=np.int64)
    return (value >> 1) ^ -(value & 1)


class Writer:
    """A body in the making."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def number(self, value: int) -> None:
        """Write one whole number from 0."""
        self._parts.append(varints([value]))

    def numbers(self, values: ArrayLike) -> None:
        """Write whole numbers from 0, with how many there are."""
        found = np.asarray(values, dtype=np.int64).ravel()
        self.number(len(found))
        self._parts.append(varints(found))

    def signed(self, values: ArrayLike) -> None:
        """Write whole numbers of either sign, with how many there are."""
        self.numbers(zigzag(values))

    def raw(self, block: bytes) -> None:
        """Write bytes, with how many there are."""
        self.number(len(block))
        self._parts.append(block)

    def texts(self, values: Iterable[str]) -> None:
        """Write texts without line breaks."""
        self.raw("\n".join(values).encode())

    def body(self) -> bytes:
        """Return all that was written."""
        return b"".join(self._parts)


class Reader:
    """A body read from its beginning; the counterpart of ``Writer``."""

    def __init__(self, body: bytes) -> None:
        self._body = np.frombuffer(body, dtype=np.uint8)
        self._ends = np.flatnonzero(self._body < 128)
        self._at = 0

    def number(self) -> int:
        """Read one number."""
        return int(self._take(1)[0])

    def numbers(self) -> Ints:
        """Read a list of numbers."""
        return self._take(self.number())

    def signed(self) -> Ints:
        """Read a list of numbers of either sign."""
        return unzigzag(self.numbers())

    def raw(self) -> bytes:
        """Read bytes."""
        length = self.number()
        end = self._at + length
        if end > len(self._body):
            raise _cut_off()
        block = self._body[self._at : end].tobytes()
        self._at = end
        return block

    def texts(self) -> tuple[str, ...]:
        """Read texts."""
        block = self.raw().decode()
        return tuple(block.split("\n")) if block else ()

    def _take(self, count: int) -> Ints:
        first = int(np.searchsorted(self._ends, self._at))
        if first + count > len(self._ends):
            raise _cut_off()
        if count == 0:
            return np.zeros(0, dtype=np.int64)
        ends = self._ends[first : first + count] + 1
        block = self._body[self._at : int(ends[-1])].astype(np.int64)
        starts = np.concatenate([[0], ends[:-1] - self._at])
        place = np.arange(len(block)) - np.repeat(starts, np.diff([*starts, len(block)]))
        self._at = int(ends[-1])
        found: Ints = np.add.reduceat((block & 127) << 7 * place, starts)
        return found


def runs(values: ArrayLike) -> tuple[Ints, Ints]:
    """Return the values that follow each other and how often each stands in its run."""
    value = np.asarray(values, dtype=np.int64).ravel()
    if value.size == 0:
        return value, value
    starts = np.flatnonzero(np.concatenate([[True], np.diff(value) != 0]))
    return value[starts], np.diff(np.concatenate([starts, [len(value)]]))


def _deflated(content: bytes, strategy: int, memory: int) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, 15, memory, strategy)
    return machine.compress(content) + machine.flush()


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        message = f"the packed map is cut off or damaged ({error})"
        raise PackedInvalid(message, fix=_FIX) from error


def _crc(content: bytes) -> str:
    return f"{zlib.crc32(content):08x}"


def _check_head(content: bytes, kind: PackedKind) -> None:
    expected = MAGIC + bytes([VERSION]) + kind.encode()
    got = content[:HEAD_BYTES]
    if got[:3] != MAGIC:
        message = "not a packed map"
        raise PackedInvalid(message, expected=repr(expected), got=repr(got), fix=_FIX)
    if got[3:4] != expected[3:4]:
        message = "the packed map is of another version"
        raise PackedInvalid(message, expected=str(VERSION), got=str(got[3:4].hex()), fix=_FIX)
    if got != expected:
        message = "the packed map holds another kind of content"
        raise PackedInvalid(message, expected=kind, got=repr(got[4:]), fix=_FIX)


def _cut_off() -> PackedInvalid:
    message = "the packed map ends before all of it was read"
    return PackedInvalid(message, fix=_FIX)
