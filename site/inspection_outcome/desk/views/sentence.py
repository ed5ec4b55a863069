"""One sentence in one language: mend it, show it in the page, save it, put an older one back."""

from collections.abc import Callable, Sequence
from typing import Any, ParamSpec

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.saving import Saved, Writer
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views import past, sentence_context
from inspection_outcome.desk.views.sentence_context import Typed
from inspection_outcome.i18n import checks
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.edit_entry import BrokenError, Edit, EntryChangedError
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.states import Entry
from inspection_outcome.report.files import FileError

blueprint = Blueprint("sentence", __name__)
_Given = ParamSpec("_Given")
_Answer = Response | tuple[str, int]


class _Refused(Struct, frozen=True):
    """Why nothing was saved."""

    status: int
    told: str = ""
    broken: bool = False
    theirs: Entry | None = None
    in_english: tuple[Problem, ...] = ()
    """What is in English, of a critical sentence."""
    unread: bool = False
    """Whether an older version was to be put back, and the history cannot be read."""


@blueprint.get("/<tag>/sentence/<path:id_>/")
def sentence(tag: str, id_: str) -> str:
    """Return the screen."""
    stock = web.known(tag, id_=id_)
    return _screen(stock, tag, id_)


@blueprint.post("/<tag>/sentence/<path:id_>/")
def save(tag: str, id_: str) -> _Answer:
    """Save what was typed, and go to the next sentence of the list if that is asked for.

    What cannot be saved is shown again, with the reason.
    """
    stock, forms, also = web.known(tag, id_=id_), web.sent_forms(), _also(id_)
    web.allow(Role.TRANSLATE, tag)
    anyway = web.sent("do") == "anyway"
    edit = Edit(id_, forms, web.sent("seen"), broken_too=anyway)
    in_english = None if anyway else _in_english(stock, tag, [id_, *also], forms)
    done = in_english or _attempt(_writer().save, tag, edit)
    if isinstance(done, _Refused):
        return _screen(stock, tag, id_, forms, done), done.status
    _tell(done)
    for other, seen in also.items():
        edit = Edit(other, forms, seen, broken_too=anyway)
        _tell_other(stock, other, _attempt(_writer().save, tag, edit))
    return _onward(tag, id_)


@blueprint.post("/<tag>/put-back/<path:id_>/")
def put_back(tag: str, id_: str) -> _Answer:
    """Save an older version of the sentence as the new one."""
    stock, also = web.known(tag, id_=id_), _also(id_)
    web.allow(Role.TRANSLATE, tag)
    commit = web.sent("commit")
    try:
        found = (each for each in past.versions(stock, tag, id_) if each.commit)
        older = next((each.translation for each in found if each.commit == commit), None)
        forms = older.forms if older else ()
        there = {other: past.of_words(stock, tag, other, forms) for other in also}
    except HistoryError as error:
        return _unread(stock, tag, id_, str(error))
    if older is None:
        if none := web.history().none:
            return _unread(stock, tag, id_, none)
        abort(404)
    done = _attempt(_writer().put_back, tag, id_, older, web.sent("seen"))
    if isinstance(done, _Refused):
        return _screen(stock, tag, id_, forms, done), done.status
    _tell(done, "Put back")
    for other, version in there.items():
        if version:
            step = _attempt(_writer().put_back, tag, other, version, also[other])
            _tell_other(stock, other, step)
    flash("The one that stood here is in the list below, so that can be put back, too.")
    return redirect(_address(tag, id_), 303)


def _unread(stock: Stock, tag: str, id_: str, why: str) -> _Answer:
    """Return the screen for somebody who puts a version back while the history cannot be read."""
    return _screen(stock, tag, id_, refused=_Refused(503, why, unread=True)), 503


def _writer() -> Writer:
    return Writer(web.stock(), web.history(), web.person().author)


def _attempt(
    step: Callable[_Given, Saved], *given: _Given.args, **more: _Given.kwargs
) -> Saved | _Refused:
    try:
        return step(*given, **more)
    except EntryChangedError as changed:
        return _Refused(409, theirs=changed.theirs)
    except BrokenError:
        return _Refused(422, broken=True)
    except ValueError as error:
        return _Refused(422, str(error))
    except (CatalogueError, FileError) as error:
        return _Refused(503, str(error))


def _also(id_: str) -> dict[str, str]:
    """Return the other sentences of the same English that were ticked, with what was seen there."""
    same = web.stock().same_english(id_)
    sent = (each.partition(" ") for each in request.form.getlist("also"))
    return {other: seen for other, _, seen in sent if other in same}


def _in_english(
    stock: Stock, tag: str, ids: Sequence[str], forms: Sequence[str]
) -> _Refused | None:
    """Return the question whether a critical sentence is to be saved in English, if it is so."""
    pair = stock.pair(tag, ids[0], forms)
    critical = any(stock.messages[each].sentence.critical for each in ids)
    asked = critical and any(forms) and not checks.errors(pair)
    left = checks.english_left(pair) if asked else ()
    return _Refused(422, in_english=left) if left else None


def _tell_other(stock: Stock, id_: str, done: Saved | _Refused) -> None:
    where = lists.place(stock, lists.titles(stock), id_)
    why = "stays as it was, as somebody changed it meanwhile"
    flash(f"{where}: {why if isinstance(done, _Refused) else 'the same'}.")


def _tell(done: Saved, what: str = "Saved") -> None:
    told = web.for_readers() if done.entry.usable or web.publishing() else "get the English"
    web.tell(f"{what}. Readers {told}.", done.unkept)
    if done.entry.usable and not web.publishing() and web.sent("do") != "next":
        flash("On the site, reload the page: a browser may show its copy for a minute.")


def _address(tag: str, id_: str, **more: str) -> str:
    values: dict[str, Any] = {name: value for name in ("in", "on") if (value := web.sent(name))}
    values |= more
    return url_for("sentence.sentence", tag=tag, id_=id_, **values)


def _onward(tag: str, id_: str) -> Response:
    """Return the redirect after a save: to this sentence, the next one, or the end of the list."""
    if web.sent("do") != "next":
        return redirect(_address(tag, id_), 303)
    stock, list_ = web.renewed_stock(), web.sent("in")
    if following := lists.following(stock, tag, list_, id_):
        return redirect(_address(tag, following, moved="1"), 303)
    name, address = sentence_context.after_last(stock, tag, list_)
    flash(f"That was the last one. Here is {name} again.")
    return redirect(address, 303)


def _screen(
    stock: Stock,
    tag: str,
    id_: str,
    forms: Sequence[str] | None = None,
    refused: _Refused | None = None,
) -> str:
    """Return the screen, with what was typed if that was refused."""
    values = request.form if request.method == "POST" else request.args
    typed = None if forms is None else Typed(forms, refused.theirs if refused else None)
    context = sentence_context.of(stock, tag, id_, values, typed)
    return render_template("sentence.html", refused=refused, **context)
