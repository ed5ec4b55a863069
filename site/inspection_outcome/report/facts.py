"""Facts: values that sentences name, so that no wording and no translation can change them.

In `report.toml` a fact is a table with a kind, a value and a source:

    [facts.report_date]
    kind = "date"
    value = 2023-06-15
    source = "panel"

How each kind is formatted in a language: see `i18n/format.py`.
"""

import datetime as dt
import re
from enum import Enum
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from inspection_outcome.report.forms import EmailAddress, Name, PhoneNumber, WebAddress

Whole = Annotated[int, Meta(ge=0)]
_BREAK = re.compile("(?<=[/?&=])(?=.)")


class Grade(Enum):
    """Ofsted's four-point scale, lowest first (the panel report: 'a four-point scale')."""

    INADEQUATE = "inadequate"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    GOOD = "good"
    OUTSTANDING = "outstanding"

    @property
    def step(self) -> int:
        """Return the step on the scale, from 1 for the lowest to 4."""
        return list(Grade).index(self) + 1


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """The base of every fact, with the id of the source that the value was read in.

    Two facts of the same `family` never occur in one sentence.
    """

    family: ClassVar[str] = ""
    source: Annotated[str, Meta(min_length=1)] = "site"


class _Dated(Fact, frozen=True):
    family: ClassVar[str] = "date"


class Date(_Dated, frozen=True, tag="date"):
    """A day: 7 September 2023."""

    value: dt.date


class Day(_Dated, frozen=True, tag="day"):
    """A day with its weekday: Monday 17 April 2023."""

    value: dt.date


class Month(_Dated, frozen=True, tag="month"):
    """A month and its year: April 2023; any day of the month stands for it."""

    value: dt.date


class Year(_Dated, frozen=True, tag="year"):
    """A year: 2019."""

    value: Annotated[int, Meta(ge=1900, le=2200)]


class Dates(_Dated, frozen=True, tag="dates"):
    """From one day to another, both included: 24 to 28 April 2023."""

    first: dt.date
    last: dt.date


class Count(Fact, frozen=True, tag="count"):
    """How many."""

    family: ClassVar[str] = "count"
    value: Whole


class Age(Fact, frozen=True, tag="age"):
    """An age in years."""

    family: ClassVar[str] = "age"
    value: Whole


class Ages(Fact, frozen=True, tag="ages"):
    """Ages in years, from the first to the last: 16-17."""

    family: ClassVar[str] = "age"
    first: Whole
    last: Whole


class Duration(Fact, frozen=True, tag="duration"):
    """How long: 24 hours."""

    family: ClassVar[str] = "duration"
    value: Whole
    unit: Literal["hour", "day", "week", "month", "year"]


class Hours(Fact, frozen=True, tag="hours"):
    """When a service answers: first and last weekday (1 is Monday), opening and closing time."""

    family: ClassVar[str] = "hours"
    first_day: Annotated[int, Meta(ge=1, le=7)]
    last_day: Annotated[int, Meta(ge=1, le=7)]
    opens: dt.time
    closes: dt.time


class GradeGiven(Fact, frozen=True, tag="grade"):
    """A grade of the scale."""

    family: ClassVar[str] = "grade"
    value: Grade


class Body(Fact, frozen=True, tag="body"):
    """The name of an organisation, as it calls itself."""

    family: ClassVar[str] = "body"
    value: Name


class Place(Fact, frozen=True, tag="place"):
    """The name of a place."""

    family: ClassVar[str] = "place"
    value: Name


class Phone(Fact, frozen=True, tag="phone"):
    """A telephone number, spaced as its owner spaces it."""

    family: ClassVar[str] = "phone"
    value: PhoneNumber


class TextLine(Fact, frozen=True, tag="text"):
    """A number that takes text messages, and the word to send."""

    family: ClassVar[str] = "text"
    value: PhoneNumber
    word: Name

    @property
    def word_fact(self) -> Body:
        """The word as a fact, to fill a placeholder: it is not translated."""
        return Body(self.word)


class Web(Fact, frozen=True, tag="web"):
    """A web address without https://, as people say it."""

    family: ClassVar[str] = "web"
    value: WebAddress

    @property
    def parts(self) -> list[str]:
        """The address in parts, between which a line may break."""
        return _BREAK.split(self.value)


class Email(Fact, frozen=True, tag="email"):
    """An email address."""

    family: ClassVar[str] = "email"
    value: EmailAddress


class Numbers(Fact, frozen=True, tag="numbers"):
    """A list of numbers, such as a report's paragraphs."""

    family: ClassVar[str] = "numbers"
    value: tuple[Whole, ...]


class Tally(Fact, frozen=True):
    """Pairs of a status and its number of actions. Computed, never written in the content."""

    family: ClassVar[str] = "tally"
    value: tuple[tuple[str, int], ...]


class Size(Fact, frozen=True):
    """A data size in kilobytes (1000 bytes). Supplied by a page, never written in the content."""

    family: ClassVar[str] = "size"
    value: int


AnyFact = (
    Date
    | Day
    | Month
    | Year
    | Dates
    | Count
    | Age
    | Ages
    | Duration
    | Hours
    | GradeGiven
    | Body
    | Place
    | Phone
    | TextLine
    | Web
    | Email
    | Numbers
)
FAMILIES = frozenset(kind.family for kind in (*AnyFact.__args__, Tally, Size))
