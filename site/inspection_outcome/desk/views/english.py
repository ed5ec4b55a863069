"""English: find a sentence, or choose one on its page."""

from typing import NamedTuple

from flask import Blueprint, abort, render_template, request

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.find import find, page_of
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.report.sentence import Sentence

blueprint = Blueprint("english", __name__)
_GROUPS = (lists.EVERYWHERE, lists.ELSEWHERE)


class Row(NamedTuple):
    """A sentence in a list, as it reads on its page."""

    sentence: Sentence
    text: str


@blueprint.get(f"/{ENGLISH}/")
def english() -> str:
    """Return the screen: with what was found, or one group of sentences, if that is asked for."""
    stock = web.stock()
    pasted = request.args.get("seen", "").strip()
    given = request.args.get("address", "").strip()
    group = request.args.get("in", "")
    if group and group not in _GROUPS:
        abort(404)
    on = page_of(stock, given)
    found = {each.id: each.text for each in find(stock, ENGLISH, pasted, given)} if pasted else {}
    ids = [*found] if pasted or not group else lists.ids(stock, ENGLISH, group)
    return render_template(
        "english.html",
        pasted=pasted,
        address=given,
        known_address=not given or on is not None,
        on=on or "",
        group=group,
        group_title=lists.title(stock, group),
        rows=_rows(stock, ids, found),
        pages=[
            (name, title, len(lists.ids(stock, ENGLISH, lists.of_page(name))))
            for name, title in lists.titles(stock).items()
        ],
        groups=[
            (name, lists.title(stock, name), len(lists.ids(stock, ENGLISH, name)))
            for name in _GROUPS
        ],
        facts=len(stock.renderer.edition.report.facts),
        trouble=next((each.told for each in stock.troubles if not each.tag), ""),
    )


@blueprint.get(f"/{ENGLISH}/page/<path:name>/")
def page(name: str) -> str:
    """Return a page in the frame, beside its sentences."""
    stock = web.stock()
    if name not in stock.pages:
        abort(404)
    texts = stock.shown(ENGLISH, name).by_id
    parts = lists.parts_of_page(stock, ENGLISH, name)
    seen, unseen, everywhere = (_rows(stock, part, texts) for part in parts)
    return render_template(
        "english_page.html",
        name=name,
        title=lists.titles(stock)[name],
        seen=seen,
        unseen=unseen,
        everywhere=everywhere,
    )


def _rows(stock: Stock, ids: list[str], texts: dict[str, str]) -> list[Row]:
    sentences = (stock.messages[id_].sentence for id_ in ids)
    return [Row(each, texts.get(each.id) or " / ".join(each.forms)) for each in sentences]
