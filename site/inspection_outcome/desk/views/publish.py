"""Publish: what readers will see change, then go; what was published when, and take back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspection_outcome.desk import web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.desk.present import changed_words
from inspection_outcome.desk.publish.history import Publish
from inspection_outcome.desk.publish.publishing import ChangedError, Done, Publishing
from inspection_outcome.export.errors import PublishError
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.states import State
from inspection_outcome.shown import reading

blueprint = Blueprint("publish", __name__)
_MEANWHILE = "Somebody saved or published meanwhile, so this is what changes now. Look once more."
_OTHERS = "You chose other languages, so this is what changes now."


@blueprint.get("/publish/")
def publish() -> str:
    """Return the screen: of all languages, or of those in the address."""
    back = _known_back(request.args.get("back", ""))
    chosen = request.args.getlist("tag") if "chosen" in request.args else _mine(back)
    return _screen(chosen, back)


@blueprint.post("/publish/")
def go() -> Response | tuple[str, int]:
    """Publish, if what would change is what was shown; else show it again."""
    back, tags = _known_back(request.form.get("back", "")), request.form.getlist("tag")
    if request.form.get("do") == "show":
        return _screen(tags, back), 200
    for tag in tags:
        web.allow(Role.PUBLISH, tag)
    if not tags:
        return _screen(tags, back, refused="Choose at least one language."), 422
    if request.form.getlist("shown-tag") != tags:
        return _screen(tags, back, again=_OTHERS), 422
    stock, how = web.stock(), _publishing()
    first = how.is_first(stock)
    choice = how.choice(stock, tags, how.offered(stock, back).changes, back)
    try:
        done = how.publish(stock, choice, request.form.get("shown", ""), web.person().author)
    except ChangedError:
        return _screen(tags, back, again=_MEANWHILE), 409
    except (PublishError, OSError) as error:
        return _screen(tags, back, refused=str(error)), 503
    _tell("Taken back" if back else "Published", done, first=first)
    return redirect(url_for("publish.publish"), 303)


@blueprint.post("/publish/files/")
def files() -> Response:
    """Write the plain files anew."""
    if _publishing().published is None:
        abort(404)
    web.allow(Role.PUBLISH)
    if why := _publishing().write_files(web.stock()):
        flash(f"The plain files are as they were. {why}")
    else:
        flash("The plain files are those of what is live.")
    return redirect(url_for("publish.publish"), 303)


def _publishing() -> Publishing:
    """Return how the desk publishes, or answer 404 if what is saved is live at once."""
    return web.publishing() or abort(404)


def _mine(back: str) -> list[str]:
    """Return the languages that are chosen at first: all that who is asking may publish."""
    of = next((each.tags for each in _publishes() if back and each.before == back), ())
    every = (ENGLISH, *web.stock().languages)
    return [tag for tag in every if web.may(Role.PUBLISH, tag) and (not of or tag in of)]


def _known_back(commit: str) -> str:
    """Return a commit to go back to, or answer 404 if it is none."""
    if commit and commit not in {each.before for each in _publishes()}:
        abort(404)
    return commit


def _publishes() -> list[Publish]:
    try:
        return _publishing().history.publishes()
    except HistoryError:
        return []


def _tell(what: str, done: Done, *, first: bool) -> None:
    number = done.changes.number
    told = f"Readers get {number:,} changed sentence{'' if number == 1 else 's'} now."
    if first:
        told = "All of it is public now."
    elif not number:
        told = "Readers get what changed now."
    flash(f"{what}. {told}")
    if done.unkept:
        flash(f"It is not in the history, so it cannot be taken back here: {done.unkept}")
    if done.unwritten:
        flash(f"But the plain files are as they were. {done.unwritten}")


def _screen(tags: list[str], back: str, again: str = "", refused: str = "") -> str:
    """Return the screen; `again`: why it is shown once more, `refused`: why nothing was done."""
    stock, how = web.stock(), _publishing()
    offered = how.offered(stock, back)
    choice = how.choice(stock, tags, offered.changes, back)
    everything = how.choice(stock, (ENGLISH, *stock.languages), offered.changes, back)
    plan = offered if back and choice == everything else how.plan(stock, choice)
    return render_template(
        "publish.html",
        choice=choice,
        plan=plan,
        offered=offered.changes,
        first=how.is_first(stock),
        languages=how.languages(stock),
        messages=stock.messages,
        english=lambda id_: reading(stock.messages[id_].sentence.forms, stock.facts(ENGLISH, id_)),
        with_english=how.with_english(stock),
        broken={tag: stock.catalogue(tag).counts[State.BROKEN] for tag in stock.languages},
        again=again,
        refused=refused,
        publishes=_publishes(),
        no_history=how.history.none,
        plain_files=how.published is not None,
        changed_words=changed_words,
    )
