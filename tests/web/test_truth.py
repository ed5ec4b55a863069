"""Everything that the sources say is on the pages."""

import re
import tomllib
from pathlib import Path
from typing import Any

import find_browser
import pytest
from flask import Flask
from house_rules import ALL, PAGES, Get, text_of
from inspection_outcome.report.facts import Body, Date
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from justhtml import JustHTML

DATA = Path(__file__).parent.parent / "data"
TABLE = tomllib.loads((DATA / "paragraphs.toml").read_text(encoding="utf-8"))
PANEL = tomllib.loads((DATA / "panel.toml").read_text(encoding="utf-8"))["fact"]
PARAGRAPHS = 65


@pytest.fixture(scope="session")
def report(app: Flask) -> Report:
    """Return the shipped report."""
    shipped: Report = app.extensions["inspection_outcome"].current().edition.report
    return shipped


@pytest.fixture(scope="session")
def by_id(report: Report) -> dict[str, Sentence]:
    """Return every sentence of the content, by id."""
    return {sentence.id: sentence for _, sentence in report.sentences()}


def untold(table: dict[str, Any]) -> list[int]:
    """Return the paragraphs that no sentence retells and that have no reason for this."""
    numbers = range(1, PARAGRAPHS + 1)
    return [
        n
        for n in numbers
        if not table["paragraphs"].get(str(n)) and not table["reasons"].get(str(n))
    ]


def test_every_paragraph_of_the_report_is_retold_or_has_a_reason() -> None:
    assert untold(TABLE) == []
    assert sorted(map(int, TABLE["paragraphs"])) == list(range(1, PARAGRAPHS + 1))


def test_a_paragraph_that_is_lost_is_found() -> None:
    assert untold({"paragraphs": TABLE["paragraphs"] | {"43": []}, "reasons": {}}) == [43]


def test_the_table_and_the_content_agree(by_id: dict[str, Sentence]) -> None:
    cited: dict[str, list[str]] = {str(n): [] for n in range(1, PARAGRAPHS + 1)}
    for sentence in by_id.values():
        for number in sentence.paragraphs:
            cited[str(number)].append(sentence.id)

    assert cited == TABLE["paragraphs"]


@pytest.mark.parametrize("number", range(1, PARAGRAPHS + 1))
def test_the_sentences_of_a_paragraph_are_on_the_page(
    number: int, by_id: dict[str, Sentence], get: Get
) -> None:
    for id_ in TABLE["paragraphs"][str(number)]:
        name = id_.partition(".")[0]
        page = "/en/" if name in {"home", "report"} else f"/en/{name}/"
        # Compare the longest run of plain words, as markup and facts are rendered differently.
        words = max(re.split(r"\{\w+\}|\*\*|\[|\]\([^)]*\)", by_id[id_].text), key=len).strip(" .,")
        assert words in " ".join(said(get, page).split()), id_


_SAID: dict[str, str] = {}
"""The texts that `said` has returned, by path."""


def said(get: Get, path: str) -> str:
    """Return the text of a page's main part, without text for screen readers only."""
    if path not in _SAID:
        page, has_unseen = get(path), bool(get(path).query(".unseen"))
        _SAID[path] = _without_unseen(page) if has_unseen else text_of(page.query("main")[0])
    return _SAID[path]


def _without_unseen(page: JustHTML) -> str:
    main = page.query("main")[0].clone_node(deep=True)  # other tests read the same page
    for each in [*main.query(".unseen"), *main.query("svg")]:
        if each.parent is not None:
            each.parent.remove_child(each)
    # No space is inserted between the inline elements of a block.
    inline = "".join(
        " " if text == "\n" else text for text in main.to_text(separator="", strip=False)
    )
    return " ".join(inline.split())


@pytest.mark.parametrize("fact", PANEL, ids=lambda fact: fact["part"])
def test_what_the_panel_report_says_is_on_the_page(fact: dict[str, Any], get: Get) -> None:
    text = said(get, fact["page"])

    assert [words for words in fact["says"] if words not in text] == []


QUANTITIES = re.compile(
    r"\b(most|some|many|a (?:very )?small number|few|too often|not all|not everyone)\b",
    re.IGNORECASE,
)
STRENGTHS = tomllib.loads((DATA / "strengths.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("id_", STRENGTHS)
def test_a_strength_is_neither_more_nor_less(id_: str, by_id: dict[str, Sentence]) -> None:
    """'Most' stays 'most', and 'a small number' stays 'a small number'.

    The expected words of quantity were read from the report by a person.
    """
    assert [found.lower() for found in QUANTITIES.findall(by_id[id_].text)] == STRENGTHS[id_]


def test_every_strength_is_kept(by_id: dict[str, Sentence]) -> None:
    strong = {
        id_
        for id_, sentence in by_id.items()
        if sentence.source == "ofsted" and QUANTITIES.search(sentence.text)
    }

    assert strong == set(STRENGTHS)


def test_the_accessibility_statement_says_what_is_tested(
    report: Report, by_id: dict[str, Sentence]
) -> None:
    """Its browsers are those of test_engines.py, and its number of pages is that of all pages.

    The day of the test is no later than the site's last change.
    """
    browsers, tested = report.facts["browsers"], report.facts["accessibility_tested"]
    reviewed = report.facts["accessibility_reviewed"]

    assert isinstance(browsers, Body)
    assert [name.split()[0] for name in browsers.value.split(", ")] == list(find_browser.FIND)
    assert isinstance(tested, Date)
    assert isinstance(reviewed, Date)
    assert tested.value <= reviewed.value <= report.site.updated
    assert len(report.pages) == len([*PAGES, ALL])
    for id_, fact in (
        ("tested", "accessibility_tested"),
        ("tested", "pages_count"),
        ("tested-browsers", "browsers"),
    ):
        assert f"{{{fact}}}" in by_id[f"accessibility.{id_}"].text
