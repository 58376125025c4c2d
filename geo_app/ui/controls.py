"""Widgets, address and ``View``: the only place that touches session state and query.

The address is the truth. A widget that is moved writes the address first; each run reads the view
from the address and lays it under the widgets before they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from geo_app import cities
from geo_app.analysis import MOST_AREAS
from geo_app.atlas import Atlas
from geo_app.compare import regions
from geo_app.place_names import Kind
from geo_app.records import LANGUAGES
from geo_app.routes import stop_search, stops
from geo_app.routes import words as route_words
from geo_app.search import finding
from geo_app.search.found import Hit, Outcome
from geo_app.states import all_states
from geo_app.text import words
from geo_app.ui import cache
from geo_app.ui.choices import AtlasChoices
from geo_app.ui.time_map import TimeMapEvent
from geo_app.view import ANALYSIS, NATION, PAGES, PAGES_OF_TODAY, View

LANGUAGE_NAMES = {"en": "English", "es": "Español"}

FIRST_KNOWN = date(2010, 1, 1)
"""First day that can be chosen as the one on which figures are known: before any release held."""

MOST_RATE = 999.0
"""Largest rate of the reader's own that a link can hold."""

FIRST_YEAR_OF_LEVELS = 2018
"""The US government has given levels since January 2018."""


def read_view(atlas: Atlas) -> tuple[View, tuple[str, ...]]:
    """Return the view that the address asks for, and the keys that were not understood."""
    return View.from_query(st.query_params.to_dict(), AtlasChoices(atlas), browser_language())


def browser_language() -> str:
    """Return the language to open in where the address names none."""
    try:
        locale = st.context.locale or ""
    except AttributeError:
        locale = ""
    return "es" if locale.lower().startswith("es") else "en"


def asked_language() -> str:
    """Return the language that the address names, else the browser's."""
    asked = st.query_params.get("lang", "")
    return asked if asked in LANGUAGES else browser_language()


def show(view: View) -> None:
    """Write a view into the address."""
    st.query_params.from_dict(view.to_query())


def after_event(view: View, event: TimeMapEvent, atlas: Atlas) -> View:
    """Return the view after what the reader did on the map."""
    choices = AtlasChoices(atlas)
    if event.period is not None:
        view = replace(view, period=event.period)
    if event.selected is not None:
        view = _selected(view, event.selected, view.kind(choices))
    if event.shown is not None:
        view = view.with_dates(*event.shown)
    if event != TimeMapEvent():
        # It comes from a browser, as an address does, and is read with the same care.
        view, _ = View.from_query(view.to_query(), choices, view.lang)
    return view


def is_opening() -> bool:
    """Whether the page has just been opened: true once for each visit."""
    is_first = "opened" not in st.session_state
    st.session_state["opened"] = True
    return is_first


def language_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the languages."""
    st.session_state["lang"] = view.lang
    st.segmented_control(
        words(view.lang)("language_label"),
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        key="lang",
        label_visibility="collapsed",
        on_change=_changed,
        args=("lang", atlas),
    )


def page_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the pages, and below it that between the pages of analysis."""
    is_analysis = view.page in ANALYSIS
    first = [page for page in PAGES if page not in ANALYSIS[1:]]
    _pages("page", first, ANALYSIS[0] if is_analysis else view.page, view, atlas)
    if is_analysis:
        _pages("analysis", ANALYSIS, view.page, view, atlas)


def _pages(key: str, pages: Sequence[str], page: str, view: View, atlas: Atlas) -> None:
    say = words(view.lang)
    # One name stands for all pages of analysis until one of them is open.
    names = {item: say(f"page_{item or 'map'}") for item in pages}
    if key == "page":
        names[ANALYSIS[0]] = say("page_analysis")
    st.session_state[key] = page
    st.segmented_control(
        say(f"{key}_label"),
        pages,
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=_changed,
        args=(key, atlas),
    )


def known_on_control(view: View, atlas: Atlas) -> None:
    """Say that figures of a day are shown, with the choice of another day and the way back."""
    say = words(view.lang)
    if view.known_on:
        told = "known_on_not_here" if view.page in PAGES_OF_TODAY else "known_on_told"
        st.info(say(told, {"date": say.date(view.known_on)}))
    with st.container(horizontal=True, vertical_alignment="bottom", key="atlas-known-on"):
        st.session_state["known_on"] = date.fromisoformat(view.known_on) if view.known_on else None
        st.date_input(
            say("known_on_label"),
            value=None,
            min_value=FIRST_KNOWN,
            format="YYYY-MM-DD",
            key="known_on",
            on_change=_known_on_changed,
            args=(atlas,),
        )
        if view.known_on:
            newest = replace(view, known_on="")
            st.button(say("known_on_leave"), on_click=show, args=(newest,), key="known-on-leave")


