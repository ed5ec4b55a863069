"""Files: sentences go out to a translator as a spreadsheet, and come back."""

import io
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from inspection_outcome import outgoing
from inspection_outcome.desk import error_pages, lists, web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.present import SLUGS
from inspection_outcome.desk.saving import Writer
from inspection_outcome.desk.views import found
from inspection_outcome.desk.views.found import Refused
from inspection_outcome.edition import today
from inspection_outcome.i18n import incoming, sheet_out
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.given import LARGEST, File
from inspection_outcome.i18n.incoming import CHOICES, Kind, Row
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.states import Entry, State, check_name
from inspection_outcome.report.files import FileError

blueprint = Blueprint("files", __name__)
_Answer = Response | str | tuple[str, int]
_MOST_BYTES = 4 * LARGEST
"""Of a form: what is larger is cut off while it is sent, and a browser says only that."""
_MOST_FIELDS = 6_000
_NOT_YET = "Nothing is taken yet"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.url_value_preprocessor
def _allow_large_forms(_: str | None, __: object) -> None:
    """Raise the limits of the forms of these screens, before anything reads one."""
    request.max_content_length = request.max_form_memory_size = _MOST_BYTES
    request.max_form_parts = _MOST_FIELDS


@blueprint.get("/<tag>/files/")
def files(tag: str) -> str:
    """Return the screen: send out, and bring in."""
    return _screen(tag)


@blueprint.get("/<tag>/files/send.xlsx")
def send(tag: str) -> _Answer:
    """Return the spreadsheet of the sentences in these states, of these pages or of the site."""
    stock = web.known(tag)
    states = [state for state in State if SLUGS[state] in request.args.getlist("state")]
    pages = request.args.getlist("page")
    if not set(pages) <= {*stock.pages}:
        abort(404)
    site = outgoing.Site(stock.renderer, stock.messages, stock.glossary)
    job = outgoing.job(site, tag, states, pages)
    if not job.lines:
        told = "No sentence is in what you chose. Tick more, or untick the pages."
        return _screen(tag, Refused(422, "Nothing to send out", told)), 422
    council = "-".join(filter(str.isalnum, job.council.casefold().split()))
    name = f"{council}-{tag}-{today()}.xlsx"
    file = io.BytesIO(sheet_out.write(job))
    return send_file(file, _XLSX, as_attachment=True, download_name=name)


@blueprint.post("/<tag>/files/bring-in/")
def bring_in(tag: str) -> _Answer:
    """Show what is in a file: nothing is saved."""
    stock = web.known(tag)
    web.allow(Role.TRANSLATE, tag)
    sent = request.files.get("file")
    if not sent or not sent.filename:
        refused = Refused(422, "No file", "Choose the file first.", "file")
        return _screen(tag, refused), 422
    catalogue, rule = stock.catalogue(tag), stock.renderer.edition.catalogues.rule(tag)
    try:
        file = incoming.read(sent.filename, sent.read(LARGEST + 1), catalogue, rule)
    except FileError as error:
        refused = Refused(422, "The file cannot be read", str(error), "file")
        return _screen(tag, refused), 422
    return found.screen(stock, tag, file)


@blueprint.post("/<tag>/files/take/")
def take(tag: str) -> _Answer:
    """Save what is new and what was chosen, if ours is still as it was seen."""
    stock = web.known(tag)
    web.allow(Role.TRANSLATE, tag)
    proposed = found.proposed()
    file, seen = File([each.given for each in proposed]), {e.given.id: e.seen for e in proposed}
    how, who = request.form.get("how", ""), " ".join(request.form.get("who", "").split())
    if refused := _wrong_name(how, who):
        return found.screen(stock, tag, file, refused), refused.status
    rows = found.rows_of(stock, tag, file.rows)
    same = [row for row in rows if row.entry and fingerprint(row.entry) == seen[row.given.id]]
    chosen = [row for row in same if _is_chosen(row)]
    rule = stock.renderer.edition.catalogues.rule(tag)
    writer = Writer(stock, web.history(), web.person().author)
    try:
        edits = [row.edit(rule, seen[row.given.id]) for row in chosen]
        saved = writer.bring_in(tag, edits, f"{found.HOW[how]}: {who}")
    except (CatalogueError, FileError) as error:
        return found.screen(stock, tag, file, Refused(503, _NOT_YET, str(error))), 503
    entries = [each for each in saved.done if isinstance(each, Entry)]
    taken = {each.sentence.id for each in entries}
    left = [row.given for row in rows if row not in same]
    left += [row.given for row in chosen if row.given.id not in taken]
    if left:
        told = f"Somebody changed these meanwhile. Look at them once more. {_taken(entries)}"
        refused = Refused(409, f"{len(left):,} not taken", told)
        return found.screen(web.renewed_stock(), tag, File(left), refused), 409
    web.tell(_taken(entries), saved.unkept)
    return redirect(url_for("files.files", tag=tag), 303)


def _wrong_name(how: str, who: str) -> Refused | None:
    """Return what is wrong with what was said of who translated a file, or None."""
    if how not in found.HOW:
        return Refused(422, _NOT_YET, "Choose who translated it.", "how-translator")
    try:
        check_name(who)
    except ValueError as error:
        return Refused(422, _NOT_YET, str(error), "who")
    return None


def _taken(entries: Sequence[Entry]) -> str:
    usable = sum(entry.usable for entry in entries)
    if not entries:
        return "Nothing was taken."
    them, are = ("it", "it is") if len(entries) == 1 else ("them", "they are")
    if usable < len(entries):
        them = f"{usable:,} of them"
    see = f"get {them} when {are} published" if web.publishing() else f"see {them} now"
    return f"{len(entries):,} taken. Readers {see}."


def too_large(error: RequestEntityTooLarge) -> _Answer:
    """Say what to do with a file that is too large to be sent."""
    tag = (request.view_args or {}).get("tag", "")
    if tag not in web.stock().languages:
        return error_pages.error(error)
    told = f"It has more than {LARGEST // 1_000_000} MB. Copy the rows into a new file."
    return _screen(tag, Refused(413, "The file cannot be read", told, "file")), 413


blueprint.register_error_handler(RequestEntityTooLarge, too_large)


def _is_chosen(row: Row) -> bool:
    chosen = request.form.get(f"take-{row.given.id}") == "yes"
    return row.kind is Kind.TAKEN or (row.kind in CHOICES and chosen)


def _screen(tag: str, refused: Refused | None = None) -> str:
    stock = web.known(tag)
    chosen = request.args.getlist("state") or [SLUGS[state] for state in outgoing.STATES]
    return render_template(
        "files.html",
        language=stock.languages[tag],
        counts=stock.catalogue(tag).counts,
        states=list(State),
        chosen=chosen,
        pages=lists.titles(stock),
        chosen_pages=request.args.getlist("page"),
        refused=refused,
    )
