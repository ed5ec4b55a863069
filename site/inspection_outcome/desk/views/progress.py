"""Tell of progress: what a new report says of an action, in two steps."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspection_outcome.authoring.typed import as_typed, day
from inspection_outcome.authoring.updates import (
    NO_STATUS,
    choices,
    make,
    not_known,
    statuses,
    still_to_come,
    twin,
)
from inspection_outcome.desk import lists, web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.content.change import (
    PROGRESS,
    Addition,
    ContentWriter,
    FaultsError,
    Refused,
    attempt,
    tried_out,
)
from inspection_outcome.desk.stock import Stock
from inspection_outcome.edition import today
from inspection_outcome.i18n.edit_entry import cleaned_form
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.held import REPORT
from inspection_outcome.report.model import Report, Source, Status, Update

blueprint = Blueprint("progress", __name__)
_Answer = Response | str | tuple[str, int]
FIELDS = ("action", "source", "bears", "day", "status", "text")
_CHOOSE = {
    "action": ("No action is chosen", "Choose the one that the document tells of."),
    "source": ("No document is chosen", "Choose the one that says it."),
    "status": ("It is not said how far it has got", "Choose what the document says."),
}


@blueprint.route(f"/{ENGLISH}/progress/", methods=["GET", "POST"])
def progress() -> _Answer:
    """Return the form, or how readers will see what was typed; or save it."""
    if request.method == "GET":
        return _form()
    web.allow(Role.CONTENT)
    if web.sent("do") == "edit":
        return _form()
    done = attempt(_done)
    return (_form(done), done.status) if isinstance(done, Refused) else done


def _done() -> _Answer:
    """Save what was typed, if that is asked for; else show it."""
    stock = web.stock()
    update = _update(stock.renderer.edition.report)
    report = tried_out(stock.folders, Addition(update))
    return _save(stock, update) if web.sent("do") == "save" else _confirm(stock, report)


@blueprint.get(f"/{ENGLISH}/progress/saved/")
def saved() -> str:
    """Return what is to do next: the sentences that are no longer true, and the translations."""
    stock = web.stock()
    ids = [id_ for id_ in request.args.getlist("untrue") if id_ in stock.messages]
    return render_template(
        "progress_saved.html",
        untrue=[stock.messages[id_].sentence for id_ in ids],
        plain=lists.english(stock).plain,
        languages=[*stock.languages.values()],
    )


def _update(report: Report) -> Update:
    """Return the update that was typed. Raise FaultsError, and ValueError for one that is there."""
    given = {name: web.sent(f"form-{name}").strip() for name in FIELDS}
    faults = [
        Fault(REPORT, name, *_CHOOSE[name])
        for name, known in choices(report, str).items()
        if given[name] not in known
    ]
    found = day(given["day"])
    if found is None:
        faults.append(Fault(REPORT, "day", "There is no day", "Write it like 31 March 2026."))
    elif still_to_come(found):
        faults.append(Fault(REPORT, "day", "This day is still to come", "Write one up to today."))
    elif source := next((each for each in report.sources if each.id == given["source"]), None):
        faults += _of_day(source, found, given)
    if faults:
        raise FaultsError(faults, None)
    update = make(
        report,
        action=given["action"],
        source=given["source"],
        status=given["status"],
        text=cleaned_form(given["text"]),
        **{"seen" if given["bears"] == "no" else "date": found},
    )
    if twin(report, update):
        raise ValueError("This is told already: the same action, day, document and words.")
    return update


def _of_day(source: Source, day: dt.date, given: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what the document rules out, in the words of the form."""
    bears = given["bears"] != "no"
    if source.date and not (bears and day == source.date):
        its, yes = as_typed(source.date), "" if bears else ", and choose ‘Yes’"
        remedy = f"Type {its} as the day{yes}. Or choose another document."
        yield Fault(REPORT, "day", f"This document is of {its}", remedy)
    elif source.undated and bears:
        remedy = f"Choose ‘No’, and type the day on which you read it, like {as_typed(today())}."
        yield Fault(REPORT, "bears", "This document has no date", remedy)
    elif not bears and given["status"] != NO_STATUS:
        remedy = "Choose ‘The document does not say’. Or, if it has a date, ‘Yes’, and type that."
        yield Fault(REPORT, "status", "Without a date, it cannot say how far it has got", remedy)


def _save(stock: Stock, update: Update) -> Response:
    writer = ContentWriter(stock.folders, web.content_history(), web.person().author)
    unkept = writer.save(Addition(update), PROGRESS, update.text.id)
    web.tell(f"Saved. Readers {web.for_readers()}.", unkept)
    return redirect(url_for("progress.saved", untrue=request.form.getlist("untrue")), 303)


def _confirm(stock: Stock, report: Report) -> str:
    before = stock.renderer.edition.report
    update = next(each for each in report.updates if each not in before.updates)
    said = lists.english(stock)
    return render_template(
        "progress_confirm.html",
        update=update,
        action=said.plain(next(each.text for each in report.actions if each.id == update.action)),
        day=as_typed(update.known_since),
        text=said.plain(update.text),
        source=said.plain(report.source(update.text.source).name),
        statuses=[said.plain(f"ui.status-{each.value}") for each in statuses(before, update)],
        not_known=[(each, said.plain(each)) for _, each in not_known(before)],
        languages=[*stock.languages.values()],
        sent=[each for each in request.form.items(multi=True) if each[0].startswith("form-")],
        untrue=request.form.getlist("untrue"),
    )


def _form(refused: Refused | None = None) -> str:
    stock = web.stock()
    report, said = stock.renderer.edition.report, lists.english(stock)
    words: dict[str, Any] = {**choices(report, said.plain)}
    words["status"] = {each.value: said.plain(f"ui.status-{each.value}") for each in Status}
    words["status"][NO_STATUS] = "The document does not say"
    facts = {name: said.fact(fact).striptags() for name, fact in report.facts.items()}
    typed = {name: web.sent(f"form-{name}") for name in FIELDS}
    return render_template(
        "progress.html",
        choices=words,
        typed=typed,
        refused=refused,
        faults=refused.by_field(FIELDS, "text") if refused else [],
        today=as_typed(today()),
        facts={name: value for name, value in facts.items() if report.facts[name].family == "date"},
        untrue=request.form.getlist("untrue"),
    )