def find_control(view: View, atlas: Atlas) -> str:
    """Draw the search box and return what stands in it; one sure find is opened at once."""
    say = words(view.lang)
    return st.text_input(
        say("search_label"),
        key="find",
        placeholder=say("search_hint"),
        on_change=_found,
        args=(atlas,),
    )


def open_hit(hit: Hit, state_code: str, atlas: Atlas) -> None:
    """Open the sheet of a state in which a place lies; the map for the whole country."""
    st.session_state["find"] = ""
    view, _ = read_view(atlas)
    if not state_code:
        show(replace(view.with_state(NATION), page=""))
        return
    # What lies in several states is no place of one of them.
    place = "" if hit.kind is Kind.STATE or not hit.state_code else hit.code
    show(replace(view.with_state(state_code), page="state", place=place))


def close_search() -> None:
    """Empty the search box, and so close what it found."""
    st.session_state["find"] = ""


def _found(atlas: Atlas) -> None:
    """Open what was looked for, where that is one place and in one state."""
    view, _ = read_view(atlas)
    found = finding.find(st.session_state["find"], view.lang)
    if found.outcome is Outcome.ONE and found.hits[0].state_code:
        open_hit(found.hits[0], found.hits[0].state_code, atlas)


STOP_FIELDS = 3
"""Stops that a way is asked for by: start, one between, end."""


def stop_control(view: View, position: int, label: str, atlas: Atlas) -> str:
    """Draw the field of one stop and return what was typed and not yet understood."""
    key = f"stop-{position}"
    code = _stops(view)[position]
    say = words(view.lang)
    asked = str(st.session_state.get(f"{key}-asked", ""))
    # Text that is not understood yet, else the name of a stop that a link or a choice brought.
    name = route_words.stop_name(stops.stop(code), say) if code else ""
    st.session_state[key] = asked or name
    st.text_input(label, key=key, on_change=_stop_typed, args=(position, atlas))
    return asked


def set_stop(position: int, code: str, atlas: Atlas) -> None:
    """Let a way lead over a stop; an empty code takes the stop away."""
    view, _ = read_view(atlas)
    codes = _stops(view)
    codes[position] = code
    st.session_state.pop(f"stop-{position}-asked", None)
    show(replace(view, stops=tuple(codes) if any(codes) else ()))


def turn_round(atlas: Atlas) -> None:
    """Let a way lead back."""
    view, _ = read_view(atlas)
    for position in range(STOP_FIELDS):
        st.session_state.pop(f"stop-{position}-asked", None)
    show(replace(view, stops=view.stops[::-1]))


def _stop_typed(position: int, atlas: Atlas) -> None:
    """Take the stop that a text means for sure; else keep the text, to be chosen from."""
    view, _ = read_view(atlas)
    text = st.session_state[f"stop-{position}"]
    found = stop_search.find_stop(text, words(view.lang))
    set_stop(position, found.sure, atlas)
    if not found.sure and text.strip():
        st.session_state[f"stop-{position}-asked"] = text


def _stops(view: View) -> list[str]:
    """Return the codes of the fields: a link of two stops has none between."""
    codes = [*view.stops]
    if len(codes) < STOP_FIELDS:
        codes[1:1] = [""] * (STOP_FIELDS - max(len(codes), 2))
        codes += [""] * (STOP_FIELDS - len(codes))
    return codes


def day_control(view: View, first: date, last: date, label: str, atlas: Atlas) -> None:
    """Draw the choice of a day between two others; the last one where the view names none."""
    asked = date.fromisoformat(view.day) if view.day else last
    st.session_state["day"] = min(max(asked, first), last)
    st.date_input(
        label,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key="day",
        on_change=_changed,
        args=("day", atlas),
    )


def day_choice(view: View, days: Sequence[date], label: str, atlas: Atlas) -> None:
    """Draw the choice of one of a few days; none is chosen where the view names another one."""
    say = words(view.lang)
    choices = [str(day) for day in days]
    # A key of its own: the day of the other pages is a date, and Streamlit keeps either kind.
    st.session_state["listed_day"] = view.day if view.day in choices else None
    st.segmented_control(
        label,
        choices,
        format_func=say.date,
        key="listed_day",
        on_change=_changed,
        args=("listed_day", atlas),
    )


