"""Fixtures of the unit tests."""

from pathlib import Path

import pseudo_locales
import pytest


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a translations folder with English alone, which tests must not change."""
    return pseudo_locales.folder(tmp_path_factory.mktemp("english"), ())
