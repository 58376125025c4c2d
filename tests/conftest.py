"""What every ring of tests shares: the e2e mark, the rings' order, a home, how examples are drawn.

Owns no fixture of the atlas and starts no browser: a unit test never pays for the screen.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no fault of a property.
settings.register_profile("commit", deadline=None, derandomize=True)
"""The same seed on every run: a test that draws afresh fails on changes it has nothing to do with.

Not every example is the same: some are numbers out of the modules that were loaded before.
"""

settings.register_profile("search", deadline=None, max_examples=2000, database=None)
"""New examples on every run, and twenty times as many: ``--hypothesis-profile=search``."""

settings.load_profile("commit")

E2E = Path(__file__).resolve().parent / "e2e"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty folder of the reader's own: none writes into the real one."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("GEO_APP_HOME", str(home))
    return home


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests and run them last.

    Last, because they are the slowest to tell of a fault that a faster ring tells of too, and
    because playwright leaves a running event loop behind in the thread of the tests.
    """
    for item in items:
        if item.path.is_relative_to(E2E):
            item.add_marker(pytest.mark.e2e)
    items.sort(key=lambda item: item.path.is_relative_to(E2E))
