"""Each question of a new reader is answered on its page, at most two taps from home."""

import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient
from house_rules import Get, attribute, text_of
from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n import ui
from inspection_outcome.report import load as content
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.settings import Settings
from justhtml import JustHTML

DATA = Path(__file__).parent.parent / "data"
QUESTIONS = tomllib.loads((DATA / "questions.toml").read_text(encoding="utf-8"))["question"]
AT_LEAST = 40
MOST_TAPS = 2


@pytest.fixture(scope="session")
def sentences() -> dict[str, Sentence]:
    """Return every sentence of the content and of ui.toml, by id."""
    report = content.load(Settings().content)
    words = ui.load(report, PACKAGE / "i18n" / "ui.toml")
    return {sentence.id: sentence for _, sentence in report.sentences()} | words


def linked(client: FlaskClient, path: str) -> set[str]:
    """Return the pages that a page's header and main part link to.

    The footer is left out, as it lists every page.
    """
    page = JustHTML(client.get(path).text, sanitize=False)
    links = [
        urldefrag(urljoin(path, attribute(link, "href"))).url
        for link in page.query("header a, main a")
    ]
    return {link for link in links if link.startswith("/en/")}


@pytest.fixture(scope="session")
def near(app: Flask) -> set[str]:
    """Return the pages that are at most two taps from home.

    Two pages count that only the footer links to, as readers look for them there.
    """
    client = app.test_client()
    found = {"/en/", "/en/about/", "/en/accessibility/"}
    for _ in range(MOST_TAPS):
        found |= {to for path in found for to in linked(client, path)}
    return found


def test_there_are_enough_questions() -> None:
    assert len({question["asks"] for question in QUESTIONS}) >= AT_LEAST


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["asks"])
def test_a_question_is_answered(
    question: dict[str, Any], sentences: dict[str, Sentence], near: set[str], get: Get
) -> None:
    said = text_of(get(question["page"]).query("main")[0])

    assert question["page"] in near
    for id_ in question["answers"]:
        forms = [
            max(re.split(r"\{\w+\}|\*\*|\[|\]\([^)]*\)", form), key=len)
            for form in sentences[id_].forms
        ]
        assert any(form.strip(" .,:") in said for form in forms), id_
