"""The drawings of the page of claims: each series that a claim speaks of.

Owns the words and signs of each. Does not own how they are drawn (``charts``).
"""

from __future__ import annotations

from geo_app import classes
from geo_app.charts.level_rows import LevelRow, level_rows
from geo_app.charts.marked_line import Spot, marked_line
from geo_app.charts.named_bars import NamedBar, named_bars
from geo_app.charts.year_bars import Bar, year_bars
from geo_app.claims.advice import DAY
from geo_app.claims.records import WORD, Bars, Claim, Drawing, Levels, Line
from geo_app.claims.words import name
from geo_app.figures import Figure
from geo_app.periods import parse
from geo_app.text import Words


def figures(claim: Claim, say: Words) -> tuple[Figure, ...]:
    """Return the drawings of a claim; one without any figure says so in place of a drawing."""
    return tuple(_figure(one, say) for one in claim.drawings)


def _figure(found: Drawing, say: Words) -> Figure:
    title = say(f"{found.name}_title")
    if not _has_values(found):
        return Figure(title, "", notes=(say("claims_nothing"),))
    if isinstance(found, Levels):
        return Figure(title, _levels(found, say), notes=(say("claims_levels_marked"),))
    if isinstance(found, Line):
        reasons = tuple(item.reason.in_(say.lang) for item in found.breaks)
        return Figure(title, _line(found, say), notes=(say("claims_rings"), *reasons))
    has_part = any(is_partial for _, _, is_partial in found.bars)
    notes = (say("claims_partial"),) if has_part else ()
    return Figure(title, _bars(found, say), notes=notes)


def _has_values(found: Drawing) -> bool:
    if isinstance(found, Levels):
        return bool(found.rows)
    values = [one[1] for one in (found.points if isinstance(found, Line) else found.bars)]
    return any(value is not None for value in values)


def _bars(found: Bars, say: Words) -> str:
    told = [(name(word, say), value, is_partial) for word, value, is_partial in found.bars]
    texts = [say.number(value, found.decimals) for _, value, _ in told]
    label = _label(found, [f"{one[0]}: {text}" for one, text in zip(told, texts, strict=True)], say)
    if any(word.startswith(WORD) for word, _, _ in found.bars):
        named = zip(told, texts, strict=True)
        return named_bars([NamedBar(one[0], one[1], text, one[2]) for one, text in named], label)
    years = zip(found.bars, texts, strict=True)
    return year_bars(
        [Bar(int(word), value, is_partial, text) for (word, value, is_partial), text in years],
        label,
    )


def _line(found: Line, say: Words) -> str:
    ends = {found.points[0][0], found.points[-1][0], found.marked[0], found.marked[-1]}
    starts = {item.period for item in found.breaks}
    spots = []
    for period, value in found.points:
        text = say.number(value, found.decimals)
        spots.append(
            Spot(
                tick=str(parse(period).start.year) if period in ends else "",
                title=f"{say.period(period)}: {text}",
                value=value,
                text=text,
                is_marked=period in found.marked,
                is_after_break=period in starts,
            )
        )
    marked = [spot.title for spot in spots if spot.is_marked]
    label = _label(found, [spots[0].title, *marked, spots[-1].title], say)
    return marked_line(spots, label, is_from_zero=found.is_from_zero)


def _levels(found: Levels, say: Words) -> str:
    heads = [say("claims_levels_head", {"level": level}) for level in (4, 3, 2, 1)]
    rows = [LevelRow(say.date(day), counts, day == str(DAY)) for day, counts in found.rows]
    told = [f"{row.name}: {', '.join(map(str, row.counts))}" for row in rows]
    colours = classes.PALETTES["advisory"][::-1]
    return level_rows(rows, heads, colours, _label(found, told, say))


def _label(found: Drawing, told: list[str], say: Words) -> str:
    return say("claims_label", {"title": say(f"{found.name}_title"), "told": "; ".join(told)})
