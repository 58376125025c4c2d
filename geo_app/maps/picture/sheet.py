"""The page of a picture: title, map, legend, notes and sources, and the bytes of the file.

Every height is measured first, then all is drawn from the top down; the same facts make the same
bytes on every run.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from geo_app.errors import BadRequest
from geo_app.maps.picture.drawing import HATCH, PAPER, SEA, draw_map, frame_of, hatch
from geo_app.maps.picture.letters import QUIET, Look, measure, wrap, write
from geo_app.maps.still import StillClass, StillMap

WIDTHS = (480, 10_000)
"""Narrowest and widest picture, in pixels: below the first, words no longer fit."""

WIDE_FROM = 1_000
"""Pixels from which the legend stands beside the map."""

LINE = "#d7d8da"
ROW, LEADING = 1.75, 1.4
"""Height of a line of the legend and of a text, in sizes of its letters."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Sizes in points."""

    width: float
    pad: float
    is_wide: bool
    title: Look
    period: Look
    strong: Look
    body: Look
    count: Look
    small: Look


def picture(still: StillMap, fmt: Literal["png", "svg"], width: int) -> bytes:
    """Draw a map.

    Parameters
    ----------
    still
        The facts.
    fmt
        "png" or "svg".
    width
        Pixels; the height follows from the facts.

    Raises
    ------
    BadRequest
        If the width is not within ``WIDTHS``.
    """
    if not WIDTHS[0] <= width <= WIDTHS[1]:
        message = "a picture of that width cannot be read"
        raise BadRequest(message, expected=f"{WIDTHS[0]} to {WIDTHS[1]} pixels", got=str(width))
    with mpl.rc_context():
        _set_up()
        sheet = _Sheet(still, _layout(width), width)
        return sheet.svg() if fmt == "svg" else sheet.png()


def _set_up() -> None:
    mpl.rcParams["svg.fonttype"] = "none"
    mpl.rcParams["svg.hashsalt"] = "geo_app"
    mpl.rcParams["hatch.linewidth"] = 0.8
    mpl.rcParams["path.simplify"] = False
    # Hinted letters are wider at some sizes than they were measured.
    mpl.rcParams["text.hinting"] = "none"


def _layout(width: int) -> _Layout:
    if width >= WIDE_FROM:
        return _sizes(1200, pad=32, title=22, period=32, body=14)
    # Narrower than the layout the letters keep their size and the lines break earlier.
    return _sizes(min(width, 600), pad=18, title=17, period=25, body=13)


def _sizes(width: int, *, pad: float, title: float, period: float, body: float) -> _Layout:
    return _Layout(
        width=width,
        pad=pad,
        is_wide=width >= WIDE_FROM,
        title=Look(title, is_bold=True),
        period=Look(period, is_bold=True),
        strong=Look(body, is_bold=True),
        body=Look(body),
        count=Look(body, QUIET),
        small=Look(11.5, QUIET),
    )


