"""A sentence is found by what a reader sees of it."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from frozen_site import TRANSLATED, folders
from hypothesis import given, settings
from hypothesis import strategies as st
from inspection_outcome.desk.find import MOST, find, page_of
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.states import Entry
from inspection_outcome.renderer import Renderer
from msgspec import structs


@pytest.fixture(scope="module")
def stock(translations: Path) -> Stock:
    """Return the stock of the frozen site."""
    return Stock.read(folders(translations))


def ids(stock: Stock, pasted: str, address: str = "", tag: str = "qaa") -> list[str]:
    """Return the ids of what is found."""
    return [each.id for each in find(stock, tag, pasted, address)]


def text(stock: Stock, id_: str, page: str, tag: str = "qaa") -> str:
    """Return how a sentence reads on a page."""
    return dict(stock.shown(tag, page).texts)[id_]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_each_sentence_of_each_page_is_found_by_its_rendered_text(stock: Stock, tag: str) -> None:
    missed, all_texts = [], 0
    for name in stock.pages:
        for id_, said in stock.shown(tag, name).texts:
            all_texts += 1
            if id_ not in ids(stock, said, name, tag):
                missed.append((name, id_))

    assert all_texts > 500
    assert len(missed) / all_texts <= 0.01, missed


def test_a_part_is_enough(stock: Stock) -> None:
    whole = text(stock, "home.description", "home")

    assert ids(stock, whole[5:-5])[0] == "home.description"


def test_facts_are_searched_as_they_are_shown(stock: Stock) -> None:
    found = next(
        (id_, said)
        for id_, said in stock.shown("qaa", "inspection").texts
        if "{" in stock.messages[id_].sentence.text
        and any(map(str.isdigit, said))
        and len(said) > 40
    )

    assert ids(stock, found[1])[0] == found[0]


def test_several_sentences_are_all_found_the_longest_first(stock: Stock) -> None:
    some = [text(stock, id_, "help") for id_ in ("help.title", "help.description")]

    assert {"help.title", "help.description"} <= set(ids(stock, "\n".join(some)))


def test_what_a_browser_or_a_mail_does_to_a_text_does_no_harm(stock: Stock) -> None:
    said = text(stock, "home.description", "home")
    spoilt = said.upper().replace(" ", "\u00a0 \n").replace("É", "É\u00ad")
    spoilt = unicodedata.normalize("NFD", spoilt)  # as a Mac does

    assert ids(stock, f"„\u2068{spoilt}\u2069”")[0] == "home.description"


def test_a_wrong_word_does_no_harm(stock: Stock) -> None:
    words = text(stock, "home.description", "home").split()
    words[len(words) // 2] = "xyz"

    assert ids(stock, " ".join(words))[0] == "home.description"


def test_the_english_finds_it_too(stock: Stock) -> None:
    assert ids(stock, stock.messages["home.description"].sentence.text)[0] == "home.description"


def test_what_stands_on_the_page_that_was_named_comes_first(stock: Stock) -> None:
    same = "Na obu stronach to samo zdanie"
    edited = {
        id_: stock.draft("qaa", id_, [same]) for id_ in ("help.description", "about.description")
    }
    both = _with(stock, edited)

    assert ids(both, same, "https://x.example/qaa/help/")[0] == "help.description"
    assert ids(both, same, "about")[0] == "about.description"


def _with(stock: Stock, edited: dict[str, Entry]) -> Stock:
    edition = stock.renderer.edition
    made = edition.catalogues.by_tag["qaa"]
    made = structs.replace(made, entries={**made.entries, **edited})
    by_tag = {**edition.catalogues.by_tag, "qaa": made}
    catalogues = structs.replace(edition.catalogues, by_tag=by_tag)
    return replace(stock, renderer=Renderer(replace(edition, catalogues=catalogues)), rendered={})


def test_what_stands_on_no_page_is_found_as_it_is_written(stock: Stock) -> None:
    assert "ui.error-404-title" in stock.elsewhere("qaa")
    assert ids(stock, stock.entry("qaa", "ui.error-404-title").forms[0])[0] == "ui.error-404-title"


@pytest.mark.parametrize("pasted", ["", " ", "!?…", "\u00ad", "qqqqqqqqqqqqqqq zzzzzzzzzzz"])
def test_nothing_is_found_by_nothing(stock: Stock, pasted: str) -> None:
    assert ids(stock, pasted) == []


def test_a_whole_page_gives_its_sentences_and_not_more_than_can_be_read(stock: Stock) -> None:
    page = " ".join(said for _, said in stock.shown("qaa", "home").texts)

    assert len(ids(stock, page)) == MOST


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://results.example.gov.uk/qaa/for/care-leavers/#rights", "for/care-leavers"),
        ("/en/help", "help"),
        (" help ", "help"),
        ("http://127.0.0.1:5000/qaa/", "home"),
        ("qaa-arab", None),
        ("https://results.example/qaa/nothing/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_leads_to_its_page(stock: Stock, address: str, page: str | None) -> None:
    assert page_of(stock, address) == page


@pytest.mark.slow
def test_anything_may_be_pasted(stock: Stock) -> None:
    @settings(max_examples=1_000, deadline=None)
    @given(st.text(max_size=300), st.text(max_size=60))
    def paste(pasted: str, address: str) -> None:
        assert len(find(stock, "qaa-arab", pasted, address)) <= MOST

    paste()
