"""Tables of a TOML file as they are written, with their notes and layout, to copy them as text.

The file is laid out as people do: each header and each field begins a line.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from inspection_outcome.report.files import read_text

_HEADER = re.compile(r"^(\[\[?)([\w.-]+)\]\]?[^\n]*\n", re.MULTILINE)
_FIELD = re.compile(r"^(?=[\w-]+[ \t]*=)", re.MULTILINE)


@dataclass(frozen=True)
class Table:
    """A table: its header, and the lines of each field by the field's name.

    `above`: the notes and empty lines before it; `below`: the notes right below its last field. The
    first table of a file has no name: its fields stand above all headers.
    """

    name: str
    is_item: bool
    above: str
    header: str
    fields: dict[str, str]
    below: str
    data: dict[str, Any]
    """The values of its fields."""

    @property
    def text(self) -> str:
        """The table as it stands in a file."""
        return f"{self.above}{self.header}{''.join(self.fields.values())}{self.below}"

    @property
    def id(self) -> str:
        """Its id, or its name if it has none."""
        return str(self.data.get("id", self.name))

    @property
    def is_sentence(self) -> bool:
        """Whether it is a sentence: its id has a full stop, and no other has."""
        return "." in str(self.data.get("id", ""))

    def with_fields(self, fields: dict[str, str]) -> "Table":
        """Return it with other fields."""
        return replace(self, fields=fields, data=_values(fields))

    def with_value(self, name: str, value: str) -> "Table":
        """Return it with another value, as TOML, of a field."""
        return self.with_fields({**self.fields, name: f"{name} = {value}\n"})

    def without_notes(self) -> "Table":
        """Return it without notes. An empty line above it stays."""
        return replace(self, above="\n" if self.above.startswith("\n") else "", below="")


def read(path: Path) -> list[Table]:
    """Return the tables of a file.

    Raise OSError if it cannot be read, and ValueError if it is no TOML, or not laid out as said.
    """
    text = read_text(path, "utf-8-sig")
    headers = [None, *_HEADER.finditer(text)]
    places = [0, *(header.start() for header in headers if header), len(text)]
    tables, above = [], ""
    for header, (begin, end) in zip(headers, pairwise(places), strict=True):
        body, below, next_above = _parts(text[header.end() if header else begin : end])
        first, *rest = _FIELD.split(body)
        fields = {field.partition("=")[0].strip(): field for field in rest}
        tables.append(
            Table(
                name=header[2] if header else "",
                is_item=bool(header and header[1] == "[["),
                above=above,
                header=(header[0] if header else "") + first,
                fields=fields,
                below=below,
                data=_values(fields),
            )
        )
        above = next_above
    return [*tables[:-1], replace(tables[-1], below=tables[-1].below + above)]


def group(tables: list[Table], at: int) -> list[Table]:
    """Return a table and those below it: [[section]], [section.heading], [[section.text]]."""
    end = at + 1
    while end < len(tables) and tables[end].name.startswith(f"{tables[at].name}."):
        end += 1
    return tables[at:end]


def _values(fields: dict[str, str]) -> dict[str, Any]:
    return tomllib.loads("".join(fields.values()))


def _parts(text: str) -> tuple[str, str, str]:
    """Return a table's fields, the notes right below them, and what is above the next table."""
    lines = text.splitlines(keepends=True)
    end = len(lines)
    while end and (lines[end - 1].startswith("#") or not lines[end - 1].strip()):
        end -= 1
    empty = next((at for at in range(end, len(lines)) if not lines[at].strip()), len(lines))
    return "".join(lines[:end]), "".join(lines[end:empty]), "".join(lines[empty:])
