"""What ``check`` proves of everything that is shipped, a line for each fault.

Owns the list of checks and the golden figures of ``data/golden.csv``, each with its publication.
Does not own the rules of a single file: those are with its reader.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geo_app import (
    advisories,
    alerts,
    atlas,
    cities,
    classes,
    commits,
    foreign,
    observations,
    paths,
    place_names,
    places,
    press_figures,
    provenance,
    rates,
    restrictions,
    shapes,
    tables,
)
from geo_app.errors import AtlasError, TableInvalid
from geo_app.indicators import Geography, catalogue, indicator
from geo_app.issuers import FOREIGN_NAMES
from geo_app.periods import parse_date
from geo_app.records import read_text
from geo_app.routes import corridors, crossings, stops
from geo_app.search import entries as search_entries
from geo_app.states import state_codes

GOLDEN = "golden.csv"
"""File of official figures that must come out, in ``data/``."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One published figure and where it stands in the atlas."""

    indicator: str
    quantity: str
    """One of "value", "sum" (of values), "numerator", "numerator_of_states", "states_at_level", or
    "measure " and the name of another measure of the indicator's source."""
    area_code: str
    """State code, "00", or the level whose states are counted."""
    first: str
    """First period of the sum, or the only one."""
    last: str
    """Last period of the sum, or the only one."""
    expected: float
    decimals: int
    """Decimals to which the publication gives it."""
    publication: str
    address: str


def faults() -> Iterator[str]:
    """Yield a line for each fault found in ``data/`` and ``shapes/``; nothing = all is right."""
    # One damaged file stops several checks with the same words: it is one fault.
    yield from dict.fromkeys(line for check in CHECKS for line in _lines(check))


def check_files() -> Iterator[str]:
    """Every file is listed, is there, and has the content that was checked."""
    with commits.locked(paths.data_dir()):
        pass  # what a stopped import had decided is finished by entering
    for folder in (paths.data_dir(), paths.shapes_dir()):
        for name in paths.read_registry(folder):
            try:
                paths.verified(folder, name)
            except AtlasError as error:
                yield str(error)
        for name in paths.unlisted(folder):
            yield f"{folder / name}: the file is not in {paths.REGISTRY}"


def check_shapes() -> Iterator[str]:
    """States, municipalities and neighbours are valid."""
    for load in (shapes.load_states, shapes.load_municipalities, shapes.load_neighbours):
        try:
            load()
        except AtlasError as error:
            yield str(error)


def check_tables() -> Iterator[str]:
    """Every source has a valid record, and a valid table where its facts are one."""
    for slug in provenance.source_slugs():
        try:
            if provenance.load_source(slug).has_table:
                tables.table(slug)
        except AtlasError as error:
            yield str(error)


def check_cities() -> Iterator[str]:
    """Every city with a figure is in the list of cities."""
    listed = {item.city_code for item in cities.all_cities()}
    for slug in provenance.tabled_slugs():
        table = tables.table(slug)
        measured = set(table[table["area_kind"] == "city"]["area_code"])
        for code in sorted(measured - listed):
            yield f"{slug}: the city {code!r} is not in {cities.FILE}"


def check_municipalities() -> Iterator[str]:
    """Every table of municipalities has those of the shapes."""
    drawn = set(shapes.load_municipality_names())
    for slug in provenance.tabled_slugs():
        table = tables.table(slug)
        counted = set(table[table["area_kind"] == "municipality"]["area_code"].unique())
        for code in sorted(counted ^ drawn if counted else ()):
            yield f"{slug}: the municipality {code!r} is not in both the table and the shapes"


def check_foreign() -> Iterator[str]:
    """Every foreign issue and the list of areas tell of the same states."""
    for issuer in FOREIGN_NAMES:
        try:
            foreign.history(issuer)
        except AtlasError as error:
            yield str(error)


def check_places() -> Iterator[str]:
    """Every place is in the state and the municipality in which its point lies."""
    yield from places.misplaced(places.all_places())


def check_press_figures() -> Iterator[str]:
    """Every figure of the press is possible and names its page."""
    press_figures.all_figures()
    return iter(())


