"""Change a sentence or a fact in two steps: what that does is told first, then it is saved."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspection_outcome.authoring.typed import typed as converted
from inspection_outcome.desk import lists, web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.content.change import (
    Change,
    ContentWriter,
    FaultsError,
    ItemChangedError,
    Refused,
    attempt,
    tried_out,
)
from inspection_outcome.desk.content.effect import effect, renderer_of
from inspection_outcome.desk.content.item import Item
from inspection_outcome.desk.present import changed_words
from inspection_outcome.desk.saving import PUT_BACK, SAVE
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views import item_context
from inspection_outcome.desk.views.page import framed
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.held import Held
from inspection_outcome.report.model import Report
from inspection_outcome.report.toml_edit import Value
from inspection_outcome.shown import preview

blueprint = Blueprint("item", __name__)
_Answer = Response | str | tuple[str, int]
_COUNTED = "The site counts this itself, or sets it with each change."


@blueprint.route(f"/{ENGLISH}/sentence/<path:name>/", methods=["GET", "POST"])
def sentence(name: str) -> _Answer:
    """Return the screen of an English sentence, or of what a change of it does; or save it."""
    message = web.stock().messages.get(name)
    if message is None:
        abort(404)
    return _answer(Item(name))


@blueprint.route(f"/{ENGLISH}/fact/<name>/", methods=["GET", "POST"])
def fact(name: str) -> _Answer:
    """Return the screen of a fact, or of what a change of it does; or save it."""
    if name not in web.stock().renderer.edition.report.facts:
        abort(404)
    return _answer(Item(name, is_fact=True))


@blueprint.post(f"/{ENGLISH}/preview/<path:page>/")
def draft(page: str) -> Response:
    """Return a page with an English sentence as it was typed. Nothing is saved."""
    stock, item = web.stock(), Item(web.sent("sentence"))
    if page not in stock.pages or item.name not in stock.messages:
        abort(404)
    report, told = stock.renderer.edition.report, "As you typed it. Not saved yet."
    try:
        held = item.held(stock.folders)
        report = tried_out(stock.folders, _change(item, _typed(held)))
    except FaultsError as error:
        report = error.report or report
        told = f"Not saved yet. {error.faults[0].problem}." if error.faults else told
    except ItemChangedError:
        told = "Somebody else changed it meanwhile. This is theirs."
    except (OSError, ValueError) as error:
        told = str(error)
    html = preview(renderer_of(stock, report), page, ENGLISH)
    return framed(html, render_template("in_frame_english.html", told=told))


def _answer(item: Item) -> _Answer:
    if request.method == "GET":
        return _screen(item)
    web.allow(Role.CONTENT)
    if web.sent("do") == "edit":
        return _screen(item, Refused(200))
    done = attempt(lambda: _done(item))
    return _screen(item, done) if isinstance(done, Refused) else done


def _done(item: Item) -> _Answer:
    """Save what was typed, if that is asked for; else tell what it would do."""
    stock = web.stock()
    change = _change(item, _typed(item.held(stock.folders)))
    if web.sent("do") != "save":
        return _confirm(stock, item, tried_out(stock.folders, change))
    writer = ContentWriter(stock.folders, web.content_history(), web.person().author)
    unkept = writer.save(change, PUT_BACK if web.sent("back") else SAVE, item.key)
    web.tell(f"Saved. Readers {web.for_readers()}.", unkept)
    return redirect(address(item, on=web.sent("on")), 303)


def address(item: Item, on: str = "") -> str:
    """Return the address of a sentence, shown in the page `on`, or of a fact."""
    if item.is_fact:
        return url_for("item.fact", name=item.name)
    return url_for("item.sentence", name=item.name, on=on or None)


def _typed(held: Held | None) -> dict[str, tuple[str, Value]]:
    """Return what was typed in each box, and the value that it takes the place of."""
    if held is None:
        raise ItemChangedError(None)
    return {name: (web.sent(f"form-{name}"), value) for name, value in held.values.items()}


def _change(item: Item, typed: Mapping[str, tuple[str, Value]]) -> Change:
    """Return the change that was typed. Raise FaultsError for what is no value of its kind."""
    values, faults = {}, []
    for name, (text, like) in typed.items():
        try:
            values[name] = converted(text, like)
        except ValueError as error:
            faults.append(Fault(item.file, name, str(error), ""))
    if faults:
        raise FaultsError(faults, None)
    return Change(item, values, web.sent("seen"))


def _confirm(stock: Stock, item: Item, report: Report) -> str:
    changed = effect(stock, report)
    entries = {tag: stock.catalogue(tag).entries.get(item.name) for tag in stock.languages}
    return render_template(
        "confirm.html",
        item=item,
        address=address(item),
        changed=changed,
        pages={each.page: [one for one in changed if one.page == each.page] for each in changed},
        titles=lists.titles(stock),
        compare=changed_words,
        to_translate=[
            stock.languages[tag] for tag, entry in entries.items() if entry and entry.forms
        ],
        number_of_languages=len(stock.languages) + 1,
        sent=[
            each for each in request.form.items(multi=True) if each[0] not in {"csrf_token", "do"}
        ],
    )


def _screen(item: Item, refused: Refused | None = None) -> _Answer:
    """Return the screen, with what was typed if that was refused."""
    stock = web.stock()
    try:
        held, trouble = item.held(stock.folders), ""
    except ValueError as error:
        held, trouble = None, str(error)
    values = held.values if held else {}
    typed = {name: web.sent(f"form-{name}") for name in values} if refused else {}
    context = item_context.common(item, values, typed, refused) | {"trouble": trouble}
    # Without the file there are no boxes, and what was typed is not lost all the same.
    boxes = [] if held else [name for name in request.form if name.startswith("form-")]
    context["unsaved"] = [web.sent(name) for name in boxes]
    if item.is_fact:
        context |= item_context.of_fact(stock, item, values, typed) | {"counted": _COUNTED}
    else:
        on = request.values.get("on", "")
        context |= item_context.of_sentence(stock, item, values, typed, on)
    page = render_template("fact.html" if item.is_fact else "english_sentence.html", **context)
    return page, refused.status if refused else 200
