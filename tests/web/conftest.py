"""Fixtures of the web tests: they fetch each page through the house rules."""

import pytest
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
