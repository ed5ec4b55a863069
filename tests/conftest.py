"""Shared options and fixtures: the app, and content folders that a test may corrupt."""

import itertools
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import frozen_site
import pseudo_locales
import pytest
from flask import Flask

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"


os.environ["FLASK_SKIP_DOTENV"] = "1"  # `.env` has settings of somebody's own site

OTHERS = tuple(language.tag for language in pseudo_locales.LANGUAGES)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --quick: see tests/run.py."""
    parser.addoption(
        "--quick", action="store_true", help="leave out what is slow, and other languages"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what --quick leaves out: tests marked slow, and cases of other languages."""
    if config.getoption("--quick"):
        left = [
            item
            for item in items
            if item.get_closest_marker("slow") or _is_of_another_language(item)
        ]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def _is_of_another_language(item: pytest.Item) -> bool:
    words = re.split(r"[^a-z-]+", item.name.partition("[")[2])
    return bool({*words, *("-".join(two) for two in itertools.pairwise(words))} & set(OTHERS))


@pytest.fixture(scope="session")
def translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the translations folder of the frozen site: English and the pseudo-locales."""
    return pseudo_locales.folder(tmp_path_factory.mktemp("translations"))


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a translations folder with English alone, which tests must not change."""
    return pseudo_locales.folder(tmp_path_factory.mktemp("english"), ())


@pytest.fixture(scope="session")
def app(translations: Path) -> Flask:
    """Return the app of the frozen site, which tests must not change."""
    return frozen_site.create(translations)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a copy of the smallest content folder, for a test to corrupt."""
    return Path(shutil.copytree(DATA / "small", tmp_path / "content"))


@pytest.fixture
def spoil(small: Path) -> Callable[[str, str, str], Path]:
    """Return a function that replaces text in a file of the small folder; the text must exist."""

    def change(file: str, find: str, replace: str) -> Path:
        path = small / file
        text = path.read_text(encoding="utf-8")
        assert find in text, f"{find!r} is not in {file}"
        path.write_text(text.replace(find, replace, 1), encoding="utf-8")
        return small

    return change
