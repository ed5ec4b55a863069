"""Each page's sentences are marked where they stand, and nothing else of the page is changed."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import desk_site
import pytest
from frozen_site import TRANSLATED, folders
from inspection_outcome.desk.stock import Stock
from inspection_outcome.edition import today
from inspection_outcome.i18n.states import State
from inspection_outcome.shown import preview, shown
from justhtml import JustHTML
from pseudo_locales import LONG

TAGS = ["en", *TRANSLATED]
_DOUBLED = re.compile("áa|ée|íi|óo|úu|Áa|Ée|Íi|Óo|Úu")
"""What a vowel is in the pseudo-locale, and in no fact, name or word of English."""
_MARKS = re.compile(r'<span(?: id="s-([^"]+)")? data-sentence="([^"]+)">')


@pytest.fixture(scope="module")
def stock(translations: Path) -> Stock:
    """Return the stock of the frozen site."""
    return Stock.read(folders(translations))


@cache
def page(stock: Stock, name: str, tag: str) -> str:
    """Return a page's HTML, marked."""
    return preview(stock.renderer, name, tag)


def parsed(html: str) -> JustHTML:
    """Return the HTML parsed, as it is."""
    return JustHTML(html, collect_errors=True, sanitize=False)


@pytest.mark.parametrize("tag", TAGS)
def test_marks_change_nothing_that_readers_get(stock: Stock, tag: str) -> None:
    for name in stock.pages:
        there = parsed(stock.renderer.page(name, tag, today()))
        marked = parsed(page(stock, name, tag))

        assert "".join(marked.to_text().split()) == "".join(there.to_text().split())
        assert [error.code for error in marked.errors] == [error.code for error in there.errors]


@pytest.mark.parametrize("tag", TAGS)
def test_an_id_stands_once_on_a_page_and_leads_to_each_sentence(stock: Stock, tag: str) -> None:
    for name in stock.pages:
        marks = _MARKS.findall(page(stock, name, tag))
        ids = [id_ for id_, _ in marks if id_]

        assert len(ids) == len(set(ids)) > 20
        assert set(ids) == {sentence for _, sentence in marks}


class _Unmarked(HTMLParser):
    """Keeps the text that stands in the body, outside of every mark."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._spans = [True]  # until the body begins

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._spans.clear()
        elif tag == "span":
            self._spans.append("data-sentence" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._spans.pop()

    def handle_data(self, data: str) -> None:
        self.text += "" if any(self._spans) else data


def test_all_that_is_translated_on_a_page_is_marked(stock: Stock) -> None:
    """The language's own name is not: it is no sentence."""
    for name in stock.pages:
        unmarked = _Unmarked()
        unmarked.feed(page(stock, name, "qaa"))
        text = unmarked.text.replace(LONG.name, "")

        assert "Northmarsh" in unmarked.text or "English" in unmarked.text
        assert _DOUBLED.findall(text) == [], name


def test_sentences_are_told_in_reading_order(stock: Stock) -> None:
    found = stock.shown("qaa", "home")
    places = [page(stock, "home", "qaa").index(f'data-sentence="{id_}"') for id_ in found.seen]

    assert places == sorted(places)
    assert found.seen.index("home.title") < found.seen.index("ui.privacy")


def test_what_is_not_seen_is_told_apart(stock: Stock) -> None:
    found = stock.shown("qaa", "home")

    assert {"home.description", "ui.menu"} <= set(found.unseen)
    assert not set(found.seen) & set(found.unseen)


def test_each_sentence_stands_under_the_heading_above_it(stock: Stock) -> None:
    under = stock.shown("en", "home").under
    html = page(stock, "home", "en")

    def heading_above(id_: str) -> str:
        before = html[: html.index(f'data-sentence="{id_}"')]
        return str(re.findall('<h[1-6].*?data-sentence="([^"]+)"', before)[-1])

    assert under["home.title"] == ""
    below = [id_ for id_ in under if id_.endswith((".text", ".lead"))]
    assert {id_: under[id_] for id_ in below} == {id_: heading_above(id_) for id_ in below}


def test_only_known_sentences_are_told(stock: Stock) -> None:
    found = shown(stock.renderer, "home", "qaa", {"home.title"})

    texts = tuple(t for t in stock.shown("qaa", "home").texts if t[0] == "home.title")
    assert (found.seen, found.unseen, found.texts) == (("home.title",), (), texts)


def test_a_draft_stands_in_its_page_and_nowhere_else(stock: Stock) -> None:
    draft = stock.draft("qaa", "about.title", ["Zupełnie nowe słowa"])

    html = preview(stock.renderer, "about", "qaa", draft)

    assert '<span id="s-about.title" data-sentence="about.title">Zupełnie nowe słowa</span>' in html
    assert "Zupełnie nowe słowa" not in page(stock, "about", "qaa")
    assert "Zupełnie nowe słowa" not in stock.renderer.page("about", "qaa")


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "{nothing}", "[x](javascript:1)", ""]
)
def test_a_draft_that_readers_would_not_get_is_in_english(stock: Stock, typed: str) -> None:
    draft = stock.draft("qaa", "about.title", [typed])

    html = preview(stock.renderer, "about", "qaa", draft)

    assert draft.state in {State.BROKEN, State.NOT_TRANSLATED}
    english = stock.messages["about.title"].sentence.text
    assert f'data-sentence="about.title"><span lang="en" dir="ltr">{english}</span></span>' in html
    assert "<script>alert" not in html


def test_a_number_is_held_together_as_on_the_page(tmp_path: Path) -> None:
    """Right to left, its parts would change places at a usual space."""
    folder = desk_site.make(tmp_path).folders
    path = folder.content / "home.toml"
    english = path.read_text("utf-8").replace("Inspectors came on {visit}", "Ring {line_phone}")
    path.write_text(english, "utf-8")

    texts = Stock.read(folder).shown("en", "home").by_id

    assert texts["home.lead"] == "Ring 01632\u00a0960009. You can talk to someone."
