"""Read a spreadsheet that comes back from a translator. It is untrusted."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from inspection_outcome.i18n import sheet
from inspection_outcome.i18n.given import LARGEST, File, Given
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.sheet import Version, column_name
from inspection_outcome.report.files import FileError

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 5_000
"""Rows that are read; the largest site has some 1,000 sentences."""
_MOST_COLUMNS = 60
_MOST_DIGITS = 5  # of the number of sentences
_LAST_ROW = 1_048_576
"""Of any spreadsheet: openpyxl fills up what is left out before a row, however far it is."""
_MOST_BEFORE_HEADINGS = 20  # rows
_MOST_UNPACKED = 50_000_000  # bytes
_MOST_OF_PART = 10_000_000
"""Bytes of one part: the time that a parser takes for one long tag grows with its square."""
_MOST_MARKS = 400_000
"""Signs that begin an element or an attribute: each costs a parser far more memory than its bytes.

A sheet of 1,000 sentences with six plural forms has 150,000.
"""
_CHUNK = 1 << 16
_OLD = b"\xd0\xcf\x11\xe0"
"""The first bytes of an .xls file, and of one with a password."""
_SAVE_AS = "Open it in Excel or LibreOffice, and save it as .xlsx, without a password."
_ASK = "Bring in the file that was sent out. Its columns may be moved, but not renamed or deleted."
_FORMULA = "it is a formula, a date or an error. Type the words into the cell, as text"
_OTHER_COLUMN = (
    "there are words in a grey column, for numbers that this sentence does not have. "
    "Put all of them into the first blue one"
)


def read(data: bytes, rule: PluralRule, plurals: Iterable[str]) -> File:
    """Return the rows of a spreadsheet, also of those that a filter hides.

    `rule`: of our file; `plurals`: the ids of the sentences with a plural. Raise FileError for a
    file that is none of ours, or no spreadsheet.
    """
    _look_into(data)
    import defusedxml  # noqa: F401, PLC0415 (openpyxl uses it if it is there: without, it is unsafe)
    import openpyxl  # noqa: PLC0415 (needs the extra 'desk')

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not keep: charts, rules for colours
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            headings, rows = _find_sheet(book, rule)
            found = [*islice(_rows(headings, rows, rule, frozenset(plurals)), MOST_ROWS + 1)]
            sent = _sent(book)
        except FileError:
            raise
        except Exception as error:  # openpyxl raises errors of any kind
            raise FileError("It cannot be read as a spreadsheet", _SAVE_AS) from error
    return File(found[:MOST_ROWS], sent, cut=len(found) > MOST_ROWS)


def _look_into(data: bytes) -> None:
    """Raise FileError for what is no .xlsx file, has programs in it, or is too large unpacked.

    Sizes are counted, as the ones that a file says of itself may be wrong.
    """
    if len(data) > LARGEST:
        problem = f"It has more than {LARGEST // 1_000_000} MB"
        raise FileError(problem, "Copy the rows into a new file, and bring that in.")
    if data.startswith(_OLD):
        raise FileError("It is an old .xls file, or has a password", _SAVE_AS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = [name.casefold() for name in parts.namelist()]
            is_small = _is_small(parts)
    except Exception as error:  # zipfile raises errors of many kinds
        raise FileError("It is no .xlsx file, or was cut off", _SAVE_AS) from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileError("There are macros in it, which are programs", _SAVE_AS)
    if not is_small:
        problem = "It is far too large once it is unpacked"
        raise FileError(problem, "Copy the rows into a new file, and bring that in.")


def _is_small(parts: zipfile.ZipFile) -> bool:
    """Return whether a file is small enough once unpacked, in bytes and in XML."""
    size = marks = 0
    for part in parts.infolist():
        before = size
        with parts.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                marks += chunk.count(b"<") + chunk.count(b"=")
                if size - before > _MOST_OF_PART or size > _MOST_UNPACKED or marks > _MOST_MARKS:
                    return False
    return True


def _find_sheet(book: "Workbook", rule: PluralRule) -> tuple[dict[str, int], Iterator[Any]]:
    """Return where each column is, and the numbered rows below, of the sheet that has ours."""
    needed = {*map(column_name, (sheet.ID, sheet.VERSION, sheet.form_columns(rule)[0]))}
    for page in book.worksheets:
        page.reset_dimensions()  # those that a file says may be wrong
        rows = enumerate(page.iter_rows(max_row=_LAST_ROW, max_col=_MOST_COLUMNS), 1)
        for _, row in islice(rows, _MOST_BEFORE_HEADINGS):
            names = [column_name(cell.value) for cell in row]
            if needed <= {*names}:
                return {name: names.index(name) for name in names if name}, rows
    raise FileError("It has no sheet with the columns that were sent out", _ASK)


def _rows(
    headings: dict[str, int], rows: Iterator[Any], rule: PluralRule, plurals: frozenset[str]
) -> Iterator[Given]:
    """Yield each row that has something in one of our columns."""
    names = [sheet.ID, sheet.VERSION, *sheet.form_columns(rule)]
    at = [headings[name] for name in map(column_name, names) if name in headings]
    for number, row in rows:
        ours = [row[place] for place in at]
        if all(cell.value is None for cell in ours):
            continue
        id_, version, *forms = (_text(cell.value) for cell in ours)
        unusable = _FORMULA if any(map(_is_no_text, ours[2:])) else ""
        if id_ not in plurals:
            unusable = unusable or (_OTHER_COLUMN if any(forms[1:]) else "")
            forms = forms if unusable else forms[:1]
        yield Given(number, id_, tuple(forms), Version.of_cell(version, id_), unusable)


def _is_no_text(cell: Any) -> bool:
    """Return whether a cell has neither text nor a plain number, which may have been typed."""
    return cell.value is not None and cell.data_type not in {"s", "n"}


def _text(value: object) -> str:
    """Return what stands in a cell, as text; Excel writes line ends of Windows as _x000D_."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("_x000D_", "").strip()


def _sent(book: "Workbook") -> int:
    """Return how many sentences were sent out in a file, as it says; 0 if it does not."""
    said = next((each.value for each in book.custom_doc_props if each.name == sheet.SENTENCES), "")
    number = str(said)
    return int(number) if number.isdecimal() and len(number) <= _MOST_DIGITS else 0
