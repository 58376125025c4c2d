"""Pages and files of the foreign issuers: states, levels, scopes and the day that they give."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import foreign_advisories, foreign_json
from geo_app.importers.foreign_text import html_text
from geo_app.importers.reading import Imported, Reading
from geo_app.issuers import parse_areas
from geo_app.states import state_codes
from tests.examples import examples

Reader = Callable[..., list[Imported]]
CHECKED = "2026-11-26"
PAD = "\n" + " " * 200 + "\n"
"""Files under 200 bytes are refused as pointers."""

AVOID = '[Avoid non-essential travel](#levels "Risk Levels")'
CANADA = f"""# Risk level

## Risk level

### Mexico - Exercise a high degree of caution

[Exercise](#levels "Risk Levels") in Mexico due to high levels of criminal activity and kidnapping.

### Regional Advisory - Avoid non-essential travel

{AVOID} to the following states due to high levels of violence and organized crime:

* Chiapas, excluding:
  + Palenque
* Colima
* Jalisco, within 50 km of the border with Michoacán state
* the Lagunas Park in Morelos
* Sinaloa, excluding the city of Los Mochis
"""
COAST = """
### Southern coast - Avoid non-essential travel

{words}
"""
CANADA_INFO = {"name": "Mexico", "update_date": "2025-03-18T13:58:00", "sections": {"risk": "x"}}

ADVISES = "FCDO advises against all but essential travel to"
BRITAIN = f"""# Warnings and insurance

Still current at:
:   24 February 2026

Updated:
:   23 February 2026

## Areas where FCDO advises against all but essential travel

### State of Baja California

{ADVISES} the city of Tijuana, except:

* transit

There is another state called Baja California Sur.

### State of Zacatecas

{ADVISES} the state of Zacatecas.

### State of Guerrero

{ADVISES} the state of Guerrero, except the town of Zihuatanejo/Ixtapa accessed by air.

Find out more about the reasons.

## Before you travel

Read on.
"""
BRITAIN_INFO = {"name": "Mexico", "update_date": "2026-02-23T16:08:09+00:00", "pages": []}
REGIONS = f"""# Regional risks

## North

### Baja California, including Tijuana

{ADVISES} the city of Tecate.

Much more is said here.

### Durango

Nothing of the kind is said here.
"""

LEVEL_2 = "[Exercise a high degree of caution](https://example.org/x#level2)"
LEVEL_3 = "[Reconsider your need to travel](https://example.org/x#level3)"
AUSTRALIA = f"""# Overview

## Advice levels

{LEVEL_2} in Mexico overall.

{LEVEL_2} in Mexico overall due to the threat of violent crime.

{LEVEL_3} to Colima State (except Manzanillo, by air), and Zacatecas.

{LEVEL_3} to:

* Colima State (except Manzanillo, by air)
* North-western Durango, Sinaloa State (except Mazatlan), and
* Zacatecas.

due to high levels of violent crime (including kidnapping and extortion) and their volatile \
security situation.
"""
AUSTRALIA_INFO = {
    "destination": "Mexico",
    "advisory_level": "Exercise a high degree of caution",
    "last_updated": "2025-06-13T12:00:00Z",
}

AGAINST = "we advise against non-essential travel to the following states, due to high levels of"
IRELAND = f"""## Safety and security

Additionally, {AGAINST} crime (including opportunistic crime and organised crime) and violence:

* Chiapas border areas with Guatemala
* Chihuahua
* Coahuila (except Saltillo)

We recommend against non-essential travel to these states for that reason.
"""
IRELAND_INFO = {
    "name": "Mexico",
    "risk_level": "x",
    "update_date": "2026-02-25T00:00:00",
    "pages": [],
}

BODY = f"""<h2>Areas</h2><h3 id="a">State of Zacatecas</h3><p>{ADVISES} the state of Zacatecas.</p>
<h3>State of Baja California</h3><p>{ADVISES} the city of <b>Tijuana</b>, except:</p>
<ul><li><p>transit</p></li></ul><h2>Before you travel</h2>"""


def content(**details: object) -> dict[str, object]:
    """Make a document in the layout of the content API's samples."""
    plain: dict[str, object] = {
        "country": {"slug": "mexico", "name": "Mexico"},
        "updated_at": "2026-07-17T08:00:00Z",
        "reviewed_at": "2026-07-16T15:08:09Z",
        "alert_status": ["avoid_all_but_essential_travel_to_parts"],
        "summary": "",
        "parts": [
            {"slug": "warnings-and-insurance", "title": "Warnings", "body": BODY},
            {"slug": "health", "title": "Health", "body": "<p>…</p>"},
        ],
    }
    return {
        "base_path": "/foreign-travel-advice/mexico",
        "schema_name": "travel_advice",
        "details": {key: value for key, value in (plain | details).items() if value is not None},
    }


def index(**mexico: object) -> dict[str, object]:
    """Make an index in the layout of ``index-alpha-eng.json``."""
    plain: dict[str, object] = {
        "date-published": {"timestamp": 1412195242, "date": "2014-10-01 16:27:22"},
        "advisory-state": 1,
        "has-regional-advisory": 1,
        "eng": {
            "name": "Mexico",
            "advisory-text": "Exercise a high degree of caution; see also regional advisories.",
        },
    }
    return {"metadata": {"generated": {}}, "data": {"MX": plain | mexico, "AF": {}}}


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    def reader(
        *files: str | dict[str, object], published: str = "", **named: str
    ) -> list[Imported]:
        every = {f"file{number}.txt": text for number, text in enumerate(files)} | {
            name.replace("__", "."): text for name, text in named.items()
        }
        paths = []
        for name, file in every.items():
            text = file if isinstance(file, str) else json.dumps(file)
            paths.append(tmp_path / name)
            paths[-1].write_text(text + PAD, encoding="utf-8")
        return foreign_advisories.read(paths, Reading(CHECKED, published))

    return reader


def row(found: Imported, code: str) -> tuple[float | None, str, str]:
    (cells,) = found.rows[found.rows["area_code"] == code].to_dict("records")
    value = None if cells["value"] != cells["value"] else float(cells["value"])
    return value, str(cells["status"]), str(cells["reasons"])


def areas(found: Imported) -> dict[str, tuple[str, tuple[str, ...] | None]]:
    """Return scope and places of the states that are named."""
    (reference,) = found.references
    listed = [area for area in parse_areas(reference.text) if area.scope != "country"]
    return {area.state_code: (str(area.scope), area.places) for area in listed}


def name_and_day(found: Imported) -> tuple[str, str]:
    return found.release.release, found.release.published


# ------------------------------------------------------------------------------ Canada


def test_canada_names_states_with_their_scope(read: Reader) -> None:
    (found,) = read(CANADA, CANADA_INFO)
    assert areas(found) == {
        "07": ("whole except", None),
        "06": ("whole", ()),
        "14": ("part", ("50 km strip along the border with Michoacán",)),
        "17": ("part", None),
        "25": ("whole except", ("Los Mochis",)),
    }


def test_canada_s_levels_and_reasons_are_its_own(read: Reader) -> None:
    (found,) = read(CANADA, CANADA_INFO)
    assert (row(found, "00"), row(found, "25"), row(found, "01")) == (
        (1.0, "final", "crime|kidnapping"),
        (2.0, "final", "crime"),
        (1.0, "final", "crime|kidnapping"),
    )


def test_the_day_is_that_of_the_description_file(read: Reader) -> None:
    (found,) = read(CANADA, CANADA_INFO)
    assert name_and_day(found) == ("Canada advisory 2025-03-18", "2025-03-18")


def test_the_caller_may_give_the_day(read: Reader) -> None:
    (found,) = read(CANADA, published="2025-03-20")
    assert name_and_day(found) == ("Canada advisory 2025-03-20", "2025-03-20")


def test_the_day_of_reading_is_never_the_day_of_an_issue(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="does not give the day of the issue; give the desc"):
        read(CANADA)


def test_a_reason_that_is_not_in_the_vocabulary_leaves_the_reasons_unknown(read: Reader) -> None:
    (found,) = read(CANADA.replace("violence and", "dust and"), published="2025-03-18")
    assert row(found, "25") == (2.0, "final", "")


def test_a_coast_that_a_person_put_into_states_is_estimated(read: Reader) -> None:
    # The heading and the sentence of a storm of June 2025, known by their hash.
    title = "Southwestern coast - Avoid non-essential travel"
    sentence = f"{AVOID} to the southwestern coast, from Tecpan de Galeana to Puerto Angel, "
    storm = f"\n### {title}\n\n{sentence}due to Hurricane Erick.\n\n"
    link = "[Natural disasters and climate](#disasters)\n"
    (found,) = read(CANADA + storm + link, published="2025-06-18")
    assert (row(found, "20"), areas(found)["20"][0]) == (
        (2.0, "estimated", "natural_disaster"),
        "part",
    )


def test_a_coast_in_states_that_nobody_read_leaves_the_unnamed_states_estimated(
    read: Reader,
) -> None:
    words = f"{AVOID} to the coast due to Hurricane Zoe."
    (found,) = read(CANADA + COAST.format(words=words), published="2025-03-18")
    assert (row(found, "20")[:2], row(found, "25")[:2]) == ((1.0, "estimated"), (2.0, "final"))
    assert found.repairs[0] == "1 warnings of places whose states nobody has read"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("the state of Oaxaca", {"20": ("whole", ())}),
        ("the coast of Oaxaca", {"20": ("part", None)}),
        (
            "the states of Oaxaca and Guerrero",
            {"20": ("whole or part", None), "12": ("whole or part", None)},
        ),
    ],
)
def test_a_warning_without_a_list_is_of_the_states_it_names(
    read: Reader, target: str, expected: dict[str, tuple[str, object]]
) -> None:
    words = f"{AVOID} to {target} due to Hurricane Zoe."
    (found,) = read(CANADA + COAST.format(words=words), published="2025-03-18")
    assert {code: areas(found)[code] for code in expected} == expected


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("### Mexico - Exercise", "### Cuba - Exercise", "does not give the country one level"),
        ("high degree of caution\n", "low degree\n", "an unknown level: expected take normal"),
        ("### Regional Advisory - ", "### ", "'Avoid non-essential travel': an unknown level"),
        (CANADA[CANADA.index("### Regional") :], "", "the page warns of no region"),
        ("* Colima", "* Sylvania", "an item of the list does not name one state: got 'Sylvania'"),
        ("* Colima", "* from Colima to Oaxaca", "does not name one state"),
        ("* Colima", "* Colima\n* Colima", "an area stands twice in one issue: got 06"),
    ],
)
def test_a_page_of_canada_that_is_not_understood_is_refused(
    read: Reader, old: str, new: str, message: str
) -> None:
    assert old in CANADA
    with pytest.raises(SourceInvalid, match=message):
        read(CANADA.replace(old, new, 1), published="2025-03-18")


