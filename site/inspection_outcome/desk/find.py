"""Find a sentence by what a reader sees of it on a page."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.scripts import folded
from inspection_outcome.pages.urls import page_at

MOST = 20
"""Results of a search."""
_LONGEST = 5_000
"""Characters of a pasted text that are searched for: a whole page has fewer."""
_GRAM = 3
"""Letters in a row that are compared: scripts differ in what a word is."""
_ALIKE = 0.6
"""The share of a text's grams from which it is found, so that a word may differ."""
_HERE = 1.5
"""By how much more a sentence counts if it stands on the page that was named."""


class Found(NamedTuple):
    """A sentence that was found, and how it reads there."""

    id: str
    text: str
    tag: str
    """The language of `text`: the one that is searched, or English."""


class _Text(NamedTuple):
    """A sentence as it reads somewhere: the number of its grams, and the pages that have it so."""

    tag: str
    id: str
    text: str
    size: int
    pages: set[str]


class _Index(NamedTuple):
    """The texts of a language, and the numbers of those that have a gram."""

    texts: list[_Text]
    having: Mapping[str, Sequence[int]]


def find(stock: Stock, tag: str, pasted: str, address: str = "") -> list[Found]:
    """Return the sentences that a pasted text has, or is part of: the best first, at most MOST.

    Both the language and the English are searched. `address`: of a page, or its name, or empty;
    what stands on it comes first.
    """
    wanted, here, index = _grams(pasted[:_LONGEST]), page_of(stock, address), _index(stock, tag)
    best: dict[str, tuple[float, Found]] = {}
    in_common = Counter(number for gram in wanted for number in index.having.get(gram, ()))
    for number, common in in_common.items():
        text = index.texts[number]
        share = common / min(len(wanted), text.size)
        if share < _ALIKE:
            continue
        # What is longer says more; and of what says as much, what says nothing else.
        rank = share * common * (_HERE if here in text.pages else 1)
        rank += common / (len(wanted) + text.size - common)
        if text.id not in best or rank > best[text.id][0]:
            best[text.id] = rank, Found(text.id, text.text, text.tag)
    return [found for _, found in sorted(best.values(), key=lambda each: -each[0])[:MOST]]


@lru_cache(maxsize=2)  # a stock and its index are as large as the files
def _index(stock: Stock, tag: str) -> _Index:
    texts: dict[tuple[str, str], _Text] = {}
    having: dict[str, list[int]] = defaultdict(list)
    for each, name, id_, said in _texts(stock, tag):
        if (id_, said) not in texts:
            grams = _grams(said)
            for gram in grams:
                having[gram].append(len(texts))
            texts[id_, said] = _Text(each, id_, said, len(grams), set())
        texts[id_, said].pages.add(name)
    return _Index([*texts.values()], having)


def page_of(stock: Stock, address: str) -> str | None:
    """Return the name of the page that an address leads to, or None. Nothing is fetched."""
    return page_at(address, stock.pages, (ENGLISH, *stock.languages))


def _texts(stock: Stock, tag: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the language, page, id and text of each sentence in the language and in English.

    What stands on no page comes as it is written, with its facts in braces; so does what readers
    had before its English changed.
    """
    for each in dict.fromkeys((tag, ENGLISH)):
        for name in stock.pages:
            yield from ((each, name, id_, text) for id_, text in stock.shown(each, name).texts)
    elsewhere = dict.fromkeys(stock.elsewhere(tag))
    for id_ in elsewhere:
        yield from ((ENGLISH, "", id_, text) for text in stock.messages[id_].sentence.forms)
    for id_, entry in (stock.catalogue(tag).entries if tag != ENGLISH else {}).items():
        if id_ in elsewhere or not entry.usable:
            yield from ((tag, "", id_, text) for text in entry.forms)


def letters(text: str) -> str:
    """Return what is compared of a text: no case, spaces, quotation marks and other signs."""
    return "".join(sign for sign in folded(text) if unicodedata.category(sign)[0] in "LMN")


def _grams(text: str) -> frozenset[str]:
    """Return each three letters in a row."""
    said = letters(text)
    if not said:
        return frozenset()
    return frozenset(said[at : at + _GRAM] for at in range(max(len(said) - _GRAM, 0) + 1))
