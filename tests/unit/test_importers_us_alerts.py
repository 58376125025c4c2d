"""Alerts of the US mission: a notice is a release, a whole list says no of the other states."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app import alerts
from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import us_alerts
from geo_app.importers.reading import Imported, Reading
from geo_app.states import state_codes
from tests.examples import examples

Row = dict[str, str]
Reader = Callable[..., list[Imported]]

JALISCO: Row = {
    "issuer": "US",
    "kind": "shelter in place",
    "date": "2026-02-22",
    "update": "first",
    "cve_ent": "14",
    "state": "Jalisco",
    "scope": "whole",
    "places": "Puerto Vallarta; Chapala",
    "status": "in force",
    "source_url": "https://example.org/first",
    "note": "",
}
OAXACA: Row = JALISCO | {"cve_ent": "20", "state": "Oaxaca", "places": "", "scope": "areas"}
NEXT: Row = {"date": "2026-02-23", "update": "update 4 (16:30)"}
PARTIAL: Row = {"date": "2026-02-23", "update": "expanded", "note": "press list: partial"}


def text_of(*rows: Row) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, us_alerts.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(*rows: Row) -> list[Imported]:
        path = tmp_path / "alerts.csv"
        path.write_text(text_of(*rows), encoding="utf-8")
        return us_alerts.read([path], Reading("2026-11-26"))

    return reader


def cells(found: Imported, name: str) -> dict[str, object]:
    return dict(zip(found.rows["area_code"], found.rows[name], strict=True))


def test_every_notice_is_a_release_of_its_own(read: Reader) -> None:
    found = read(JALISCO, JALISCO | NEXT)
    assert [(item.release.release, item.release.published) for item in found] == [
        ("US alert 2026-02-22 first", "2026-02-22"),
        ("US alert 2026-02-23 update 4", "2026-02-23"),
    ]


def test_a_whole_list_says_no_of_the_states_it_does_not_name(read: Reader) -> None:
    (found,) = read(JALISCO, OAXACA)
    flags = cells(found, "value")
    assert (list(flags), {code for code, flag in flags.items() if flag == 1.0}) == (
        list(state_codes()),
        {"14", "20"},
    )


def test_a_partial_list_says_nothing_of_the_states_it_does_not_name(read: Reader) -> None:
    (found,) = read(JALISCO | PARTIAL, OAXACA | PARTIAL)
    missing = found.rows[found.rows["value"].isna()]
    assert (len(missing), set(missing["status"]), cells(found, "status")["14"]) == (
        30,
        {"missing"},
        "partial",
    )


def test_the_states_of_which_a_partial_list_says_nothing_are_counted(read: Reader) -> None:
    (found,) = read(JALISCO | PARTIAL, OAXACA | PARTIAL)
    assert found.repairs == ("30 states of which a partial list says nothing",)


@pytest.mark.parametrize("status", ["back to normal", "lifted"])
def test_a_state_in_which_it_ended_is_not_under_it(read: Reader, status: str) -> None:
    found = read(JALISCO, JALISCO | NEXT | {"status": status})
    assert cells(found[1], "value")["14"] == 0.0


def test_the_list_holds_what_each_notice_says(read: Reader) -> None:
    found = read(JALISCO, JALISCO | NEXT)
    (reference,) = found[0].references
    listed = [(e.number, e.notice, e.time, e.places) for e in alerts.parse(reference.text)]
    assert (reference.name, listed) == (
        "us-alerts.csv",
        [
            (1, "first", "", ("Puerto Vallarta", "Chapala")),
            (1, "update 4", "16:30", ("Puerto Vallarta", "Chapala")),
        ],
    )


def test_notices_of_one_day_are_numbered_in_the_order_of_the_file(read: Reader) -> None:
    found = read(JALISCO | PARTIAL, OAXACA | PARTIAL, JALISCO | NEXT, OAXACA | NEXT)
    entries = alerts.parse(found[0].references[0].text)
    assert {(entry.number, entry.notice) for entry in entries} == {(1, "expanded"), (2, "update 4")}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"issuer": "CA"}, "line 3: an unknown issuer: expected US, got 'CA'"),
        ({"kind": "curfew"}, "line 3: an unknown kind of alert"),
        ({"date": "22 Feb"}, "line 3: not a date"),
        ({"cve_ent": "21"}, "line 3: code and name are of two states"),
        ({"cve_ent": "00"}, "line 3: a row without a notice, a state or a link"),
        ({"update": ""}, "line 3: a row without a notice, a state or a link"),
        ({"source_url": "radio"}, "line 3: a row without a notice, a state or a link"),
        ({"scope": "most"}, "line 3: an unknown scope"),
        ({"status": "over"}, "line 3: an unknown status"),
        ({"note": "partial"}, "a notice has two hours, or is both whole and partial"),
        ({"update": "first (09:00)"}, "a notice has two hours, or is both whole and partial"),
        ({"cve_ent": "14", "state": "Jalisco"}, "a state stands twice in a notice"),
    ],
)
def test_a_damaged_row_is_refused(read: Reader, change: Row, message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(JALISCO, OAXACA | change)


def test_a_whole_list_that_leaves_out_a_state_under_the_alert_is_refused(read: Reader) -> None:
    message = "update 4: a whole notice says nothing of a state that was under the alert: got 20"
    with pytest.raises(SourceInvalid, match=message):
        read(JALISCO, OAXACA, JALISCO | NEXT)


def test_two_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceInvalid, match="not one list of alerts: expected 1 file, got 2 files"):
        us_alerts.read([tmp_path, tmp_path], Reading("2026-11-26"))


VALID = text_of(JALISCO, OAXACA, JALISCO | NEXT, OAXACA | NEXT).encode()


@examples(150)
@given(st.integers(0, len(VALID)), st.integers(0, 30), st.binary(max_size=20))
def test_a_file_damaged_anywhere_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, patch: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    path.write_bytes(VALID[:start] + patch + VALID[start + length :])
    try:
        found = us_alerts.read([path], Reading("2026-11-26"))
    except AtlasError:
        return
    assert all(list(item.rows["area_code"]) == list(state_codes()) for item in found)
