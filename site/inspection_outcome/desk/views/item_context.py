"""What the screens of an English sentence and of a fact show."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from inspection_outcome.authoring.typed import as_typed
from inspection_outcome.desk import lists, web
from inspection_outcome.desk.commits import Version, version
from inspection_outcome.desk.content import fields
from inspection_outcome.desk.content.change import Refused
from inspection_outcome.desk.content.effect import places_of_facts
from inspection_outcome.desk.content.item import Item, Values, fingerprint
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.present import Part, compared, pieces
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views.past import MOST_VERSIONS
from inspection_outcome.desk.views.sentence_context import conflicts, in_page
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.report.references import OWN_SOURCES
from inspection_outcome.report.sentence import Sentence


class _Past(NamedTuple):
    """A version, as against the one before it. `typed`: as the form has it, to put it back."""

    version: Version
    forms: list[list[Part]]
    typed: Mapping[str, str]
    current: bool
    can_be_put_back: bool


def common(
    item: Item, values: Values, typed: Mapping[str, str], refused: Refused | None
) -> dict[str, Any]:
    """Return what both screens have. `values`: of the file now; `typed`: what was not saved."""
    was = [web.sent(f"was-{name}") for name in values]
    yours = [typed.get(name, "") for name in values]
    now = [as_typed(value) for value in values.values()]
    history = web.content_history()
    try:
        past, no_history = _past(item, values) if values else [], history.none
    except HistoryError as error:
        past, no_history = [], str(error)
    return {
        "item": item,
        "seen": fingerprint(values),
        "was": dict(zip(values, now, strict=True)),
        "refused": refused,
        "faults": refused.by_field(values, next(iter(values), "")) if refused else [],
        "conflicts": conflicts(was, yours, now) if refused and refused.changed else [],
        "versions": past,
        "no_history": no_history,
        "can_begin": history.can_begin,
    }


def of_sentence(
    stock: Stock, item: Item, values: Values, typed: Mapping[str, str], on: str
) -> dict[str, Any]:
    """Return what the screen of a sentence has besides. `on`: the page to show it in."""
    sentence = stock.messages[item.name].sentence
    frame = in_page(stock, ENGLISH, item.name, on)
    on = frame["on"]
    facts = stock.facts(ENGLISH, item.name)
    return {
        "sentence": sentence,
        "fields": fields.of_sentence(values, typed),
        "reads": stock.shown(ENGLISH, on).by_id.get(item.name, "") if on else "",
        "english": [pieces(form, facts) for form in sentence.forms],
        "facts": facts,
        "source": source(stock, sentence),
        **frame,
    }


def of_fact(stock: Stock, item: Item, values: Values, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the screen of a fact has besides."""
    fact = stock.renderer.edition.report.facts[item.name]
    places = places_of_facts(stock)[item.name]
    return {
        "what": fields.what_it_is(fact),
        "value": lists.english(stock).fact(fact).striptags(),
        "fields": fields.of_fact(fact, values, typed),
        "places": places,
        "pages": [*dict.fromkeys(places)],
        "titles": lists.titles(stock),
        "source": source_name(stock, fact.source),
    }


def source(stock: Stock, sentence: Sentence) -> str:
    """Return where a sentence comes from, for people, with the paragraphs of the document."""
    name = source_name(stock, sentence.source)
    numbers = ", ".join(map(str, sentence.paragraphs))
    if not numbers:
        return name
    return f"{name}, {'paragraphs' if len(sentence.paragraphs) > 1 else 'paragraph'} {numbers}"


def source_name(stock: Stock, id_: str) -> str:
    """Return what a source is called, for people."""
    if id_ in OWN_SOURCES:
        return OWN_SOURCES[id_]
    return lists.english(stock).plain(stock.renderer.edition.report.source(id_).name)


def _past(item: Item, values: Values) -> list[_Past]:
    path = item.path(web.stock().folders)
    found = web.content_history().past(path, item.key, item.values_in)[:MOST_VERSIONS]
    said = [{name: as_typed(each) for name, each in (old or {}).items()} for _, old in found]
    past = []
    for place, (commit, old) in enumerate(found):
        before = said[min(place + 1, len(said) - 1)]
        past.append(
            _Past(
                version(commit, None),
                compared([*before.values()], [*said[place].values()]),
                said[place],
                current=place == 0,
                can_be_put_back=old is not None and old.keys() == values.keys() and old != values,
            )
        )
    return past
