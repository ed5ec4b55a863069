"""Lists of sentences that people go through, each with a name that addresses carry."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from inspection_outcome.desk.find import Found
from inspection_outcome.desk.present import CHECK, CHECKED, KINDS, Kind
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.i18n.review import No
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.shown import in_language

_PAGE = "page:"
EVERYWHERE, ELSEWHERE = "everywhere", "elsewhere"


class Line(NamedTuple):
    """One line of Today: how many sentences of a kind a language has."""

    tag: str
    number: int
    critical: int
    first: str


class Row(NamedTuple):
    """A sentence in a list, with what stands there in the language; empty if it is in English."""

    entry: Entry
    text: str
    english: str
    no: No | None = None
    """Why a speaker said no to it."""
    place: str = ""
    """Where it stands, of a sentence that was found: see `place`."""
    found_in: str = ""
    """In which of `text` and `english` it was found."""


def of_page(name: str) -> str:
    """Return the name of the list of what a page shows."""
    return _PAGE + name


def page_in(name: str) -> str:
    """Return the page of a list; empty if it is no page's."""
    return name.removeprefix(_PAGE) if name.startswith(_PAGE) else ""


def title(stock: Stock, name: str) -> str:
    """Return what a list is called, for people; empty if there is no such list."""
    known = {kind.key: kind.title for kind in KINDS} | {
        CHECKED: "Checked",
        EVERYWHERE: "Words on every page",
        ELSEWHERE: "Words on no page: of errors, the feed, buttons",
    }
    if page_in(name) in stock.pages:
        return titles(stock)[page_in(name)]
    return known.get(name, "")


def titles(stock: Stock) -> dict[str, str]:
    """Return the English title of each page, by name."""
    plain, pages = english(stock).plain, stock.renderer.edition.report.pages
    return {name: plain(pages[name].title) for name in stock.pages}


def english(stock: Stock) -> PageTranslator:
    """Return what renders the English of sentences and facts."""
    return in_language(stock.renderer.edition, ENGLISH)


def ids(stock: Stock, tag: str, name: str) -> list[str]:
    """Return the ids of a list, in its order; empty if there is no such list."""
    if page_in(name) in stock.pages:
        return [id_ for part in parts_of_page(stock, tag, page_in(name)) for id_ in part]
    if name in {EVERYWHERE, ELSEWHERE}:
        return stock.everywhere(tag) if name == EVERYWHERE else stock.elsewhere(tag)
    if name == CHECKED:
        entries = stock.catalogue(tag).entries
        found = [id_ for id_, entry in entries.items() if entry.state is State.CHECKED]
    else:
        kind = _kind(name)
        found = [entry.sentence.id for entry in _of(stock, tag, kind)] if kind else []
    return _critical_first(stock, found)


def parts_of_page(stock: Stock, tag: str, page: str) -> tuple[list[str], list[str], list[str]]:
    """Return the ids of what is seen on a page, of what is only read out there, and of the rest.

    The rest stands on every page.
    """
    shown, everywhere = stock.shown(tag, page), stock.everywhere(tag)
    common = set(everywhere)
    seen, unseen = (
        [id_ for id_ in part if id_ not in common] for part in (shown.seen, shown.unseen)
    )
    return seen, unseen, everywhere


def following(stock: Stock, tag: str, name: str, id_: str) -> str:
    """Return the id after this one in a list, also if this one has left it; empty at its end.

    What saving takes sentences out of begins anew at its end, until nothing is left in it.
    """
    left = ids(stock, tag, name)
    if page_in(name) or name in {EVERYWHERE, ELSEWHERE}:
        return next(iter(left[left.index(id_) + 1 :]), "") if id_ in left else ""
    order = {each: place for place, each in enumerate(_critical_first(stock, [*stock.messages]))}
    others, kind = [each for each in left if each != id_], _kind(name)
    anew = others[0] if others and kind and kind.ends_by_saving else ""
    return next((each for each in others if order[each] > order[id_]), anew)


