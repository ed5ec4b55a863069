"""Change the content: try it first, then write it, under one lock, and keep it in the history."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec import Struct

from inspection_outcome.authoring.faults import tried
from inspection_outcome.desk.commits import Done
from inspection_outcome.desk.content.fields import in_form
from inspection_outcome.desk.content.item import Item, Values, fingerprint
from inspection_outcome.desk.git import Author
from inspection_outcome.desk.history import History
from inspection_outcome.edition import Folders, today
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.lock import locked
from inspection_outcome.report.edit import with_day, with_update
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.files import of_disk, read_text, stamp, write_whole
from inspection_outcome.report.held import REPORT
from inspection_outcome.report.model import Report, Update
from inspection_outcome.report.toml_edit import with_values

_Done = TypeVar("_Done")
PROGRESS = "tell of progress"


class ItemChangedError(Exception):
    """Raised for a change of what is no longer as it was seen: `theirs`, None if it is gone."""

    def __init__(self, theirs: Values | None) -> None:
        super().__init__()
        self.theirs = theirs


class FaultsError(Exception):
    """Raised for a change that would add faults. `report`: with them; None if it has none then."""

    def __init__(self, faults: Sequence[Fault], report: Report | None) -> None:
        super().__init__()
        self.faults = faults
        self.report = report


class Refused(Struct, frozen=True):
    """Why nothing was saved, with the HTTP status of the answer."""

    status: int
    told: str = ""
    faults: Sequence[Fault] = ()
    changed: bool = False
    """Whether somebody else has changed it meanwhile."""

    def by_field(self, names: Collection[str], other: str) -> list[tuple[str, Fault]]:
        """Return each fault with the field of the form that it is about; `other` for none."""
        named = [(fault.field.rpartition(".")[2], fault) for fault in self.faults]
        return [(name if name in names else other, fault) for name, fault in named]


def attempt(step: Callable[[], _Done]) -> _Done | Refused:
    """Return what a step of a change returns, or why it is refused."""
    try:
        return step()
    except ItemChangedError:
        return Refused(409, changed=True)
    except FaultsError as error:
        return Refused(422, faults=[*map(in_form, error.faults)])
    except OSError as error:
        return Refused(503, str(of_disk(error) or error))
    except ValueError as error:
        return Refused(422, str(error))


class _File(NamedTuple):
    """A file, the text that it gets, and the stamp that it had when it was read."""

    path: Path
    text: str
    since: tuple[int, ...]


class Change(Struct, frozen=True):
    """Other values of a sentence or fact, and the fingerprint of those that were seen."""

    item: Item
    values: Values
    seen: str

    @property
    def file(self) -> str:
        """The name of the file that it changes."""
        return self.item.file

    def edit(self, toml: str) -> str:
        """Return the changed text of the file. Raise ItemChangedError, or ValueError for people."""
        held = self.item.held_in(toml)
        if held is None or fingerprint(held.values) != self.seen:
            raise ItemChangedError(held.values if held else None)
        values = self.item.cleaned(self.values)
        if values == held.values:
            raise ValueError("Nothing is changed yet.")
        places = {(*held.table, name): values[name] for name in values}
        if len(values) == 1:
            ((name, value),) = values.items()
            places |= dict.fromkeys(self.item.repeats_in(toml, held.values[name]), value)
        return with_values(toml, places)


class Addition(Struct, frozen=True):
    """An update to add."""

    update: Update
    file: str = REPORT

    def edit(self, toml: str) -> str:
        """Return the changed text of the file. Raise ValueError for people."""
        return with_update(toml, self.update, today())


def tried_out(where: Folders, change: Change | Addition) -> Report:
    """Return the content as it would be with a change. Nothing is written.

    Raise what `edit` of the change raises, FaultsError, and OSError if a file cannot be read.
    """
    return _tried(where, change)[0]


def _tried(where: Folders, change: Change | Addition) -> tuple[Report, _File]:
    path = where.content / change.file
    since = stamp(path)
    text = change.edit(read_text(path, newline=""))
    faults, report = tried(where, {change.file: text})
    if faults or report is None:
        raise FaultsError(faults, report)
    return report, _File(path, text, since)


class ContentWriter(Struct, frozen=True):
    """Writes what a person changes, and keeps it in the history under their name."""

    where: Folders
    history: History
    by: Author

    def save(self, change: Change | Addition, action: str, key: str) -> str:
        """Write a change, and today as the day of the last one.

        Return why it is not in the history, for people; empty if it is. Raise what `tried_out`
        raises, and FileError if a file cannot be written or another command is at work too long.
        """
        report = self.where.content / REPORT
        path = self.where.content / change.file
        with locked(self.where.translations):
            self.history.keep_others(ENGLISH, path, report)
            _dated(report)  # if that is not possible, nothing is written
            _until_written(lambda: _tried(self.where, change)[1])
            _until_written(lambda: _dated(report))
            return self.history.keep(path, Done(action, self.by, ENGLISH, key), report)


def _dated(path: Path) -> _File:
    since = stamp(path)
    return _File(path, with_day(read_text(path, newline=""), today()), since)


def _until_written(make: Callable[[], _File]) -> None:
    """Write a file. If another program saves it meanwhile, make it anew from what is there then."""
    while not write_whole(*make()):
        pass
