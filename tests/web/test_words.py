"""Hard words are explained, and a page's first use of one links to the explanation."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
import textstat
from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n import languages, ui
from inspection_outcome.i18n.render import PageTranslator, Translator
from inspection_outcome.report import load as content
from inspection_outcome.report.page import Page
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.settings import Settings

DATA = Path(__file__).parent.parent / "data"
TABLE = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
ENTRIES: dict[str, list[str]] = TABLE["entries"]
REPORT = content.load(Settings().content)
WORDS = ui.load(REPORT, PACKAGE / "i18n" / "ui.toml")
ENGLISH = Translator(languages.load(Settings().translations)[0], WORDS, REPORT.facts, address=str)
TRANSLATOR = PageTranslator(ENGLISH, ENGLISH)
EASY = set(
    resources.files("textstat")
    .joinpath("resources/en/easy_words.txt")
    .read_text(encoding="utf-8")
    .split()
)
SYLLABLES = 3
PAGES = [
    page for name, page in REPORT.pages.items() if name not in {"words", "all", "accessibility"}
]


def hard(text: str) -> set[str]:
    """Return the words of three or more syllables that are not among the commonest 3,000."""
    words = re.findall(r"[a-z]+", text.lower().replace("’s", ""))
    return {
        word for word in words if word not in EASY and textstat.syllable_count(word) >= SYLLABLES
    }


MET = set().union(
    *(hard(TRANSLATOR.plain(sentence)) for _, sentence in REPORT.sentences()),
    *(hard(form) for word in WORDS.values() for form in word.forms),
)


def running(page: Page) -> Iterator[Sentence]:
    """Yield the sentences of a page's running text, in order."""
    yield from page.lead
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


def test_every_hard_word_has_an_entry_or_a_reason() -> None:
    explained = set().union(*(hard(" ".join(forms)) for forms in ENTRIES.values()))
    assert MET - explained - set(TABLE["allowed"]) == set()


def test_the_lists_hold_nothing_that_is_not_used() -> None:
    assert set(TABLE["allowed"]) - MET == set()
    assert all(TABLE["allowed"].values())


def test_a_hard_word_is_found() -> None:
    assert hard("The corporation’s help is institutional") == {"corporation", "institutional"}


def test_words_stand_in_the_order_of_the_alphabet() -> None:
    headings = [
        TRANSLATOR.plain(s.heading).strip("‘").lower()
        for s in REPORT.pages["words"].section
        if s.heading
    ]

    assert headings == sorted(headings)


def test_every_word_of_the_table_is_explained_on_the_page() -> None:
    assert set(ENTRIES) <= {section.id for section in REPORT.pages["words"].section}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_first_use_of_a_word_leads_to_its_explanation(page: Page) -> None:
    assert unlinked(page) == []


def test_a_word_that_is_not_linked_is_found() -> None:
    page = next(page for page in PAGES if page.name == "home")
    bare = [s for s in running(page) if "(word:audit)" in s.text]

    assert len(bare) == 1
    assert use("audits", "the audits and") is not None
    assert use("audit", "auditor") is None


@pytest.mark.parametrize(
    ("name", "most"), [(page.name, 3500 if page.name == "results" else 1500) for page in PAGES]
)
def test_a_page_is_short_enough(name: str, most: int) -> None:
    words = sum(len(TRANSLATOR.plain(sentence).split()) for sentence in running(REPORT.pages[name]))

    assert words <= most