def test_one_state_at_two_levels_is_refused(read: Reader) -> None:
    other = "\n### Regional Advisory - Avoid all travel\n\nAvoid:\n\n* Sinaloa\n"
    with pytest.raises(SourceInvalid, match="a state has two levels in one issue: got 25"):
        read(CANADA + other, published="2025-03-18")


def test_the_index_gives_the_country_and_no_states(read: Reader) -> None:
    (found,) = read(index())
    assert (name_and_day(found), row(found, "00")[0], row(found, "25")[:2], areas(found)) == (
        ("Canada index 2014-10-01", "2014-10-01"),
        1.0,
        (None, "missing"),
        {},
    )
    assert found.repairs == ("the regions at levels of their own are not named",)


def test_an_index_without_regions_puts_all_states_at_the_country_s_level(read: Reader) -> None:
    english = {"name": "Mexico", "advisory-text": "Exercise normal security precautions"}
    (found,) = read(index(**{"has-regional-advisory": 0, "advisory-state": 0, "eng": english}))
    assert (row(found, "25")[:2], name_and_day(found)[0]) == (
        (0.0, "final"),
        "Canada advisory 2014-10-01",
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"advisory-state": 2}, "number and name of the level differ: expected Exercise a high"),
        ({"advisory-state": "1"}, "data/MX|advisory-state: a value is missing or of another type"),
        ({"advisory-state": True}, "advisory-state: a value is missing or of another type"),
        ({"date-published": {}}, "date-published/date: a value is missing .* got nothing"),
        ({"date-published": {"date": "soon"}}, "not a day: .*got soon"),
        ({"eng": {"name": "Cuba", "advisory-text": "x"}}, "about another country: .* got Cuba"),
        ({"eng": {"name": "Mexico", "advisory-text": "x"}}, "an unknown level"),
    ],
)
def test_an_index_that_is_not_understood_is_refused(
    read: Reader, change: dict[str, object], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(index(**change))


def test_canada_s_file_of_one_country_is_refused_because_its_layout_was_never_seen(
    read: Reader,
) -> None:
    with pytest.raises(SourceInvalid, match="of which no copy was ever seen, is not read; give"):
        read({"data": {"eng": {"name": "Mexico", "advisories": {}}}})


# ---------------------------------------------------------------------- United Kingdom


def test_britain_names_states_with_their_scope(read: Reader) -> None:
    (found,) = read(BRITAIN)
    assert areas(found) == {
        "02": ("part", None),
        "32": ("whole", ()),
        "12": ("whole except", ("Ixtapa/Zihuatanejo (by air)",)),
    }


def test_britain_gives_the_country_no_level(read: Reader) -> None:
    (found,) = read(BRITAIN)
    assert (row(found, "32"), row(found, "00"), row(found, "01")[:2]) == (
        (2.0, "final", ""),
        (None, "not_applicable", ""),
        (None, "not_applicable"),
    )


def test_the_page_of_britain_gives_its_day_and_that_of_the_copy(read: Reader) -> None:
    (found,) = read(BRITAIN)
    assert (name_and_day(found), found.release.seen) == (
        ("United Kingdom advisory 2026-02-23", "2026-02-23"),
        "2026-02-24",
    )


def test_hard_blanks_between_words_hide_no_warning(read: Reader) -> None:
    (found,) = read(BRITAIN.replace("FCDO advises", "FCDO\u00a0advises"))
    assert set(areas(found)) == {"02", "12", "32"}


def test_the_reasons_of_britain_are_told_as_not_known(read: Reader) -> None:
    (found,) = read(BRITAIN)
    assert found.repairs[0] == "the page gives its reasons in prose: not known"


def test_page_and_description_of_one_day_go_together(read: Reader) -> None:
    (found,) = read(BRITAIN_INFO, BRITAIN)
    assert found.release.file == "file0.txt + file1.txt"


def test_all_travel_is_the_second_warning(read: Reader) -> None:
    (found,) = read(
        BRITAIN.replace(
            "all but essential travel to the state of Zac", "all travel to the state of Zac"
        )
    )
    assert row(found, "32")[0] == 3.0


def test_the_regional_page_names_the_states_by_its_headings(read: Reader) -> None:
    (found,) = read(REGIONS, BRITAIN_INFO)
    assert areas(found) == {"02": ("part", None)}


def test_a_warning_about_the_whole_country_gives_all_states_its_level(read: Reader) -> None:
    text = BRITAIN.replace("### State of Baja", f"{ADVISES} Mexico.\n\n### State of Baja")
    (found,) = read(text)
    assert (row(found, "00")[:2], row(found, "01")[:2]) == ((2.0, "final"), (2.0, "final"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            f"{ADVISES} the state of Zacatecas.",
            "Take care.",
            "in a form that is not known: got 'St",
        ),
        (
            f"{ADVISES} the city",
            "FCDO strongly advised against the city",
            "not known: got 'FC",
        ),
        ("\n## Before you travel\n\nRead on.\n", "", "the page ends inside its warnings"),
        ("Updated:\n:   23 February 2026", "x", "does not give the day of the issue"),
        ("23 February 2026", "31 February 2026", "not a day: got 31 February 2026"),
        ("23 February 2026", "23 Brumaire 2026", "not a day: got 23 Brumaire 2026"),
        ("23 February 2026", "23 February 2027", "an issue of a day after the reading"),
        (
            "### State of Guerrero\n",
            f"### State of Guerrero\n\n{ADVISES.replace('all but essential', 'all')} x.\n",
            "a state has two levels in one issue: got 12",
        ),
        (
            "### State of Zacatecas",
            f"### Roads\n\n{ADVISES} the road 45.\n\n### Z",
            "name one state",
        ),
    ],
)
def test_a_page_of_britain_that_is_not_understood_is_refused(
    read: Reader, old: str, new: str, message: str
) -> None:
    assert old in BRITAIN
    with pytest.raises(SourceInvalid, match=message):
        read(BRITAIN.replace(old, new, 1))


