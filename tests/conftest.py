"""What tests share: folders of content that a test may spoil, and the app on them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from inspection_outcome import create_app

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def app() -> Flask:
    """Give the app on the shipped content, as the README runs it."""
    return create_app({}, watch=False)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Give a copy of the smallest content folder, to be spoiled."""
    return Path(shutil.copytree(DATA / "small", tmp_path / "content"))


@pytest.fixture
def spoil(small: Path) -> Callable[[str, str, str], Path]:
    """Replace something in a file of the small folder; the change must hit."""

    def change(file: str, find: str, replace: str) -> Path:
        path = small / file
        text = path.read_text(encoding="utf-8")
        assert find in text, f"{find!r} is not in {file}"
        path.write_text(text.replace(find, replace, 1), encoding="utf-8")
        return small

    return change
