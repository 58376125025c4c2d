"""Rules for employees: a closed vocabulary, no rule and no knowledge apart, sentences of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo_app import restrictions
from geo_app.errors import TableInvalid
from geo_app.importers import us_restrictions
from geo_app.importers.us_advisory_states import Parts, Section
from geo_app.restriction_terms import Mode, Rule, Who
from geo_app.restriction_words import sentence
from geo_app.restrictions import COLUMNS, Restriction
from geo_app.text import words

DAY = date(2025, 8, 12)
RULE = Restriction(
    1, Who.EMPLOYEES, Rule.ONLY, ("Mazatlán",), (), (Mode.AIR, Mode.SEA), "daylight", ("crime",)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / restrictions.FILE


def test_what_is_written_is_read_again(path: Path) -> None:
    states = [("25", (RULE, replace(RULE, number=2, rule=Rule.MUST))), ("23", ())]
    path.write_text(restrictions.to_csv("us", DAY, states), encoding="utf-8")
    assert restrictions.read(path) == {(DAY, code): rules for code, rules in states}


HEAD = ",".join(COLUMNS)
EMPLOYEES = "us,2025-08-12,25,1,us_government_employees"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("a,b", "wrong columns"),
        (f"{HEAD}\nus,2025-08-12", "line 2: wrong number of cells: expected 11, got 2"),
        (f"{HEAD}\nca,2025-08-12,25,1,x,only,a,,,,", "an unknown issuer or state"),
        (f"{HEAD}\nus,2025-08-12,33,1,x,only,a,,,,", "an unknown issuer or state"),
        (f"{HEAD}\nus,12 Aug,25,1,us_government_employees,only,a,,,,", "line 2: not a date"),
        (f"{HEAD}\n{EMPLOYEES},may,a,,,,", "a word of a rule that is not known .*may"),
        (f"{HEAD}\n{EMPLOYEES},only,a,,boat,,", "not known .*boat"),
        (f"{HEAD}\n{EMPLOYEES},only,a,,,noon,", "not known .*noon"),
        (f"{HEAD}\n{EMPLOYEES},only,a,,,,weather", "not known .*weather"),
        (f"{HEAD}\n{EMPLOYEES},only,a,,,,unvetted_rides|wrong", "not known .*wrong"),
        (f"{HEAD}\n{EMPLOYEES},only,a,,,,\n{EMPLOYEES},only,b,,,,", "not numbered 1, 2"),
        (
            f"{HEAD}\n{EMPLOYEES},only,a,,,,\nus,2025-08-12,25,0,us_government_employees,none,,,,,",
            "not numbered 1, 2",
        ),
    ],
)
def test_a_damaged_list_is_refused(path: Path, lines: str, message: str) -> None:
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(TableInvalid, match=message):
        restrictions.read(path)


@pytest.mark.parametrize(
    ("rule", "en", "es"),
    [
        (
            RULE,
            "Allowed only: Mazatlán; by air or by sea; in daylight; reason given: crime.",
            (
                "Permitido solo: Mazatlán; por aire o por mar; con luz de día; motivo indicado: "
                "delincuencia."
            ),
        ),
        (
            replace(
                RULE,
                rule=Rule.NOT_ALLOWED,
                place=("Nogales",),
                mode=(Mode.TAXI,),
                hours="",
                reason=("unvetted_rides", "crime"),
            ),
            (
                "Not allowed: Nogales; taxi; reason given: drivers and rides that are not checked "
                "and crime."
            ),
            (
                "No permitido: Nogales; taxi; motivo indicado: conductores y viajes sin control y "
                "delincuencia."
            ),
        ),
        (
            Restriction(
                1,
                Who.TRAVELERS,
                Rule.NOT_ALLOWED,
                ("south of 45D", "Celaya", "Irapuato"),
                ("45D", "US 67", "state 20", "port of entry Presidio", "Imuris", "other routes"),
                (),
                "00:00-06:00",
                (),
            ),
            (
                "Not allowed: south of Highway 45D (Celaya and Irapuato included); Highway 45D, "
                "US Highway 67, State Highway 20, US port of entry Presidio, Imuris, any other "
                "route; from 00:00 to 06:00; said of all travelers."
            ),
            (
                "No permitido: al sur de la carretera 45D (con Celaya e Irapuato); la carretera "
                "45D, la carretera 67 de EE. UU., la carretera estatal 20, la garita "
                "estadounidense Presidio, Imuris, cualquier otra ruta; de 00:00 a 06:00; dicho de "
                "todo viajero."
            ),
        ),
        (
            Restriction(
                1,
                Who.EMPLOYEES,
                Rule.MUST,
                ("between Mexico City and Morelia", "rest of state"),
                ("15D", "2"),
                (Mode.DIRECT, Mode.VIA_US),
                "",
                (),
            ),
            (
                "Required: between Mexico City and Morelia, the rest of the state; Highways 15D "
                "and 2; by the direct way, by way of the United States."
            ),
            (
                "Obligatorio: entre Ciudad de México y Morelia, el resto del estado; las "
                "carreteras 15D y 2; por la vía directa, a través de Estados Unidos."
            ),
        ),
    ],
)
def test_a_rule_is_one_sentence_in_each_language(rule: Restriction, en: str, es: str) -> None:
    assert (sentence(rule, words("en")), sentence(rule, words("es"))) == (en, es)


LINES = ("Exercise increased caution.", "There are no rules.")


@pytest.fixture
def parts() -> Parts:
    return Parts((), (Section("23", 2, "none", LINES),), ())


@pytest.mark.parametrize(
    "lines",
    [
        ("Exercise  increased caution", "There are no rules"),
        ("Exercise increased caution. There are no RULES.",),
        ("Éxercise increased caution.", "There are no rules."),
    ],
)
def test_a_text_is_known_whatever_its_marks(lines: tuple[str, ...]) -> None:
    assert us_restrictions.fingerprint(lines) == us_restrictions.fingerprint(LINES)


def test_a_text_that_changed_by_a_word_is_another_one() -> None:
    changed = (LINES[0], "There are new rules.")
    assert us_restrictions.fingerprint(changed) != us_restrictions.fingerprint(LINES)


def test_a_text_that_nobody_has_read_gives_no_row(parts: Parts) -> None:
    reference, notes = us_restrictions.of_parts(parts, DAY)
    assert reference.text == f"{HEAD}\n"
    assert notes == (
        "rules for US employees not known in 1 states, whose text nobody has read: 23",
    )


def test_a_text_that_gives_no_rule_has_a_row_that_says_so(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = {("23", us_restrictions.fingerprint(LINES)): ()}
    monkeypatch.setattr(us_restrictions, "_readings", lambda: readings)
    reference, notes = us_restrictions.of_parts(parts, DAY)
    assert reference.text.splitlines()[1:] == [
        "us,2025-08-12,23,0,us_government_employees,none,,,,,"
    ]
    assert notes == ()


def test_every_rule_that_was_read_can_be_said() -> None:
    rules = [rule for found in us_restrictions._readings().values() for rule in found]
    assert len(rules) > 200
    for lang in ("en", "es"):
        told = [sentence(rule, words(lang)) for rule in rules]
        assert [text for text in told if "  " in text or "; ." in text or ": ." in text] == []
