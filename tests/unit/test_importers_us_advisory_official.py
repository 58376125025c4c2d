"""The US advisory as handed out: each markup, 32 states once, days of issue, no guess."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo_app.errors import AtlasError, SourceInvalid
from geo_app.importers import us_advisory, us_advisory_items
from geo_app.importers.reading import Imported, Reading
from geo_app.importers.us_advisory_lines import html_lines, is_html, lines_of, markdown_lines
from geo_app.states import NATION_CODE, state_codes
from tests.examples import examples
from tests.unit.us_texts import (
    LEVELS,
    LINK,
    api,
    api_item,
    archived,
    other,
    page_2024,
    rss,
    sections_2025,
)

Read = Callable[..., list[Imported]]
CHECKED = "2026-11-23"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reader(*texts: str, checked: str = CHECKED) -> list[Imported]:
        files = [tmp_path / f"saved_{number}" for number in range(len(texts))]
        for path, text in zip(files, texts, strict=True):
            path.write_text(text.ljust(300), encoding="utf-8")
        return us_advisory.read(files, Reading(checked))

    return reader


def levels(found: Imported) -> dict[str, int]:
    rows = found.rows[found.rows["area_code"] != NATION_CODE].dropna(subset="value")
    return dict(zip(rows["area_code"], rows["value"].astype(int), strict=True))


def country(found: Imported) -> pd.Series:
    return found.rows[found.rows["area_code"] == NATION_CODE].iloc[0]


FORMS = {
    "answer of the API": api(api_item(), other(1)),
    "one item": api(api_item()).strip("[]"),
    "feed": rss(sections_2025()),
    "feed with Markdown": archived(content_md=page_2024(), date="Tue, 12 Aug 2025"),
    "page as Markdown": page_2024(day="August 12, 2025"),
    "page as HTML": page_2024(day="August 12, 2025", is_html=True),
    "part of a page": (
        f"<p>Mexico Travel Advisory</p><p>Issued: August 12, 2025</p>{sections_2025()}"
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_32_levels_of_one_issue(read: Read, form: str) -> None:
    (found,) = read(FORMS[form])
    assert (found.release.release, levels(found)) == ("US advisory 2025-08-12", LEVELS)


@pytest.mark.parametrize("form", FORMS)
def test_a_state_without_a_reason_in_the_official_text_has_none_given(
    read: Read, form: str
) -> None:
    (found,) = read(FORMS[form])
    rows = found.rows.set_index("area_code")
    assert {rows["reasons"][code] for code, level in LEVELS.items() if level == 1} == {"none"}


def test_reasons_are_words_of_the_vocabulary(read: Read) -> None:
    rows = read(FORMS["feed"])[0].rows.set_index("area_code")
    assert rows["reasons"]["02"] == "terrorism|crime|kidnapping"


def test_the_country_has_the_level_and_reasons_of_its_own_sentence(read: Read) -> None:
    row = country(read(FORMS["feed"])[0])
    assert (row["value"], row["reasons"], row["status"], row["address"]) == (
        2,
        "terrorism|crime",
        "final",
        LINK,
    )


def test_an_issue_that_gives_the_country_no_level_says_so(read: Read) -> None:
    row = country(read(page_2024())[0])
    assert (str(row["value"]), row["status"], row["reasons"]) == ("nan", "not_applicable", "")


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Mexico - Level 2: See State Summaries", 2),
        ("See State Summaries - Level 3: Reconsider Travel", 3),
        ("Mexico - Level 2: Exercise Increased Caution", 2),
    ],
)
def test_the_level_of_the_country_is_read_in_each_form_of_the_title(
    read: Read, title: str, level: int
) -> None:
    text = sections_2025().replace("Exercise increased caution in Mexico due to", "Due to")
    assert country(read(api(api_item(Title=title, Summary=text)))[0])["value"] == level


def test_the_badges_of_a_page_are_the_reasons_of_the_country(read: Read) -> None:
    assert country(read(FORMS["page as HTML"])[0])["reasons"] == "crime"


def test_an_issue_without_state_sections_is_recorded_as_one(read: Read) -> None:
    (found,) = read(archived())
    states = found.rows[found.rows["area_code"] != NATION_CODE]
    assert (found.release.release, list(states["area_code"]), set(states["status"])) == (
        "US advisory 2026-05-29",
        list(state_codes()),
        {"missing"},
    )
    assert found.repairs == ("the text has no state sections: 32 levels not given",)


def test_items_of_other_countries_are_counted(read: Read) -> None:
    assert read(FORMS["answer of the API"])[0].repairs[0] == "1 items of other countries left out"


def test_the_fuller_of_two_texts_of_one_issue_stays(read: Read) -> None:
    short = archived(date="Tue, 12 Aug 2025")
    (found,) = read(short, FORMS["feed"], short)
    assert (levels(found), len([n for n in found.repairs if "further text" in n])) == (LEVELS, 2)


def test_two_issues_are_two_releases_oldest_first(read: Read) -> None:
    names = [found.release.release for found in read(archived(), FORMS["feed"])]
    assert names == ["US advisory 2025-08-12", "US advisory 2026-05-29"]


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2025-08-11T20:00:00-04:00", "2025-08-12"),
        ("2026-03-02T19:00:00-05:00", "2026-03-03"),
        ("2025-08-12T00:00:00-04:00", "2025-08-12"),
        ("2025-08-12T00:00:00", "2025-08-12"),
        ("Tue, 12 Aug 2025", "2025-08-12"),
        ("Tue, 12 Aug 2025 00:00:00 EST", "2025-08-12"),
    ],
)
def test_a_time_of_the_feed_is_the_day_that_it_means(published: str, day: str) -> None:
    assert str(us_advisory_items.day_of_issue(published, "a file")) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "without a day of issue"),
        ("soon", "without a day of issue"),
        ("31 Feb 2025", "without a day of issue"),
        ("0001-01-01T00:00:00+23:00", "without a day of issue"),
        ("2025-08-12T09:30:00-04:00", "midnight neither in UTC nor"),
    ],
)
def test_a_time_that_is_no_day_is_refused(text: str, message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        us_advisory_items.day_of_issue(text, "a file")


STAMPED = [other(n, "2026-03-02T19:00:00-05:00") for n in range(12)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (archived(content_md="\n", date="Wed, 11 Feb 2026"), "no text.*2026-02-11 and nothing"),
        (archived(date="Wed, 15 Jul 2026"), "nearly every item the day of the reading"),
        (archived(date="Thu, 01 Jan 1970"), "expected 2018-01-10 to 2026-11-23"),
        (archived(date="Thu, 01 Jan 2052"), "got 2052-01-01"),
        (
            api(api_item(Published="2026-03-02T19:00:00-05:00"), *STAMPED),
            "more than half of the items bear one day",
        ),
        (api(other(1)), "no item of Mexico: got 1 items"),
        (api(), "not readable as JSON|no item of Mexico|no travel advisory"),
        (api({"Title": "Mexico"}), "an item without its title, link, text and date"),
        ('[{"Title": "Mexico"}, 2]', "an item without its title"),
        ("{" * 3000, "not readable as JSON"),
        ("<?xml version='1.0'?><rss><item>", "not readable as a feed"),
        ("<?xml version='1.0'?><rss><channel/></rss>", "no item of Mexico"),
        ("<p>Are you a person?</p>", "no travel advisory of Mexico on this page"),
        ("# Japan Travel Advisory\n\n### Travel Advisory May 1, 2025", "no travel advisory of Mex"),
        ("# Mexico Travel Advisory\n\nSome text", "no day of issue on this page"),
        ("# Mexico Travel Advisory\n\nIssued: Smarch 13, 2025", "no day of issue on this page"),
        (
            api(api_item(Title="Mexico - Level 3: Reconsider Travel")),
            "title and text give the country two levels: got 2 and 3",
        ),
    ],
)
def test_what_is_no_issue_of_mexico_is_refused(read: Read, text: str, message: str) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(text)


def damaged(old: str, new: str) -> str:
    text = sections_2025()
    assert old in text
    return api(api_item(Summary=text.replace(old, new)))


COLIMA = "<b>State of Colima:&nbsp;</b>Reconsider travel"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            damaged("State of Colima", "State of Kolima"),
            "no state.*State of Kolima.*did you mean C",
        ),
        (damaged("State of Colima", "State of Matamoros"), "not a state but a heading inside Tam"),
        (damaged("State of Colima", "State of Jalisco"), "stands twice.*14 Jalisco"),
        (damaged(COLIMA, "<b>Colima</b>"), "1 of the 32 states are missing: expected 06 Colima"),
        (damaged(COLIMA, "<b>State of Colima:</b></p><p>"), "heading of Colima gives no level"),
        (
            damaged(COLIMA, "<b>State of Mexico:</b></p><p>"),
            "heading of México gives no level: got State of Mexico:",
        ),
        (
            damaged(COLIMA, "<b>State of Colima:</b> Do not travel"),
            "two levels for Colima: expected 3 as grouped, got 4",
        ),
        (damaged("terrorism,&nbsp;crime", "weather,&nbsp;crime"), "not in the vocabulary"),
        (
            damaged("<p><b>State of Mat", "<p><b>State of Foo:</b></p><p><b>State of Mat"),
            "no state",
        ),
    ],
)
def test_a_text_that_does_not_name_each_state_once_is_refused(
    read: Read, text: str, message: str
) -> None:
    with pytest.raises(SourceInvalid, match=message):
        read(text)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Colima state](#06 ) due", "Kolima](#06 ) due", "no state.*Kolima"),
        ("* [Colima state]", "* [Jalisco state]", "stands twice"),
        ("Colima state – R", "Colima state – Do Not Travel\n\nR", "stands? twice|two levels"),  # noqa: RUF001
        (
            "**Colima state – Reconsider Travel**",  # noqa: RUF001
            "**Colima state – Do Not Travel**",  # noqa: RUF001
            "two levels for Colima",
        ),
        ("* [Colima state](#06 )", "* Xy", "a line of the list of states|no state"),
        ("* [Colima state](#06 )", "* [Mexico](#06 )", "no state: it names the whole country"),
        ("* [Colima state](#06 )", f"* {80 * 'x'}", "a line of the list of states"),
    ],
)
def test_a_list_and_sections_that_do_not_agree_are_refused(
    read: Read, old: str, new: str, message: str
) -> None:
    text = page_2024()
    assert old in text
    with pytest.raises(SourceInvalid, match=message):
        read(text.replace(old, new))


def test_a_list_and_a_section_of_two_levels_are_refused(read: Read) -> None:
    head, tail = page_2024().split("**Colima state – Reconsider Travel**\n\n")  # noqa: RUF001
    other_level = tail.replace("Reconsider travel", "Do not travel", 1)
    text = f"{head}**Colima state – Do Not Travel**\n\n{other_level}"  # noqa: RUF001
    with pytest.raises(SourceInvalid, match="two levels for Colima: expected 3 as listed, got 4"):
        read(text)


def test_reasons_of_the_list_stay_and_those_of_the_section_are_told(read: Read) -> None:
    head, tail = page_2024().split("**Colima state – ")  # noqa: RUF001
    text = f"{head}**Colima state – {tail.replace('crime and kidnapping', 'crime', 1)}"  # noqa: RUF001
    (found,) = read(text)
    assert found.rows.set_index("area_code")["reasons"]["06"] == "crime|kidnapping"
    assert (
        "Colima: its section gives the reasons crime; those of the list are kept" in found.repairs
    )


def test_a_list_alone_is_enough(read: Read) -> None:
    text = page_2024()
    (found,) = read(text[: text.index("**Aguascalientes state –")])  # noqa: RUF001
    assert levels(found) == LEVELS


def test_two_texts_of_one_issue_that_differ_are_refused(read: Read) -> None:
    changed = rss(sections_2025().replace("terrorism,&nbsp;", ""))
    with pytest.raises(SourceInvalid, match="two texts of one issue give a state two levels or"):
        read(FORMS["feed"], changed)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_and_its_entities_are_refused(read: Read, head: str) -> None:
    with pytest.raises(SourceInvalid, match=r"not readable as a feed .*Forbidden"):
        read(rss("&b;", head=head))


def test_a_file_far_too_large_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(us_advisory, "LARGEST_BYTES", 250)
    with pytest.raises(SourceInvalid, match="far too large for an advisory: expected at most 250"):
        read(FORMS["feed"])


def test_an_address_that_is_no_link_is_not_kept(read: Read) -> None:
    (found,) = read(api(api_item(Link="javascript:alert(1)")))
    assert set(found.rows["address"]) == {""}


def test_the_wording_is_handed_over_with_link_and_day(read: Read) -> None:
    documents = {item.area_code: item for item in read(FORMS["feed"])[0].documents}
    found = documents["06"]
    assert (found.text, found.link, str(found.issued), found.checked) == (
        "A rule of Colima.",
        LINK,
        "2025-08-12",
        CHECKED,
    )
    assert set(documents) == {NATION_CODE, *state_codes()}


def test_a_text_that_nobody_has_read_has_no_rules_and_says_so(read: Read) -> None:
    (found,) = read(FORMS["feed"])
    assert found.repairs[-1].startswith("rules for US employees not known in 32 states")
    assert [item.text.count("\n") for item in found.references] == [1]


def test_an_item_of_a_list_and_a_line_are_told_apart() -> None:
    assert [(line.text, line.is_item) for line in markdown_lines("# A\n\n * **b**c [d](e)\n")] == [
        ("A", False),
        ("b c d", True),
    ]


def test_a_page_is_read_without_what_a_reader_does_not_see() -> None:
    text = (
        "<!-- <p>x --><style>p{}</style><p>a<b>b</b>&amp;c<br/>d</p><li>e</li>f<SCRIPT>g</SCRIPT>"
    )
    assert [line.text for line in html_lines(text)] == ["a b &c", "d", "e", "f"]


def test_a_comment_without_an_end_hides_the_rest() -> None:
    assert [line.text for line in html_lines("<p>a</p><!-- b")] == ["a"]


def test_a_letter_that_grows_in_lower_case_moves_no_place() -> None:
    assert [line.text for line in html_lines("<p>İ</p><script>x</script><p>b</p>")] == ["İ", "b"]


@given(st.text())
def test_any_text_has_lines_without_marks_at_their_ends(text: str) -> None:
    assert [line for line in lines_of(text) if not line.text.strip()] == []
    assert is_html(text) in (True, False)


def try_to_read(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved"
        path.write_bytes(content.ljust(300))
        try:
            found = us_advisory.read([path], Reading(CHECKED))
        except AtlasError as error:
            assert "\n" not in str(error)  # noqa: PT017 either outcome is right
        else:
            assert {len(item.rows) for item in found} == {33}


@examples(60)
@given(st.binary(max_size=400))
def test_any_bytes_are_an_issue_or_refused(content: bytes) -> None:
    try_to_read(content)


@examples(60)
@given(st.sampled_from(sorted(FORMS)), st.integers(0, 20_000), st.binary(max_size=8))
@example("page as HTML", 1999, b"")
def test_a_damaged_file_is_an_issue_or_refused(form: str, place: int, junk: bytes) -> None:
    content = FORMS[form].encode()
    place %= len(content)
    try_to_read(content[:place] + junk + content[place + len(junk) :])
    try_to_read(content[:place])


@examples(40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from([*api_item(), "content_md", "date"]), inner)
        ),
        max_leaves=12,
    )
)
def test_any_json_is_an_issue_or_refused(value: object) -> None:
    try_to_read(json.dumps(value).encode())


@pytest.mark.parametrize(
    "unit", ["<div>", "<!--", "<a ", "* [", "**a", "<li>", "[a](b", "&", "<![", "{", "["]
)
def test_a_long_run_of_one_mark_is_refused_without_delay(unit: str) -> None:
    try_to_read((unit * 200_000).encode())