def check_place_names() -> Iterator[str]:
    """Every name of ours means a place, municipality or state that is there."""
    yield from place_names.unknown_meanings(place_names.all_names(), search_entries.known_codes())
    place_names.all_abroad()


def check_corridors() -> Iterator[str]:
    """Every corridor leads through listed towns, each in a state, and no leg stands twice."""
    yield from corridors.faults(stops.listed())


def check_crossings() -> Iterator[str]:
    """Every border crossing has a listed town in a state."""
    yield from crossings.faults(stops.listed())


def check_alerts() -> Iterator[str]:
    """Every notice of an alert says the same in the table and in the list of what it says."""
    entries = alerts.load()
    listed = {(*alerts.key(item), item.state_code): item for item in entries}
    wholes = {alerts.key(item): item.coverage is alerts.Coverage.FULL for item in entries}
    table = tables.table(alerts.SOURCE).set_index(["release", "area_code"])["value"]
    names = {alerts.key(item): alerts.release_name(item) for item in entries}
    if extra := set(table.index.get_level_values("release")) - set(names.values()):
        yield f"{alerts.SOURCE}: {min(extra)!r} is in the table and not in {alerts.FILE}"
    for notice, is_whole in wholes.items():
        for code in state_codes():
            item = listed.get((*notice, code))
            flag = table.get((names[notice], code))
            # Of a state that it does not name a whole list says no, a partial one nothing.
            expected = alerts.flag(item) if item or is_whole else None
            if (None if flag is None or math.isnan(flag) else flag) != expected:
                yield f"{names[notice]} {code}: the table says {flag}, {alerts.FILE} {expected}"


def check_restrictions() -> Iterator[str]:
    """Every rule is of an issue that is held."""
    held = advisories.history()
    for day, code in sorted(held.restrictions):
        if day not in held.issues:
            yield f"{restrictions.FILE}: a rule of {day} for {code}, an issue that is not held"


def check_catalogue() -> Iterator[str]:
    """Every indicator has a scale that fits, sources that exist, and values at every level."""
    for found in catalogue():
        try:
            classes.scale(found.breaks, found.palette)
            for level in found.levels:
                if observations.observe(found.slug, level=level)["value"].isna().all():
                    yield f"{found.slug}: no value at all for each {level}"
        except AtlasError as error:
            yield str(error)


def check_sums() -> Iterator[str]:
    """States, abroad and unknown add up to the published national total, every period."""
    for slug in provenance.tabled_slugs():
        table = tables.table(slug)
        counts = table[table["measure"].str.endswith("_count")]
        # A table of the nation alone has no parts, and one of parts alone no total.
        if (counts["area_kind"] == "nation").nunique() < 2:
            continue
        keys = ["measure", "release", "period"]
        nation = counts[counts["area_kind"] == "nation"].set_index(keys)["value"]
        parts = counts[counts["area_kind"] != "nation"].groupby(keys)["value"].sum()
        for key, total in nation.items():
            if parts.get(key) != total:
                yield f"{slug} {key}: the parts add up to {parts.get(key)}, the nation is {total}"


def check_municipal_sums() -> Iterator[str]:
    """Municipalities, and those not known, add up to their state, every period."""
    for found in catalogue():
        if Geography.MUNICIPALITY not in found.levels or found.geography is not Geography.STATE:
            continue
        whole, parts = found.recipe, found.at(Geography.MUNICIPALITY).recipe
        yield from _sum_faults(whole.source, parts.source, whole.measure, parts.measure)
        yield from _sum_faults(
            whole.denominator_source,
            parts.denominator_source,
            whole.denominator,
            parts.denominator,
        )


def _sum_faults(
    whole_source: str, part_source: str, whole_measure: str, part_measure: str
) -> Iterator[str]:
    whole = rates.stored(whole_source, whole_measure, None)
    totals = whole.set_index(["area_code", "period"])["value"]
    parts = rates.stored(part_source, part_measure, None)
    states = parts["area_code"].str[:2].rename("area_code")
    sums = parts["value"].groupby([states, parts["period"]]).sum(min_count=1)
    both = pd.DataFrame({"parts": sums, "whole": totals.reindex(sums.index)}).reset_index()
    wrong = both[both["parts"] != both["whole"]]
    for code, period, found, expected in wrong.itertuples(index=False):
        yield (
            f"{part_source} {code} {period}: the municipalities add up to {found:.0f}, "
            f"{whole_source} has {expected:.0f}"
        )


