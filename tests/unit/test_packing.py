"""Integers to bytes and back, and what is refused of bytes that are not whole."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.maps.packing import (
    VERSION,
    Packed,
    PackedInvalid,
    Reader,
    Writer,
    identified,
    pack,
    runs,
    unpack,
    unzigzag,
    varints,
    zigzag,
)

WHOLE = st.lists(st.integers(0, 2**53 - 1))
SIGNED = st.lists(st.integers(-(2**51), 2**51))
BODY = bytes(range(256)) * 4


@given(WHOLE, SIGNED, st.integers(0, 2**53 - 1))
def test_what_is_written_is_read(whole: list[int], signed: list[int], number: int) -> None:
    writer = Writer()
    writer.numbers(whole)
    writer.number(number)
    writer.signed(signed)
    reader = Reader(writer.body())
    found = reader.numbers().tolist(), reader.number(), reader.signed().tolist()
    assert found == (whole, number, signed)


@given(st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1)))
def test_texts_are_read_as_they_were_written(texts: list[str]) -> None:
    writer = Writer()
    writer.texts(texts)
    assert list(Reader(writer.body()).texts()) == texts


@given(SIGNED)
def test_zigzag_is_undone(values: list[int]) -> None:
    assert unzigzag(zigzag(values)).tolist() == values


@pytest.mark.parametrize(
    ("value", "expected"), [(0, "00"), (127, "7f"), (128, "8001"), (2**53 - 1, "ffffffffffffff0f")]
)
def test_a_varint_has_seven_bits_a_byte(value: int, expected: str) -> None:
    assert varints([value]).hex() == expected


@pytest.mark.parametrize("value", [-1, 2**53])
def test_a_number_that_the_browser_cannot_hold_is_refused(value: int) -> None:
    with pytest.raises(PackedInvalid, match=r"cannot be packed: expected 0 to 2\^53"):
        varints([value])


@given(st.lists(st.integers(0, 3)))
def test_runs_give_the_values_back(values: list[int]) -> None:
    assert np.repeat(*runs(values)).tolist() == values


def test_a_body_comes_back() -> None:
    assert unpack(pack("G", BODY), "G") == BODY


def test_the_same_body_gives_the_same_bytes() -> None:
    assert pack("S", BODY) == pack("S", BODY)


def test_the_crc_is_that_of_the_content() -> None:
    packed = pack("S", BODY)
    assert identified(packed.data) == packed


@pytest.mark.parametrize("length", [0, 1, 10, -1])
def test_bytes_that_are_cut_off_are_refused(length: int) -> None:
    packed = pack("G", BODY)
    with pytest.raises(PackedInvalid, match="cut off or damaged"):
        unpack(Packed(packed.data[:length], packed.crc), "G")


@given(st.integers(2, len(pack("G", BODY).data) - 1), st.integers(0, 7))
def test_any_flipped_bit_of_the_content_is_refused(place: int, bit: int) -> None:
    packed = pack("G", BODY)
    damaged = bytearray(packed.data)
    damaged[place] ^= 1 << bit
    with pytest.raises(PackedInvalid, match=r"damaged|not the one that was named"):
        unpack(Packed(bytes(damaged), packed.crc), "G")


def test_another_content_than_the_named_one_is_refused() -> None:
    with pytest.raises(PackedInvalid, match="not the one that was named: expected 00000000"):
        unpack(Packed(pack("G", BODY).data, "00000000"), "G")


def test_another_version_is_refused() -> None:
    newer = identified(zlib.compress(b"MXA" + bytes([VERSION + 1]) + b"G" + BODY))
    with pytest.raises(PackedInvalid, match=f"another version: expected {VERSION}, got 02"):
        unpack(newer, "G")


def test_something_else_than_a_map_is_refused() -> None:
    with pytest.raises(PackedInvalid, match="not a packed map"):
        unpack(identified(zlib.compress(b"GIF89a")), "G")


def test_another_kind_of_content_is_refused() -> None:
    with pytest.raises(PackedInvalid, match="another kind of content: expected S"):
        unpack(pack("G", BODY), "S")


@pytest.mark.parametrize("cut", [1, 3])
def test_a_list_that_ends_too_early_is_refused(cut: int) -> None:
    writer = Writer()
    writer.numbers([1, 2, 3])
    with pytest.raises(PackedInvalid, match="ends before all of it was read"):
        Reader(writer.body()[:-cut]).numbers()


def test_bytes_that_end_too_early_are_refused() -> None:
    writer = Writer()
    writer.raw(b"abc")
    with pytest.raises(PackedInvalid, match="ends before all of it was read"):
        Reader(writer.body()[:-1]).raw()
