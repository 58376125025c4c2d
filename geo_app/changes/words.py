"""What the page of two dates says of them, in both languages.

Owns which facts stand in a sentence. Does not own the facts (``compared``), the wording
(``locale``), the table (``listing``) or the drawing (``drawing``).
"""

from __future__ import annotations

import math

from geo_app import sheet
from geo_app.answers import Refusal, Value
from geo_app.areas import area_name
from geo_app.changes.compared import AreaChange, Compared, Verdict
from geo_app.indicators import Kind
from geo_app.text import NOTHING, Words

MOST_NAMED = 32
"""Areas that a sentence names; of more the table tells."""

SMALLEST_P = 0.001


def name(item: AreaChange, say: Words) -> str:
    """Name an area."""
    return area_name(item.area_kind, item.area_code, say.lang)


def periods(found: Compared, say: Words) -> dict[str, str]:
    """Return the two periods in words, for the gaps of a sentence."""
    return {"first": say.period(found.first), "last": say.period(found.last)}


def summary(found: Compared, say: Words) -> tuple[str, ...]:
    """Say how many rose, fell and cannot be told, and name the ones that did."""
    if found.refusal is not None:
        return ()
    refused = len(found.of(Verdict.REFUSED))
    compared = len(found.areas) - refused
    counts = {
        str(verdict): _counted(verdict, len(found.of(verdict)), compared, say)
        for verdict in (Verdict.ROSE, Verdict.FELL, Verdict.UNTOLD)
    }
    lines = [say("changes_summary", {**periods(found, say), **counts})]
    for verdict in (Verdict.ROSE, Verdict.FELL):
        names = [name(item, say) for item in found.of(verdict)]
        if 0 < len(names) <= MOST_NAMED:
            lines.append(say(f"changes_named_{verdict}", {"names": say.listed(names)}))
    if refused:
        lines.append(say("changes_refused_some", {"count": refused}))
    if found.among > len(found.areas):
        lines.append(say("changes_municipal"))
    return (*lines, say("changes_family", {"count": say.number(found.among)}))


def nation_lines(found: Compared, say: Words) -> tuple[str, ...]:
    """Say how Mexico as a whole changed, and what the source itself says of it."""
    if found.nation is None or found.indicator.kind is Kind.LEVEL:
        return ()
    change = found.nation.change
    facts = {
        **periods(found, say),
        "before": figure(found, change.before, say),
        "after": figure(found, change.after, say),
        "said": say(f"changes_nation_{found.nation.verdict}"),
    }
    return (say("changes_nation", facts), *_flag_lines(found, say))


def figure(found: Compared, value: Value, say: Words) -> str:
    """Write a value with its interval."""
    text = say.value(found.indicator, value.value)
    span = say.span(value.low, value.high, found.indicator.decimals)
    return f"{text} ({span})" if span and text != NOTHING else text


def refusal_text(found: Compared, say: Words) -> str:
    """Say why nothing is compared; empty where something is."""
    if found.indicator.kind is Kind.LEVEL:
        return say("changes_level")
    if found.refusal is None:
        return ""
    if found.is_dependent:
        return say("changes_refused_dependent")
    return refused(found, found.refusal, say)


def refused(found: Compared, refusal: Refusal, say: Words) -> str:
    """Say why two values are not compared."""
    reason = _break_reason(found, say)
    ended = reason if reason.endswith(".") or not reason else f"{reason}."
    return say(f"changes_refused_{refusal}", {**periods(found, say), "reason": ended})


def refused_short(found: Compared, refusal: Refusal, say: Words) -> str:
    """Say in a few words, for a cell of a table, why two values are not compared."""
    return say(f"difference_refusal_{refusal}", {"reason": _break_reason(found, say)})


def _break_reason(found: Compared, say: Words) -> str:
    broken = found.reason.series_break if found.reason else None
    return broken.reason.in_(say.lang) if broken else ""


def method_lines(found: Compared, say: Words) -> tuple[str, ...]:
    """Say how a change is told, and what it does not say."""
    if found.refusal is not None:
        return (say("changes_method_cause"),)
    kind = say("changes_method_counts" if found.is_counted else "changes_method_estimates")
    torn = [name(item, say) for item in found.areas if item.is_torn]
    agreed = say("changes_method_agree")
    told = say("changes_method_torn", {"names": say.listed(torn)}) if torn else agreed
    return (
        kind,
        say("changes_method_holm", {"count": say.number(found.among)}),
        f"{say('changes_method_difference')} {told}",
        say("changes_method_cause"),
    )


def source_lines(found: Compared, say: Words) -> tuple[str, ...]:
    """Cite the sources, with the releases of the two periods."""
    lines = [note.line for note in sheet.source_notes(found.indicator, say)]
    sample = found.areas[0].change if found.areas else None
    values = (sample.before, sample.after) if sample else ()
    dates = [f"{say.period(value.period)}: {sheet.dates_line(value, say)}" for value in values]
    return (*lines, *dates)


def signed(number: float | None, decimals: int, say: Words) -> str:
    """Write a difference with its sign.

    Examples
    --------
    >>> from geo_app.text import words
    >>> signed(1.26, 1, words("en")), signed(0, 1, words("en")), signed(None, 1, words("en"))
    ('+1.3', '0.0', '—')
    """
    if number is None or math.isnan(number):
        return NOTHING
    text = say.number(number, decimals)
    is_plus = number > 0 and text != say.number(0, decimals)
    return f"+{text}" if is_plus else text


def percent(ratio: float | None, say: Words) -> str:
    """Write a ratio as a change in percent.

    Examples
    --------
    >>> from geo_app.text import words
    >>> percent(1.26, words("en")), percent(1, words("en"))
    ('+26 %', '0 %')
    """
    if ratio is None or math.isinf(ratio):
        return NOTHING
    return f"{signed((ratio - 1) * 100, 0, say)} %"


def probability(found: float | None, say: Words) -> str:
    """Write a probability with three decimals; a smaller one as such."""
    if found is None:
        return NOTHING
    return say("changes_p_small") if found < SMALLEST_P else say.number(found, 3)


def _counted(verdict: Verdict, count: int, every: int, say: Words) -> str:
    number = {0: "none", 1: "one"}.get(count, "many")
    return say(f"changes_{verdict}_{number}", {"count": say.number(count), "all": every})


def _flag_lines(found: Compared, say: Words) -> tuple[str, ...]:
    """Quote the source's own test of the nation; of two that are not neighbours it has none."""
    if not found.indicator.recipe.change_flag:
        return ()
    facts = {
        **periods(found, say),
        "source": sheet.source_name(found.indicator.recipe.source, say),
    }
    if found.is_nation_changed is None:
        return (say("changes_flag_far", facts),)
    return (say("changes_flag_yes" if found.is_nation_changed else "changes_flag_no", facts),)
