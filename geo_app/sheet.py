"""What a page says of a state, of a map and of its sources, as plain sentences.

Owns which facts stand together and in which order. Every number comes with its unit, period,
status, source and dates. Does not own the wording (``locale``) or the layout (``ui``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo_app import advisories, cities, own_folder, provenance
from geo_app.advisories import Advice
from geo_app.answers import Change, Finding, Place, Profile, Value
from geo_app.areas import area_name
from geo_app.indicators import Indicator
from geo_app.own_folder import Document
from geo_app.provenance import Source
from geo_app.restriction_words import sentence
from geo_app.revisions import Jump
from geo_app.text import MINUS, Words


@dataclass(frozen=True, slots=True)
class Section:
    """One block of a state's panel."""

    title: str
    figure: str
    """The fact in large type."""
    unit: str
    lines: tuple[str, ...]
    """Sentences, most important first."""
    dates: str
    """Period, status, source and dates."""
    link: str
    """Address of the official text; empty for none."""
    rules_title: str = ""
    rules: tuple[str, ...] = ()
    """Further sentences under a title of their own; a page may fold the later ones away."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One source, as a page quotes it."""

    line: str
    """Citation, publication and reading."""
    license: str
    processing: str
    addresses: tuple[str, ...]
    limits: tuple[str, ...]


def sections(profile: Profile, say: Words) -> tuple[Section, ...]:
    """Return the blocks of a state: the advice first, then the figures."""
    figures = (finding_section(item, say) for item in profile.findings)
    return (advice_section(profile.advice, say), *figures)


def advice_section(advice: Advice, say: Words) -> Section:
    """Say what is advised for a state, since when, why, and what is not known."""
    known = advice.level is not None
    figure = (
        say("panel_level", {"level": advice.level, "name": say(f"level_name_{advice.level}")})
        if known
        else say("panel_level_unknown")
    )
    lines = (*_standing(advice, say), *_since_and_why(advice, say)) if known else ()
    return Section(
        title=say("panel_advice"),
        figure=figure,
        unit="",
        lines=(*lines, *_country(advice, say)),
        dates=say("panel_checked", {"date": say.date(advice.checked)}),
        link=provenance.load_source(advisories.SOURCE).addresses[0],
        rules_title=say("panel_rules", {"date": say.date(advice.last_stated)}) if known else "",
        rules=_rules(advice, say) if known else (),
    )


def wording(advice: Advice) -> Document | None:
    """Return the official wording of what is advised; None where the reader has not read it in."""
    if advice.last_stated is None:
        return None
    return own_folder.wording(advisories.ISSUER, advice.last_stated, advice.state_code)


def finding_section(finding: Finding, say: Words) -> Section:
    """Say what one indicator holds for a state: value, doubt, nation, place, movement."""
    found, value = finding.indicator, finding.value
    lines = [*doubt_lines(found, value, say), *_nation_line(found, value, finding.nation, say)]
    if finding.nation is not None and finding.unplaced:
        lines.append(say("panel_unplaced", {"count": say.number(finding.unplaced)}))
    if finding.is_nation_changed is not None:
        source = source_name(value.source, say)
        key = "panel_flag_yes" if finding.is_nation_changed else "panel_flag_no"
        lines.append(say(key, {"source": source}))
    lines += jump_lines(found, finding.jumps, say)
    if value.value is not None:
        lines += [_place_line(finding.place, value, say), *_change_lines(finding.change, say)]
    return Section(
        title=found.title.in_(say.lang),
        figure=say.figure(found, value.value),
        unit=found.unit.in_(say.lang),
        lines=tuple(lines),
        dates=dates_line(value, say),
        link="",
    )


