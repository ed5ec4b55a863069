"""Make, damage and read spreadsheets for translators, in the tests."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from inspection_outcome import outgoing
from inspection_outcome.desk.stock import Stock
from inspection_outcome.i18n import incoming, sheet, sheet_out
from inspection_outcome.i18n.given import File
from inspection_outcome.i18n.incoming import Kind, Row
from inspection_outcome.i18n.sheet import column_name
from inspection_outcome.i18n.states import State

Damage = Callable[[Any], object]
"""What somebody does to the sheet 'Sentences', as openpyxl has it."""


def sent(stock: Stock, tag: str, *pages: str) -> bytes:
    """Return the spreadsheet of all sentences of a language."""
    site = outgoing.Site(stock.renderer, stock.messages, stock.glossary)
    return sheet_out.write(outgoing.job(site, tag, list(State), pages))


def damaged(data: bytes, damage: Damage) -> bytes:
    """Return a spreadsheet after somebody has done something to its sentences."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    damage(book[sheet.SENTENCES])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(page: Any, id_: str, name: str = "Translation") -> Any:
    """Return the cell of a sentence in the column of this name."""
    names = [column_name(each.value) for each in page[1]]
    row = next(row for row in page.iter_rows(min_row=2) if row[names.index("id")].value == id_)
    return row[names.index(column_name(name))]


def fill(id_: str, *forms: object) -> Damage:
    """Return what writes the forms of a sentence."""

    def damage(page: Any) -> None:
        for place, form in enumerate(forms, 1):
            cell(page, id_, "Translation" + (f" {place}" if place > 1 else "")).value = form

    return damage


def read(stock: Stock, tag: str, data: bytes, name: str = "back.xlsx") -> File:
    """Return the rows of a file."""
    rule = stock.renderer.edition.catalogues.rule(tag)
    return incoming.read(name, data, stock.catalogue(tag), rule)


def compared(
    stock: Stock,
    tag: str,
    data: bytes,
    name: str = "back.xlsx",
    earlier: incoming.Earlier = incoming.no_history,
) -> dict[str, Row]:
    """Return what each row of a file is, by id; of two with one id, the second."""
    rule = stock.renderer.edition.catalogues.rule(tag)
    rows = read(stock, tag, data, name).rows
    found = incoming.compare(stock.catalogue(tag), rule, rows, earlier)
    return {row.given.id: row for row in found}


def kinds(rows: dict[str, Row]) -> dict[str, Kind]:
    """Return the kind of each row that is not the same as ours."""
    return {id_: row.kind for id_, row in rows.items() if row.kind is not Kind.SAME}