def test_a_regional_page_without_a_warning_is_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="the page warns of no state"):
        read(REGIONS.replace(ADVISES, "Think of"), published="2026-07-16")


def test_two_days_for_one_issue_are_refused(read: Reader) -> None:
    other = BRITAIN_INFO | {"update_date": "2026-02-25T00:00:00Z"}
    with pytest.raises(SourceInvalid, match=r"two days for one issue: got 2026-02-23 \(file0"):
        read(BRITAIN, other)


def test_a_day_of_the_caller_that_differs_is_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match=r"2026-02-24 \(--published\); give the files of one"):
        read(BRITAIN, published="2026-02-24")


def test_page_and_description_of_two_captures_are_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="not captured together: got 2026-02-05 and 2026-08-22"):
        read(**{"ca_2026-02-05__md": CANADA, "ca_2026-08-22__json": json.dumps(CANADA_INFO)})


# ------------------------------------------------------------ the content API of GOV.UK


def test_a_content_document_says_the_same_as_a_page(read: Reader) -> None:
    (found,) = read(content())
    assert areas(found) == {"02": ("part", None), "32": ("whole", ())}


def test_its_day_is_that_of_the_review_which_the_page_shows(read: Reader) -> None:
    assert name_and_day(read(content())[0])[1] == "2026-07-16"
    assert name_and_day(read(content(reviewed_at=None))[0])[1] == "2026-07-17"