def check_golden() -> Iterator[str]:
    """Every official figure of ``data/golden.csv`` comes out."""
    for item in read_golden(paths.verified(paths.data_dir(), GOLDEN)):
        got = golden_value(item)
        if round(got, item.decimals) != item.expected:
            yield (
                f"{item.indicator} {item.quantity} of {item.area_code}, {item.first} to "
                f"{item.last}: expected {item.expected:g} ({item.publication}), got {got:g}"
            )


def check_maps() -> Iterator[str]:
    """Every packed map is what the build makes of the present data."""
    from geo_app.maps import artefacts

    yield from artefacts.faults()


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    check_files,
    check_shapes,
    check_tables,
    check_cities,
    check_municipalities,
    check_foreign,
    check_places,
    check_press_figures,
    check_place_names,
    check_corridors,
    check_crossings,
    check_alerts,
    check_restrictions,
    check_catalogue,
    check_sums,
    check_municipal_sums,
    check_golden,
    check_maps,
)
"""All checks, in the order in which they are made."""


def read_golden(path: Path) -> tuple[Golden, ...]:
    """Read the golden figures.

    Raises
    ------
    TableInvalid
        If the file is not UTF-8, holds no figure, or a line has other columns or no publication.
    """
    rows = list(csv.DictReader(read_text(path).splitlines()))
    if not rows:
        message = "no golden figure, so that nothing would be proved"
        raise TableInvalid(message, where=path.name, fix="restore the file from git")
    return tuple(_golden(row, number) for number, row in enumerate(rows, 2))


def golden_value(item: Golden) -> float:
    """Return what the atlas says where a golden figure is expected.

    Raises
    ------
    TableInvalid
        If the quantity is not one that is known.
    """
    if item.quantity == "states_at_level":
        day = advisories.history().on(parse_date(item.first))
        return float(sum(str(advice.level) == item.area_code for advice in day))
    if item.quantity == "value":
        found = atlas.load().value(item.indicator, item.area_code, item.first).value
        return float("nan") if found is None else found
    if item.quantity.startswith(_MEASURE):
        return _measured(item)
    rows = observations.observe(item.indicator)
    rows = rows[rows["period"].between(item.first, item.last)]
    if item.quantity == "sum":
        values = rows[rows["area_code"] == item.area_code]["value"]
        return float(values.sum(skipna=False, min_count=1))
    if item.quantity == "numerator":
        return float(rows[rows["area_code"] == item.area_code]["numerator"].sum(skipna=False))
    if item.quantity == "numerator_of_states":
        return float(rows[rows["area_kind"] == "state"]["numerator"].sum(skipna=False))
    message = f"unknown quantity {item.quantity!r}"
    raise TableInvalid(message, where=GOLDEN)


_MEASURE = "measure "


def _measured(item: Golden) -> float:
    """Return the stored number of a measure that stands beside that of the indicator."""
    source = indicator(item.indicator).recipe.source
    rows = rates.stored(source, item.quantity.removeprefix(_MEASURE), None)
    found = rows[(rows["area_code"] == item.area_code) & (rows["period"] == item.first)]["value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def _lines(check: Callable[[], Iterator[str]]) -> Iterator[str]:
    try:
        yield from check()
    except AtlasError as error:
        yield str(error)


def _golden(row: dict[str, str], number: int) -> Golden:
    try:
        item = Golden(
            **{**row, "expected": float(row["expected"]), "decimals": int(row["decimals"])}  # type: ignore[arg-type]
        )
    except (KeyError, TypeError, ValueError) as error:
        message = f"unreadable golden figure ({error})"
        raise TableInvalid(message, where=f"{GOLDEN} line {number}") from error
    if not item.publication:
        message = "a golden figure without its publication"
        raise TableInvalid(message, where=f"{GOLDEN} line {number}")
    return item
