"""A sentence or a fact of the content that somebody may change: what it says, now and before."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from inspection_outcome.edition import Folders
from inspection_outcome.i18n.edit_entry import cleaned_form
from inspection_outcome.i18n.extract import UI
from inspection_outcome.report.files import read_text
from inspection_outcome.report.held import REPORT, Held, facts_in, file_of, repeats_of, sentence_in
from inspection_outcome.report.lines import Place
from inspection_outcome.report.toml import Reader
from inspection_outcome.report.toml_edit import Value, literal

Values = Mapping[str, Value]
_TODO = "Take out the word TODO: readers do not get what says so."
_FAULTS = "{} has faults: see 'flask content check'."
_ODD = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What a file may raise that is TOML, and not content of the site, as an old version of it."""


class Item(Struct, frozen=True):
    """A sentence, by its id, or a fact, by its name."""

    name: str
    is_fact: bool = False

    @property
    def file(self) -> str:
        """The name of the file that holds it."""
        return REPORT if self.is_fact else file_of(self.name)

    @property
    def is_of_program(self) -> bool:
        """Whether it is one of the site's own words, which no content holds."""
        return not self.is_fact and self.name.startswith(f"{UI}.")

    @property
    def key(self) -> str:
        """How the history names it."""
        return f"fact:{self.name}" if self.is_fact else self.name

    def path(self, where: Folders) -> Path:
        """Return the path of its file."""
        return where.content / self.file

    def held(self, where: Folders) -> Held | None:
        """Return it as it is in its file now; None if it is not there, or is of the program.

        Raise ValueError, for people, for a file that cannot be read.
        """
        if self.is_of_program:
            return None
        reader = Reader(self.file)
        if reader.parse(self.path(where)) is None:
            raise ValueError("\n".join(map(str, reader.faults)))
        return self.held_in(read_text(self.path(where), newline=""))

    def held_in(self, toml: str) -> Held | None:
        """Return it as it is in the text of its file. Raise ValueError, for people."""
        try:
            return facts_in(toml).get(self.name) if self.is_fact else sentence_in(toml, self.name)
        except _ODD as error:
            raise ValueError(_FAULTS.format(self.file)) from error

    def repeats_in(self, toml: str, value: Value) -> list[Place]:
        """Return where else its file says the day of a fact. Raise ValueError, for people."""
        try:
            return [*repeats_of(toml, self.name, value)] if self.is_fact else []
        except _ODD as error:
            raise ValueError(_FAULTS.format(self.file)) from error

    def values_in(self, content: bytes) -> Values | None:
        """Return what it was in a version of its file; None if that says nothing of it."""
        return _values_in(self, content)

    def cleaned(self, values: Values) -> dict[str, Value]:
        """Return values with texts on one line, as they are written. Raise ValueError for people.

        It is raised for a text that nobody would get, too.
        """
        clean = {
            name: cleaned_form(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        if any("TODO" in value for value in clean.values() if isinstance(value, str)):
            raise ValueError(_TODO)
        return clean


@lru_cache(maxsize=512)  # a version of a file says the same each time
def _values_in(item: Item, content: bytes) -> Values | None:
    try:
        held = item.held_in(content.decode())
    except ValueError:
        return None
    return held.values if held else None


def fingerprint(values: Values) -> str:
    """Return a short hash of what was shown. A form carries it."""
    said = "\n".join(f"{name} = {literal(value)}" for name, value in values.items())
    return hashlib.sha256(said.encode()).hexdigest()[:16]
