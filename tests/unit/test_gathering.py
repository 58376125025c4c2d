"""From the atlas to the numbers of a map, and what is refused on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo_app import atlas, rates
from geo_app.errors import BadRequest, TableInvalid
from geo_app.indicators import indicator
from geo_app.maps import gathering
from geo_app.maps.gathering import exposure, gather, rates_of
from geo_app.maps.head import Exposure
from geo_app.maps.series import Counted

if TYPE_CHECKING:
    from tests.unit.conftest import BrokenData

INEGI, MONTHLY = "homicides_inegi_per_100k", "homicide_victims_sesnsp_per_100k"
YEARLY, LEVEL = "homicide_victims_sesnsp_12m_per_100k", "advisory_level_us"


@pytest.mark.parametrize(
    ("slug", "level"), [(INEGI, "state"), (INEGI, "municipality"), (MONTHLY, None), (YEARLY, None)]
)
def test_the_packed_counts_give_exactly_the_rates_of_the_atlas(slug: str, level: str) -> None:
    numbers = gather(atlas.load(), slug, level)
    assert isinstance(numbers.series.values, Counted)
    found = rates_of(numbers.series.values, exposure(indicator(slug), numbers.periods))
    rows = atlas.load().values(slug, level=level or "state")
    rows = rows[rows["area_kind"] == (level or "state")]
    table = rows.set_index(["area_code", "period"])["value"]
    expected = [[table[code, text] for text in numbers.periods] for code in numbers.codes[:40]]
    assert found[:40].tolist() == expected


def test_the_day_before_the_first_issue_is_a_step_without_a_value() -> None:
    numbers = gather(atlas.load(), LEVEL)
    assert (numbers.periods[0], bool(numbers.series.is_known[:, 0].any())) == ("2018-01-09", False)


def test_a_year_stands_on_its_own_population() -> None:
    found = exposure(indicator(INEGI), ("2001", "2002"))
    assert (found.years, found.at, found.days) == ((2001, 2002), ((0, 0.0), (1, 0.0)), (1, 1))


def test_a_month_stands_between_two_populations() -> None:
    found = exposure(indicator(MONTHLY), ("2016-02",))
    assert (found.years, found.days) == ((2015, 2016), (29,))
    assert found.at[0][1] == pytest.approx(0.5 + (31 + 14.5) / 366)


def test_an_area_without_people_has_no_rate() -> None:
    counted = Counted(np.array([[5]]), np.array([[0]]))
    span = Exposure((2001,), ((0, 0.0),), (100_000.0,), (1,))
    assert np.isnan(rates_of(counted, span)).all()


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadRequest, match="no values for each city"):
        gather(atlas.load(), INEGI, "city")


def test_figures_of_an_area_without_a_shape_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = gathering.area_codes(indicator(INEGI).geography)
    monkeypatch.setattr(gathering, "area_codes", lambda _: codes[:-1])
    with pytest.raises(TableInvalid, match=r"areas without a shape \(32\)"):
        gather(atlas.load(), INEGI)


def test_half_a_person_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = rates.stored("conapo-population", "population_count", None)
    halved = stored.assign(value=stored["value"] + 0.5)
    numbers = atlas.load().values(INEGI)
    assert len(numbers) > 0
    monkeypatch.setattr(rates, "stored", lambda *_: halved)
    with pytest.raises(TableInvalid, match="a population that is not a whole number"):
        gather(atlas.load(), INEGI)


def test_a_value_that_would_change_its_class_is_refused(
    broken: BrokenData, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert broken.data.is_dir()
    monkeypatch.setattr(gathering, "rates_of", lambda counted, _: counted.counts * 1.0)
    with pytest.raises(TableInvalid, match="another class than the value itself"):
        gather(atlas.load(), INEGI)
