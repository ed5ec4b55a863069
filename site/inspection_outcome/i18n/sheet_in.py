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
_MOST_BEFORE_HEADINGS = 20  # rows
_MOST_UNPACKED, _MOST_OF_A_PART = 50_000_000, 10_000_000
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
            total = 0
            for part in parts.infolist():
                total += _size(parts, part)
                if total > _MOST_UNPACKED:
                    break
    except Exception as error:  # zipfile raises errors of many kinds
        raise FileError("It is no .xlsx file, or was cut off", _SAVE_AS) from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileError("There are macros in it, which are programs", _SAVE_AS)
    if total > _MOST_UNPACKED:
        problem = "It is far too large once it is unpacked"
        raise FileError(problem, "Copy the rows into a new file, and bring that in.")


def _size(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Return the unpacked size of a part, or more than is allowed if it is too large."""
    size = 0
    with parts.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > _MOST_OF_A_PART:
                return _MOST_UNPACKED + 1
    return size


def _find_sheet(book: "Workbook", rule: PluralRule) -> tuple[dict[str, int], Iterator[Any]]:
    """Return where each column is, and the numbered rows below, of the sheet that has ours."""
    needed = {*map(column_name, (sheet.ID, sheet.VERSION, sheet.form_columns(rule)[0]))}
    for page in book.worksheets:
        page.reset_dimensions()  # those that a file says may be wrong
        rows = enumerate(page.iter_rows(max_col=_MOST_COLUMNS), 1)
        for _, row in islice(rows, _MOST_BEFORE_HEADINGS):
            names = [column_name(cell.value) for cell in row]
            if needed <= {*names}:
                return {name: names.index(name) for name in names if name}, rows
    raise FileError("It has no sheet with the columns that were sent out", _ASK)


def _rows(
    headings: dict[str, int], rows: Iterator[Any], rule: PluralRule, plurals: frozenset[str]
) -> Iterator[Given]:
    """Yield each row that is not blank."""
    at_forms = [headings.get(column_name(name)) for name in sheet.form_columns(rule)]
    for number, row in rows:
        if all(cell.value is None for cell in row):
            continue
        id_ = _text(row[headings[column_name(sheet.ID)]].value)
        version = _text(row[headings[column_name(sheet.VERSION)]].value)
        cells = [row[at] for at in at_forms if at is not None]
        forms = [_text(cell.value) for cell in cells]
        unusable = _FORMULA if any(map(_is_no_text, cells)) else ""
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
    return int(said) if isinstance(said, str) and said.isdecimal() and len(said) < 6 else 0  # noqa: PLR2004