def today(stock: Stock) -> Iterator[tuple[Kind, list[Line]]]:
    """Yield each kind of work that there is, the most dangerous first, with each language's."""
    for kind in KINDS:
        lines = [_line(stock, tag, kind) for tag in stock.languages]
        if lines := [line for line in lines if line.number]:
            yield kind, lines


def to_check(stock: Stock, tag: str) -> str:
    """Return the page that a speaker checks next: the first with critical sentences that wait.

    Else the first with any, or ELSEWHERE if they stand on no page; empty if nothing waits.
    """
    waiting = set(ids(stock, tag, CHECK))
    critical = {id_ for id_ in waiting if stock.messages[id_].sentence.critical}
    for wanted in (critical, waiting):
        for name in stock.pages:
            page = stock.shown(ENGLISH, name)  # which each request finds rendered
            if not wanted.isdisjoint((*page.seen, *page.unseen)):
                return name
    return ELSEWHERE if waiting else ""


def rows(stock: Stock, tag: str, ids_: list[str], texts: dict[str, str]) -> list[Row]:
    """Return sentences for a list. `texts`: as they read on the page, with their facts."""
    found = []
    for id_ in ids_:
        entry = stock.entry(tag, id_)
        said = texts.get(id_) if entry.usable else None
        text, english_ = said or " / ".join(entry.forms), " / ".join(entry.sentence.forms)
        found.append(Row(entry, text, english_, stock.refused[tag].get(id_)))
    return found


def rows_found(stock: Stock, tag: str, found: list[Found], on: str) -> list[Row]:
    """Return what was found for a list: how it reads in the language, and in English.

    `on`: the page to name if it stands there; empty for any.
    """
    names, made = titles(stock), []
    for each in found:
        in_english = each.tag == ENGLISH
        page = next(iter(_pages(stock, each.id, on)), "")
        there = stock.shown(tag, page).by_id if page and in_english else {}
        (row,) = rows(stock, tag, [each.id], there if in_english else {each.id: each.text})
        made.append(
            row._replace(
                english=each.text if in_english else row.english,
                place=place(stock, names, each.id, on),
                found_in="english" if in_english else "text",
            )
        )
    return made


def place(stock: Stock, names: Mapping[str, str], id_: str, on: str = "") -> str:
    """Return where a sentence stands: its page, the heading above it, and on how many more.

    `names`: of `titles`. `on`: the page to name if it stands there; else its first one.
    """
    pages = _pages(stock, id_, on)
    if not pages:
        return "On no page now"
    page = stock.shown(ENGLISH, pages[0])
    heading = page.under.get(id_, "")
    under = f", under ‘{page.by_id[heading]}’" if heading else ""
    unseen = "" if id_ in page.seen else ", not seen there"
    if len(pages) == len(stock.pages) and not on:
        return f"On every page{under}{unseen}"
    more = len(pages) - 1
    others = f", and on {more} more {'page' if more == 1 else 'pages'}" if more else ""
    return f"{names[pages[0]]}{under}{unseen}{others}"


def _pages(stock: Stock, id_: str, on: str) -> list[str]:
    """Return the pages that have a sentence, `on` first if it is one of them."""
    return sorted(stock.on_pages(id_), key=lambda name: name != on)


def _line(stock: Stock, tag: str, kind: Kind) -> Line:
    found = [entry.sentence for entry in _of(stock, tag, kind)]
    critical = [each.id for each in found if each.critical]
    first = next(iter([*critical, *(each.id for each in found)]), "")
    return Line(tag, len(found), len(critical), first)


def _kind(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.key == name), None)


def _of(stock: Stock, tag: str, kind: Kind) -> list[Entry]:
    """Return the entries of a language that are of a kind of work."""
    catalogue = stock.catalogue(tag)
    if kind.state is None:
        return [catalogue.entries[id_] for id_ in stock.warned(tag)]
    if not catalogue.counts[kind.state]:
        return []
    return [
        each
        for each in catalogue.entries.values()
        if each.state is kind.state
        and kind.critical in {None, each.sentence.critical}
        and (each.sentence.id in stock.refused[tag]) is kind.refused
    ]


def _critical_first(stock: Stock, found: list[str]) -> list[str]:
    return sorted(found, key=lambda id_: not stock.messages[id_].sentence.critical)
