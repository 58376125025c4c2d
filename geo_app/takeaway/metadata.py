"""What stands beside the figures: a data package after the Frictionless standard.

Owns the descriptor: titles, columns, sources, licences, releases and dates. Source of the form:
https://specs.frictionlessdata.io/data-package/ (version 1).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

import pandas as pd

from geo_app import provenance
from geo_app.indicators import indicator
from geo_app.provenance import Source
from geo_app.takeaway import code
from geo_app.takeaway.records import Take
from geo_app.text import Words

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def sources(take: Take) -> tuple[Source, ...]:
    """Return the sources of all indicators of a page, each once."""
    every = (indicator(name).at(code.level_of(take, name) or None) for name in take.indicators)
    slugs = [*(slug for found in every for slug in found.sources), *take.further_sources]
    return tuple(provenance.load_source(slug) for slug in dict.fromkeys(slugs))


def is_allowed(take: Take) -> bool:
    """Whether the licences of all sources were seen, so that the files may be passed on."""
    return all(item.is_downloadable for item in sources(take))


def version(take: Take) -> str:
    """Return the ISO date of the data: the day of the view, else that of the newest reading."""
    days = [release.checked for item in sources(take) for release in item.releases]
    return take.view.known_on or max(days)


def lines(take: Take, say: Words) -> tuple[str, ...]:
    """Return the sentences that must stand beside the figures wherever they go."""
    cited = (say.source_line(item) for item in sources(take))
    day = take.view.known_on
    known = say("take_known_on", {"date": say.date(day)}) if day else ""
    shapes = say("shapes_line") if take.areas is not None else ""
    return tuple(filter(None, (*take.notes, known, *cited, shapes)))


def descriptor(take: Take, say: Words, address: str = "") -> str:
    """Return the data package of a page as JSON.

    Parameters
    ----------
    take
        What is handed over.
    say
        The words of a language.
    address
        Address of the page; empty where it is not known, as outside a browser.
    """
    found: dict[str, Json] = {
        "profile": "tabular-data-package",
        "name": take.name.lower(),
        "title": take.title,
        "description": " ".join(lines(take, say)),
        "version": version(take),
        "known_on": take.view.known_on or None,
        "homepage": f"{address}{link(take)}",
        "sources": [_source(item) for item in sources(take)],
        "licenses": [_license(item) for item in sources(take)],
        "indicators": [_indicator(slug, say) for slug in take.indicators],
        "code": {"python": code.python(take), "r": code.r(take)},
        "resources": [_resource(take, say)],
    }
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1)


def link(take: Take) -> str:
    """Return the query of the link that shows the same with the same data later."""
    return f"?{urlencode(replace(take.view, known_on=version(take)).to_query())}"


def _source(item: Source) -> dict[str, Json]:
    releases: list[Json] = [
        {
            "release": one.release,
            "published": one.published or None,
            "checked": one.checked,
            "file": one.file,
            "sha256": one.sha256,
        }
        for one in item.releases
    ]
    return {"title": item.citation, "path": item.addresses[0], "releases": releases}


def _license(item: Source) -> dict[str, Json]:
    terms = item.license_output
    return {"name": terms.name, "path": terms.url or None, "title": item.title.en}


def _indicator(slug: str, say: Words) -> dict[str, Json]:
    found = indicator(slug)
    return {
        "slug": slug,
        "title": found.title.in_(say.lang),
        "unit": found.unit.in_(say.lang),
        "notes": [note.in_(say.lang) for note in found.notes],
        "series_breaks": [
            {"first_period_after": item.period, "reason": item.reason.in_(say.lang)}
            for item in found.series_breaks
        ],
    }


def _resource(take: Take, say: Words) -> dict[str, Json]:
    schema: dict[str, Json] = {
        "fields": [_field(name, take.shown[name], say) for name in take.shown.columns],
        "missingValues": [""],
    }
    return {
        "name": take.name.lower(),
        "path": f"{take.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(name: str, column: pd.Series[float], say: Words) -> dict[str, Json]:
    key = f"field_{name}"
    told = {"description": say(key)} if key in say.sentences else {}
    return {"name": name, "type": _kind(column), **told}


def _kind(column: pd.Series[float]) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if not pd.api.types.is_numeric_dtype(column):
        return "string"
    whole = (float(value).is_integer() for value in column if not math.isnan(value))
    return "integer" if all(whole) else "number"
