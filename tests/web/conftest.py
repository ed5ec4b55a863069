"""Fixtures of the web tests: pages fetched through the house rules, and desks."""

from pathlib import Path

import pytest
from desk_client import Person, Site, git
from flask import Flask
from flask.testing import FlaskClient
from house_rules import Get, inspect
from justhtml import JustHTML


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def seen() -> dict[tuple[str, int], JustHTML]:
    """Return a cache of the parsed pages that have passed the house rules.

    The rules take a while, and the site does not change between tests.
    """
    return {}


@pytest.fixture
def get(client: FlaskClient, seen: dict[tuple[str, int], JustHTML]) -> Get:
    """Return a function that fetches and parses a page; assert its status and every house rule."""

    def fetch(path: str, status: int = 200) -> JustHTML:
        if (path, status) not in seen:
            response = client.get(path)
            assert response.status_code == status
            assert response.content_type == "text/html; charset=utf-8"
            page, broken = inspect(response.text, response.headers, large=path.endswith("/all/"))
            assert broken == []
            seen[path, status] = page
        return seen[path, status]

    return fetch


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Site:
    """Return a desk that tests only read."""
    return Site(tmp_path_factory.mktemp("desk"), translations)


@pytest.fixture(scope="session")
def reader(kept: Site) -> Person:
    return kept.person()


@pytest.fixture
def site(tmp_path: Path, translations: Path) -> Site:
    """Return a desk of a test's own, whose folder is under version control."""
    made = Site(tmp_path, translations)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return made


@pytest.fixture
def anna(site: Site) -> Person:
    return site.person()