def city_section(
    code: str, found: Indicator, value: Value, nation: Value | None, say: Words
) -> Section:
    """Say one figure of a city, with what must be known of its area; no place, no movement."""
    place = cities.city(code)
    note = (say(f"city_note_{place.note}"),) if place.note else ()
    return Section(
        title=say("panel_city", {"name": place.name}),
        figure=say.figure(found, value.value),
        unit=found.unit.in_(say.lang),
        lines=(*doubt_lines(found, value, say), *_nation_line(found, value, nation, say), *note),
        dates=dates_line(value, say),
        link="",
    )


def municipality_section(
    name: str, found: Indicator, value: Value, nation: Value | None, say: Words
) -> Section:
    """Say one figure of a municipality; no place, no movement: see the notes of the indicator."""
    return Section(
        title=say("panel_municipality", {"name": name}),
        figure=say.figure(found, value.value),
        unit=found.unit.in_(say.lang),
        lines=(*doubt_lines(found, value, say), *_nation_line(found, value, nation, say)),
        dates=dates_line(value, say),
        link="",
    )


def doubt_lines(found: Indicator, value: Value, say: Words) -> list[str]:
    """Say from which count and population a number comes and how sure it is."""
    if value.value is None:
        period = say.period(value.period)
        return [say("panel_no_value", {"period": period, "status": say.status(value.status)})]
    lines = []
    if value.numerator is not None:
        counts = {
            "count": say.number(value.numerator),
            "population": say.number(value.denominator),
            "source": source_name(found.recipe.denominator_source, say),
        }
        lines.append(say("panel_count", counts))
    span = say.span(value.low, value.high, found.decimals)
    if not span:
        return [*lines, say("panel_no_interval")]
    return [*lines, say("panel_interval", {"span": span, "kind": say.interval(value.interval)})]


def jump_lines(found: Indicator, jumps: Sequence[Jump], say: Words) -> list[str]:
    """Warn of figures that a release moved further than any release before had moved one."""
    return [
        say(
            "panel_jump",
            {
                "area": area_name(str(found.geography), item.area_code, say.lang),
                "period": say.period(item.period),
                "before": say.number(item.before, found.stored_decimals),
                "after": say.number(item.after, found.stored_decimals),
                "limit": say.number(item.limit, found.stored_decimals),
                "release": item.release_after,
            },
        )
        for item in jumps
    ]


def revision_lines(found: Indicator, table: pd.DataFrame, say: Words) -> list[str]:
    """Say by how much figures usually move from release to release, a sentence an age.

    Parameters
    ----------
    found
        The indicator.
    table
        Its revisions, as ``Atlas.revisions`` returns them.
    say
        The words of a language.
    """
    lines = [say("revisions_title")] if len(table) else []
    for row in table.to_dict("records"):
        last = row["age_to_months"]
        age = {"first": int(row["age_from_months"]), "last": "" if math.isnan(last) else int(last)}
        text = say("revisions_age_open" if math.isnan(last) else "revisions_age", age)
        sizes = {
            "age": text,
            "pairs": say.number(row["pair_count"]),
            "percent": say.number(row["revised_pct"], 1),
            "median": say.number(row["median_change"], found.stored_decimals),
            "largest": say.number(row["max_change"], found.stored_decimals),
        }
        lines.append(say("revisions_line" if row["revised_count"] else "revisions_none", sizes))
    return lines


def dates_line(value: Value, say: Words) -> str:
    """Say period, status, source, publication and reading of a number."""
    return say(
        "panel_dates",
        {
            "period": say.period(value.period),
            "status": say.status(value.status),
            "source": source_name(value.source, say),
            "published": say.published(value.published),
            "checked": say.date(value.checked),
        },
    )


def source_notes(found: Indicator, say: Words) -> tuple[SourceNote, ...]:
    """Quote the sources of an indicator, the numerator's first."""
    return tuple(source_note(provenance.load_source(slug), say) for slug in found.sources)


