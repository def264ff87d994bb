"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with annotated reports for measuring; tests that need it skip without it."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("no ../shared")
    return path
