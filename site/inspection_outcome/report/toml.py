"""Convert TOML tables to typed structs field by field, so that every mistake is found."""

import datetime as dt
import difflib
import re
import tomllib
from errno import EACCES, ELOOP, ENOENT, ENOTDIR, EPERM
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from inspection_outcome.report import not_toml
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.files import FileError, conflict, read_text
from inspection_outcome.report.wrong_values import explain, unknown

T = TypeVar("T", bound=msgspec.Struct)

MOST_DOTS = 50
"""Maximum number of full stops in a line.

tomllib keeps each prefix of a dotted key, so that 120 kB of `a.a.a…` take over 2 GB.
"""
_ABSENT = (ENOENT, ENOTDIR, EACCES, EPERM, ELOOP)
_RESOLVE = (
    "Between <<<<<<< and >>>>>>> stand two versions, with ======= between them. In a text editor, "
    "keep the right lines, and delete the others and the marks. Then: git add {file}"
)
_NATIVE = (dt.date, dt.time, dt.datetime)
_ITEM = re.compile(r"\[[^\[\]]*\]")


class Reader:
    """Converts the tables of one file to structs and collects the faults in them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, field: str, problem: str, remedy: str, line: int = 0) -> None:
        """Record one mistake in this file. See Fault."""
        self.faults.append(Fault(self.file, field, problem, remedy, line))

    def parse(self, path: Path) -> dict[str, Any] | None:
        """Return the file's tables; None, with a fault, if it cannot be parsed as TOML."""
        try:
            text = read_text(path, "utf-8-sig")
            if lines := conflict(text):
                self.fault("", f"git left a merge conflict in {lines}", _RESOLVE.format(file=path))
                return None
            if line := _too_many_dots(text):
                remedy = "Shorten the line, or write the text in several lines."
                self.fault("", f"line {line} has more than {MOST_DOTS} full stops", remedy)
                return None
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            problem, remedy, line = not_toml.told(error, text)
            self.fault("", problem, remedy, line)
        except UnicodeDecodeError as error:
            self.fault(
                "", f"it is not UTF-8 text (byte {error.start})", "Save the file again as UTF-8."
            )
        except (RecursionError, ValueError) as error:
            # nested lists, or an integer of thousands of digits
            self.fault(
                "", f"it cannot be read: {error}", "Look for many brackets, or digits, in a row."
            )
        except FileError as error:
            self.fault("", error.problem, error.remedy)
        except OSError as error:
            self.unreadable(error)
        return None

    def unreadable(self, error: OSError) -> None:
        """Record that the file, or its directory, cannot be opened."""
        if error.errno in _ABSENT:
            remedy = "Put the file there, readable by the site."
        else:
            remedy = "Look at the disk, the network share and the limit of open files; try again."
        self.fault("", f"it cannot be opened: {error.strerror}", remedy)

    def fields(self, data: object, field: str) -> dict[str, Any] | None:
        """Return a table's values by name, unchecked; None, with a fault, if it is no table."""
        if isinstance(data, dict):
            return data
        remedy = f"Write a table: [{_header(field)}], and its fields below, each on a line."
        if isinstance(data, list):
            remedy = f"Write it once, with [{_header(field)}] above it, in single brackets."
        self.fault(field, "a table was expected here", remedy)
        return None

    def table(self, cls: type[T], data: object, field: str) -> T | None:
        """Return a table as a struct; None, with a fault for each wrong field, if it is invalid."""
        before = len(self.faults)
        if (given := self.fields(data, field)) is None:
            return None
        known = _fields(cls)
        for name in given.keys() - known.keys():
            near = difflib.get_close_matches(name, known, 1)
            if near:
                remedy = f"Take it out. Did you mean '{near[0]}'?"
            else:
                lost = "Is a line in [ ] or [[ ]] missing above it?"
                remedy = f"{lost} If not: Take it out. Known here: {', '.join(known)}."
            self.fault(_join(field, name), "there is no field of this name", remedy)
        values = {}
        for name, each in known.items():
            if name in given:
                values[name] = self.value(each.type, given[name], _join(field, name))
            elif each.required:
                is_table = isinstance(each.type, type) and issubclass(each.type, msgspec.Struct)
                what = f"a table '{name}', with its fields," if is_table else f"a line '{name} = …'"
                self.fault(_join(field, name), "it is missing", f"Add {what} there.")
        return cls(**values) if len(self.faults) == before else None

    def tables(self, cls: type[T], data: object, field: str) -> tuple[T, ...]:
        """Return the valid tables of a list as structs.

        Faults name a table by its id, or by its number if it has none.
        """
        if not isinstance(data, list):
            self.fault(
                field,
                "a list of tables was expected here",
                f"Write [[{_header(field)}]] above each of them.",
            )
            return ()
        made = []
        for number, item in enumerate(data, 1):
            key = item.get("id", number) if isinstance(item, dict) else number
            made.append(self.table(cls, item, f"{field}[{key}]"))
        return tuple(item for item in made if item is not None)

    def value(self, type_: Any, data: object, field: str) -> Any:
        """Return the value of one field; None, with a fault, if it is not of the type `type_`."""
        choices = [each for each in get_args(type_) if each is not type(None)]
        inner = choices[0] if type(None) in get_args(type_) else type_
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            return self.table(inner, data, field)
        if kinds := {_tag(each): each for each in choices if _tag(each)}:
            return self._tagged(kinds, data, field)
        item = get_args(inner)[0] if get_origin(inner) is tuple else None
        if isinstance(item, type) and issubclass(item, msgspec.Struct):
            return self.tables(item, data, field)
        try:
            return msgspec.convert(data, type_, builtin_types=_NATIVE)
        except msgspec.ValidationError as error:
            place, problem, remedy = explain(error, inner, data)
            self.fault(field + place, problem, remedy)
            return None

    def _tagged(self, kinds: dict[str, type[msgspec.Struct]], data: object, field: str) -> Any:
        """Return a table as the struct that its field `kind` names; None, with faults, if wrong."""
        if (given := self.fields(data, field)) is None:
            return None
        kind = given.get("kind")
        if isinstance(kind, str) and kind in kinds:
            others = {name: value for name, value in given.items() if name != "kind"}
            return self.table(kinds[kind], others, field)
        problem, remedy = unknown("kind", kind, list(kinds))
        if "kind" not in given:
            problem, remedy = "it is missing", f"Add a line 'kind = …' there. {remedy}"
        self.fault(f"{field}.kind", problem, remedy)
        return None


def _too_many_dots(text: str) -> int:
    """Return the number (from 1) of the first line with more than MOST_DOTS dots, or 0."""
    return next(
        (number for number, line in enumerate(text.split("\n"), 1) if line.count(".") > MOST_DOTS),
        0,
    )


@cache
def _fields(cls: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {each.name: each for each in msgspec.structs.fields(cls)}


def _tag(type_: Any) -> str:
    """Return the kind that a struct is of several; empty if it is none of several."""
    config = getattr(type_, "__struct_config__", None)
    return str(config.tag or "") if config else ""


def _join(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _header(field: str) -> str:
    """Return the name of a table as its header has it: section.heading of section[x].heading."""
    return _ITEM.sub("", field)
