"""What people type for a value of the content, and the value in the type that its file has."""

import datetime as dt
from contextlib import suppress

from inspection_outcome.report.toml_edit import Value

_DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y")
_TIMES = ("%H:%M", "%H:%M:%S", "%H.%M")
_DAY_REMEDY = "Write a day, like 31 March 2026."
_LONGEST_NUMBER = 9  # digits; int() takes 4,300


def day(text: str) -> dt.date | None:
    """Return a day as people in this country write it, or in ISO 8601; None if it is no day."""
    for form in _DAYS:
        with suppress(ValueError):
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (only a date)
    return None


def typed(text: str, like: Value) -> Value:
    """Return what was typed as a value of the same type as `like`, which it takes the place of.

    Raise ValueError, with what to write, if it is none.
    """
    text = text.strip()
    match like:
        case dt.date():
            return _or_told(day(text), text, "is no day", _DAY_REMEDY)
        case dt.time():
            return _or_told(_time(text), text, "is no time", "Write it like 09:30.")
        case int():
            return _or_told(_number(text), text, "is no whole number", "Write digits, like 12.")
        case list():
            numbers = [_number(each.strip()) for each in text.split(",")]
            remedy = "Write numbers with commas between them, like 1, 2, 15."
            return _or_told(None if None in numbers else numbers, text, "is no list", remedy)
    return text


def as_typed(value: Value) -> str:
    """Return a value as people type it; the counterpart of `typed`."""
    match value:
        case dt.date():
            return f"{value.day} {value:%B} {value.year}"
        case dt.time():
            return f"{value:%H:%M}"
        case list():
            return ", ".join(map(str, value))
    return str(value)


def _or_told(found: Value | None, text: str, problem: str, remedy: str) -> Value:
    if found is None:
        raise ValueError(f"‘{text}’ {problem}. {remedy}" if text else f"It is empty. {remedy}")
    return found


def _time(text: str) -> dt.time | None:
    for form in _TIMES:
        with suppress(ValueError):
            return dt.datetime.strptime(text, form).time()  # noqa: DTZ007 (only a time)
    return None


def _number(text: str) -> int | None:
    plain = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if plain else None
