"""The official texts that lie beside the project, and the facts held of their issues."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from geo_app import restrictions
from geo_app.importers import us_advisory
from geo_app.importers.reading import Imported, Reading
from geo_app.restrictions import Restriction

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT.parent / "shared" / "sources" / "advisories"
READING = Reading("2026-11-23")

TEXTS = {
    "2024-09-06": "us_page_mexico_2024-09-06.md",
    "2025-08-12": "us_cadataapi_mexico_2025-08-12.json",
}
"""A text of each issue that gives state sections."""

OLD_LINK = "us_rss_item_mexico_2025-08-12_oldlink_full_md.json"


def source(name: str) -> Path:
    path = SOURCES / name
    if not path.is_file():
        pytest.skip(f"the raw file {path.name} is not beside the project")
    return path


@cache
def issue(name: str) -> Imported:
    (found,) = us_advisory.read([source(f"samples/{name}")], READING)
    return found


@cache
def texts(issued: str) -> dict[str, str]:
    """Return the wording of an issue by state code, "00" for what stands before the states."""
    return {item.area_code: item.text for item in issue(TEXTS[issued]).documents}


@cache
def rules() -> restrictions.Issues:
    return restrictions.read(ROOT / "data" / restrictions.FILE)


def rules_of(issued: str, code: str) -> tuple[Restriction, ...]:
    return rules()[date.fromisoformat(issued), code]


@cache
def variants() -> list[tuple[str, str]]:
    path = SOURCES / "published_name_variants.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        rows = [(row["variant"], row["cve_ent"]) for row in csv.DictReader(file)]
    return [(name, code) for text, code in rows for name in text.split(" / ")]
