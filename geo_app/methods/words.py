"""What the page of data and methods says of an indicator and of a source, as HTML-free blocks."""

from __future__ import annotations

from dataclasses import dataclass

from geo_app import sheet
from geo_app.atlas import Atlas
from geo_app.indicators import Indicator
from geo_app.provenance import License, Source
from geo_app.text import Words


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences under a title."""

    title: str
    lines: tuple[str, ...]
    links: tuple[str, ...] = ()
    """Addresses."""


def indicator_blocks(atlas: Atlas, found: Indicator, say: Words) -> tuple[Block, ...]:
    """Return what must be known of an indicator: meaning, breaks, revisions, sources."""
    units = say.unit(found) or say("methods_levels")
    facts = (
        say("methods_unit", {"unit": units}),
        say("methods_areas", {"areas": say.listed([say(f"methods_of_{x}") for x in found.levels])}),
        say("methods_cadence", {"cadence": say(f"methods_every_{found.cadence}")}),
    )
    breaks = tuple(
        say(
            "methods_break",
            {"period": say.period(item.period), "reason": item.reason.in_(say.lang)},
        )
        for item in found.series_breaks
    )
    moved = tuple(sheet.revision_lines(found, atlas.revisions(found.slug), say))
    blocks = (
        Block(say("methods_is"), (*facts, *(note.in_(say.lang) for note in found.notes))),
        Block(say("methods_breaks"), breaks),
        Block(say("methods_revised"), moved),
        Block(say("methods_sources"), tuple(n.line for n in sheet.source_notes(found, say))),
    )
    return tuple(block for block in blocks if block.lines)


def source_block(found: Source, say: Words) -> Block:
    """Return how a source was read, its known defects, licences and the line that credits it."""
    limits = tuple(item.in_(say.lang) for item in found.limits)
    terms = (
        say("methods_license_input", {"license": _license(found.license_input, say)}),
        say("methods_license_output", {"license": _license(found.license_output, say)}),
    )
    credit = say("methods_credit", {"line": say.source_line(found)})
    lines = (found.processing.in_(say.lang), *limits, *terms, credit)
    return Block(found.title.in_(say.lang), lines, found.addresses)


def _license(found: License, say: Words) -> str:
    name = found.in_(say.lang)
    return f"{name} ({found.url})" if found.url else name
