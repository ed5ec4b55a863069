"""Change values in the text of a TOML file, and leave every other character as it is.

A library that keeps the style of a file, tomlkit, moves the tables of a valid file if others stand
between those of one list. So the text is edited, and tomllib says whether only that has changed.
"""

import datetime as dt
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from inspection_outcome.report.files import BOM
from inspection_outcome.report.lines import Place, table_place

Value = str | int | dt.date | dt.time | list[Any]
"""A value that people may change."""

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[\w.-]|[ \t])+""")
_VALUE = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|[^\s,#\]}]+(?:[ ][0-9][^\s,#\]}]*)?",  # a date may have a space before its time
    re.DOTALL,
)


def with_values(toml: str, values: Mapping[Place, Value]) -> str:
    """Return the text of a file with other values at these places.

    Raise ValueError if it is no TOML, or if something else would change.
    """
    if toml.startswith(BOM):
        return BOM + with_values(toml.removeprefix(BOM), values)
    wanted = tomllib.loads(toml)
    for place, value in values.items():
        _put(wanted, place, value)
    found = spans(toml)
    text = toml
    for place in sorted(values, key=lambda each: -found[each][0]):
        start, end = found[place]
        text = f"{text[:start]}{literal(values[place])}{text[end:]}"
    if tomllib.loads(text) != wanted:
        raise ValueError("This cannot be changed without a change elsewhere. Change it by hand.")
    return text


def literal(value: Value) -> str:
    """Return a value as TOML: a JSON string is a basic string of TOML, but for U+007F."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def spans(toml: str) -> dict[Place, tuple[int, int]]:
    """Return where the text of each value begins and ends. The text must be valid TOML."""
    found: dict[Place, tuple[int, int]] = {}
    tables: Counter[Place] = Counter()
    table: Place = ()
    at = _skipped(toml, 0)
    while at < len(toml):
        if toml[at] == "[":
            brackets = 2 if toml.startswith("[[", at) else 1
            names, at = _key(toml, at + brackets)
            table = table_place(names, tables, is_item=brackets > 1)
            at += brackets
        else:
            names, at = _key(toml, at)
            at = _value(toml, at + 1, (*table, *names), found)
        at = _skipped(toml, at)
    return found


def _value(toml: str, at: int, place: Place, found: dict[Place, tuple[int, int]]) -> int:
    """Record a value, and what is in it. Return where it ends."""
    start = at = _skipped(toml, at)
    if toml[at] in "[{":
        is_list, number, at = toml[at] == "[", 0, _skipped(toml, at + 1)
        while toml[at] not in "]}":
            names: list[Any] = [number]
            if not is_list:
                names, at = _key(toml, at)
                at += 1  # the sign =
            number, at = number + 1, _skipped(toml, _value(toml, at, (*place, *names), found))
            if toml[at] == ",":
                at = _skipped(toml, at + 1)
        at += 1
    else:
        at = _end(_VALUE, toml, at)
    found[place] = start, at
    return at


def _key(toml: str, at: int) -> tuple[list[Any], int]:
    """Return the names of a key, which may have dots, and where it ends."""
    end = _end(_KEY, toml, at)
    return [*_names(tomllib.loads(f"{toml[at:end]} = 0"))], end


def _names(data: Any) -> Iterator[str]:
    while isinstance(data, dict):
        ((name, data),) = data.items()
        yield name


def _skipped(toml: str, at: int) -> int:
    return _end(_SPACE, toml, at)


def _end(pattern: re.Pattern[str], toml: str, at: int) -> int:
    found = pattern.match(toml, at)
    if found is None:  # never in valid TOML
        raise ValueError("This file is laid out in a way that the desk does not know.")
    return found.end()


def _put(data: Any, place: Place, value: Value) -> None:
    *above, last = place
    for name in above:
        data = data[name]
    data[last] = value
