"""What a search found, in plain sentences: what each place is, and what became of the text.

Owns how a hit is told, so that two places of one name are told apart, and the sentence above a list
of hits. Does not own the search (``finding``) or the wording (``locale``).
"""

from __future__ import annotations

from geo_app.areas import area_name
from geo_app.indicators import Geography
from geo_app.place_names import Kind
from geo_app.search.found import Found, Hit, Outcome
from geo_app.text import Words


def details(hit: Hit, say: Words) -> str:
    """Say what a place is and where: "town in the municipality of Benito Juárez, Quintana Roo".

    Parameters
    ----------
    hit
        A place; its state and municipality are left out where they are not known.
    say
        The words of a language.
    """
    kind = say(f"search_kind_{hit.kind}")
    code = [say("search_iata", {"code": hit.iata})] if hit.iata else []
    return ", ".join([_where(hit, kind, say), *code])


def hit_line(hit: Hit, say: Words) -> str:
    """Name a place with its details, as one line of a list."""
    return say("search_hit", {"name": hit.name, "details": details(hit, say)})


def here_line(hit: Hit, say: Words) -> str:
    """Say of a place that was looked for what it is, with its inhabitants where they are listed."""
    count = {"count": say.number(hit.population)}
    more = [say("search_population", count)] if hit.population else []
    told = "; ".join([details(hit, say), *more])
    return say("search_here", {"name": hit.name, "details": told})


def outcome_line(found: Found, say: Words) -> str:
    """Say what became of a text; empty where one place was found or nothing was typed."""
    first = found.hits[0] if found.hits else None
    if found.outcome is Outcome.OUTSIDE and first is not None:
        values = {"name": first.name, "country": first.country_name}
        return say("search_outside" if first.country else "search_outside_unknown", values)
    if found.outcome is Outcome.CORRECTED:
        return say("search_corrected", {"asked": found.asked, "name": found.did_you_mean})
    if found.outcome in (Outcome.NOTHING, Outcome.TOO_LONG):
        return say(f"search_{found.outcome}", {"asked": found.asked})
    return say("search_several") if found.outcome is Outcome.SEVERAL else ""


def _where(hit: Hit, kind: str, say: Words) -> str:
    names = [area_name(Geography.STATE, code, say.lang) for code in hit.state_codes]
    if not names or hit.kind is Kind.STATE:
        return kind
    if len(names) > 1:
        return say("search_in_states", {"kind": kind, "states": say.listed(names)})
    if not hit.municipality_names or hit.kind is Kind.MUNICIPALITY:
        return say("search_in_state", {"kind": kind, "state": names[0]})
    town = say.listed(hit.municipality_names)
    values = {"kind": kind, "state": names[0], "municipality": town}
    is_one = len(hit.municipality_names) == 1
    return say("search_in_municipality" if is_one else "search_in_municipalities", values)
