"""A speaker checks a page: of each sentence that it shows, whether it is right, or else why not."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.saving import Writer, local_day
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views import check_context
from inspection_outcome.desk.views.check_context import NO, YES, Answer, Answers, barred, is_kept
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.review import No
from inspection_outcome.i18n.states import State
from inspection_outcome.report.characters import is_readable
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.files import FileError

blueprint = Blueprint("check", __name__)
LONGEST = 300
"""Characters of a reason: it is read at the top of a sentence."""
_FIELDS = ("seen", "is", "why")
"""Of each sentence, before its id."""


class _Refused(Struct, frozen=True):
    """Why answers were not taken."""

    status: int
    told: str = ""
    faults: Mapping[str, str] = {}
    """What is wrong with a reason, by sentence id."""


@blueprint.get("/<tag>/check/<path:name>/")
def check(tag: str, name: str) -> str:
    """Return the screen of a page, or of the words that stand on none."""
    return _screen(_known(tag, name), tag, name, {})


@blueprint.post("/<tag>/check/<path:name>/")
def answer(tag: str, name: str) -> AnyResponse | tuple[str, int]:
    """Save all answers; what cannot be saved is shown again, with the reason."""
    stock = _known(tag, name)
    web.allow(Role.CHECK, tag)
    typed = _typed(stock)
    given = _given(stock, tag, typed)
    if refused := _save(stock, tag, given):
        return _screen(stock, tag, name, typed, refused), refused.status
    web.renewed_stock()
    after = _known(tag, name)
    kept = [each.said for id_, each in given.items() if is_kept(after, tag, id_, each)]
    if kept:
        numbers = {"right": kept.count(YES), "not right": kept.count(NO)}
        flash(f"Saved: {', '.join(f'{n} {what}' for what, n in numbers.items() if n)}.")
    if len(kept) < len(given):
        return _screen(after, tag, name, typed, _Refused(409)), 409
    return redirect(url_for("check.check", tag=tag, name=name), 303)


def _known(tag: str, name: str) -> Stock:
    return web.known(tag, page=None if name == lists.ELSEWHERE else name)


def _typed(stock: Stock) -> Answers:
    """Return what was chosen and typed for each sentence of the form."""
    ids = (name.removeprefix("seen-") for name in request.form if name.startswith("seen-"))
    found = {}
    for id_ in ids:
        if id_ in stock.messages:
            seen, said, why = (request.form.get(f"{each}-{id_}", "") for each in _FIELDS)
            found[id_] = Answer(seen, said if said in {YES, NO} else "", " ".join(why.split()))
    return found


def _given(stock: Stock, tag: str, typed: Answers) -> Answers:
    """Return the answers that count, with those that the box for all others gives."""
    others, found = "others" in request.form, {}
    for id_, each in typed.items():
        entry = stock.entry(tag, id_)
        said = each.said or (YES if others and not entry.sentence.critical else "")
        if said and not barred(stock, tag, entry):
            found[id_] = each._replace(said=said)
    return found


def _save(stock: Stock, tag: str, given: Answers) -> _Refused | None:
    """Save the answers to what is still as it was seen. Return why none was saved, or None."""
    wrong = {id_: each for id_, each in given.items() if each.said == NO}
    if faults := {id_: told for id_, each in wrong.items() if (told := _fault(each.why))}:
        return _Refused(422, faults=faults)
    if not given:
        return _Refused(422, "Choose Yes or No, or tick the box for all others at the end.")
    entries = {id_: stock.entry(tag, id_) for id_ in given}
    same = [
        id_
        for id_, entry in entries.items()
        if entry.state is State.NEEDS_CHECKING and given[id_].seen == fingerprint(entry)
    ]
    right = [entries[id_] for id_ in same if id_ not in wrong]
    by, day = web.person(), local_day()
    noes = [
        No(id_, each.why, by.name, day, each.seen)
        for id_, each in wrong.items()
        if id_ in same and not is_kept(stock, tag, id_, each)
    ]
    try:
        unkept = Writer(stock, web.history(), by.author).check(tag, right, noes)
    except ValueError as error:
        return _Refused(422, str(error))
    except (CatalogueError, ContentError, FileError) as error:
        return _Refused(503, str(error))
    web.tell("", unkept)
    return None


def _fault(why: str) -> str:
    if not is_readable(why):
        return "Say in a few words why it is not right"
    return f"Say it in at most {LONGEST} characters" if len(why) > LONGEST else ""


def _screen(
    stock: Stock, tag: str, name: str, typed: Answers, refused: _Refused | None = None
) -> str:
    """Return the screen, with what was answered and is not saved."""
    context = check_context.of(stock, tag, name, typed, _given(stock, tag, typed))
    others = "others" in request.form and not context["changed"]
    return render_template("check.html", refused=refused, others=others, longest=LONGEST, **context)