def reference_control(view: View, atlas: Atlas) -> None:
    """Draw what homicides are read against beside the nation: a state, or a number of one's own."""
    say = words(view.lang)
    is_number = "." in view.reference
    by_name = sorted(all_states(), key=lambda item: item.name(view.lang))
    others = {item.state_code: item.name(view.lang) for item in by_name}
    others.pop(view.state, None)
    names = {"": say("sheet_reference_none")} | others
    st.session_state["reference"] = view.reference if view.reference in names else ""
    st.selectbox(
        say("sheet_reference_label"),
        list(names),
        format_func=names.__getitem__,
        key="reference",
        on_change=_reference_changed,
        args=("reference", atlas),
    )
    st.session_state["reference_rate"] = float(view.reference) if is_number else None
    st.number_input(
        say("sheet_reference_number"),
        min_value=0.0,
        max_value=MOST_RATE,
        # Without it an emptied field would be read as zero.
        value=None,
        step=0.1,
        format="%.1f",
        key="reference_rate",
        on_change=_reference_changed,
        args=("reference_rate", atlas),
    )


def indicator_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the indicators."""
    st.session_state["indicator"] = view.indicator
    names = {item.slug: item.short.in_(view.lang) for item in atlas.mapped_indicators()}
    st.pills(
        words(view.lang)("indicator_label"),
        list(names),
        format_func=names.__getitem__,
        key="indicator",
        on_change=_changed,
        args=("indicator", atlas),
    )


def level_control(view: View, atlas: Atlas) -> None:
    """Draw the switch between the kinds of area, where there is more than one."""
    choices = AtlasChoices(atlas)
    levels = choices.levels(view.indicator)
    if len(levels) == 1:
        return
    say = words(view.lang)
    st.session_state["level"] = view.kind(choices)
    st.segmented_control(
        say("level_label"),
        levels,
        format_func=lambda level: say(f"level_{level}"),
        key="level",
        label_visibility="collapsed",
        on_change=_changed,
        args=("level", atlas),
    )


def municipality_control(view: View, atlas: Atlas) -> None:
    """Draw the list of a state's municipalities: the way without a map."""
    say = words(view.lang)
    names = {"": say("municipality_none")}
    every = cache.municipality_names()
    names |= {code: name for code, name in every.items() if code.startswith(view.state)}
    _list("municipality", view.municipality, say("municipality_label"), names, atlas)


def state_control(view: View, atlas: Atlas) -> None:
    """Draw the list of states: the way without a map."""
    say = words(view.lang)
    names = {NATION: say("state_none")}
    by_name = sorted(all_states(), key=lambda item: item.name(view.lang))
    names |= {item.state_code: item.name(view.lang) for item in by_name}
    _list("state", view.state, say("state_label"), names, atlas)


def _list(key: str, value: str, label: str, names: Mapping[str, str], atlas: Atlas) -> None:
    """Draw a list of areas by name, with the value of the view chosen."""
    st.session_state[key] = value
    _select(key, label, names, _changed, (key, atlas))


def _select(
    key: str,
    label: str,
    names: Mapping[str, str],
    changed: Callable[[str, Atlas], None],
    args: tuple[str, Atlas],
) -> None:
    """Draw an unfolding list of named choices; what is chosen stands in the session already."""
    st.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, on_change=changed, args=args
    )


def _reference_changed(key: str, atlas: Atlas) -> None:
    """Carry a state or a rate of the reader's own into the address; an emptied field clears it."""
    view, _ = read_view(atlas)
    chosen = st.session_state[key]
    rate = f"{chosen:.2f}" if isinstance(chosen, float) else ""
    show(replace(view, reference=rate if key == "reference_rate" else chosen))


def _known_on_changed(atlas: Atlas) -> None:
    """Carry the day of which figures are known into the address; an emptied field clears it."""
    view, _ = read_view(atlas)
    show(replace(view, known_on=str(st.session_state["known_on"] or "")))


def _changed(key: str, atlas: Atlas) -> None:
    """Carry a moved widget into the address, before the page is drawn again."""
    view, _ = read_view(atlas)
    value = st.session_state[key]
    if value is None:  # the chosen pill was clicked again: nothing changes
        return
    choices = AtlasChoices(atlas)
    if key == "indicator":
        show(view.with_indicator(value, choices))
    elif key == "level":
        # The switch of the indicator before may report late, when another one is shown already.
        known = value in choices.levels(view.indicator)
        show(view.with_level(value, choices) if known else view)
    elif key == "municipality":
        show(replace(view, municipality=value, others=()))
    elif key == "lang":
        show(replace(view, lang=value))
    elif key in {"page", "analysis"}:
        # A day that was chosen on one page is not asked for on another.
        show(replace(view, page=value, day=""))
    elif key in {"day", "listed_day"}:
        show(replace(view, day=str(value)))
    else:
        show(view.with_state(value))


