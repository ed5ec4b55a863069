"""Each question of a new reader is answered on its page, at most two taps from home."""

import tomllib
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from house_rules import Get, attribute
from inspection_outcome.report.sentence import Sentence
from said import Said
from shipped_site import tell

QUESTIONS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))[
    "question"
]
AT_LEAST = 40
MOST_TAPS = 2


def linked(get: Get, path: str) -> set[str]:
    """Return the pages that a page's header and main part link to.

    The footer is left out, as it lists every page.
    """
    links = [
        urldefrag(urljoin(path, attribute(link, "href"))).url
        for link in get(path).query("header a, main a")
    ]
    return {link for link in links if link.startswith("/en/") and link.endswith("/")}


@pytest.fixture(scope="module")
def near(get: Get) -> set[str]:
    """Return the pages that are at most two taps from home.

    Two pages count that only the footer links to, as readers look for them there.
    """
    found = {"/en/", "/en/about/", "/en/accessibility/"}
    for _ in range(MOST_TAPS):
        found |= {to for path in found for to in linked(get, path)}
    return found


def test_there_are_enough_questions() -> None:
    assert len({question["asks"] for question in QUESTIONS}) >= AT_LEAST


def test_each_question_is_answered(
    sentences: dict[str, Sentence], near: set[str], get: Get
) -> None:
    said = Said(get, sentences)

    tell(
        (
            f"‘{question['asks']}’ {question['page']} does not answer it any more ({id_})"
            for question in QUESTIONS
            for id_ in said.lacking(question["answers"], question["page"])
        ),
        "answer it there; if another sentence does, name it in "
        "tests/content/lincolnshire/questions.toml.",
    )
    tell(
        (question["page"] for question in QUESTIONS if question["page"] not in near),
        "let a page that home links to link to these: they answer what readers ask.",
    )
