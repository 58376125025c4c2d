"""An issue read again: the short page wipes nothing, a change is told, other issues stay."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo_app import own_folder, paths
from geo_app.errors import TableInvalid
from geo_app.importers.reading import Reading
from geo_app.importers.writing import ImportReport, import_files
from geo_app.periods import parse_date
from tests.unit.us_texts import LEVELS, archived, page_2024, rss, sections_2025

DATA = Path(__file__).resolve().parents[2] / "data"
FEED = rss(sections_2025(), "Wed, 13 Aug 2025")
SHORT = archived(date="Wed, 13 Aug 2025")
Give = Callable[..., tuple[ImportReport, ...]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with the issues that are held."""
    made = tmp_path / "data"
    for name in ("sources", "tables"):
        shutil.copytree(DATA / name, made / name)
    shutil.copy(DATA / "us-restrictions.csv", made)
    paths.write_registry(made)
    return made


@pytest.fixture
def give(folder: Path, tmp_path: Path) -> Give:
    def giver(*texts: str, is_dry: bool = False) -> tuple[ImportReport, ...]:
        files = [tmp_path / f"text_{number}" for number in range(len(texts))]
        for path, text in zip(files, texts, strict=True):
            path.write_text(text.ljust(300), encoding="utf-8")
        reading = Reading("2026-11-23")
        return tuple(import_files("us-advisory", files, reading, out=folder, is_dry=is_dry))

    return giver


def table(folder: Path) -> pd.DataFrame:
    path = folder / "tables" / "us-advisory.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def levels(folder: Path, day: str) -> dict[str, str]:
    rows = table(folder)
    rows = rows[(rows["period"] == day) & (rows["state_code"] != "00")]
    return dict(zip(rows["state_code"], rows["value"], strict=True))


EXPECTED = {code: str(level) for code, level in LEVELS.items()}


def test_one_official_item_becomes_one_release_beside_the_others(folder: Path, give: Give) -> None:
    before = table(folder)
    give(FEED)
    after = table(folder)
    assert levels(folder, "2025-08-13") == EXPECTED
    assert after[after["period"] != "2025-08-13"].reset_index(drop=True).equals(before)


def test_an_older_item_never_touches_a_newer_issue(folder: Path, give: Give) -> None:
    before = levels(folder, "2025-08-12")
    give(page_2024(day="August 1, 2019"))
    assert (levels(folder, "2019-08-01"), levels(folder, "2025-08-12")) == (EXPECTED, before)


def test_the_short_text_of_an_issue_keeps_the_levels_of_the_full_one(
    folder: Path, give: Give
) -> None:
    give(FEED)
    before = {p.name: paths.sha256(p) for p in folder.rglob("*.csv")}
    (report,) = give(SHORT)
    assert {p.name: paths.sha256(p) for p in folder.rglob("*.csv")} == before
    assert report.repairs[-1] == "32 states of the earlier reading kept"


def test_the_full_text_replaces_the_short_one_of_its_issue(folder: Path, give: Give) -> None:
    give(SHORT)
    give(FEED)
    assert levels(folder, "2025-08-13") == EXPECTED


def test_the_same_text_again_says_so(give: Give) -> None:
    give(FEED)
    assert give(FEED)[0].repairs[-1] == "the same as the earlier reading"


def test_a_text_that_changed_under_its_day_says_where(give: Give) -> None:
    give(FEED)
    old = "<b>State of Colima:&nbsp;</b>Reconsider travel due to&nbsp;terrorism,&nbsp;"
    new = old.removesuffix("terrorism,&nbsp;")
    assert old in sections_2025()
    (report,) = give(rss(sections_2025().replace(old, new), "Wed, 13 Aug 2025"))
    assert report.repairs[-1] == "differs from the earlier reading in 06"


def test_rules_of_other_issues_stay_and_those_of_the_issue_are_replaced(
    folder: Path, give: Give
) -> None:
    path = folder / "us-restrictions.csv"
    before = path.read_text(encoding="utf-8").splitlines()
    give(rss(sections_2025(), "Tue, 12 Aug 2025"))
    kept = [line for line in before if not line.startswith("us,2025-08-12,")]
    assert path.read_text(encoding="utf-8").splitlines() == kept
    assert len(kept) < len(before)


def test_a_list_of_rules_with_other_columns_is_refused(folder: Path, give: Give) -> None:
    (folder / "us-restrictions.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(TableInvalid, match=r"us-restrictions.csv: wrong columns: expected issuer"):
        give(FEED)


def test_the_first_issue_makes_the_list_and_the_table(folder: Path, give: Give) -> None:
    (folder / "us-restrictions.csv").unlink()
    (folder / "tables" / "us-advisory.csv").unlink()
    give(FEED)
    assert set(table(folder)["period"]) == {"2025-08-13"}
    assert (folder / "us-restrictions.csv").read_text(encoding="utf-8").startswith("issuer,")


def test_the_wording_is_kept_in_the_own_folder_and_nowhere_else(folder: Path, give: Give) -> None:
    give(FEED)
    found = own_folder.wording("us", parse_date("2025-08-13"), "06")
    assert found is not None
    assert found.text == "A rule of Colima."
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.*") if path.is_file()]
    assert [text for text in texts if found.text in text] == []


def test_a_dry_run_keeps_no_wording(own_home: Path, give: Give) -> None:
    give(FEED, is_dry=True)
    assert list(own_home.rglob("*")) == []
