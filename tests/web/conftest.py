"""How web tests fetch: through the house rules."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from house_rules import Get, broken
from justhtml import JustHTML


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def seen() -> dict[tuple[str, int], str]:
    """Give the pages that have passed the house rules: these take a while, and the site does not change meanwhile."""
    return {}


@pytest.fixture
def get(client: FlaskClient, seen: dict[tuple[str, int], str]) -> Get:
    """Fetch a page and give it parsed; it must have the status, and obey every house rule."""

    def fetch(path: str, status: int = 200) -> JustHTML:
        if (path, status) not in seen:
            response = client.get(path)
            assert response.status_code == status
            assert response.content_type == "text/html; charset=utf-8"
            assert broken(response.text, response.headers, large=path.endswith("/all/")) == []
            seen[path, status] = response.text
        return JustHTML(seen[path, status], sanitize=False)

    return fetch
