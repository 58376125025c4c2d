"""Answers of INEGI's indicator service: a series of one indicator for one or several areas.

Owns the form of an answer (``Series[].OBSERVATIONS[]``, numbers as text) and the codes of areas in
it. Does not own what an indicator measures: its number says nothing of that, and one was once
taken for all people when it is of women (``envipe_copies``).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from geo_app.errors import SourceInvalid
from geo_app.importers.reading import RawFile, decode
from geo_app.states import NATION_CODE, state_codes

# "00" and "0700" are the country; a state is "09", or "07000009" with the country before it.
_AREA = re.compile(r"(?:0700)?(?:00)?(\d\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NUMBER = re.compile(r"\d{1,12}(\.\d*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Observation:
    """A value of an indicator."""

    indicator: str
    """INEGI's number of the indicator."""
    area_code: str
    """ "00" the nation, "01" to "32"."""
    period: str
    """The year as the service labels it."""
    value: float
    """In the unit of the indicator; NaN where the service gives none."""


def is_answer(raw: RawFile) -> bool:
    """Tell by its first character whether a file may be an answer of the service."""
    return raw.content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")


def observations(raw: RawFile) -> list[Observation]:
    """Read an answer of the indicator service.

    Parameters
    ----------
    raw
        The answer in JSON.

    Returns
    -------
    list of Observation
        In the order of the answer.

    Raises
    ------
    SourceInvalid
        If the file is no such answer, or a period, value or area is none.

    Notes
    -----
    https://www.inegi.org.mx/servicios/api_indicadores.html describes the service.
    """
    text, _ = decode(raw, ("utf-8",))
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = "not readable as JSON"
        raise SourceInvalid(message, where=raw.name, fix="ask the service again") from error
    found = []
    for series in _listed(answer, "Series", raw.name):
        indicator = _text(series, "INDICADOR", raw.name)
        for n, item in enumerate(_listed(series, "OBSERVATIONS", raw.name), 1):
            found.append(_observation(indicator, item, f"{raw.name} observation {n}"))
    return found


def _observation(indicator: str, item: object, where: str) -> Observation:
    period, area = _text(item, "TIME_PERIOD", where), _text(item, "COBER_GEO", where)
    if not _YEAR.fullmatch(period):
        message = "not a year"
        raise SourceInvalid(message, where=where, expected="such as 2024", got=repr(period))
    code = _AREA.fullmatch(area)
    if code is None or code[1] not in {NATION_CODE, *state_codes()}:
        message = "not the nation and not a state"
        raise SourceInvalid(message, where=where, expected="00 to 32", got=repr(area))
    return Observation(indicator, code[1], period, _number(item, where))


def _number(item: object, where: str) -> float:
    held = item.get("OBS_VALUE") if isinstance(item, dict) else None
    if held is None or held == "":
        return float("nan")
    if not isinstance(held, str) or not _NUMBER.fullmatch(held):
        message = "not a value"
        raise SourceInvalid(message, where=where, expected="a number as text", got=repr(held))
    return float(held)


def _listed(holder: object, key: str, where: str) -> list[object]:
    found = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(found, list) or not found:
        message = "not an answer of INEGI's indicator service"
        raise SourceInvalid(
            message, where=where, expected=f"a list {key}", fix="check the number and the token"
        )
    return found


def _text(holder: object, key: str, where: str) -> str:
    found = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(found, str):
        message = "a part of the answer is missing"
        raise SourceInvalid(message, where=where, expected=f"a text {key}", got=repr(found)[:80])
    return found
