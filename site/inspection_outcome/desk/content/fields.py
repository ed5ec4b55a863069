"""The boxes of a sentence or fact: what each is, an example, and what stands in it."""

import calendar
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from inspection_outcome.authoring.typed import as_typed
from inspection_outcome.i18n.extract import FAMILY_NAMES, KIND_NAMES
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.facts import Fact, Grade
from inspection_outcome.report.toml_edit import Value
from inspection_outcome.report.validate import NO_FACT, TYPED_IN

_LABELS = {
    "first": "From",
    "last": "To",
    "first_day": "First day of the week",
    "last_day": "Last day of the week",
    "opens": "Opens at",
    "closes": "Closes at",
    "unit": "Hours, days, weeks, months or years",
    "word": "The word to send",
}
_HINTS = {
    "date": "Like 15 June 2023.",
    "time": "Like 09:30.",
    "int": "In digits, like 12.",
    "list": "With commas between them, like 1, 2, 15.",
    "phone": "In digits and spaces, as people dial it, like 01632 960001.",
    "web": "Without https://, like example.org/visits.",
    "email": "Like hello@example.org.",
}
"""An example, by the type of a value or the family of a fact."""
_MONTH = "Any day of that month, like 1 April 2023."
_WEEKDAYS = {str(number): name for number, name in enumerate(calendar.day_name, 1)}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "first_day": _WEEKDAYS,
    "last_day": _WEEKDAYS,
    "unit": {unit: unit.capitalize() for unit in ("hour", "day", "week", "month", "year")},
}
_REMEDIES = {
    NO_FACT: "‘Facts’, below English, has all names.",
    TYPED_IN: "Put in the fact that has it, by its name, like {report_date}: "
    "‘Facts’, below English, has them all.",
}
"""What to do about a fault at the desk, by what to do about it in the files."""
_GRADES = {each.value: each.value.replace("-", " ").capitalize() for each in Grade}


class Field(NamedTuple):
    """A labelled box of a form. With `choices` (value and words), one of them is chosen."""

    name: str
    label: str
    hint: str
    value: str
    choices: Mapping[str, str]


def of_fact(fact: Fact, values: Mapping[str, Value], typed: Mapping[str, str]) -> list[Field]:
    """Return the boxes of a fact, with what was typed, or else what the file has."""
    return [
        Field(
            name,
            _label(fact, name, alone=len(values) == 1),
            _hint(fact, name, value),
            typed.get(name, as_typed(value)),
            _GRADES if fact.family == "grade" else _CHOICES.get(name, {}),
        )
        for name, value in values.items()
    ]


def of_sentence(values: Mapping[str, Value], typed: Mapping[str, str]) -> list[Field]:
    """Return the box of a sentence, or the two of one with a plural."""
    labels = {"text": "English, for 1" if "plural" in values else "English"}
    labels["plural"] = "English, for all others"
    return [
        Field(name, labels[name], "", typed.get(name, as_typed(value)), {})
        for name, value in values.items()
    ]


def what_it_is(fact: Fact) -> str:
    """Return what kind of fact it is, such as 'A date'."""
    said = KIND_NAMES.get(type(fact)) or FAMILY_NAMES[fact.family]
    return said[:1].upper() + said[1:]


def in_form(fault: Fault) -> Fault:
    """Return a fault as it is told to somebody who has a form, and no file."""
    return replace(fault, remedy=_REMEDIES.get(fault.remedy, fault.remedy))


def _label(fact: Fact, name: str, *, alone: bool) -> str:
    if alone or name == "value":
        return what_it_is(fact)
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def _hint(fact: Fact, name: str, value: Value) -> str:
    if KIND_NAMES.get(type(fact)) == "a month with its year":
        return _MONTH
    if name in _CHOICES:
        return ""
    return _HINTS.get(fact.family, "") or _HINTS.get(type(value).__name__, "")
