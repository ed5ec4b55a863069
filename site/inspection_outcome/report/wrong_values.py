"""What staff are told of a value of another type, in plain words."""

import datetime as dt
import difflib
import json
import re
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from msgspec import ValidationError

_EXPECTED = re.compile(r"Expected `(\w+)(?: \| null)?`(?:, got `(\w+)`)?(?:.* ([<>]=) (-?\d+))?")
_MISSING = re.compile(r"Object missing required field `(\w+)`")
_ITEM = re.compile(r"\[(\d+)\]")
_NAMES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number with a decimal point",
    "bool": "true or false",
    "date": "a date",
    "time": "a time",
    "datetime": "a date with a time",
    "array": "a list",
    "object": "a table",
}
DATE = "Write a date as year-month-day without quotation marks, like 2023-06-15."
TIME = "Write a time without quotation marks, like 09:30:00."
_REMEDIES = {
    "date": DATE,
    "time": TIME,
    "bool": "Write true or false without quotation marks.",
    "object": "Write a table with named fields here.",
}
_TODO = re.compile(r"TODO: (.+)")
"""What stands in place of a value in a site that was just started: see report/starter.py."""
_LONGEST = 60  # characters of a wrong value that are told


def explain(error: ValidationError, type_: Any, value: Any) -> tuple[str, str, str]:
    """Return where in the value it is wrong, what is wrong, and what to do about it.

    `type_`: the type that the value should be of, without the None of a field that may be left
    out. The place is empty, or the number of an item from 1, as in `[2]`.
    """
    said, _, place = str(error).partition(" - at `$")
    place = place.rstrip("`")
    if item := _ITEM.fullmatch(place):
        at = int(item[1])
        type_, value, place = get_args(type_)[0], value[at], f"[{at + 1}]"
    if isinstance(value, str) and (todo := _TODO.match(value)):
        return place, "it is still to be written", f"Write here: {todo[1]}."
    return place, *_explain(said, type_, value)


def unknown(what: str, value: Any, choices: list[str]) -> tuple[str, str]:
    """Return the problem that a value is none of those to choose from, and the remedy."""
    near = difflib.get_close_matches(re.sub(r"\W+", "-", str(value).lower()), choices, 1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    problem = f"there is no {what} '{str(value)[:_LONGEST]}'"
    return problem, f"Use one of: {', '.join(choices)}.{hint}"


def _explain(said: str, type_: Any, value: Any) -> tuple[str, str]:
    if (choices := _choices(type_)) and not isinstance(value, dict | list):
        return unknown("value", value, choices)
    if isinstance(value, str) and (form := _form(type_)) is not None:
        problem, remedy = form(value)
        return problem, remedy
    if missing := _MISSING.match(said):
        return f"'{missing[1]}' is missing", f"Add a line '{missing[1]} = …' there."
    if not (found := _EXPECTED.match(said)):
        return "this value will not do", "Write it as site/content/README.md shows for this field."
    kind, got, limit, number = found.groups()
    if got:
        problem = f"{_NAMES.get(kind, kind)} belongs here, not {_NAMES.get(got, got)}"
        return problem, f"Use one of: {', '.join(choices)}." if choices else _remedy(kind, value)
    return _out_of_limits(kind, limit, number)


def _choices(type_: Any) -> list[str]:
    if get_origin(type_) is Literal:
        return list(map(str, get_args(type_)))
    if isinstance(type_, type) and issubclass(type_, Enum):
        return [str(each.value) for each in type_]
    return []


def _form(type_: Any) -> Any:
    """Return the function of `forms` that explains a text of this type, or None."""
    metas = getattr(type_, "__metadata__", ())
    return next((meta.extra["told"] for meta in metas if meta.extra), None)


def _remedy(kind: str, value: Any) -> str:
    """Return how to write a value of this kind; with the value as an example, if it will do."""
    if kind == "array":
        like = json.dumps([value]) if isinstance(value, str) else "[1, 2]"
        return f"Write a list in square brackets, like {like}."
    if kind == "int":
        like = value if isinstance(value, str) and value.isdecimal() else "8"
        return f"Write a whole number without quotation marks, like {like}."
    if kind != "str":
        return _REMEDIES.get(kind, "Correct this value.")
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return f"Write it alone, without square brackets, like {json.dumps(value[0])}."
    is_short = isinstance(value, int | float | dt.date | dt.time) and not isinstance(value, bool)
    example = f', like "{str(value)[:_LONGEST]}"' if is_short else ""
    return f'Write text in "quotation marks"{example}.'


def _out_of_limits(kind: str, limit: str, number: str) -> tuple[str, str]:
    if kind == "int":
        least = f"{number} or {'more' if limit == '>=' else 'less'}"
        return f"it must be {least}", f"Write a whole number of {least}."
    if limit == "<=":
        return f"there are more than {number}", "Keep the ones that matter most."
    return "it is empty", "Write something here."
