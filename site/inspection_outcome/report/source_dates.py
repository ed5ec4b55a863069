"""Faults of truth in dates: a source's that is written twice, and days that rule each other out.

A source's name is all that readers see of its date; an update from it bears it, too.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from inspection_outcome.report.errors import Fault
from inspection_outcome.report.facts import Ages, AnyFact, Date, Dates, Day, Month, Year
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report, Source, Update
from inspection_outcome.report.references import PUBLISHER

_PLACES = {
    "councils_date": "comparison.date",
    "earlier_year": "inspection.earlier.year",
    "updated": "site.updated",
}
"""Where dates are written that are not under [facts]: see `report.load`."""


def faults(report: Report) -> Iterator[Fault]:
    """Yield a fault for each date that its source does not bear, in its name or in an update.

    Also for each of the publisher's own that lies before the report: nobody can have tested a site
    on an inspection before that was published.
    """
    sources = {source.id: source for source in report.sources}
    for update in report.updates:
        if source := sources.get(update.text.source):
            yield from _of_update(update, source)
    for source in report.sources:
        if source.date is not None:
            field = f"source[{source.id}].date"
            for problem, remedy in _of_one(report, source, source.date):
                yield Fault("report.toml", field, problem, remedy)
    yield from _turned_round(report)
    published = dict(_published(report))
    for field, problem, remedy in _of_visit(report, published):
        yield Fault("report.toml", field, problem, remedy)
    if published:
        yield from _of_publisher(report, min(published.values()))


def _turned_round(report: Report) -> Iterator[Fault]:
    for name, fact in report.facts.items():
        if (isinstance(fact, Dates) and fact.first > fact.last) or (
            isinstance(fact, Ages) and fact.first > fact.last
        ):
            problem = f"its first, {fact.first}, is after its last, {fact.last}"
            remedy = "Write the earlier one as 'first'."
            yield Fault("report.toml", f"facts.{name}", problem, remedy)


def _published(report: Report) -> Iterator[tuple[str, dt.date]]:
    """Yield the day of the report as each field has it, and the field."""
    for source in report.sources:
        if source.id == report.inspection.source and source.date:
            yield f"source[{source.id}].date", source.date
    fact = report.facts.get("report_date")
    if isinstance(fact, Date):
        yield "facts.report_date", fact.value


def _of_visit(report: Report, published: Mapping[str, dt.date]) -> Iterator[tuple[str, str, str]]:
    """Yield field, problem and remedy for each day that the days of the visit rule out.

    By the names that `flask content start` gives to facts; under others, they are not compared.
    `published`: the days of the report by their field.
    """
    year, earlier = report.inspection.year, report.inspection.earlier
    if earlier and earlier.year >= year:
        problem = f"it is {earlier.year}, and this inspection was in {year}"
        yield (
            "inspection.earlier.year",
            problem,
            "Write the year of the inspection before this one.",
        )
    visit = report.facts.get("visit_dates")
    if not isinstance(visit, Dates) or visit.first > visit.last:
        return
    came = f"{visit.first} to {visit.last} (facts.visit_dates)"
    both = "The report says which is right: write that in both places."
    if year not in {visit.first.year, visit.last.year}:
        yield "inspection.year", f"it is {year}, and inspectors were here from {came}", both
    month = report.facts.get("visit_month")
    if isinstance(month, Month) and not any(
        _says(month, each) for each in (visit.first, visit.last)
    ):
        problem = f"it is {month.value:%Y-%m}, and inspectors were here from {came}"
        yield "facts.visit_month", problem, both
    for field, day in published.items():
        if day < visit.last:
            yield field, f"it is {day}, and inspectors were here from {came}", both


def _of_publisher(report: Report, day: dt.date) -> Iterator[Fault]:
    for name, fact in report.facts.items():
        if fact.source == PUBLISHER and fact.family == "date" and _is_before(fact, day):
            yield Fault(
                "report.toml",
                f"facts.{name}",
                f"it lies before the report on the inspection, which is of {day}",
                "Write the day on which it was done for this site; "
                "or take it out, with the sentences that name it.",
            )


def _of_one(report: Report, source: Source, day: dt.date) -> Iterator[tuple[str, str]]:
    if source.undated:
        yield "it is also 'undated'", "Take 'undated' out; or the date, if the document has none."
    for name in PLACEHOLDER.findall(source.name.text):
        fact = report.facts.get(name)
        if fact is not None and fact.family == "date" and not _says(fact, day):
            place = _PLACES.get(name, f"facts.{name}")
            yield (
                f"it is {day}, and {{{name}}} in its name is another day ({place})",
                "Write the day that the document bears in both places.",
            )


def _of_update(update: Update, source: Source) -> Iterator[Fault]:
    field = f"update[{update.id}].date"
    if source.undated and update.date is not None:
        remedy = (
            "Write 'seen' in place of 'date': the day on which you noted it. "
            "Take a status out: only a dated report gives one."
        )
        yield Fault("report.toml", field, "its source bears no date", remedy)
    if source.date and source.date != update.date:
        instead = " in place of 'seen'" if update.seen else ""
        remedy = f"Write date = {source.date}{instead}, or name the document of your day as source."
        yield Fault("report.toml", field, f"its source is of {source.date}", remedy)


def _says(fact: AnyFact, day: dt.date) -> bool:
    """Return whether a fact of the family `date` is this day, or a time that holds it."""
    match fact:
        case Date(value=value) | Day(value=value):
            return day == value
        case Month(value=value):
            return (day.year, day.month) == (value.year, value.month)
        case Year(value=year):
            return day.year == year
        case Dates(first=first, last=last):
            return first <= day <= last
    return False


def _is_before(fact: AnyFact, day: dt.date) -> bool:
    """Return whether a fact of the family `date` lies wholly before a day."""
    match fact:
        case Date(value=value) | Day(value=value):
            return value < day
        case Month(value=value):
            return (value.year, value.month) < (day.year, day.month)
        case Year(value=year):
            return year < day.year
        case Dates(last=last):
            return last < day
    return False
