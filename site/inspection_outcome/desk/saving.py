"""Save at the desk: read, compare, replace and commit, under one lock."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from inspection_outcome.desk.git import Author
from inspection_outcome.desk.history import OUTSIDE, Done, History
from inspection_outcome.desk.stock import Stock, Trouble
from inspection_outcome.i18n import edit_entry, merge, po_file
from inspection_outcome.i18n.edit_entry import Edit
from inspection_outcome.i18n.extract import write_template
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.states import Entry
from inspection_outcome.report.files import FileError

SAVE = "save"
PUT_BACK = "put back"
UPDATE = "update"
_OTHERS = Author("Changed outside the desk")
_DESK = Author("The desk")


class Saved(Struct, frozen=True):
    """What was saved."""

    entry: Entry
    unkept: str = ""
    """Why it is not in the history, for people; empty if it is. It is saved all the same."""


class Writer(Struct, frozen=True):
    """Saves what a person does, and keeps it in the history under their name.

    Its methods raise what `edit_entry.save` raises, and FileError if another command is at work for
    too long.
    """

    stock: Stock
    history: History
    by: Author

    def save(self, tag: str, edit: Edit) -> Saved:
        """Save one translation."""
        return self._save(tag, edit, SAVE)

    def put_back(self, tag: str, id_: str, older: Translation | None, seen: str) -> Saved:
        """Save a sentence as it was in an older version, one of `History.versions`.

        If that was made from other English, readers get the English of today.
        """
        if older and any(older.forms):
            edit = Edit(id_, older.forms, seen, older=older)
        else:
            edit = Edit(id_, [""] * self.stock.forms(tag, id_), seen, broken_too=True)
        return self._save(tag, edit, PUT_BACK)

    def _save(self, tag: str, edit: Edit, action: str) -> Saved:
        """Keep what was changed outside the desk, change the file, and keep that."""
        stock, path = self.stock, self.stock.path(tag)
        messages = [*stock.messages.values()]
        with locked(stock.folders.translations):
            self.history.keep(path, Done(OUTSIDE, _OTHERS, tag))
            entry = edit_entry.save(path, stock.languages[tag], messages, edit)
            return Saved(entry, self.history.keep(path, Done(action, self.by, tag, edit.id)))


def update(stock: Stock, history: History, tags: Sequence[str]) -> Iterator[Trouble]:
    """Bring languages up to date with the English, as `flask translations update` does.

    Yield what failed.
    """
    folder, messages = stock.folders.translations, [*stock.messages.values()]

    def keep_all(step: Callable[[], object], path: Path, tag: str = "") -> Iterator[Trouble]:
        try:
            with locked(folder):
                history.keep(path, Done(OUTSIDE, _OTHERS, tag))
                step()
                history.keep(path, Done(UPDATE, _DESK, tag))
        except (CatalogueError, FileError) as error:
            yield Trouble(tag, str(error))

    yield from keep_all(partial(write_template, folder, messages), folder / po_file.POT)
    for tag in tags:
        path = stock.path(tag)
        step = partial(merge.update, path, stock.languages[tag], messages)
        yield from keep_all(step, path, tag)
