"""What the screen of a sentence shows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from flask import url_for

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.present import (
    KINDS,
    Part,
    boxes,
    changed_words,
    compared,
    pieces,
    turn,
)
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views import past
from inspection_outcome.desk.views.past import Past
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.states import Entry
from inspection_outcome.shown import mark


class Typed(NamedTuple):
    """Forms that were typed and not saved."""

    forms: Sequence[str]
    theirs: Entry | None
    """The entry as it now is in the file, if somebody else has changed it meanwhile."""


class Conflict(NamedTuple):
    """One form that two people changed, each as against what it was."""

    was: str
    yours: list[Part]
    theirs: list[Part]


def of(
    stock: Stock,
    tag: str,
    id_: str,
    values: Mapping[str, str],
    typed: Typed | None,
) -> dict[str, Any]:
    """Return the context of the template.

    `values`: of the address or the form; `typed`: what was typed, if it was not saved.
    """
    theirs = typed.theirs if typed else None
    entry = theirs or stock.entry(tag, id_)
    forms = typed.forms if typed else entry.forms
    sentence, language = entry.sentence, stock.languages[tag]
    no = None if theirs else stock.refused[tag].get(id_)
    rule = stock.rule(tag, id_) if sentence.plural is not None else None
    names, list_ = lists.titles(stock), values.get("in", "")
    list_ = list_ if lists.title(stock, list_) else ""
    here = lists.ids(stock, tag, list_) if list_ else []
    try:
        versions, no_history = past.told(stock, tag, id_), web.history().none
    except HistoryError as error:
        versions, no_history = [], str(error)
    was, was_english = web.sent_forms("was"), web.sent_forms("english")
    return {
        "language": language,
        "entry": entry,
        "no": no,
        "turn": turn(entry.state, refused=no is not None),
        "seen": fingerprint(entry),
        "boxes": boxes(language.english_name, rule, forms),
        "english": [pieces(form, stock.facts(ENGLISH, id_)) for form in sentence.forms],
        "facts": stock.facts(tag, id_),
        "english_changed": _changed(entry.before, sentence.forms),
        "problems": stock.problems(tag, id_, forms) if any(forms) else (),
        "terms": stock.terms(tag, id_),
        "same": {each: stock.entry(tag, each) for each in stock.same_english(id_)},
        "fingerprint": fingerprint,
        "places": {each: lists.place(stock, names, each) for each in stock.same_english(id_)},
        **in_page(stock, tag, id_, values.get("on", "") or lists.page_in(list_)),
        "list": list_,
        "list_title": lists.title(stock, list_),
        "place": here.index(id_) + 1 if id_ in here else 0,
        "number": len(here),
        "after_last": after_last(stock, tag, list_),
        "following": lists.following(stock, tag, list_, id_) if list_ else "",
        "moved": "moved" in values,
        "conflicts": conflicts(was, forms, entry.forms) if theirs else [],
        "english_meanwhile": _changed(was_english, sentence.forms) if theirs else [],
        "theirs": _theirs(stock, tag, versions) if theirs else ("", None),
        "versions": versions,
        "no_history": no_history,
        "can_begin": web.history().can_begin,
    }


def in_page(stock: Stock, tag: str, id_: str, asked: str) -> dict[str, Any]:
    """Return the pages of a sentence, and how it is shown in one: that is `asked`, or the first."""
    pages = stock.on_pages(id_)
    on = asked if asked in pages else next(iter(pages), "")
    place = mark(id_) if on and id_ in stock.shown(tag, on).seen else ""
    return {"pages": pages, "on": on, "mark": place, "titles": lists.titles(stock)}


def after_last(stock: Stock, tag: str, list_: str) -> tuple[str, str]:
    """Return where a list leads to at its end: the name of the screen, and its address."""
    if page := lists.page_in(list_):
        return f"‘{lists.titles(stock)[page]}’", url_for("page.page", tag=tag, name=page)
    if list_ in {kind.key for kind in KINDS}:
        return "Today", url_for("today.today")
    return stock.languages[tag].english_name, url_for("language.language", tag=tag)


def _changed(before: Sequence[str], now: Sequence[str]) -> list[list[Part]]:
    """Return each form of two versions of the English as one; empty if they are the same."""
    if not before or tuple(before) == tuple(now):
        return []
    return compared(before, now)


def conflicts(was: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> list[Conflict]:
    """Return each text that two people changed, as against what it was."""
    number = max(len(was), len(yours), len(theirs))
    padded = ([*each, *[""] * number][:number] for each in (was, yours, theirs))
    return [
        Conflict(old, changed_words(old, mine), changed_words(old, other))
        for old, mine, other in zip(*padded, strict=True)
    ]


def _theirs(stock: Stock, tag: str, versions: Sequence[Past]) -> tuple[str, dt.datetime | None]:
    """Return who changed a sentence last, and when: of another program, when the file changed."""
    newest = versions[0].version if versions else None
    if newest and newest.commit:
        return newest.who, newest.when
    with suppress(OSError):
        changed = stock.path(tag).stat().st_mtime
        return "another program", dt.datetime.fromtimestamp(changed, dt.UTC)
    return "another program", None
