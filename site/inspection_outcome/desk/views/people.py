"""The name of who is at the desk, and the beginning of a history."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspection_outcome.desk import web
from inspection_outcome.desk.access import Role
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.i18n.states import check_name

blueprint = Blueprint("people", __name__)


@blueprint.route("/name", methods=["GET", "POST"])
def name() -> Response | tuple[str, int]:
    """Ask for a name, once; 404 where people sign in."""
    if web.access().signs_in:
        abort(404)
    known = web.access().person()
    given, wrong = known.name if known else web.history().user(), ""
    if request.method == "POST":
        given = " ".join(request.form.get("name", "").split())
        try:
            check_name(given)
        except ValueError as error:
            wrong = str(error)
        else:
            web.access().name(given)
            return redirect(url_for("today.today"), 303)
    page = render_template("name.html", given=given, wrong=wrong)
    return page, 422 if wrong else 200


@blueprint.post("/history")
def begin() -> Response:
    """Put the translations and the content under version control, if they are not yet."""
    web.allow(Role.CONTENT)
    try:
        if fresh := [each for each in (web.history(), web.content_history()) if each.can_begin]:
            for each in fresh:
                each.begin(web.person().author)
            flash("From now on, each save is kept, and can be taken back.")
    except HistoryError as error:
        flash(f"There is no history yet: {error}")
    return redirect(url_for("today.today"), 303)