class _Sheet:
    """The paper: every height is measured first, then all is drawn from the top down."""

    def __init__(self, still: StillMap, layout: _Layout, width: int) -> None:
        self.still, self.layout = still, layout
        self.inner = layout.width - 2 * layout.pad
        self.title = wrap(still.title, layout.title, self.inner)
        self.notes = [row for text in still.notes for row in wrap(text, layout.body, self.inner)]
        self.footer = [row for text in still.footer for row in wrap(text, layout.small, self.inner)]
        self.legend = [*reversed(still.classes), *still.others]
        self.legend_width = max(self._width_of(line) for line in self.legend)
        self.unit = wrap(still.unit, layout.strong, self.legend_width)
        self.legend_height = layout.body.size * (
            LEADING * len(self.unit) + ROW * len(self.legend) + 1
        )
        self.frame = frame_of(still)
        self.beside = self.legend_width + 40 if layout.is_wide else 0
        self.map_width = self.inner - self.beside
        self.map_height = self.map_width * self.frame.height / self.frame.width
        self.dpi = 72 * width / layout.width
        self.pixels = (width, round(self._height() * self.dpi / 72))
        # A hair more than the pixels, which matplotlib rounds down.
        sides = [(side + 0.01) / self.dpi for side in self.pixels]
        self.figure = Figure(figsize=(sides[0], sides[1]), dpi=self.dpi, facecolor=PAPER)
        self.page = (sides[0] * 72, sides[1] * 72)
        self.axes = self._paper()
        self._draw()

    def png(self) -> bytes:
        target = io.BytesIO()
        self.figure.savefig(target, format="png", metadata={"Software": None})
        return target.getvalue()

    def svg(self) -> bytes:
        target = io.StringIO()
        told = {"Title": f"{self.still.title}, {self.still.period}", "Date": None, "Creator": None}
        self.figure.savefig(target, format="svg", metadata=told)
        # The layout is in points; the reader asked for pixels.
        sides = 'width="{}" height="{}" viewBox='.format(*self.pixels)
        points = r'width="[\d.]+pt" height="[\d.]+pt" viewBox='
        text = re.sub(points, sides, target.getvalue(), count=1)
        return re.sub(r' d="[^"]+"', _shortened, text).encode()

    def _width_of(self, line: StillClass) -> float:
        body = self.layout.body
        return 34 + measure(line.label, body) + 20 + measure(line.count, body)

    def _height(self) -> float:
        layout = self.layout
        head = (len(self.title) * layout.title.size + layout.period.size) * LEADING
        below = 0 if layout.is_wide else self.legend_height + layout.body.size
        notes = len(self.notes) * layout.body.size * LEADING + 12
        return 2 * layout.pad + head + self.map_height + below + notes + self._footer_height()

    def _footer_height(self) -> float:
        return len(self.footer) * self.layout.small.size * LEADING + 12

    def _paper(self) -> Axes:
        """Return axes over the whole page, in points from its upper left corner."""
        axes = _plain_axes(self.figure, (0, 0, 1, 1))
        axes.set(xlim=(0, self.page[0]), ylim=(self.page[1], 0))
        return axes

    def _draw(self) -> None:
        layout, y = self.layout, self.layout.pad
        y = self._rows(self.title, layout.pad, y, layout.title)
        y = self._rows([self.still.period], layout.pad, y, layout.period) + 4
        self._map(y)
        y += self.map_height
        if layout.is_wide:
            self._legend(layout.pad + 16, y - self.legend_height - 6)
        else:
            self._legend(layout.pad, y + layout.body.size * 0.5)
            y += self.legend_height + layout.body.size
        self._rows(self.notes, layout.pad, y + 6, layout.body)
        y = self.page[1] - layout.pad - self._footer_height()
        self.axes.add_patch(Rectangle((layout.pad, y), self.inner, 0.8, color=LINE, lw=0))
        self._rows(self.footer, layout.pad, y + 6, layout.small)

    def _map(self, top: float) -> None:
        pad, (width, height) = self.layout.pad, self.page
        sea = Rectangle((pad, top), self.inner, self.map_height, color=SEA, lw=0)
        self.axes.add_patch(sea)
        bottom = 1 - (top + self.map_height) / height
        across, up = self.map_width / width, self.map_height / height
        axes = _plain_axes(self.figure, ((pad + self.beside) / width, bottom, across, up))
        frame = self.frame
        axes.set(xlim=(frame.west, frame.east), ylim=(frame.south, frame.north))
        draw_map(axes, self.still, frame, frame.width / self.map_width)
        if self.still.chip:
            self._chip(pad + self.beside + 16, top + self.map_height - 16)

    def _chip(self, x: float, baseline: float) -> None:
        """Say what holds for every value, on the sea and above the axes of the map."""
        look = self.layout.small
        corner, width = (x, baseline - look.size * 0.8), measure(self.still.chip, look)
        over = self._paper()
        rounded = "round,pad=5"
        over.add_patch(FancyBboxPatch(corner, width, look.size, rounded, fc=PAPER, ec=HATCH))
        write(over, (x, baseline), self.still.chip, look)

    def _legend(self, x: float, top: float) -> None:
        """Write the unit, then the highest class first, then what is no class."""
        body = self.layout.body
        top = self._rows(self.unit, x, top, self.layout.strong)
        for number, line in enumerate(self.legend):
            gap = 1.8 if number >= len(self.still.classes) else 1.3
            self._line(line, x, top + body.size * (number * ROW + gap))

    def _line(self, line: StillClass, x: float, baseline: float) -> None:
        body = self.layout.body
        swatch = Rectangle(
            (x, baseline - body.size), 26, body.size * 1.2, fc=PAPER, ec=HATCH, lw=0.6
        )
        if line.colour:
            swatch.set_facecolor(line.colour)
        hatch(swatch, PAPER, line.mark)
        self.axes.add_patch(swatch)
        write(self.axes, (x + 34, baseline), line.label, body)
        write(self.axes, (x + self.legend_width, baseline), line.count, self.layout.count, "right")

    def _rows(self, rows: list[str], x: float, top: float, look: Look) -> float:
        for row in rows:
            write(self.axes, (x, top + look.size), row, look)
            top += look.size * LEADING
        return top


def _shortened(path: re.Match[str]) -> str:
    """Write a path with hundredths of a point instead of millionths."""
    return re.sub(r"(\.\d\d)\d+", r"\1", path[0])


def _plain_axes(figure: Figure, place: tuple[float, float, float, float]) -> Axes:
    axes = figure.add_axes(place)
    axes.set_axis_off()
    return axes
