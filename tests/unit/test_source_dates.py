"""A source's date and the fact in its name are of one day: see also data/faults.toml."""

import datetime as dt

import pytest
from inspection_outcome.report import source_dates
from inspection_outcome.report.facts import AnyFact, Count, Date, Dates, Day, Month, Year
from inspection_outcome.report.load import load
from msgspec.structs import replace
from pseudo_locales import SMALL

DAY = dt.date(2025, 2, 28)
NEXT = dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("same", "other"),
    [
        (Date(DAY), Date(NEXT)),
        (Day(DAY), Day(NEXT)),
        (Month(dt.date(2025, 2, 1)), Month(NEXT)),
        (Month(dt.date(2025, 2, 1)), Month(dt.date(2024, 2, 28))),
        (Year(2025), Year(2024)),
        (Dates(DAY, NEXT), Dates(NEXT, NEXT)),
        (Dates(DAY, NEXT), Dates(DAY - dt.timedelta(2), DAY - dt.timedelta(1))),
        (Count(2024), Year(2026)),
    ],
)
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("report_date", "facts.report_date"),
        ("councils_date", "comparison.date"),
        ("earlier_year", "inspection.earlier.year"),
        ("updated", "site.updated"),
    ],
)
def test_a_date_written_twice_is_the_same_or_both_places_are_named(
    same: AnyFact, other: AnyFact, name: str, place: str
) -> None:
    report = load(SMALL)
    source = report.sources[0]
    source = replace(source, date=DAY, name=replace(source.name, text=f"Report, {{{name}}}"))

    def told(fact: AnyFact) -> list[str]:
        facts = {**report.facts, name: fact}
        spoilt = replace(report, sources=(source,), updates=(), facts=facts)
        return [f"{each.field}: {each.problem}" for each in source_dates.faults(spoilt)]

    says = f"it is 2025-02-28, and {{{name}}} in its name is another day ({place})"
    assert told(same) == []
    assert told(other) == [f"source[inspectors].date: {says}"]
