"""One language: find a sentence by what is seen on a page; its pages; what waits."""

from collections import Counter

from flask import Blueprint, abort, render_template, request

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.find import find, letters, page_of
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.states import State

blueprint = Blueprint("language", __name__)
_MOST_ROWS = 200
_FEWEST = 3
"""Letters of a text that is searched for: fewer find only what has no others."""


@blueprint.get("/<tag>/")
def language(tag: str) -> str:
    """Return the screen: with what was found, or one list of sentences, if that is asked for."""
    stock = web.known(tag)
    asked = "seen" in request.args
    pasted = request.args.get("seen", "").strip()
    address = request.args.get("address", "").strip()
    list_ = request.args.get("in", "")
    if list_ and not lists.title(stock, list_):
        abort(404)
    found = find(stock, tag, pasted, address) if pasted else []
    on = page_of(stock, address)
    if pasted:
        rows, number = lists.rows_found(stock, tag, found, on or ""), len(found)
    else:
        listed = lists.ids(stock, tag, list_)
        rows, number = lists.rows(stock, tag, listed[:_MOST_ROWS], {}), len(listed)
    return render_template(
        "language.html",
        language=stock.languages[tag],
        counts=stock.catalogue(tag).counts
        - Counter({State.NEEDS_CHECKING: len(stock.refused[tag])}),
        refused=stock.refused[tag],
        to_check=lists.to_check(stock, tag),
        waits=State.NEEDS_CHECKING,
        states=list(State),
        pages=_pages(stock, tag),
        pasted=pasted,
        too_little=asked and not found and len(letters(pasted)) < _FEWEST,
        address=address,
        known_address=not address or on is not None,
        on=on or "",
        list=list_,
        list_title=lists.title(stock, list_),
        rows=rows,
        number=number,
        titles=lists.titles(stock),
        groups=[
            (name, lists.title(stock, name), _counted(stock, tag, lists.ids(stock, tag, name)))
            for name in (lists.EVERYWHERE, lists.ELSEWHERE)
        ],
        trouble=next((each.told for each in stock.troubles if each.tag == tag), ""),
    )


def _pages(stock: Stock, tag: str) -> list[tuple[str, str, Counter[State]]]:
    """Return the name, the English title and the states of each page, of all that it shows."""
    titles = lists.titles(stock)
    return [
        (name, titles[name], _counted(stock, tag, lists.ids(stock, tag, lists.of_page(name))))
        for name in stock.pages
    ]


def _counted(stock: Stock, tag: str, ids: list[str]) -> Counter[State]:
    entries = stock.catalogue(tag).entries
    return Counter(entries[id_].state for id_ in ids)
