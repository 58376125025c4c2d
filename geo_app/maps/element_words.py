"""The words of the element itself: buttons, choices, what it announces.

Owns which words there are; ``figure.map_words`` finds them in the locale files by their names.
"""

from __future__ import annotations

from dataclasses import dataclass

STREETS = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
"""Street tiles that a reader may choose; nothing is asked of that host before."""


@dataclass(frozen=True, slots=True)
class MapWords:
    """Every word that the element itself shows or says, in the language of the page.

    Names in braces are filled in by the element.
    """

    play: str
    pause: str
    previous: str
    next: str
    slider: str
    """Name of the slider."""
    missing: str
    """Legend line and value of areas without a value."""
    count_one: str
    """How many areas a class has, for one: "1 state"."""
    count_many: str
    """The same for none or several: "{count} states"."""
    partial: str
    preliminary: str
    last_stated: str
    estimated: str
    break_here: str
    """Note at a step after a break: "Break in the series: {reason}"."""
    announce: str
    """Said at each step: "{period}. Without a value: {count}"."""
    hint: str
    """Stands under the map while nothing is selected."""
    selected: str
    """Comes before the facts of the selected area."""
    clear: str
    """Name of the button that clears the selection."""
    zoom_in: str
    zoom_out: str
    home: str
    """Name of the button that shows the whole map again."""
    speed: str
    first_date: str
    second_date: str
    """Names of the sliders where two dates are shown."""
    show: str
    """Name of the choice between the next three."""
    show_one: str
    show_two: str
    show_difference: str
    layout: str
    """Name of the choice between the next three."""
    layout_plane: str
    layout_tiles: str
    layout_mercator: str
    streets_credit: str
    streets_failed: str
    inset: str
    """Stands on the enlarged middle of the country."""
    map: str
    """Name of the map, with the keys that work in it."""
    legend: str
    filter: str
    """What a click on a class of the legend does."""
    show_all: str
    remove: str
    """Name of the button that takes one area out of the selection: "Take {name} out"."""
    hint_more: str
    """Comes after ``hint``: how several areas are selected."""
    full: str
    """Said where no more than {count} can be selected."""
    changed: str
    """Areas in another class than a step before: "Changed class since {period}: {lists}."."""
    changed_none: str
    both: str
    """Heading of two dates: "{first} and {last}"."""
    dates: str
    """The same between two dates: "Changed class from {first} to {last}: {lists}."."""
    dates_none: str
    up: str
    """One of the lists: "{count} higher ({names})"."""
    down: str
    more: str
    """End of a list that is cut: "{names} and {count} more"."""
    chance: str
    """Those whose change chance alone could explain: "2 that chance could explain ({names})"."""
    chance_any: str
    """Sentence after a list of changes none of which was tested."""
    not_compared: str
    """Legend line of areas without a difference."""
    not_across: str
    """In place of changes, across a break in the method."""
    sources: str
    """Above the lines of the sources."""
    streets_address: str = STREETS
    """Template of the address of street tiles; "" where they are not to be offered."""
