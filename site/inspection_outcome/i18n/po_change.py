"""Change a PO file: the one way in which the desk and the commands do it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import polib

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.languages import Language
from inspection_outcome.report.files import stamp

_Done = TypeVar("_Done")


def change(
    path: Path,
    language: Language,
    needed: Iterable[str],
    edit: Callable[[polib.POFile], tuple[polib.POFile | None, _Done]],
) -> _Done:
    """Read a PO file, and write what `edit` makes of it. Return what else `edit` returns.

    With None in place of a file, nothing is written. If the file changes meanwhile, this begins
    again, so that an editor's save is not overwritten. Raise CatalogueError as `po_file.read` does
    (`needed`: see there), and FileError if it cannot be written.
    """
    needed = tuple(needed)
    while True:
        since = stamp(path)
        edited, done = edit(po_file.read(path, language, needed))
        if edited is None or po_file.write(edited, path, since):
            return done


def find(po: polib.POFile, id_: str) -> polib.POEntry | None:
    """Return the entry in use of a sentence: the first, if there are several; None without any."""
    return next((entry for entry in po if entry.msgctxt == id_ and not entry.obsolete), None)


def put(entry: polib.POEntry, forms: Sequence[str]) -> None:
    """Write the forms of a translation of today's English into an entry."""
    entry.flags = []
    entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        entry.msgstr = forms[0]
