"""The lines on which the tables and fields of a TOML file stand, which tomllib does not tell."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from inspection_outcome.report.errors import Fault
from inspection_outcome.report.files import read_text

Place = tuple[str | int, ...]
"""Where a value stands in parsed TOML: the names of tables and fields, and positions in lists."""

_TEXT_OR_NOTE = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)'
    r"|'''.*?(?:'''|\Z)"
    r'|"(?:\\.|[^"\\\n])*+"?'
    r"|'[^'\n]*'?"
    r"|(?P<note>#[^\n]*)",
    re.DOTALL,
)
_HEADER = re.compile(r"^[ \t]*(\[\[?)[ \t]*([\w-]++(?:\.[\w-]++)*)[ \t]*\]")
_FIELD = re.compile(r"^[ \t]*([\w-]++(?:\.[\w-]++)*)[ \t]*=")
_BRACKET = re.compile(r"[\[\]{}]")
_STEP = re.compile(r"\[([^\[\]]*)\]|([^.\[\]]+)")
_NAMES = ("id", "tag", "locale")
"""The fields by which faults name an item of a list."""


def located(faults: Iterable[Fault], folder: Path) -> list[Fault]:
    """Return the faults, each with its line in its file of the folder, where that can be known."""
    faults = list(faults)
    files = {name: _File(folder / name) for name in {fault.file for fault in faults}}
    return [
        fault if fault.line else structs.replace(fault, line=files[fault.file].line(fault.field))
        for fault in faults
    ]


class _File:
    """A file of TOML; as if it were empty, if it cannot be read."""

    def __init__(self, path: Path) -> None:
        try:
            text = read_text(path, "utf-8-sig")
            self._data: dict[str, Any] = tomllib.loads(text)
        except (OSError, ValueError, RecursionError):
            text, self._data = "", {}
        self._lines = numbers(text)
        self._ids = dict(ids(self._data))

    def line(self, field: str) -> int:
        """Return the number, from 1, of the line of a field, or of the nearest table around it.

        `field`: the id of a sentence, or a path as in `section[people].heading`. 0 if not known.
        """
        place = self._ids.get(field) or tuple(_place(self._data, field))
        ends = (place[:end] for end in range(len(place), 0, -1))
        return next((self._lines[each] for each in ends if each in self._lines), 0)


def ids(data: Any, here: Place = ()) -> Iterator[tuple[str, Place]]:
    """Yield the id and the place of each sentence: its id has a full stop, no other has."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        if isinstance(value, dict) and "." in (id_ := str(value.get("id"))):
            yield id_, (*here, key)
        if isinstance(value, dict | list):
            yield from ids(value, (*here, key))


def _place(data: Any, field: str) -> Iterator[str | int]:
    """Yield the steps of a path, as far as the data has them."""
    for item, name in _STEP.findall(field):
        if isinstance(data, list):
            keys = (at for at, each in enumerate(data) if item in _names(each, at))
            key: str | int | None = next(keys, None)
        else:
            key = name if isinstance(data, dict) and name in data else None
        if key is None:
            return
        yield key
        data = data[key]


def _names(item: Any, at: int) -> list[Any]:
    """Return by what faults may name an item of a list: an id, or else its number from 1."""
    if isinstance(item, dict) and (names := [item[name] for name in _NAMES if name in item]):
        return names
    return [item, str(at + 1)]


def numbers(text: str) -> dict[Place, int]:
    """Return the number, from 1, of the line on which each table, field or inline table begins.

    Fields within an inline table, and names in quotation marks, are left out. The text must be
    valid TOML.
    """
    found: dict[Place, int] = {}
    tables: Counter[Place] = Counter()
    table: Place = ()
    field: Place = ()
    depth = items = 0
    for number, line in enumerate(_TEXT_OR_NOTE.sub(_blank, text).split("\n"), 1):
        if not depth and (header := _HEADER.match(line)):
            table = table_place(header[2].split("."), tables, is_item=header[1] == "[[")
            found.setdefault(table, number)
            if header[1] == "[[":
                found.setdefault(table[:-1], number)
            continue
        if not depth and (begins := _FIELD.match(line)):
            field, items = (*table, *begins[1].split(".")), 0
            found[field] = number
        for bracket in _BRACKET.findall(line):
            if bracket == "{" and depth == 1:
                found[(*field, items)] = number
                items += 1
            depth += 1 if bracket in "[{" else -1
    return found


def _blank(found: re.Match[str]) -> str:
    """Return a sign in place of a text, nothing in place of a note, and the line ends in it."""
    return ("" if found["note"] else '"') + "\n" * found[0].count("\n")


def table_place(names: list[str], tables: Counter[Place], *, is_item: bool) -> Place:
    """Return the place of a table by the names in its header; count it if it is one of a list."""
    place: Place = ()
    for name in names:
        if place in tables:
            place = (*place, tables[place] - 1)
        place = (*place, name)
    if not is_item:
        return place
    tables[place] += 1
    return (*place, tables[place] - 1)
