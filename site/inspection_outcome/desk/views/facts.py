"""The facts: values that sentences name."""

from typing import NamedTuple

from flask import Blueprint, render_template

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.content.effect import places_of_facts
from inspection_outcome.desk.content.fields import what_it_is
from inspection_outcome.i18n.languages import ENGLISH

blueprint = Blueprint("facts", __name__)


class Row(NamedTuple):
    """A fact in the list, as readers see it, and on how many places of how many pages."""

    name: str
    value: str
    places: int
    pages: int


@blueprint.get(f"/{ENGLISH}/facts/")
def facts() -> str:
    """Return the screen: each fact, by what it is."""
    stock = web.stock()
    places, said = places_of_facts(stock), lists.english(stock)
    kinds: dict[str, list[Row]] = {}
    for name, fact in stock.renderer.edition.report.facts.items():
        stands = places[name]
        row = Row(name, said.fact(fact).striptags(), len(stands), len(set(stands)))
        kinds.setdefault(what_it_is(fact), []).append(row)
    return render_template("facts.html", kinds=kinds)
