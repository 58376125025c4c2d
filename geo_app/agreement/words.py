"""What the page of advice and figures says: sentences, table and file, in both languages.

Owns which facts stand in a sentence and in a column. Does not own the facts (``parting``), the
wording (``locale``) or the drawings (``figures``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app import provenance, sheet
from geo_app.advisories import Advice
from geo_app.agreement.parting import HOMICIDES, INSECURITY, LEVELS, Agreement, Group, Standing
from geo_app.answers import Value
from geo_app.indicators import indicator
from geo_app.states import state
from geo_app.text import Words

SHOWN = (LEVELS, HOMICIDES, INSECURITY)
"""The indicators of the page."""

NAMED = (Group.ADVICE_HIGHER, Group.FIGURE_HIGHER, Group.UNTOLD)
"""Groups whose states are named one by one."""

SHORT_SURVEY = "2020"
"""The edition that was asked in the second half of March only; see its indicator's notes."""


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A list of states that are told one by one."""

    title: str
    text: str
    """What the states of the list have in common."""
    lines: tuple[str, ...]
    """A line a state; one that says that there is none where the list is empty."""


def groups(found: Agreement, say: Words) -> tuple[NamedGroup, ...]:
    """Return the lists of states; none where the homicides of the year are not held."""
    if not found.has_rates:
        return ()
    return tuple(
        NamedGroup(
            title=say(f"agreement_{group}_title"),
            text=say(f"agreement_{group}_text"),
            lines=tuple(state_line(item, found, say) for item in found.of(group))
            or (say("agreement_none"),),
        )
        for group in NAMED
    )


def state_line(item: Standing, found: Agreement, say: Words) -> str:
    """Say level, rate and nation of a state, and the reasons that the text of the issue gives."""
    facts = {
        "state": state(item.state_code).name(say.lang),
        "level": level_text(item.advice, say),
        "rate": rate_text(item.rate, say),
        "nation": _number(found.nation_rate, say),
    }
    return f"{say('agreement_line', facts)} {_reasons(item.advice, say)}"


def rate_text(rate: Value | None, say: Words) -> str:
    """Write a rate with its interval."""
    if rate is None or rate.value is None:
        return _number(rate, say)
    span = say.span(rate.low, rate.high, indicator(HOMICIDES).decimals)
    return f"{_number(rate, say)} ({span})" if span else _number(rate, say)


def level_text(advice: Advice, say: Words) -> str:
    """Name a level, with its status where the issue in force does not state it."""
    if advice.level is None:
        return say("status_unknown")
    name = say(f"level_{advice.level}")
    status = level_status(advice, say)
    return f"{name} ({status})" if is_doubtful(advice) else name


def level_status(advice: Advice, say: Words) -> str:
    """Name the status of a level; one that was last stated may have been estimated even then."""
    words = [say.status(advice.status)]
    if advice.is_newer_issue and advice.is_carried_over:
        words.append(say("status_estimated"))
    return ", ".join(words)


def is_doubtful(advice: Advice) -> bool:
    """Whether a level is known, and the issue in force does not state it for the state."""
    return advice.level is not None and (advice.is_newer_issue or advice.is_carried_over)


def summary(found: Agreement, say: Words) -> tuple[str, ...]:
    """Say what is true of all states together."""
    if not found.has_rates:
        return ()
    lines = [say("agreement_alike", {"count": len(found.of(Group.ALIKE))})]
    unknown = found.of(Group.UNKNOWN)
    if unknown:
        names = ", ".join(state(item.state_code).name(say.lang) for item in unknown)
        lines.append(say("agreement_unknown", {"names": names}))
    if found.correlation is not None:
        count = len(found.standings) - len(unknown)
        value = say.number(found.correlation, 2)
        lines.append(say("agreement_order", {"count": count, "value": value}))
    return tuple(lines)


def level_notes(advices: Sequence[Advice], say: Words) -> tuple[str, ...]:
    """Say which issue is in force, when it was read, and which levels it does not state."""
    advice = advices[0]
    facts = {
        "date": say.date(advice.issued),
        "source": sheet.source_name(indicator(LEVELS).recipe.source, say),
        "checked": say.date(advice.checked),
    }
    lines = [say("agreement_issue", facts)]
    if advice.is_newer_issue:
        stated = {"issued": facts["date"], "stated": say.date(advice.last_stated)}
        lines.append(say("note_last_stated", stated))
    estimated = sum(item.is_carried_over for item in advices)
    if estimated:
        lines.append(say("note_estimated_states", {"count": estimated}))
    return tuple(lines)


def survey_notes(found: Agreement, say: Words) -> tuple[str, ...]:
    """Say when the survey asked, what Mexico answered, and that nothing is tested."""
    if found.nation_share is None:
        return (say("agreement_no_share", {"year": found.year}),)
    key = "agreement_survey_short" if found.year == SHORT_SURVEY else "agreement_survey"
    dates = sheet.dates_line(found.nation_share, say)
    return say(key, {"year": found.year}), say("agreement_untested"), dates


def limits(found: Agreement, say: Words) -> tuple[str, ...]:
    """Say how a state is told apart, and what the comparison does not say."""
    lines = [say("agreement_limit_test"), say("agreement_limit_division")]
    if found.has_rates:
        lines.append(say("agreement_limit_year", {"year": found.year}))
    if found.unplaced:
        facts = {"count": say.number(found.unplaced), "year": found.year}
        lines.append(say("agreement_limit_unplaced", facts))
    return (*lines, say("agreement_limit_residents"), say("agreement_limit_survey"))


def source_lines(slugs: Sequence[str], say: Words) -> tuple[str, ...]:
    """Cite the sources of indicators, each once, and that of the shapes."""
    sources = dict.fromkeys(slug for name in slugs for slug in indicator(name).sources)
    cited = (say.source_line(provenance.load_source(slug)) for slug in sources)
    return (*cited, say("shapes_line"))


def table(found: Agreement, say: Words) -> pd.DataFrame:
    """Return the 32 states with headings and words in a language, the highest level first.

    Columns of a year that is not held are left out; a missing number is NaN.
    """
    order = sorted(found.standings, key=lambda item: (-(item.advice.level or 0), item.state_code))
    columns: dict[str, list[object]] = {
        say("column_area_state"): [state(item.state_code).name(say.lang) for item in order],
        say("agreement_column_level"): [_level_cell(item.advice, say) for item in order],
        say("agreement_column_status"): [level_status(item.advice, say) for item in order],
    }
    if found.has_rates:
        columns |= _rate_columns(found, order, say)
    if found.nation_share is not None:
        columns[say("agreement_column_share")] = [_value(item.share) for item in order]
    return pd.DataFrame(columns)


def _rate_columns(
    found: Agreement, order: Sequence[Standing], say: Words
) -> dict[str, list[object]]:
    rates = [item.rate for item in order]
    return {
        say("agreement_column_rate"): [_value(rate) for rate in rates],
        say("column_low"): [None if rate is None else rate.low for rate in rates],
        say("column_high"): [None if rate is None else rate.high for rate in rates],
        say("agreement_column_nation"): [_value(found.nation_rate) for _ in order],
        say("agreement_column_side"): [
            say(f"agreement_side_{item.side or 'unknown'}") for item in order
        ],
        say("agreement_column_group"): [say(f"agreement_group_{item.group}") for item in order],
    }


def frame(found: Agreement, lang: str) -> pd.DataFrame:
    """Return the 32 states, one a row, with sources and dates; empty text = not given."""
    return pd.DataFrame([_row(item, found, lang) for item in found.standings])


def _row(item: Standing, found: Agreement, lang: str) -> dict[str, object]:
    advice = item.advice
    return {
        "day": str(found.day),
        "area_code": item.state_code,
        "area_name": state(item.state_code).name(lang),
        "advisory_level": _cell(advice.level),
        "level_status": str(advice.status),
        "level_is_estimated": str(advice.is_carried_over).lower(),
        "level_since": _cell(advice.since),
        "level_issued": _cell(advice.issued),
        "level_last_stated": _cell(advice.last_stated),
        "level_reasons": "|".join(advice.reasons or ()),
        "level_source": advice.address,
        "level_checked": str(advice.checked),
        **_cells("homicides", item.rate),
        "homicides_nation_value": _cell(_value(found.nation_rate)),
        "homicides_p_value": _cell(item.p_value),
        "homicides_against_nation": _cell(item.side),
        "level_and_homicides": str(item.group),
        **_cells("insecurity", item.share),
        "insecurity_nation_value": _cell(_value(found.nation_share)),
    }


_OF_VALUE = ("period", "value", "low", "high", "interval", "numerator", "denominator")
_OF_SOURCE = ("status", "source", "release", "published", "checked")


def _cells(name: str, value: Value | None) -> dict[str, object]:
    # An interval of a third party holds under a condition: it is no part of this comparison.
    kept = _OF_VALUE if name == "homicides" else _OF_VALUE[:2]
    fields = (*kept, *_OF_SOURCE)
    return {f"{name}_{field}": _cell(getattr(value, field, None)) for field in fields}


def _cell(value: object) -> object:
    return "" if value is None else value


def _level_cell(advice: Advice, say: Words) -> str:
    return say("status_unknown") if advice.level is None else say(f"level_{advice.level}")


def _value(found: Value | None) -> float | None:
    return None if found is None else found.value


def _number(found: Value | None, say: Words) -> str:
    return say.number(_value(found), indicator(HOMICIDES).decimals)


def _reasons(advice: Advice, say: Words) -> str:
    if advice.reasons is None:
        return say("panel_reasons_unknown")
    if not advice.reasons:
        return say("panel_reasons_none")
    return say(
        "panel_reasons", {"reasons": ", ".join(say(f"reason_{name}") for name in advice.reasons)}
    )
