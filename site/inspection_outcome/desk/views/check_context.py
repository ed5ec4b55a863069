"""What the screen of a speaker's check shows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.present import Piece, boxes, pieces
from inspection_outcome.desk.second_person import why_not_check
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.review import No
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report.markup import without
from inspection_outcome.shown import mark

YES, NO = "yes", "no"


class Answer(NamedTuple):
    """What a speaker chose for one sentence, and the fingerprint of what they saw."""

    seen: str
    said: str
    """yes, no, or empty."""
    why: str


Answers = Mapping[str, Answer]
"""By sentence id."""


class Question(NamedTuple):
    """A sentence that a speaker is asked about."""

    entry: Entry
    seen: str
    """The fingerprint of the entry."""
    english: list[list[Piece]]
    said: list[tuple[str, list[Piece]]]
    """Each form, with the numbers that it is for; as it reads on the page if it is the only one."""
    answer: Answer
    no: No | None
    """What a speaker said no to before."""
    mark: str
    """The HTML id of its place in the page; empty if it is not seen there."""
    changed: bool
    """Whether somebody changed it after it was answered."""
    barred: str
    """Why this person may not check it; empty if they may."""


def barred(stock: Stock, tag: str, entry: Entry) -> str:
    """Return why who is asking may not check a sentence, for people; empty if they may."""
    path, language, id_ = stock.path(tag), stock.languages[tag], entry.sentence.id
    return why_not_check(entry, web.person(), lambda: web.history().versions(path, language, id_))


def of(stock: Stock, tag: str, name: str, typed: Answers, given: Answers) -> dict[str, Any]:
    """Return the context of the template.

    `typed`: what was answered and is not saved; `given`: the answers that count, among them.
    """
    is_page = name in stock.pages
    parts = lists.parts_of_page(stock, tag, name) if is_page else (stock.elsewhere(tag), [], [])
    shown = [id_ for part in parts for id_ in part]
    entries, titles = stock.catalogue(tag).entries, lists.titles(stock)
    changed = [
        entries[id_]
        for id_, each in given.items()
        if each.seen != fingerprint(entries[id_]) and not is_kept(stock, tag, id_, each)
    ]
    lacking = [id_ for id_ in shown if not entries[id_].usable]
    following = lists.to_check(stock, tag)
    return {
        "language": stock.languages[tag],
        "name": name,
        "is_page": is_page,
        "title": titles[name] if is_page else "Words on no page",
        "titles": titles,
        "questions": [_questions(stock, tag, name, part, typed) for part in parts],
        "number": len(shown),
        "lacking": lists.rows(stock, tag, lacking, {}),
        "following": following if following != name else "",
        "changed": changed,
    }


def is_kept(stock: Stock, tag: str, id_: str, answer: Answer) -> bool:
    """Return whether the files say what this answer says."""
    entry, no = stock.catalogue(tag).entries.get(id_), stock.refused[tag].get(id_)
    if answer.said == YES:
        return entry is not None and entry.state is State.CHECKED
    return no is not None and (no.hash, no.why) == (answer.seen, answer.why)


def _questions(
    stock: Stock, tag: str, name: str, ids: Iterable[str], typed: Answers
) -> list[Question]:
    """Return the questions about those of these sentences that need checking."""
    page = stock.shown(tag, name) if name in stock.pages else None
    texts = page.by_id if page else {}
    found = []
    for id_ in ids:
        entry = stock.entry(tag, id_)
        if entry.state is not State.NEEDS_CHECKING:
            continue
        seen, no = fingerprint(entry), stock.refused[tag].get(id_)
        said = typed.get(id_) or (Answer(seen, NO, no.why) if no else Answer(seen, "", ""))
        changed = said.seen != seen
        found.append(
            Question(
                entry,
                seen,
                _pieces(entry.sentence.forms, stock.facts(ENGLISH, id_)),
                _forms(stock, tag, entry, texts.get(id_, "")),
                said._replace(said="") if changed and said.said == YES else said,
                no,
                mark(id_) if page and id_ in page.seen else "",
                changed,
                barred(stock, tag, entry),
            )
        )
    return found


def _pieces(forms: Sequence[str], facts: Mapping[str, str]) -> list[list[Piece]]:
    """Return each form in pieces, without its markup, which a speaker need not know."""
    return [pieces(without(form), facts) for form in forms]


def _forms(stock: Stock, tag: str, entry: Entry, text: str) -> list[tuple[str, list[Piece]]]:
    said = _pieces(entry.forms, stock.facts(tag, entry.sentence.id))
    if entry.sentence.plural is None:
        return [("", [Piece(text)] if text else said[0])]
    labelled = boxes(stock.languages[tag].english_name, entry.rule, entry.forms)
    return [(box.label, form) for box, form in zip(labelled, said, strict=False)]