def test_its_day_is_counted_in_london(read: Reader) -> None:
    (found,) = read(content(reviewed_at="2026-07-16T23:30:00.000+00:00"))
    assert name_and_day(found)[1] == "2026-07-17"


def test_the_older_layout_lists_its_areas_in_the_summary(read: Reader) -> None:
    summary = (
        "<p>The Foreign &amp; Commonwealth Office (FCO) advise against all travel to the state of"
        " Colima.</p><p>The FCO advise against all but essential travel to:</p><ul><li>the state"
        " of Tamaulipas (except Tampico)</li><li>areas of Jalisco<ul><li>x</li></ul></li></ul>"
    )
    both = ["avoid_all_but_essential_travel_to_parts", "avoid_all_travel_to_parts"]
    (found,) = read(content(summary=summary, parts=[], alert_status=both))
    assert areas(found) == {
        "06": ("whole", ()),
        "28": ("whole except", None),
        "14": ("part", None),
    }
    assert (row(found, "06")[0], row(found, "28")[0]) == (3.0, 2.0)


def test_a_body_in_several_forms_is_read_from_its_html(read: Reader) -> None:
    forms = [
        {"content_type": "text/govspeak", "content": "x"},
        {"content_type": "text/html", "content": BODY},
    ]
    parts = [{"slug": "warnings-and-insurance", "body": forms}]
    assert set(areas(read(content(parts=parts))[0])) == {"02", "32"}


