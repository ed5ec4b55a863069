"""Error pages: what is wrong, what to do, and what was typed, to send it once more."""

from flask import render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.wrappers import Response as AnyResponse

from inspection_outcome.desk.access import unsaved
from inspection_outcome.report.files import of_disk

_TOLD = {
    400: ("This did not work", "Go back, load the page again, and try once more."),
    403: ("This was asked from another site", "Open the desk by its own address."),
    404: ("There is no such page here", "It may have been renamed, or a language taken out."),
    405: ("This address is for forms", "Begin again on Today."),
    413: ("That is too long", "Go back, and write one sentence only."),
    500: ("Something went wrong in the desk", "What was saved is kept. Try again."),
}
_DISK = "The desk’s disk did not take this"
_NOT_YOURS = ("This is for somebody else", "Ask whoever looks after the desk to let you do it.")
_ENDED = (
    "This page is from before the desk was started anew",
    "Or it was open for very long. Nothing is lost.",
)


class NotAllowedError(Forbidden):
    """Raised for what the person who is asking may not do."""


def error(error: HTTPException) -> AnyResponse | tuple[str, int]:
    """Return an error page, which says what to do."""
    status = error.code or 500
    if 300 <= status < 400:  # noqa: PLR2004 (redirects)
        return error.get_response()
    if isinstance(error, NotAllowedError):
        title, remedy = _NOT_YOURS
        how = "Once you may do it:"
    elif full := of_disk(getattr(error, "original_exception", None)):
        status, title, remedy, how = 503, _DISK, str(full), "Once it works again:"
    elif status == 500:  # noqa: PLR2004 (HTTP)
        title, remedy = _TOLD[status]
        how = "Once it works again:"
    else:
        return page(status), status
    return render_template("error.html", title=title, remedy=remedy, how=how, **unsaved()), status


def ended(refused: CSRFError) -> AnyResponse | tuple[str, int]:
    """Return what was sent from an older session, to send it once more."""
    kept = unsaved()
    if not kept["again"]:
        return error(refused)
    title, remedy = _ENDED
    how = "Send it once more:"
    return render_template("error.html", title=title, remedy=remedy, how=how, **kept), 403


def page(status: int) -> str:
    """Return the page of an HTTP status."""
    known = status if status in _TOLD else 400 if status < 500 else 500  # noqa: PLR2004 (HTTP)
    title, remedy = _TOLD[known]
    return render_template("error.html", title=title, remedy=remedy)
