"""The page asks its own server and no one else: it works with every outside address blocked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from geo_app import indicators
from tests.e2e import atlas_page as on
from tests.e2e.conftest import Journal

OUTSIDE = "http://192.0.2.1/"
"""An address that belongs to no one (RFC 5737)."""


@pytest.mark.parametrize("lang", ["en", "es"])
def test_no_indicator_asks_another_host(desktop: Page, journal: Journal, lang: str) -> None:
    on.opened(desktop, f"lang={lang}&state=25")
    for item in indicators.mapped():
        desktop.get_by_text(item.short.in_(lang), exact=True).click()
        expect(on.title(desktop)).to_have_text(item.title.in_(lang))
    assert journal.outside == []


def test_a_request_to_another_host_would_be_noticed(desktop: Page, journal: Journal) -> None:
    on.opened(desktop)
    desktop.evaluate("address => fetch(address).catch(() => null)", OUTSIDE)
    assert journal.outside == [OUTSIDE]
    journal.outside.clear()
    journal.faults.clear()
