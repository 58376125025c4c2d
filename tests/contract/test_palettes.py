"""The colours of every scale darken in steps, for any kind of colour vision and in grey.

Colour vision is simulated with the matrices of G. M. Machado, M. M. Oliveira and L. A. F.
Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE
Transactions on Visualization and Computer Graphics 15 (2009), 1291-1298, table 1, severity 1.0,
applied to linear RGB. Lightness and differences are CIE 1976 L*a*b* with white D65.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from geo_app.classes import BIVARIATE, DIVERGING, NEUTRAL, PALETTES

Floats = NDArray[np.float64]

VISIONS: dict[str, Floats] = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = XYZ @ np.ones(3)
STEP = 5.0
"""Least difference in L* between neighbouring classes: five times what is just noticeable."""

# The ground of a missing value in the light and in the dark theme, from the style of the map.
STYLE = Path(__file__).resolve().parents[2] / "geo_app" / "maps" / "time_choropleth.css"
PAPERS = sorted(
    set(re.findall(r"--tc-paper: var\([\w-]+, (#[0-9a-f]{6})\)", STYLE.read_text("utf-8")))
)

each_vision = pytest.mark.parametrize("vision", VISIONS)
each_palette = pytest.mark.parametrize("palette", PALETTES)
each_diverging = pytest.mark.parametrize("palette", DIVERGING)


def linear(colour: str) -> Floats:
    channels = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(colour: str, vision: str) -> Floats:
    seen = np.clip(VISIONS[vision] @ linear(colour), 0, 1)
    share = XYZ @ seen / WHITE
    x, y, z = np.where(share > (6 / 29) ** 3, np.cbrt(share), share * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_white_and_black_are_the_ends_of_lightness() -> None:
    ends = [lab(colour, "usual")[0] for colour in ("#ffffff", "#000000")]
    assert ends == pytest.approx([100, 0], abs=1e-3)


@each_vision
def test_grey_stays_grey_in_every_vision(vision: str) -> None:
    assert lab("#808080", vision) == pytest.approx(lab("#808080", "usual"), abs=0.1)


def test_red_and_green_are_alike_to_those_who_cannot_tell_them_apart() -> None:
    away = [
        float(np.linalg.norm((lab("#b04a3a", v) - lab("#6f7a2e", v))[1:]))
        for v in ("usual", "deuteranopia")
    ]
    assert away[1] < away[0] / 2


@each_vision
@each_palette
def test_a_higher_class_is_visibly_darker(palette: str, vision: str) -> None:
    lightness = np.array([lab(colour, vision)[0] for colour in PALETTES[palette]])
    assert (-np.diff(lightness)).min() >= STEP


@each_vision
@each_palette
def test_any_two_classes_can_be_told_apart(palette: str, vision: str) -> None:
    colours = [lab(colour, vision) for colour in PALETTES[palette]]
    away = [
        float(np.linalg.norm(one - two)) for n, one in enumerate(colours) for two in colours[:n]
    ]
    assert min(away) >= 8


def test_a_missing_value_has_a_ground_in_both_themes() -> None:
    assert len(PAPERS) == 2


@each_vision
@each_palette
@pytest.mark.parametrize("paper", PAPERS)
def test_no_class_has_the_colour_of_a_missing_value(palette: str, vision: str, paper: str) -> None:
    ground = lab(paper, vision)
    away = [float(np.linalg.norm(lab(colour, vision) - ground)) for colour in PALETTES[palette]]
    assert min(away) >= STEP


@each_palette
def test_a_scale_does_not_run_from_green_to_red(palette: str) -> None:
    _, greenness, _ = lab(PALETTES[palette][0], "usual")
    assert greenness > -10


@each_palette
def test_a_colour_is_written_in_full(palette: str) -> None:
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in PALETTES[palette])


@each_vision
@each_diverging
def test_a_larger_difference_is_visibly_darker(palette: str, vision: str) -> None:
    lightness = np.array([lab(colour, vision)[0] for colour in DIVERGING[palette]])
    middle = len(lightness) // 2
    assert min(np.diff(lightness[:middle]).min(), (-np.diff(lightness[middle:])).min()) >= STEP


@each_vision
@each_diverging
def test_any_two_differences_and_none_can_be_told_apart(palette: str, vision: str) -> None:
    colours = [lab(colour, vision) for colour in (*DIVERGING[palette], NEUTRAL)]
    away = [
        float(np.linalg.norm(one - two)) for n, one in enumerate(colours) for two in colours[:n]
    ]
    assert min(away) >= 8


@each_vision
@each_diverging
@pytest.mark.parametrize("paper", PAPERS)
def test_no_difference_has_the_colour_of_a_missing_value(
    palette: str, vision: str, paper: str
) -> None:
    ground = lab(paper, vision)
    colours = (*DIVERGING[palette], NEUTRAL)
    away = [float(np.linalg.norm(lab(colour, vision) - ground)) for colour in colours]
    assert min(away) >= STEP


@each_diverging
def test_a_difference_does_not_run_from_green_to_red(palette: str) -> None:
    ends = [lab(colour, "usual") for colour in DIVERGING[palette][:: len(DIVERGING[palette]) - 1]]
    assert min(end[1] for end in ends) > -10


@each_diverging
def test_a_colour_of_a_difference_is_written_in_full(palette: str) -> None:
    colours = (*DIVERGING[palette], NEUTRAL)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)


@each_vision
def test_any_two_of_the_nine_classes_can_be_told_apart(vision: str) -> None:
    colours = [lab(colour, vision) for row in BIVARIATE for colour in row]
    away = [
        float(np.linalg.norm(one - two)) for n, one in enumerate(colours) for two in colours[:n]
    ]
    assert len(colours) == 9
    assert min(away) >= 15


@each_vision
def test_a_higher_class_of_either_figure_is_visibly_darker(vision: str) -> None:
    lightness = np.array([[lab(colour, vision)[0] for colour in row] for row in BIVARIATE])
    assert (-np.diff(lightness, axis=0)).min() >= STEP
    assert (-np.diff(lightness, axis=1)).min() >= STEP
