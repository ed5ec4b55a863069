"""people.toml: who may use a hosted desk, and what for. It stands outside the repository."""

import logging
import threading
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from inspection_outcome.desk.access import Person, Role
from inspection_outcome.i18n.states import check_name
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.files import stamp
from inspection_outcome.report.toml import Reader

_ALL = "all"
_LOG = logging.getLogger(__name__)


class _Entry(Struct, frozen=True):
    """One person as the file has them."""

    id: Annotated[str, Meta(min_length=1, max_length=300)]
    """The `sub` of the sign-in; of Microsoft Entra, `tid` and `oid` with a full stop between."""
    name: str
    """What the history tells, as `check_name` allows it."""
    languages: tuple[str, ...] | str
    """Their tags, or _ALL."""
    may: tuple[Role, ...]


class _File(Struct, frozen=True):
    person: tuple[_Entry, ...] = ()


class People:
    """The people of the file as it is now: who is taken out of it is out at the next request."""

    def __init__(self, path: Path) -> None:
        """`path`: of people.toml. It is read when somebody first asks."""
        self._path = path
        self._reading = threading.Lock()
        self._stamp: tuple[int, ...] | None = None
        self._people: dict[str, Person] | None = None

    def current(self) -> dict[str, Person] | None:
        """Return everybody by id; None if the file cannot be read, or has a mistake.

        Then nobody has access, and the log says what to mend.
        """
        with self._reading:
            if (now := stamp(self._path)) != self._stamp or not now:
                self._people = None  # also if reading ends in an error that nobody thought of
                try:
                    self._people = read(self._path)
                except ContentError as error:
                    if now != self._stamp:
                        _LOG.error("Nobody can use the desk until this is mended:\n%s", error)
                self._stamp = now
            return self._people


def read(path: Path) -> dict[str, Person]:
    """Return everybody in a people.toml by id. Raise ContentError, with each mistake in it."""
    reader = Reader(path.name)
    tables = reader.parse(path)
    file = reader.table(_File, tables, "") if tables is not None else None
    people: dict[str, Person] = {}
    for entry in file.person if file else ():
        place = f"person[{entry.id}]"
        try:
            check_name(entry.name)
        except ValueError as error:
            reader.fault(f"{place}.name", "it cannot be told in the history", str(error))
        if entry.id in people:
            reader.fault(place, "there are two of this id", "Take one out.")
        if isinstance(entry.languages, str) and entry.languages != _ALL:
            remedy = f'Write ["{entry.languages}"], or "{_ALL}".'
            reader.fault(f"{place}.languages", "this is no list", remedy)
        languages = None if entry.languages == _ALL else frozenset(entry.languages)
        people[entry.id] = Person(entry.name, entry.id, frozenset(entry.may), languages)
    if reader.faults:
        raise ContentError(reader.faults)
    return people