def test_an_alert_for_the_whole_country_is_its_level(read: Reader) -> None:
    whole = ["avoid_all_but_essential_travel_to_whole_country"]
    (found,) = read(content(parts=[], alert_status=whole))
    assert (row(found, "00")[:2], row(found, "25")[:2]) == ((2.0, "final"), (2.0, "final"))


@pytest.mark.parametrize(
    ("details", "message"),
    [
        (
            {"alert_status": []},
            r"not those of alert_status: expected levels \[\], got levels \[2\]",
        ),
        ({"alert_status": ["avoid_all_travel_to_parts"]}, "not those of alert_status"),
        ({"alert_status": ["stay_home"]}, "an unknown alert_status"),
        ({"alert_status": None}, "details/alert_status: a value is missing"),
        ({"alert_status": [], "parts": []}, "the document warns of no state"),
        ({"parts": None}, "details/parts: a value is missing"),
        ({"parts": [{"slug": "warnings-and-insurance"}]}, "a part of the guide has no text"),
        ({"reviewed_at": "soon"}, "not a time: expected a time in UTC, got soon"),
        ({"reviewed_at": "2026-07-16T15:08:09"}, "a time without its zone"),
        ({"reviewed_at": "0001-01-01T00:00:00+14:00"}, "not a time"),
    ],
)
def test_a_content_document_that_is_not_understood_is_refused(
    read: Reader, details: dict[str, object], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(content(**details))


def test_a_content_document_of_another_country_is_refused(read: Reader) -> None:
    other = content() | {"base_path": "/foreign-travel-advice/albania"}
    with pytest.raises(SourceInvalid, match=r"not the travel advice for Mexico: .*/albania"):
        read(other)


# --------------------------------------------------------------------------- Australia


def test_australia_names_states_with_their_scope(read: Reader) -> None:
    (found,) = read(AUSTRALIA, AUSTRALIA_INFO)
    assert areas(found) == {
        "06": ("whole except", None),
        "10": ("part", ("north-west of the state",)),
        "25": ("whole except", None),
        "32": ("whole", ()),
    }


def test_australia_s_levels_reasons_and_day_are_its_own(read: Reader) -> None:
    (found,) = read(AUSTRALIA, AUSTRALIA_INFO)
    assert (row(found, "00"), row(found, "32"), name_and_day(found)[1]) == (
        (2.0, "final", "crime"),
        (3.0, "final", "crime|kidnapping"),
        "2025-06-13",
    )


def test_a_level_without_a_list_is_read_from_its_sentence(read: Reader) -> None:
    text = AUSTRALIA[: AUSTRALIA.index(f"{LEVEL_3} to:")]
    (found,) = read(text, published="2025-06-13")
    assert areas(found) == {"06": ("whole except", None), "32": ("whole", ())}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("in Mexico overall", "in Cuba", "does not give the country one level|name one state"),
        ("#level3", "#level4", "number and name of the level differ: expected 3, got 4"),
        ("[Reconsider your need", "[Ponder your need", "an unknown level"),
        ("* Zacatecas.\n\ndue to", "* Zacatecas.\n* due to", "does not name|ends inside its list"),
        ("* Colima State (", "* Sylvania (", "an item of the list does not name one state"),
        ("* Zacatecas.", "* from Puebla to Oaxaca", "an item of the list does not name one state"),
    ],
)
def test_a_page_of_australia_that_is_not_understood_is_refused(
    read: Reader, old: str, new: str, message: str
) -> None:
    assert old in AUSTRALIA
    with pytest.raises(SourceInvalid, match=message):
        read(AUSTRALIA.replace(old, new), published="2025-06-13")


