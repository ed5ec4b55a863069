"""The events of the timeline, in the order in which they happened."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Mapping

from inspection_outcome.report.facts import AnyFact, Dates, Month, Year
from inspection_outcome.report.model import Event


def in_order(events: Iterable[Event], facts: Mapping[str, AnyFact]) -> tuple[Event, ...]:
    """Return the events, the oldest first; those that may be either way round keep their order.

    That is so where one falls into the other: June 2019 may be before or after 'in 2019'.
    """
    told: list[Event] = []
    for event in events:
        _, last = _days(facts[event.when])
        later = (at for at, each in enumerate(told) if last < _days(facts[each.when])[0])
        told.insert(next(later, len(told)), event)
    return tuple(told)


def _days(fact: AnyFact) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a fact of the family `date` may mean."""
    match fact:
        case Dates(first=first, last=last):
            return first, last
        case Year(value=value):
            return dt.date(value, 1, 1), dt.date(value, 12, 31)
        case Month(value=value):
            end = monthrange(value.year, value.month)[1]
            return value.replace(day=1), value.replace(day=end)
    day: dt.date = fact.value  # type: ignore[union-attr, assignment] # a Date or a Day
    return day, day
