"""Every kind of area has its usual name."""

from __future__ import annotations

import pytest

from geo_app.areas import area_name
from geo_app.errors import BadRequest


@pytest.mark.parametrize(
    ("kind", "code", "lang", "name"),
    [
        ("state", "15", "es", "México"),
        ("state", "09", "en", "Mexico City"),
        ("nation", "00", "en", "Mexico (nation)"),
        ("nation", "00", "es", "México (nación)"),
        ("city", "09", "es", "Colima"),
        ("city", "00", "en", "Mexico (nation)"),
        ("municipality", "02001", "en", "Ensenada"),
    ],
)
def test_an_area_has_its_usual_name(kind: str, code: str, lang: str, name: str) -> None:
    assert area_name(kind, code, lang) == name


def test_a_municipality_that_no_shape_has_is_refused() -> None:
    with pytest.raises(BadRequest, match=r"no such municipality: expected a code.*got '02006'"):
        area_name("municipality", "02006")
