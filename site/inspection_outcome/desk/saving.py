"""Save at the desk: read, compare, replace and commit, under one lock."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from inspection_outcome.desk import unkept
from inspection_outcome.desk.commits import Done
from inspection_outcome.desk.git import Author
from inspection_outcome.desk.history import History
from inspection_outcome.desk.stock import Stock, Trouble
from inspection_outcome.i18n import edit_entry, merge, po_file, review, states
from inspection_outcome.i18n.catalogues import assess_all
from inspection_outcome.i18n.edit_entry import Edit, Refusal
from inspection_outcome.i18n.extract import write_template
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.review import No
from inspection_outcome.i18n.states import Checked, Entry, check_name
from inspection_outcome.report.files import FileError

_Result = TypeVar("_Result")
SAVE = "save"
PUT_BACK = "put back"
UPDATE = "update"
CHECK = "check"
BRING_IN = "bring in"
_DESK = Author("The desk")


class Saved(Struct, frozen=True):
    """What was saved."""

    entry: Entry
    unkept: str = ""
    """Why it is not in the history, for people; empty if it is. It is saved all the same."""


class BroughtIn(Struct, frozen=True):
    """What was saved of several edits."""

    done: list[Entry | Refusal]
    """For each edit its entry, or why it was refused."""
    unkept: str = ""
    """As of `Saved`."""


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

    def check(self, tag: str, right: Sequence[Entry], wrong: Sequence[No]) -> str:
        """Keep what a speaker said of several sentences: one change of each file.

        What is no longer in the file as it was seen stays as it is. Return why it is not in the
        history; empty if it is. Raise ContentError if the file of what was refused cannot be read,
        CatalogueError, FileError, and ValueError as `states.check_name` does.
        """
        stock, language, path = self.stock, self.stock.languages[tag], self.stock.path(tag)
        said = review.path_of(stock.folders.translations, language)
        by = Checked(self.by.name, local_day())
        check_name(by.who)

        def keep_answers() -> None:
            if wrong:
                sentences = [message.sentence for message in stock.messages.values()]
                there = po_file.translations(po_file.read(path, language, stock.messages))
                review.add(said, wrong, assess_all(language, sentences, there).entries)
            states.accept(path, language, right, by, stock.messages)

        return self._change(Done(CHECK, self.by, tag), keep_answers, path, said)[1]

    def bring_in(self, tag: str, edits: Sequence[Edit], translated_by: str) -> BroughtIn:
        """Save many translations at once: all that are not refused, as one commit."""
        stock, path = self.stock, self.stock.path(tag)
        messages = [*stock.messages.values()]
        save = partial(edit_entry.save_all, path, stock.languages[tag], messages, edits)
        done = Done(BRING_IN, self.by, tag, translated_by=translated_by)
        return BroughtIn(*self._change(done, save, path))

    def _save(self, tag: str, edit: Edit, action: str) -> Saved:
        stock, path = self.stock, self.stock.path(tag)
        messages = [*stock.messages.values()]
        save = partial(edit_entry.save, path, stock.languages[tag], messages, edit)
        return Saved(*self._change(Done(action, self.by, tag, edit.id), save, path))

    def _change(
        self, done: Done, step: Callable[[], _Result], path: Path, *more: Path
    ) -> tuple[_Result, str]:
        """Keep what was changed outside the desk, do a step that changes files, and keep that.

        Return the result of the step, and why it is not in the history; empty if it is.
        """
        with locked(self.stock.folders.translations):
            for each in (path, *more):
                self.history.keep_others(done.tag, each)
            earlier = unkept.people(path)
            unkept.write_down(path, [*earlier, done.by])
            try:
                result = step()
            except Exception:
                unkept.write_down(path, earlier)
                raise
            reasons = [self.history.keep(each, done) for each in (path, *more)]
        return result, next(filter(None, reasons), "")


def local_day() -> dt.date:
    """Return the day as the person's computer has it."""
    return dt.datetime.now().astimezone().date()


def update(stock: Stock, history: History, tags: Sequence[str]) -> Iterator[Trouble]:
    """Bring languages up to date with the English, as `flask translations update` does.

    Yield what failed.
    """
    folder, messages = stock.folders.translations, [*stock.messages.values()]

    def keep_all(step: Callable[[], object], path: Path, tag: str = "") -> Iterator[Trouble]:
        try:
            with locked(folder):
                history.keep_others(tag, path)
                step()
                history.keep(path, Done(UPDATE, _DESK, tag))
        except (CatalogueError, FileError) as error:
            yield Trouble(tag, str(error))

    yield from keep_all(partial(write_template, folder, messages), folder / po_file.POT)
    for tag in tags:
        path = stock.path(tag)
        step = partial(merge.update, path, stock.languages[tag], messages)
        yield from keep_all(step, path, tag)