def source_note(source: Source, say: Words) -> SourceNote:
    """Quote one source."""
    return SourceNote(
        line=say.source_line(source),
        license=say("source_license", {"license": source.license_input.in_(say.lang)}),
        processing=say("source_processing", {"text": source.processing.in_(say.lang)}),
        addresses=source.addresses,
        limits=tuple(item.in_(say.lang) for item in source.limits),
    )


def source_name(slug: str, say: Words) -> str:
    """Name a source in a few words."""
    return provenance.load_source(slug).short.in_(say.lang)


def is_downloadable(found: Indicator) -> bool:
    """Whether the licences of all sources of an indicator were seen."""
    return all(provenance.load_source(slug).is_downloadable for slug in found.sources)


def _rules(advice: Advice, say: Words) -> tuple[str, ...]:
    """Say the rules for employees of the US government, or that none is given or known."""
    if advice.restrictions is None:
        return (say("panel_rules_unknown"),)
    told = tuple(sentence(rule, say) for rule in advice.restrictions)
    return told or (say("panel_rules_none"),)


def _standing(advice: Advice, say: Words) -> tuple[str, ...]:
    ends = {"date": say.date(advice.last_stated), "issued": say.date(advice.issued)}
    # A level that was carried over is not one that an issue stated, however old.
    carried = (say("panel_estimated", ends),) if advice.is_carried_over else ()
    if advice.is_newer_issue:
        return (say("panel_last_stated", ends), *carried)
    return carried or (say("panel_current", ends),)


def _since_and_why(advice: Advice, say: Words) -> tuple[str, str]:
    since = say("panel_since", {"date": say.date(advice.since)})
    if advice.reasons is None:
        return since, say("panel_reasons_unknown")
    if not advice.reasons:
        return since, say("panel_reasons_none")
    named = ", ".join(say(f"reason_{reason}") for reason in advice.reasons)
    return since, say("panel_reasons", {"reasons": named})


def _country(advice: Advice, say: Words) -> tuple[str, ...]:
    if advice.issued is None:
        return ()
    date = say.date(advice.issued)
    if advice.country_level is None:
        return (say("panel_country_none", {"date": date}),)
    level = say.level(advice.country_level, advice.country_status)
    return (say("panel_country", {"date": date, "level": level}),)


def _nation_line(found: Indicator, value: Value, nation: Value | None, say: Words) -> list[str]:
    """Say the nation's value; what it shares with the value beside it is not said again."""
    if nation is None or nation.value is None:
        return []
    details = [
        say.span(nation.low, nation.high, found.decimals),
        say.interval(nation.interval) if nation.interval != value.interval else "",
        say.status(nation.status) if nation.status is not value.status else "",
    ]
    more = "; ".join(filter(None, details))
    text = say.value(found, nation.value)
    return [say("panel_nation", {"value": f"{text} ({more})" if more else text})]


def _place_line(place: Place | None, value: Value, say: Words) -> str:
    if place is None:
        return say("panel_no_place" if value.low is None else "panel_no_place_published")
    ends = {"first": place.first, "last": place.last, "all": place.among}
    return say("panel_place_one" if place.first == place.last else "panel_place", ends)


def _change_lines(change: Change | None, say: Words) -> list[str]:
    if change is None:
        return []
    before = {"before": say.period(change.before.period)}
    if change.refusal is not None:
        return [say(f"panel_refusal_{change.refusal}", before)]
    if change.direction == 0:
        return [say("panel_level_change", before)]
    if change.ratio is None:
        return [say("panel_up_from_zero", before)]
    percents = {
        "percent": _percent(change.ratio),
        "span": " … ".join(_percent(end) for end in (change.ratio_low, change.ratio_high)),
    }
    return [say("panel_up" if change.direction > 0 else "panel_down", {**before, **percents})]


def _percent(ratio: float | None) -> str:
    """Write a ratio as a change in percent, its sign always there."""
    return "" if ratio is None else f"{(ratio - 1) * 100:+,.0f}".replace("-", MINUS)
