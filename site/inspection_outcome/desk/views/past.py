"""What a sentence was before, and what of it can be put back."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from inspection_outcome.desk import web
from inspection_outcome.desk.commits import Version
from inspection_outcome.desk.present import Part, compared
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.states import Checked, checked

MOST_VERSIONS = 20


class Past(NamedTuple):
    """A version, and its forms as against the version before it."""

    version: Version
    forms: list[list[Part]]
    current: bool
    same: bool
    """Whether it has the same words as the version before it."""
    right: str
    """The speaker who said then that it is right; empty if nobody did."""
    can_be_put_back: bool
    also: list[str]
    """The ids of other sentences of the same English that were changed from these words, too."""


def versions(stock: Stock, tag: str, id_: str) -> list[Version]:
    """Return the versions of a sentence, the newest first. Raise HistoryError."""
    return web.history().versions(stock.path(tag), stock.languages[tag], id_)


def of_words(stock: Stock, tag: str, id_: str, forms: Sequence[str]) -> Translation | None:
    """Return the newest version of a sentence that has these words, or None.

    Raise HistoryError.
    """
    found = (each.translation for each in versions(stock, tag, id_) if each.commit)
    return next((each for each in found if each and each.forms == tuple(forms)), None)


def told(stock: Stock, tag: str, id_: str) -> list[Past]:
    """Return the versions of a sentence for its screen, the newest first. Raise HistoryError."""
    found = versions(stock, tag, id_)
    said = [*map(_said, found)]
    alike = _alike(stock, tag, id_) if len(found) > 1 else {}
    past = []
    for place, version in enumerate(found[:MOST_VERSIONS]):
        now = said[place]
        before = said[place + 1] if place + 1 < len(said) else now
        past.append(
            Past(
                version,
                compared(before, now),
                current=place == 0,
                same=place + 1 < len(said) and now == before,
                right=_right(stock, tag, id_, found[place : place + 2]),
                can_be_put_back=bool(version.commit and any(now)) and now != said[0],
                also=[each for each, words in alike.items() if now in words],
            )
        )
    return past


def _alike(stock: Stock, tag: str, id_: str) -> dict[str, set[Sequence[str]]]:
    """Return the sentences of the same English that say the same now, with all they ever said."""
    now = stock.entry(tag, id_).forms
    alike = (each for each in stock.same_english(id_) if stock.entry(tag, each).forms == now)
    return {each: set(map(_said, versions(stock, tag, each)[1:])) for each in alike}


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


def _said(version: Version) -> tuple[str, ...]:
    return version.translation.forms if version.translation else ()
