"""Hard words are explained, and a page's first use of one links to the explanation."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
import shipped_site
import textstat
from inspection_outcome.pages.dataset import Plain
from inspection_outcome.report.model import Report
from inspection_outcome.report.page import Page
from inspection_outcome.report.sentence import Sentence
from shipped_site import tell

TABLE = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
ENTRIES: dict[str, list[str]] = TABLE["entries"]
EASY = set(
    resources.files("textstat")
    .joinpath("resources/en/easy_words.txt")
    .read_text(encoding="utf-8")
    .split()
)
SYLLABLES = 3
_SHORT = 1500  # words
_LONG = {"results": 3500}


@pytest.fixture(scope="module")
def pages(report: Report) -> list[Page]:
    """Return the pages with a running text of their own."""
    return [
        page for name, page in report.pages.items() if name not in {"words", "all", "accessibility"}
    ]


def hard(text: str) -> set[str]:
    """Return the words of three or more syllables that are not among the commonest 3,000."""
    words = re.findall(r"[a-z]+", text.lower().replace("’s", ""))
    return {
        word for word in words if word not in EASY and textstat.syllable_count(word) >= SYLLABLES
    }


def running(page: Page) -> Iterator[Sentence]:
    """Yield the sentences of a page's running text, in order."""
    yield from page.top
    for section in page.section:
        yield from section.prose


def use(form: str, text: str) -> re.Match[str] | None:
    """Return the first match of a form in a sentence's source, as a whole word, or None."""
    if form.startswith("{"):
        return re.search(re.escape(form), text)
    return re.search(rf"(?<![\w{{-]){re.escape(form)}(?![\w}}-])", text, re.IGNORECASE)


def first_use(page: Page, forms: list[str]) -> Sentence | None:
    """Return the first sentence of a page's running text that uses one of these forms."""
    return next((s for s in running(page) if any(use(form, s.text) for form in forms)), None)


def unlinked(page: Page) -> list[str]:
    """Return the words whose first use in a page's text does not link to their explanation."""
    first_uses = {word: first_use(page, forms) for word, forms in ENTRIES.items()}
    return [
        f"{word}: {first.text}"
        for word, first in first_uses.items()
        if first and f"(word:{word})" not in first.text
    ]


def test_every_hard_word_has_an_entry_or_a_reason(report: Report, plainly: Plain) -> None:
    explained = set().union(*(hard(" ".join(forms)) for forms in ENTRIES.values()))
    ui = shipped_site.workspace().words
    met = {id_: hard(" ".join(word.forms)) for id_, word in ui.items()}
    met |= {sentence.id: hard(plainly(sentence)) for _, sentence in report.sentences()}

    tell(
        (
            f"‘{word}’ is a hard word ({id_})"
            for id_, words in met.items()
            for word in sorted(words - explained - set(TABLE["allowed"]))
        ),
        "say it in easier words, or explain it in words.toml and name it in "
        "tests/content/lincolnshire/words.toml under [entries]; "
        "or write there under [allowed] why it may stay.",
    )


def test_a_hard_word_is_found() -> None:
    assert hard("The corporation’s help is institutional") == {"corporation", "institutional"}


def test_words_stand_in_the_order_of_the_alphabet(report: Report, plainly: Plain) -> None:
    headings = [
        plainly(s.heading).strip("‘").lower() for s in report.pages["words"].section if s.heading
    ]

    tell(
        (
            f"words.toml: ‘{second}’ comes after ‘{first}’"
            for first, second in pairwise(headings)
            if second < first
        ),
        "put the words in the order of the alphabet.",
    )


def test_every_word_of_the_table_is_explained_on_the_page(report: Report) -> None:
    there = {section.id for section in report.pages["words"].section}

    tell(sorted(set(ENTRIES) - there), "explain these in words.toml.")


def test_the_first_use_of_a_word_leads_to_its_explanation(pages: list[Page]) -> None:
    tell(
        (f"{page.name}.toml: {problem}" for page in pages for problem in unlinked(page)),
        "link the first use of the word on the page: [audit](word:audit).",
    )


def test_a_word_that_is_not_linked_is_found() -> None:
    assert use("audits", "the audits and") is not None
    assert use("audit", "auditor") is None


def test_a_page_is_short_enough(pages: list[Page], plainly: Plain) -> None:
    lengths = {
        page.name: sum(len(plainly(sentence).split()) for sentence in running(page))
        for page in pages
    }

    tell(
        (
            f"{name}.toml has {length} words, and at most {_LONG.get(name, _SHORT)} may be there"
            for name, length in lengths.items()
            if length > _LONG.get(name, _SHORT)
        ),
        "shorten it: young people read it on a phone.",
    )
