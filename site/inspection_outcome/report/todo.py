"""Lines of the content that somebody has still to write: those that say TODO."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from textwrap import shorten

from msgspec import Struct

from inspection_outcome.report.errors import Fault, visible
from inspection_outcome.report.files import find, read_text
from inspection_outcome.report.sentence import Sentence

REMEDY = "Write what is asked for, and take out the word TODO; or take out what you do not need."
_TODO = re.compile(r"\bTODO\b[\s:]*(.*)")
_BEFORE = re.compile(r"""^[\s#]*+(?:[\w-]++[ \t]*+=[ \t]*+)?["']?""")
"""What a line begins with before the words in it: the mark of a note, or the name of a field."""
_HEADER = re.compile(r"^[ \t]*+\[")
_ID = re.compile(r"""^[ \t]*+id[ \t]*+=[ \t]*+["']([^"']++)["']""")
_LONGEST = 120  # characters of what is asked for that are told


class Todo(Struct, frozen=True):
    """A line of a file that says TODO, what is asked for, and the id of its table, if any.

    That is what stands after the word; or before it, if nothing does.
    """

    file: str
    line: int
    asked: str
    id: str

    def __str__(self) -> str:
        """Return one line: the place, and what is asked for."""
        return f"{visible(self.file)} line {self.line}: TODO: {visible(self.asked)}"


def todos(folder: Path) -> list[Todo]:
    """Return every line of the folder's TOML files that says TODO, those of report.toml first.

    Notes count, too. A file that cannot be read has none: that is a fault of its own.
    """

    def order(path: Path) -> tuple[bool, Path]:
        return path.name != "report.toml", path  # the site does not start without its values

    found: list[Todo] = []
    with suppress(OSError):
        for path in sorted(map(Path, find(folder, ".toml")), key=order):
            with suppress(OSError, UnicodeDecodeError):
                found += _in(path.relative_to(folder).as_posix(), read_text(path, "utf-8-sig"))
    return found


def _in(file: str, text: str) -> Iterator[Todo]:
    id_ = ""
    for number, line in enumerate(text.split("\n"), 1):
        if _HEADER.match(line):
            id_ = ""
        elif names := _ID.match(line):
            id_ = names[1]
        if said := _TODO.search(line):
            asked = said[1].rstrip()
            if asked.count('"') % 2:
                asked = asked.removesuffix('"')  # of the text that it ends
            if not any(map(str.isalnum, asked)):
                asked = _BEFORE.sub("", line[: said.start()]).rstrip()
            yield Todo(file, number, shorten(asked, _LONGEST, placeholder=" …"), id_)


def is_todo(sentence: Sentence) -> bool:
    """Return whether a sentence has still to be written."""
    return any(map(_TODO.search, sentence.forms))


def without_todo(faults: Iterable[Fault], left: Iterable[Todo]) -> list[Fault]:
    """Return the faults but those of a line or a sentence that has still to be written."""
    lines = {(each.file, each.line) for each in left}
    sentences = {(each.file, each.id) for each in left if each.id}
    return [
        fault
        for fault in faults
        if (fault.file, fault.line) not in lines and (fault.file, fault.field) not in sentences
    ]
