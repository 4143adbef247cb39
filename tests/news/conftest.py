"""The core's tests run without Django; this says so where it is not true any more."""

from __future__ import annotations

import sys

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Nothing of the core may have brought Django in."""
    assert "django" not in sys.modules, "the core's tests imported Django"
