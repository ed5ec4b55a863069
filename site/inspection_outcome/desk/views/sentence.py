"""One sentence in one language: mend it, show it in the page, save it, put an older one back."""

from collections.abc import Callable, Sequence
from typing import Any, ParamSpec

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from msgspec import Struct
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from inspection_outcome.desk import lists, web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.saving import Saved, Writer
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views import sentence_context
from inspection_outcome.desk.views.page import typed_forms
from inspection_outcome.desk.views.sentence_context import Typed
from inspection_outcome.i18n.edit_entry import BrokenError, Edit, EntryChangedError
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.states import Entry
from inspection_outcome.report.files import FileError

blueprint = Blueprint("sentence", __name__)
_Given = ParamSpec("_Given")
_Answer = Response | tuple[str, int]
AGAIN = "The desk was started anew since you opened this page, or it was open for very long."


class _Refused(Struct, frozen=True):
    """Why nothing was saved."""

    status: int
    told: str = ""
    broken: bool = False
    theirs: Entry | None = None


@blueprint.get("/<tag>/sentence/<path:id_>/")
def sentence(tag: str, id_: str) -> str:
    """Return the screen."""
    stock = _known(tag, id_)
    return _screen(stock, tag, id_)


@blueprint.post("/<tag>/sentence/<path:id_>/")
def save(tag: str, id_: str) -> _Answer:
    """Save what was typed, and go to the next sentence of the list if that is asked for.

    What cannot be saved is shown again, with the reason.
    """
    stock, forms = _known(tag, id_), typed_forms()
    web.allow(Role.TRANSLATE, tag)
    anyway = request.form.get("do") == "anyway"
    edit = Edit(id_, forms, request.form.get("seen", ""), broken_too=anyway)
    done = _attempt(_writer().save, tag, edit)
    if isinstance(done, _Refused):
        return _screen(stock, tag, id_, forms, done), done.status
    _tell(done)
    for each in request.form.getlist("also"):
        other, _, seen = each.partition(" ")
        if other in stock.same_english(id_):
            edit = Edit(other, forms, seen, broken_too=anyway)
            if isinstance(_attempt(_writer().save, tag, edit), _Refused):
                flash(f"{other} stays as it was: somebody changed it meanwhile.")
    return _onward(tag, id_)


@blueprint.post("/<tag>/put-back/<path:id_>/")
def put_back(tag: str, id_: str) -> _Answer:
    """Save an older version of the sentence as the new one."""
    stock, history = _known(tag, id_), web.history()
    web.allow(Role.TRANSLATE, tag)
    commit = request.form.get("commit", "")
    try:
        versions = history.versions(stock.path(tag), stock.languages[tag], id_)
    except HistoryError as error:
        return _screen(stock, tag, id_, refused=_Refused(503, str(error))), 503
    older = next((each for each in versions if commit and each.commit == commit), None)
    if older is None:
        abort(404)
    done = _attempt(_writer().put_back, tag, id_, older.translation, request.form.get("seen", ""))
    if isinstance(done, _Refused):
        forms = older.translation.forms if older.translation else ()
        return _screen(stock, tag, id_, forms, done), done.status
    _tell(done, "Put back")
    flash("The one that stood here is in the list below, so that can be put back, too.")
    return redirect(_address(tag, id_), 303)


def again(_: CSRFError) -> _Answer:
    """Show what was typed once more, if the session has ended meanwhile."""
    values = request.view_args or {}
    try:
        stock = _known(values["tag"], values["id_"])
    except NotFound as missing:  # from here, nobody else would catch it
        return web.error(missing)
    if request.endpoint != "sentence.save":
        return web.error(BadRequest())
    refused = _Refused(403, f"{AGAIN} Nothing is lost: press Save once more.")
    return _screen(stock, values["tag"], values["id_"], typed_forms(), refused), refused.status


blueprint.register_error_handler(CSRFError, again)


def _known(tag: str, id_: str) -> Stock:
    """Return the stock, or answer 404 if it has no such sentence."""
    stock = web.stock()
    if tag not in stock.languages or id_ not in stock.messages:
        abort(404)
    return stock


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


def _tell(done: Saved, what: str = "Saved") -> None:
    told = "see it now" if done.entry.usable else "get the English"
    if web.publishing():
        told = "get it when it is published"
    flash(f"{what}. Readers {told}.")
    if done.unkept:
        flash(f"It is not in the history, so it could not be taken back here: {done.unkept}")


def _address(tag: str, id_: str, **more: str) -> str:
    values: dict[str, Any] = {
        name: value for name in ("in", "on") if (value := request.form.get(name))
    }
    values |= more
    return url_for("sentence.sentence", tag=tag, id_=id_, **values)


def _onward(tag: str, id_: str) -> Response:
    """Return the redirect after a save: to this sentence, the next one, or the end of the list."""
    if request.form.get("do") != "next":
        return redirect(_address(tag, id_), 303)
    list_ = request.form.get("in", "")
    if following := lists.following(web.renewed_stock(), tag, list_, id_):
        return redirect(_address(tag, following, moved="1"), 303)
    flash("That was the last one of this list.")
    if page := lists.page_in(list_):
        return redirect(url_for("page.page", tag=tag, name=page), 303)
    return redirect(url_for("language.language", tag=tag), 303)


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