def _selected(view: View, codes: Sequence[str], kind: str) -> View:
    """Return the view with areas selected: the first one leads, and brings its state along."""
    first, *others = codes or [""]
    view = replace(view.with_state(NATION), others=tuple(others))
    if kind == "municipality":
        return replace(view, state=first[:2], municipality=first)
    if kind == "city":
        states = {item.city_code: item.state_code for item in cities.all_cities()}
        return replace(view, state=states.get(first, NATION), city=first)
    return replace(view, state=first)


def choice_control(
    key: str, value: str, label: str, names: Mapping[str, str], atlas: Atlas
) -> None:
    """Draw a list of choices for one key of the address.

    Parameters
    ----------
    key
        Its key in an address.
    value
        What is chosen.
    label
        What is chosen here, in words.
    names
        Each choice with its name, in the order in which they are offered.
    atlas
        The atlas.
    """
    place = f"choice_{key}"
    st.session_state[place] = value
    # A few kinds of one thing are seen at once, a list of many is unfolded.
    if key == "chart":
        st.segmented_control(
            label,
            list(names),
            format_func=names.__getitem__,
            key=place,
            on_change=_chosen,
            args=(key, atlas),
        )
        return
    _select(place, label, names, _chosen, (key, atlas))


def _chosen(key: str, atlas: Atlas) -> None:
    """Carry a choice into the address; one that is not there any more falls back as in a link."""
    view, _ = read_view(atlas)
    value = st.session_state[f"choice_{key}"]
    if value is None:  # the chosen pill was clicked again: nothing changes
        return
    asked = {**view.to_query(), key: str(value)}
    show(View.from_query(asked, AtlasChoices(atlas), view.lang)[0])


def compared_control(
    view: View, codes: Sequence[str], names: Mapping[str, str], atlas: Atlas
) -> None:
    """Draw the choice of the areas and regions that are compared, those of ``codes`` chosen."""
    say = words(view.lang)
    st.session_state["compared"] = list(codes)
    st.multiselect(
        say("compare_areas_label"),
        list(names),
        format_func=names.__getitem__,
        key="compared",
        placeholder=say("compare_areas_hint"),
        max_selections=MOST_AREAS,
        on_change=_compared_changed,
        args=(atlas,),
    )


def compare_with(codes: Sequence[str], atlas: Atlas) -> None:
    """Compare other areas and regions."""
    view, _ = read_view(atlas)
    show(replace(view, analysis=replace(view.analysis, areas=tuple(codes)[:MOST_AREAS])))


def level_region_control(
    codes: Sequence[str], last: date, view: View, atlas: Atlas, level_names: Mapping[int, str]
) -> None:
    """Draw how the states of a US level on a day are added to what is compared."""
    say = words(view.lang)
    st.selectbox(
        say("compare_level_label"),
        list(level_names),
        format_func=level_names.__getitem__,
        key="compare-level",
    )
    st.date_input(
        say("compare_level_day"),
        value=last,
        min_value=date(FIRST_YEAR_OF_LEVELS, 1, 1),
        max_value=last,
        format="YYYY-MM-DD",
        key="compare-level-day",
    )
    st.button(
        say("compare_level_button"),
        on_click=_level_added,
        args=(codes, atlas),
    )


def _level_added(codes: Sequence[str], atlas: Atlas) -> None:
    # Read when the button is pressed: a day that was just picked may not be drawn yet.
    level, day = st.session_state["compare-level"], st.session_state["compare-level-day"]
    compare_with((regions.level_code(level, day), *codes), atlas)


def _compared_changed(atlas: Atlas) -> None:
    compare_with(st.session_state["compared"], atlas)


def dates_control(
    view: View, periods: Sequence[str], labels: tuple[str, str], atlas: Atlas
) -> None:
    """Draw the choice of two periods; the view names the two that are shown."""
    say = words(view.lang)
    shown = {"date_first": view.against, "date_last": view.period}
    for (key, value), label in zip(shown.items(), labels, strict=True):
        st.session_state[key] = value
        st.selectbox(
            label,
            # The newest first: that is where most look.
            periods[::-1],
            format_func=say.period,
            key=key,
            on_change=_dates_changed,
            args=(view, atlas),
        )


def _dates_changed(shown: View, atlas: Atlas) -> None:
    """Carry two periods into the address, the earlier one first; one twice changes nothing."""
    view, _ = read_view(atlas)
    first, last = st.session_state["date_first"], st.session_state["date_last"]
    asked = replace(view, period=last)
    show(asked.with_dates(view.show or shown.show, first, view.layout) if first != last else view)