def test_a_page_cut_inside_its_list_is_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="the page ends inside its list of states"):
        read(AUSTRALIA[: AUSTRALIA.index("* Zacatecas.")], published="2025-06-13")


def test_a_page_that_names_no_state_is_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="the page warns of no state"):
        read(AUSTRALIA[: AUSTRALIA.index(LEVEL_3)], published="2025-06-13")


def test_a_description_with_another_level_of_the_country_is_refused(read: Reader) -> None:
    other = AUSTRALIA_INFO | {"advisory_level": "Do not travel"}
    with pytest.raises(SourceInvalid, match="page and description give the country two levels"):
        read(AUSTRALIA, other)


# ----------------------------------------------------------------------------- Ireland


def test_ireland_names_states_with_their_scope(read: Reader) -> None:
    (found,) = read(IRELAND, IRELAND_INFO)
    assert areas(found) == {
        "07": ("part", ("areas along the border with Guatemala",)),
        "08": ("whole", ()),
        "05": ("whole except", ("Saltillo",)),
    }


def test_ireland_s_country_level_is_missing(read: Reader) -> None:
    (found,) = read(IRELAND, IRELAND_INFO)
    assert (row(found, "08"), row(found, "00")[:2], name_and_day(found)[1]) == (
        (3.0, "final", "crime"),
        (None, "missing"),
        "2026-02-25",
    )


