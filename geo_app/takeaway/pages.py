"""What the pages for travellers hand out: a state's figures, a day of alerts, a way.

Owns which rows go along. Does not own the facts: they come from the same records as the page.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geo_app import advisories, alert_days, alerts, export, shapes, sheet
from geo_app.advisories import Advice
from geo_app.alert_days import AlertDay, StateDay
from geo_app.areas import area_name
from geo_app.atlas import Atlas
from geo_app.figures import Figure
from geo_app.indicators import Indicator
from geo_app.routes.records import Route, Stretch
from geo_app.takeaway.records import Take
from geo_app.text import Words
from geo_app.view import View

LEVELS = "advisory_level_us"

BETWEEN = "|"
"""Stands between several words in one cell."""


def of_state(atlas: Atlas, view: View, say: Words) -> Take:
    """Return the newest figure of each indicator for a state; its whole series is "everything".

    Indicators whose licence was not seen are left out, and a note names them.
    """
    every = [item for item in atlas.mapped_indicators() if "state" in item.levels]
    open_ones = [item for item in every if sheet.is_downloadable(item)]
    withheld = [item.short.in_(say.lang) for item in every if item not in open_ones]
    note = say("take_withheld", {"names": say.listed(withheld)}) if withheld else ""
    name = area_name("state", view.state, say.lang)
    return Take(
        name=f"state_{view.state}",
        title=say("take_state_title", {"name": name}),
        view=view,
        indicators=tuple(item.slug for item in open_ones),
        shown=_joined([_newest(atlas, item, view.state, say) for item in open_ones]),
        every=lambda: _joined([_series(atlas, item, view.state, say) for item in open_ones]),
        notes=tuple(filter(None, (note,))),
    )


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([item for item in frames if len(item)], ignore_index=True)


def _series(atlas: Atlas, found: Indicator, code: str, say: Words) -> pd.DataFrame:
    rows = atlas.values(found.slug, level="state", area=code)
    return export.answer(rows, found.slug, say.lang)


def _newest(atlas: Atlas, found: Indicator, code: str, say: Words) -> pd.DataFrame:
    period = atlas.newest(found.slug, "state")
    rows = atlas.values(found.slug, level="state", area=code, period=period)
    return export.answer(rows, found.slug, say.lang)


def of_alerts(found: AlertDay, drawn: Sequence[Figure], view: View, say: Words) -> Take:
    """Return the 32 states on a day of alerts; "everything" is all days that are held."""
    entries = alerts.load()

    def every() -> pd.DataFrame:
        days = [alert_days.on(entries, day) for day in alert_days.days(entries)]
        return _joined([_alerted(item, say) for item in days])

    return Take(
        name=f"alerts_{found.day}",
        title=f"{say('alerts_title')}: {say.date(found.day)}",
        view=view,
        indicators=(LEVELS,),
        further_sources=(alerts.SOURCE,),
        shown=_alerted(found, say),
        every=every,
        areas=shapes.load_states().geometry,
        drawings=tuple(drawn),
    )


def _alerted(found: AlertDay, say: Words) -> pd.DataFrame:
    return pd.DataFrame([_alert_row(item, found, say) for item in found.states])


def _alert_row(item: StateDay, found: AlertDay, say: Words) -> dict[str, object]:
    alert = item.alert
    return {
        "day": str(found.day),
        "area_code": item.state_code,
        "area_name": area_name("state", item.state_code, say.lang),
        "alert": str(item.look),
        "kind": str(alert.kind) if alert else "",
        "since": str(alert.since) if alert else "",
        "scope": str(alert.scope) if alert else "",
        "places": BETWEEN.join(alert.places) if alert else "",
        "notice": alert.address if alert else "",
    }


def of_way(found: Route, drawing: str, view: View, say: Words) -> Take:
    """Return the states on a way in the order of travel, with what is advised in each."""
    places = [item.state_code for item in found.stretches]
    return Take(
        name=f"way_{found.day}_{'_'.join(dict.fromkeys(places))}",
        title=say("take_way_title", {"date": say.date(found.day)}),
        view=view,
        indicators=(LEVELS,),
        shown=pd.DataFrame(
            [_way_row(number, item, say) for number, item in enumerate(found.stretches, 1)]
        ),
        areas=shapes.load_states().geometry,
        drawings=(drawing,),
        notes=(say("take_way_note"),),
    )


def _way_row(number: int, item: Stretch, say: Words) -> dict[str, object]:
    return {
        "order": number,
        "area_code": item.state_code,
        "area_name": area_name("state", item.state_code, say.lang),
        "towns": BETWEEN.join(item.towns),
        "roads": BETWEEN.join(item.roads),
        **_advised(item.advice),
    }


def _advised(advice: Advice) -> dict[str, object]:
    days = {"since": advice.since, "issued": advice.issued, "last_stated": advice.last_stated}
    return {
        "level": advice.level,
        "status": str(advice.status),
        **{key: "" if day is None else str(day) for key, day in days.items()},
        "reasons": BETWEEN.join(advice.reasons or ()),
        "issuer": advisories.ISSUER,
        "address": advice.address,
        "checked": str(advice.checked),
    }
