"""What a change of the content does: each place that reads otherwise, in English."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.shown import shown


class Changed(NamedTuple):
    """A place that reads otherwise; empty where nothing stood there, or nothing will."""

    page: str
    before: str
    after: str


def renderer_of(stock: Stock, report: Report) -> Renderer:
    """Return the site with other content, to look at its English."""
    return Renderer(replace(stock.renderer.edition, report=report))


def effect(stock: Stock, report: Report) -> list[Changed]:
    """Return each place that a change of the content makes read otherwise, in site order.

    A place is a sentence of a page, or a fact that stands there alone.
    """
    after = renderer_of(stock, report)
    found = []
    for name in stock.pages:
        was, now = stock.shown(ENGLISH, name), shown(after, name, ENGLISH, stock.messages)
        alone = (_named(was.alone), _named(now.alone))
        for old, new in ((was.texts, now.texts), alone):
            # A title is of two sentences, and changes once.
            found += [Changed(name, *each) for each in dict.fromkeys(_otherwise(old, new))]
    return found


def _named(texts: Sequence[str]) -> list[tuple[str, str]]:
    return [("", text) for text in texts]


def _otherwise(
    was: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield what stood in each place that has changed, and what will stand there."""
    before, after = set(was), set(now)
    gone = [each for each in was if each not in after]
    new = [each for each in now if each not in before]
    for id_ in dict.fromkeys(id_ for id_, _ in (*gone, *new)):
        texts = ([text for each, text in part if each == id_] for part in (gone, new))
        yield from zip_longest(*texts, fillvalue="")


def places_of_facts(stock: Stock) -> dict[str, list[str]]:
    """Return the page of each place that shows a fact, by the fact's name."""
    facts = stock.renderer.edition.report.facts
    named = {
        id_: set(PLACEHOLDER.findall(" ".join(message.sentence.forms)))
        for id_, message in stock.messages.items()
    }
    found: dict[str, list[str]] = {name: [] for name in facts}
    for page in stock.pages:
        shows = stock.shown(ENGLISH, page)
        for name, fact in facts.items():
            ids = [id_ for id_ in (*shows.seen, *shows.unseen) if name in named[id_]]
            found[name] += [page] * max(len(ids), fact in shows.facts)
    return found
