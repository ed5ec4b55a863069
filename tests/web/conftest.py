"""How web tests fetch: through the house rules."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from house_rules import Get, broken
from justhtml import JustHTML


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    """Fetch a page and give it parsed; it must have the status, and obey every house rule."""

    def fetch(path: str, status: int = 200) -> JustHTML:
        response = client.get(path)
        assert response.status_code == status
        assert response.content_type == "text/html; charset=utf-8"
        assert broken(response.text, response.headers, large=path.endswith("/all/")) == []
        return JustHTML(response.text, sanitize=False)

    return fetch
