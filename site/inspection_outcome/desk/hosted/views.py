"""In and out of a hosted desk, by the council's own sign-in."""

from typing import cast

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from inspection_outcome.desk import web
from inspection_outcome.desk.hosted.sign_in import SignIn, SignInError, page, refused

blueprint = Blueprint("sign_in", __name__)
blueprint.register_error_handler(SignInError, refused)


@blueprint.get("/sign-in")
def start() -> Response:
    """Send people to the provider, or back to where they want to go if they are signed in."""
    if _access().stop() is None:
        return redirect(url_for("today.today"), 303)
    return _access().begin(request.args.get("next", "/"))


@blueprint.get("/signed-in")
def back() -> Response:
    """Take the provider's answer, and go on."""
    return redirect(_access().end_sign_in(), 303)


@blueprint.post("/sign-out")
def out() -> Response:
    """End the session."""
    _access().sign_out()
    return redirect(url_for("sign_in.ended"), 303)


@blueprint.get("/signed-out")
def ended() -> Response:
    """Say that the session has ended, and where that of the provider is ended."""
    if _access().stop() is None:
        return redirect(url_for("today.today"), 303)
    return page("ended", 200, address=_access().address_to_sign_out())


def _access() -> SignIn:
    return cast("SignIn", web.access())  # this module is only for desks that have it
