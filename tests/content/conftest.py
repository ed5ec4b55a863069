"""Fixtures of the tests of what is shipped: the app and its parsed pages, without a browser.

They read the folders that OUTCOME_CONTENT and OUTCOME_TRANSLATIONS name. A failure speaks to the
person who edits the words: it names the place, and what to do.
"""

from collections.abc import Callable

import pytest
import shipped_site
from flask import Flask
from house_rules import inspect
from inspection_outcome import create_app
from inspection_outcome.pages.dataset import Plain
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from justhtml import JustHTML

Get = Callable[[str], JustHTML]
"""Fetches a page and parses it, once: the fixture `get`."""


@pytest.fixture(scope="session")
def shipped_app() -> Flask:
    """Return the app on the shipped content, as the README runs it."""
    shipped_site.workspace()  # tells the faults of the content, if there are any
    return create_app(shipped_site.environ(), watch=False)


@pytest.fixture(scope="session")
def report() -> Report:
    """Return the shipped report."""
    return shipped_site.workspace().report


@pytest.fixture(scope="session")
def sentences() -> dict[str, Sentence]:
    """Return every sentence of the content and of ui.toml, by id."""
    told = shipped_site.workspace()
    return {sentence.id: sentence for _, sentence in told.report.sentences()} | dict(told.words)


@pytest.fixture(scope="session")
def plainly() -> Plain:
    """Return a function that renders a sentence as plain English text, as a reader sees it."""
    return shipped_site.workspace().plain


@pytest.fixture(scope="session")
def broken_rules() -> dict[str, list[str]]:
    """Return the house rules that the pages break which `get` has fetched, by path."""
    return {}


@pytest.fixture(scope="session")
def get(shipped_app: Flask, broken_rules: dict[str, list[str]]) -> Get:
    """Return a function that fetches and parses a page, once for all tests."""
    client, seen = shipped_app.test_client(), dict[str, JustHTML]()

    def fetch(path: str) -> JustHTML:
        if path not in seen:
            response = client.get(path)
            assert response.status_code == 200, f"{path} is not there"
            seen[path], broken_rules[path] = inspect(
                response.text, response.headers, large=path.endswith("/all/")
            )
        return seen[path]

    return fetch
