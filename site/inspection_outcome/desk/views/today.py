"""Today: what needs doing in all languages, the most dangerous first."""

from contextlib import suppress

from flask import Blueprint, render_template

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.history import LATELY, Overwritten
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.states import State

blueprint = Blueprint("today", __name__)


@blueprint.get("/")
def today() -> str:
    """Return the screen."""
    stock = web.stock()
    return render_template(
        "today.html",
        work=list(lists.today(stock)),
        to_check={tag: lists.to_check(stock, tag) for tag in stock.languages},
        languages=stock.languages,
        messages=stock.messages,
        counts={tag: stock.catalogue(tag).counts for tag in stock.languages},
        states=list(State),
        troubles=stock.troubles,
        overwritten={tag: _overwritten(stock, tag) for tag in stock.languages},
        history=web.history(),
        days=LATELY.days,
    )


def _overwritten(stock: Stock, tag: str) -> list[Overwritten]:
    """Return what something else than the desk overwrote; nothing while git does not answer."""
    with suppress(HistoryError):
        found = web.history().overwritten(stock.path(tag), stock.languages[tag])
        return [each for each in found if each.id in stock.messages]
    return []
