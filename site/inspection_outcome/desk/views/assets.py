"""What screens and previews use: one style sheet in the site's look, and the site's pictures."""

from pathlib import Path

from flask import Blueprint, Response

from inspection_outcome.desk import web
from inspection_outcome.edition import PACKAGE
from inspection_outcome.pages.urls import MARK, PICTURES

blueprint = Blueprint("assets", __name__)
_SITE = PACKAGE / "static" / "styles"
_SHEETS = (
    _SITE / "1-tokens.css",
    _SITE / "2-base.css",
    _SITE / "40-controls.css",
    Path(__file__).parent.parent / "static" / "desk.css",
)


@blueprint.get("/desk.css")
def style() -> Response:
    """Return the site's colours, measures and parts, and what the desk adds to them."""
    text = "".join(path.read_text(encoding="utf-8") for path in _SHEETS)
    return Response(text, content_type="text/css; charset=utf-8")


@blueprint.get(PICTURES, defaults={"address": PICTURES})
@blueprint.get(MARK, defaults={"address": MARK})
def file(address: str) -> Response:
    """Return a picture that pages show."""
    found = web.stock().renderer.edition.theme.files[address]
    return Response(found.text, content_type=found.type)
