"""A page and its sentences: the real page in a frame, and the list beside it."""

from flask import Blueprint, Response, abort, render_template, request

from inspection_outcome.desk import lists, web
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.pages.urls import SCRIPT
from inspection_outcome.shown import mark
from inspection_outcome.shown import preview as render

blueprint = Blueprint("page", __name__)
_SCRIPT = f'<script src="{SCRIPT}" defer></script>'
"""Of the public page: in the frame, scripts do not run."""
_HERE = "desk-here"
"""The class of the sentence that the frame is about."""


@blueprint.get("/<tag>/page/<path:name>/")
def page(tag: str, name: str) -> str:
    """Return the screen."""
    stock = web.known(tag, page=name)
    texts = stock.shown(tag, name).by_id
    parts = lists.parts_of_page(stock, tag, name)
    seen, unseen, everywhere = (lists.rows(stock, tag, part, texts) for part in parts)
    return render_template(
        "page.html",
        language=stock.languages[tag],
        name=name,
        title=lists.titles(stock)[name],
        list=lists.of_page(name),
        seen=seen,
        unseen=unseen,
        everywhere=everywhere,
    )


@blueprint.route("/<tag>/preview/<path:name>/", methods=["GET", "POST"])
def preview(tag: str, name: str) -> Response:
    """Return the page itself, each sentence marked; with a draft that was sent and is not saved.

    It begins at one of its sentences, if that is asked for: `at`, an id.
    """
    stock = web.stock()
    if tag not in {ENGLISH, *stock.languages} or name not in stock.pages:
        abort(404)
    sent = request.method == "POST"
    id_ = request.form.get("sentence", "") if sent else request.args.get("at", "")
    if sent and (tag == ENGLISH or id_ not in stock.messages):
        abort(404)
    forms = web.sent_forms()
    draft = stock.draft(tag, id_, forms) if sent else None
    html = render(stock.renderer, name, tag, draft)
    if id_ in stock.messages:
        html = html.replace(f'id="{mark(id_)}"', f'id="{mark(id_)}" class="{_HERE}"', 1)
    problems = stock.problems(tag, id_, forms) if any(forms) and draft else ()
    return framed(html, render_template("in_frame.html", draft=draft, problems=problems))


def framed(html: str, added: str) -> Response:
    """Return a page as it stands in the frame: without scripts, with what is told above it."""
    html = html.replace(_SCRIPT, "")
    head, _, body = html.partition("</head>")
    before, tag_, after = body.partition(">")  # of <body>
    policy = web.IN_FRAME.format(styles=web.stock().renderer.edition.theme.style_hashes)
    link = render_template("in_frame_style.html")
    return Response(
        f"{head}{link}</head>{before}{tag_}{added}{after}",
        content_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": policy},
    )
