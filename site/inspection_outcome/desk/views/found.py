"""What is in a file that came back: the screen, and the rows that its form carries."""

from collections.abc import Iterable

import msgspec
from flask import abort, render_template, request
from msgspec import Struct

from inspection_outcome.desk import web
from inspection_outcome.desk.present import compared
from inspection_outcome.desk.stock import Stock
from inspection_outcome.desk.views.sentence_context import conflicts
from inspection_outcome.i18n import incoming
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.given import File, Given
from inspection_outcome.i18n.incoming import CHOICES, Kind, Row

HOW = {"translator": "A translator", "agency": "An agency", "machine": "A machine"}
"""Who translated a file."""
_NOT_TAKEN = {
    Kind.SAME: "Nothing to do.",
    Kind.EMPTY: "They stay as they are.",
    Kind.UNUSABLE: "Mend these in the file, and bring it in once more.",
    Kind.NOT_OURS: "Look whether something was altered in the file.",
}
"""Rows that nobody can take, with what to do."""


class Proposed(Struct, frozen=True):
    """A row as the form carries it, so that nothing is kept between the two steps."""

    given: Given
    seen: str
    """The fingerprint of ours, as the person saw it."""


class Refused(Struct, frozen=True):
    """Why nothing, or not all, was done."""

    status: int
    title: str
    told: str
    field: str = ""
    """The field that is wrong, if one is."""


def proposed() -> list[Proposed]:
    """Return the rows that the form carries, or answer 400 if they are none."""
    try:
        return msgspec.json.decode(request.form.get("rows", ""), type=list[Proposed])
    except msgspec.DecodeError:
        abort(400)


def rows_of(stock: Stock, tag: str, givens: Iterable[Given]) -> list[Row]:
    """Return what each row is, as the files and the history are now."""
    rule, path = stock.renderer.edition.catalogues.rule(tag), stock.path(tag)
    return incoming.compare(
        stock.catalogue(tag),
        rule,
        givens,
        lambda wanted: web.history().earlier(path, stock.languages[tag], wanted),
    )


def screen(stock: Stock, tag: str, file: File, refused: Refused | None = None) -> str:
    """Return the screen of what is in a file, with what to choose."""
    rows = rows_of(stock, tag, file.rows)
    carried = [
        Proposed(row.given, fingerprint(row.entry))
        for row in rows
        if row.entry and row.kind in {Kind.TAKEN, *CHOICES}
    ]
    return render_template(
        "found.html",
        language=stock.languages[tag],
        by_kind={kind: [row for row in rows if row.kind is kind] for kind in Kind},
        Kind=Kind,
        not_taken=_NOT_TAKEN,
        compared=compared,
        conflicts=conflicts,
        number=len(rows),
        missing=file.missing,
        cut=file.cut,
        proposed=msgspec.json.encode(carried).decode(),
        how=HOW,
        refused=refused,
        form=request.form,
    )
