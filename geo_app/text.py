"""Every sentence and number format of the product, in English and Spanish.

Owns ``locale/en`` and ``locale/es`` (the same files with the same keys, proved by a test; one file
a page beside ``atlas.toml``) and how numbers, dates and periods are written. Does not own the texts
of sources and indicators: those are facts in ``data/`` and are in both languages there.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from geo_app.errors import BadRequest
from geo_app.indicators import Indicator, Interval, Kind, Status
from geo_app.periods import Cadence, parse
from geo_app.provenance import Source
from geo_app.records import LANGUAGES
from geo_app.states import fold

DASH = "\N{EN DASH}"
"""Between the ends of an interval."""

MINUS = "\N{MINUS SIGN}"
"""Sign of what is below zero; a hyphen would be read as a dash."""

NOTHING = "\N{EM DASH}"
"""Where there is no value: never a zero and never empty space."""


def unbroken(text: str) -> str:
    r"""Return a text in which no line ends between a number and its percent sign.

    Examples
    --------
    >>> unbroken("the 95 % interval") == "the 95\N{NO-BREAK SPACE}% interval"
    True
    """
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences and formats of one language."""

    lang: str
    """ "en" or "es"."""
    sentences: Mapping[str, str]

    def __call__(self, key: str, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence with its gaps filled.

        Parameters
        ----------
        key
            Name of the sentence in the locale files.
        values
            What stands in its gaps, ready to read.

        Raises
        ------
        KeyError
            If there is no such sentence or a gap has no value: a fault in the code.
        """
        return self.sentences[key].format_map(values or {})

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Write a number, as both Mexico and the United States do: 1,234.5.

        Examples
        --------
        >>> words("es").number(1234.56, 1), words("en").number(None)
        ('1,234.6', '—')
        """
        if value is None or math.isnan(value):
            return NOTHING
        # What is rounded to zero has no sign.
        return f"{value:z,.{decimals}f}".replace("-", MINUS)

    def span(self, low: float | None, high: float | None, decimals: int = 0) -> str:
        """Write the ends of an interval; empty where there is none."""
        if low is None or high is None or math.isnan(low) or math.isnan(high):
            return ""
        return f"{self.number(low, decimals)}{DASH}{self.number(high, decimals)}"

    def listed(self, items: Sequence[str], last: Literal["and", "or"] = "and") -> str:
        """Write several names as one text, with a word before the last one.

        Examples
        --------
        >>> words("en").listed(["Colima", "Hidalgo"]), words("es").listed(["Colima", "Hidalgo"])
        ('Colima and Hidalgo', 'Colima e Hidalgo')
        """
        *earlier, final = items or [""]
        # Spanish writes "e" before the sound of an i: Celaya e Irapuato, Guerrero e Hidalgo.
        is_i = last == "and" and fold(final).startswith(("i", "hi"))
        word = self("list_and_i" if is_i else f"list_{last}")
        return f"{', '.join(earlier)} {word} {final}" if earlier else final

    def date(self, day: date | str | None) -> str:
        """Write a day out: 17 August 2022, 17 de agosto de 2022.

        Parameters
        ----------
        day
            A date or its ISO text; None or empty text = not stated.
        """
        if not day:
            return self("date_not_stated")
        found = day if isinstance(day, date) else date.fromisoformat(day)
        values = {"day": found.day, "month": self._month(found.month), "year": found.year}
        return self("date_form", values)

    def period(self, text: str) -> str:
        """Write a period in words.

        Examples
        --------
        >>> words("en").period("2022-03"), words("es").period("2022Q2")
        ('March 2022', '2.º trimestre de 2022')
        """
        found = parse(text)
        if found.cadence is Cadence.YEAR:
            return text
        if found.cadence is Cadence.ISSUE:
            return self.date(found.start)
        if found.cadence is Cadence.QUARTER:
            return self(f"quarter_{text[-1]}", {"year": found.start.year})
        return self("month_form", {"month": self._month(found.start.month), "year": text[:4]})

    def published(self, day: str) -> str:
        """Write when something was published, or that its source does not say so."""
        return self("published_on", {"date": self.date(day)}) if day else self("published_unknown")

    def source_line(self, source: Source) -> str:
        """Cite a source with the publication and the reading of its newest release."""
        release = source.releases[-1]
        values = {
            "citation": source.citation,
            "published": self.published(release.published),
            "checked": self.date(release.checked),
        }
        return self("source_line", values)

    def unit(self, found: Indicator) -> str:
        """Name what a value is counted in; empty for a level, which has a name and no unit."""
        return "" if found.kind is Kind.LEVEL else found.unit.in_(self.lang)

    def interval(self, kind: str) -> str:
        """Name an interval and its maker; empty where there is none."""
        return self(f"interval_{Interval(kind).name.lower()}") if kind else ""

    def status(self, status: str) -> str:
        """Name a status."""
        return self(f"status_{status}")

    def level(self, level: int, status: str) -> str:
        """Write the number of an advisory level, with its status where it was not stated."""
        return f"{level} ({self.status(status)})" if status == Status.ESTIMATED else str(level)

    def figure(self, found: Indicator, value: float | None) -> str:
        """Write a value to stand beside its unit; a level with its name, for it has no unit."""
        if found.kind is Kind.LEVEL and value is not None:
            return self(f"level_{int(value)}")
        return self.number(value, found.decimals)

    def value(self, found: Indicator, value: float | None) -> str:
        """Write a value to stand alone in a sentence: a share with its percent sign."""
        text = self.number(value, found.decimals)
        return f"{text} %" if found.kind is Kind.SHARE and text != NOTHING else text

    def titled(self, found: Indicator, period: str) -> str:
        """Name an indicator with a period and its unit, in one line."""
        values = {
            "title": found.title.in_(self.lang),
            "period": self.period(period),
            "unit": self.unit(found),
        }
        return self("file_caption" if values["unit"] else "file_caption_bare", values)

    def class_label(self, found: Indicator, low: float | None, high: float | None) -> str:
        """Name a class: "under 5", "5 to 10", "80 and over", or an advisory level by its name."""
        if found.kind is Kind.LEVEL:
            level = int(low) if low is not None else 1
            return self(f"level_{level}")
        if low is None:
            return self("class_under", {"high": self.number(high)})
        if high is None:
            return self("class_over", {"low": self.number(low)})
        return self("class_between", {"low": self.number(low), "high": self.number(high)})

    def _month(self, number: int) -> str:
        return self("months").split()[number - 1]


@cache
def words(lang: str) -> Words:
    """Return the words of a language.

    Raises
    ------
    BadRequest
        If the language is not "en" or "es".
    """
    if lang not in LANGUAGES:
        message = "unknown language"
        raise BadRequest(message, expected=" or ".join(LANGUAGES), got=repr(lang))
    folder = resources.files("geo_app").joinpath("locale", lang)
    sentences: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        sentences |= tomllib.loads(file.read_text(encoding="utf-8"))
    return Words(lang, sentences)
