"""The US advisory: an issue is a release, 32 states or an explicit hole, reasons closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from geo_app.errors import SourceInvalid
from geo_app.importers import us_advisory, us_advisory_lists
from geo_app.importers.reading import Imported, Reading
from geo_app.states import all_states, state_codes

OFFICIAL = "official text"
CARRIED = "partial list, rest carried over from the general rule"
HEADER = "issued,cve_ent,state,level,reasons,source_url,source_quality"
COPY = "a copy of the feed of that day in a public repository (mexico_travel_advisory.json)"
Lists = dict[str, list[str]]


def lists() -> Lists:
    """One issue with a list, all at level 2 for crime, and a newer one without."""
    states = [
        f"2025-08-12,{item.state_code},{item.name_short},2,crime,https://example.org/a,{OFFICIAL}"
        for item in all_states()
    ]
    return {
        us_advisory_lists.STATE_FILE: [HEADER, *states],
        us_advisory_lists.COUNTRY_FILE: [
            "issued,country_level,reasons,source_url,source_quality",
            f"2026-05-29,2,terrorism; crime,{COPY},{OFFICIAL}",
            "2025-08-12,,crime; kidnapping,http://example.org/b,press",
        ],
    }


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Lists], list[Imported]]:
    def reader(texts: Lists) -> list[Imported]:
        files = [tmp_path / f"{stem}.csv" for stem in texts]
        for path, lines in zip(files, texts.values(), strict=True):
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return us_advisory.read(files, Reading("2026-11-23"))

    return reader


def cell(found: Imported, code: str, name: str) -> object:
    (value,) = found.rows.loc[found.rows["area_code"] == code, name]
    return value


def test_every_issue_is_a_release_of_its_own_oldest_first(
    read: Callable[[Lists], list[Imported]],
) -> None:
    releases = [(item.release.release, item.release.published) for item in read(lists())]
    assert releases == [
        ("US advisory 2025-08-12", "2025-08-12"),
        ("US advisory 2026-05-29", "2026-05-29"),
    ]


def test_an_issue_without_a_list_has_32_states_without_a_level(
    read: Callable[[Lists], list[Imported]],
) -> None:
    rows = read(lists())[1].rows
    states = rows[rows["area_code"] != "00"]
    assert (list(states["area_code"]), set(states["status"]), states["value"].notna().sum()) == (
        list(state_codes()),
        {"missing"},
        0,
    )


def test_the_country_keeps_its_own_level(read: Callable[[Lists], list[Imported]]) -> None:
    assert cell(read(lists())[1], "00", "value") == 2


def test_an_issue_without_a_single_country_level_says_not_applicable(
    read: Callable[[Lists], list[Imported]],
) -> None:
    assert cell(read(lists())[0], "00", "status") == "not_applicable"


@pytest.mark.parametrize(
    ("text", "code", "address"),
    [(0, "06", "https://example.org/a"), (0, "00", "http://example.org/b"), (1, "00", "")],
)
def test_an_address_is_kept_where_it_is_a_link(
    read: Callable[[Lists], list[Imported]], text: int, code: str, address: str
) -> None:
    assert cell(read(lists())[text], code, "address") == address


@pytest.mark.parametrize(
    ("reasons", "quality", "stored"),
    [
        ("crime; kidnapping", OFFICIAL, "crime|kidnapping"),
        ("COVID-19 (country); crime; kidnapping", "press", "health|crime|kidnapping"),
        ("COVID-19; health", "press", "health"),
        ("", OFFICIAL, "none"),
        ("", "full list in press", ""),
        ("", CARRIED, ""),
    ],
)
def test_reasons_are_of_the_closed_vocabulary_and_silence_of_the_press_is_not_none(
    read: Callable[[Lists], list[Imported]], reasons: str, quality: str, stored: str
) -> None:
    texts = lists()
    line = f'2025-08-12,01,Aguascalientes,2,{reasons},https://example.org/a,"{quality}"'
    texts[us_advisory_lists.STATE_FILE][1] = line
    assert cell(read(texts)[0], "01", "reasons") == stored


def test_a_level_carried_over_from_the_general_rule_is_estimated(
    read: Callable[[Lists], list[Imported]],
) -> None:
    texts = lists()
    texts[us_advisory_lists.STATE_FILE][1] = f'2025-08-12,01,Aguascalientes,2,,,"{CARRIED}"'
    (found, _) = read(texts)
    assert (cell(found, "01", "status"), found.repairs) == (
        "estimated",
        ("1 states carried over from the general rule",),
    )


@pytest.mark.parametrize(
    ("stem", "line", "text", "message"),
    [
        (
            us_advisory_lists.STATE_FILE,
            1,
            f"2025-08-12,01,Aguascalientes,5,,,{OFFICIAL}",
            "not a level",
        ),
        (
            us_advisory_lists.STATE_FILE,
            1,
            f"2025-08-12,01,Aguascalientes,,,,{OFFICIAL}",
            "not a level",
        ),
        (us_advisory_lists.STATE_FILE, 1, f"2025-08-12,01,Colima,2,,,{OFFICIAL}", "of two states"),
        (
            us_advisory_lists.STATE_FILE,
            1,
            f"2025-08-12,28,State of Matamoros,2,,,{OFFICIAL}",
            "line 2: not a state but a heading inside Tamaulipas",
        ),
        (
            us_advisory_lists.STATE_FILE,
            1,
            f"2025-08-12,02,Baja California,2,,,{OFFICIAL}",
            "does not name each of the 32 states once: .* got 32 rows, 02 twice, no 01",
        ),
        (
            us_advisory_lists.STATE_FILE,
            1,
            f"12 Aug,01,Aguascalientes,2,,,{OFFICIAL}",
            "2: not a date",
        ),
        (
            us_advisory_lists.STATE_FILE,
            1,
            "2025-08-12,01,Aguascalientes,2,,,rumour",
            "unknown quality",
        ),
        (
            us_advisory_lists.STATE_FILE,
            1,
            "2025-08-12,01,Aguascalientes,2",
            "line 2: the row is cut",
        ),
        (
            us_advisory_lists.STATE_FILE,
            1,
            f"2025-08-12,01,Aguascalientes,2,crime; weather,,{OFFICIAL}",
            "line 2: a reason that is not in the vocabulary: expected crime, kidnapping",
        ),
        (
            us_advisory_lists.COUNTRY_FILE,
            1,
            f"2025-08-12,2,,{COPY},{OFFICIAL}",
            "the issue stands twice",
        ),
        (
            us_advisory_lists.COUNTRY_FILE,
            2,
            f"2024-09-06,2,,{COPY},{OFFICIAL}",
            "expected a row of 2025-08-12",
        ),
    ],
)
def test_a_damaged_row_is_refused(
    read: Callable[[Lists], list[Imported]], stem: str, line: int, text: str, message: str
) -> None:
    texts = lists()
    texts[stem][line] = text
    with pytest.raises(SourceInvalid, match=message):
        read(texts)


def test_a_missing_state_is_refused(read: Callable[[Lists], list[Imported]]) -> None:
    texts = lists()
    del texts[us_advisory_lists.STATE_FILE][-1]
    with pytest.raises(SourceInvalid, match="got 31 rows, no 32"):
        read(texts)