def test_a_sentence_against_travel_outside_the_list_is_counted(read: Reader) -> None:
    (found,) = read(IRELAND, IRELAND_INFO)
    assert found.repairs == ("1 sentences against travel outside the list not read",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "non-essential travel to the foll",
            "all travel to the foll",
            "an unknown level: .*got all",
        ),
        ("* Chihuahua", "* Chih", "an item of the list does not name one state: got 'Chih'"),
        ("## Safety and security", f"## Safety and security\n\n{AGAINST} x", "not one list of"),
    ],
)
def test_a_page_of_ireland_that_is_not_understood_is_refused(
    read: Reader, old: str, new: str, message: str
) -> None:
    assert old in IRELAND
    with pytest.raises(SourceInvalid, match=message):
        read(IRELAND.replace(old, new, 1), published="2026-02-25")


def test_a_list_of_ireland_that_is_cut_is_refused(read: Reader) -> None:
    with pytest.raises(SourceInvalid, match="the list of states is empty or cut"):
        read(IRELAND[: IRELAND.index("* Coahuila")], published="2026-02-25")


# ---------------------------------------------------------------------- which is which


def test_issuers_may_be_read_together(read: Reader) -> None:
    found = read(BRITAIN, AUSTRALIA, AUSTRALIA_INFO, CANADA, CANADA_INFO)
    assert [item.release.release for item in found] == [
        "Canada advisory 2025-03-18",
        "United Kingdom advisory 2026-02-23",
        "Australia advisory 2025-06-13",
    ]


def test_the_list_of_areas_is_that_of_all_of_them(read: Reader) -> None:
    found = read(BRITAIN, AUSTRALIA, AUSTRALIA_INFO)
    (reference,) = found[0].references
    assert len(parse_areas(reference.text)) == 64


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([CANADA_INFO], "a description of Canada without the page"),
        ([CANADA, CANADA], "two files of the same kind of Canada; import them one after"),
        ([content(), content()], "two files of the same kind of United Kingdom"),
        ([CANADA, CANADA_INFO | {"name": "Cuba"}], "the file is about another country"),
        ([CANADA, CANADA_INFO | {"update_date": "May"}], "not a day"),
        ([CANADA, CANADA_INFO | {"update_date": 3}], "update_date: a value is missing or of anoth"),
        (["{"], "not readable as JSON"),
        (['{"a":' * 100_000], "not readable as JSON"),
        ([{"a": 1}], "none of the known JSON files of travel advice: got a"),
        ([{}], "none of the known JSON files of travel advice: got no key"),
        (["Once upon a time."], "none of the known lists, pages and files of travel advice"),
        (["x" * (foreign_json.LARGEST_PAGE + 1)], "too large to be a page or file"),
        (["x" * (foreign_json.LARGEST_FILE_BYTES + 1)], "too large to be a page or file"),
    ],
)
def test_files_that_do_not_go_together_or_are_others_are_refused(
    read: Reader, files: list[str | dict[str, object]], message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(*files)


def test_what_is_no_html_is_refused() -> None:
    try:
        text = html_text("<![foo[x]]>", "body")
    except SourceInvalid as error:
        text = str(error)
    # The standard library came to accept such declarations; older ones of it do not.
    assert text.startswith("body: not readable as HTML") or "\x00" not in text


PAGES = {
    "ca": (CANADA, "2025-03-18"),
    "uk": (BRITAIN, ""),
    "regions": (REGIONS, "2026-07-16"),
    "au": (AUSTRALIA, "2025-06-13"),
    "ie": (IRELAND, "2026-02-25"),
    "api": (json.dumps(content()), ""),
    "index": (json.dumps(index()), ""),
}


@examples(60)
@pytest.mark.parametrize("page", PAGES)
@given(start=st.floats(0, 1), length=st.integers(0, 40), patch=st.binary(max_size=30))
def test_a_file_damaged_anywhere_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, page: str, start: float, length: int, patch: bytes
) -> None:
    text, published = PAGES[page]
    whole = text.encode()
    place = int(start * len(whole))
    path = tmp_path_factory.getbasetemp() / f"damaged-{page}.txt"
    path.write_bytes(whole[:place] + patch + whole[place + length :] + PAD.encode())
    try:
        (found,) = foreign_advisories.read([path], Reading(CHECKED, published))
    except AtlasError:
        return
    assert list(found.rows["area_code"]) == ["00", *state_codes()]
