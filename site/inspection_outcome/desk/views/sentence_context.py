"""What the screen of a sentence shows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from msgspec.structs import replace

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.history import Version
from inspection_outcome.desk.present import Part, boxes, changed_words, english_name, pieces, turn
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.states import Checked, Entry, checked
from inspection_outcome.shown import mark

_MOST_VERSIONS = 20


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


class _Past(NamedTuple):
    """A version, and its forms as against the version before it."""

    version: Version
    forms: list[list[Part]]
    current: bool
    same: bool
    """Whether it has the same words as the version before it."""
    right: str
    """The speaker who said then that it is right; empty if nobody did."""
    can_be_put_back: bool


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
    list_ = values.get("in", "")
    list_ = list_ if lists.title(stock, list_) else ""
    here = lists.ids(stock, tag, list_) if list_ else []
    on_pages = stock.on_pages(id_)
    asked = values.get("on", "") or lists.page_in(list_)
    on = asked if asked in on_pages else next(iter(on_pages), "")
    try:
        versions, no_history = _past(stock, tag, id_), web.history().none
    except HistoryError as error:
        versions, no_history = [], str(error)
    was, was_english = _sent(values, "was"), _sent(values, "english")
    return {
        "language": language,
        "entry": entry,
        "no": no,
        "turn": turn(entry.state, refused=no is not None),
        "seen": fingerprint(entry),
        "boxes": boxes(english_name(language), rule, forms),
        "english": [pieces(form, dict(stock.facts(ENGLISH, id_))) for form in sentence.forms],
        "facts": stock.facts(tag, id_),
        "english_changed": _changed(entry.before, sentence.forms),
        "problems": stock.problems(tag, id_, forms) if any(forms) else (),
        "terms": stock.terms(tag, id_),
        "same": [stock.entry(tag, each) for each in stock.same_english(id_)],
        "fingerprint": fingerprint,
        "titles": lists.titles(stock),
        "pages": on_pages,
        "on": on,
        "mark": mark(id_) if on and id_ in stock.shown(tag, on).seen else "",
        "list": list_,
        "list_title": lists.title(stock, list_),
        "place": here.index(id_) + 1 if id_ in here else 0,
        "number": len(here),
        "following": lists.following(stock, tag, list_, id_) if list_ else "",
        "moved": "moved" in values,
        "conflicts": conflicts(was, forms, entry.forms) if theirs else [],
        "english_meanwhile": _changed(was_english, sentence.forms) if theirs else [],
        "theirs": _theirs(stock, tag, versions) if theirs else ("", None),
        "versions": versions,
        "no_history": no_history,
        "can_begin": web.history().can_begin,
    }


def _sent(values: Mapping[str, str], name: str) -> list[str]:
    """Return the texts that a form carried of what its person saw."""
    names = (f"{name}-{place}" for place in range(10))
    return [values[each] for each in names if each in values]


def _changed(before: Sequence[str], now: Sequence[str]) -> list[list[Part]]:
    """Return each form of two versions of the English as one; empty if they are the same."""
    if not before or tuple(before) == tuple(now):
        return []
    return compared(before, now)


def compared(before: Sequence[str], now: Sequence[str]) -> list[list[Part]]:
    """Return each text as against what it was, word by word."""
    padded = [*before, *[""] * len(now)]
    return [changed_words(old, new) for old, new in zip(padded, now, strict=False)]


def conflicts(was: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> list[Conflict]:
    """Return each text that two people changed, as against what it was."""
    number = max(len(was), len(yours), len(theirs))
    padded = ([*each, *[""] * number][:number] for each in (was, yours, theirs))
    return [
        Conflict(old, changed_words(old, mine), changed_words(old, other))
        for old, mine, other in zip(*padded, strict=True)
    ]


def _theirs(stock: Stock, tag: str, versions: Sequence[_Past]) -> tuple[str, dt.datetime | None]:
    """Return who changed a sentence last, and when: of another program, when the file changed."""
    newest = versions[0].version if versions else None
    if newest and newest.commit:
        return newest.who, newest.when
    with suppress(OSError):
        changed = stock.path(tag).stat().st_mtime
        return "another program", dt.datetime.fromtimestamp(changed, dt.UTC)
    return "another program", None


def _past(stock: Stock, tag: str, id_: str) -> list[_Past]:
    found = web.history().versions(stock.path(tag), stock.languages[tag], id_)
    said = [each.translation.forms if each.translation else () for each in found]
    past = []
    for place, version in enumerate(found[:_MOST_VERSIONS]):
        now = said[place]
        before = said[place + 1] if place + 1 < len(said) else now
        past.append(
            _Past(
                version,
                compared(before, now),
                current=place == 0,
                same=place + 1 < len(said) and now == before,
                right=_right(stock, tag, id_, found[place : place + 2]),
                can_be_put_back=bool(version.commit and any(now)) and now != said[0],
            )
        )
    return past


def _right(stock: Stock, tag: str, id_: str, versions: Sequence[Version]) -> str:
    """Return who checked the first of these versions, if the one before it was not checked so."""
    said = [_checked(stock, tag, id_, each.translation) for each in versions]
    return said[0].who if said[0] and said[0] not in said[1:] else ""


def _checked(stock: Stock, tag: str, id_: str, said: Translation | None) -> Checked | None:
    if said is None:
        return None
    text, *plural = said.english  # of that time
    sentence = replace(stock.messages[id_].sentence, text=text, plural=next(iter(plural), None))
    return checked(stock.languages[tag], sentence, said)
