"""The timeline tells what happened first, in whatever order the file has it."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import permutations
from pathlib import Path

import pytest
from inspection_outcome.report import load
from inspection_outcome.report.facts import AnyFact, Date, Dates, Day, Month, Year
from inspection_outcome.report.model import Event
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.report.timeline import in_order

FACTS: Mapping[str, AnyFact] = {
    "in_2019": Year(value=2019),
    "june_2019": Month(value=dt.date(2019, 6, 30)),
    "2_june": Date(value=dt.date(2019, 6, 2)),
    "1_july": Day(value=dt.date(2019, 7, 1)),
    "july": Dates(first=dt.date(2019, 7, 1), last=dt.date(2019, 7, 5)),
    "6_july": Date(value=dt.date(2019, 7, 6)),
    "in_2020": Year(value=2020),
}


def ordered(*names: str) -> list[str]:
    """Return the names of facts in the order in which the timeline tells events on them."""
    events = [Event(name, Sentence(f"report.{name}", "So.", "site")) for name in names]
    return [event.when for event in in_order(events, FACTS)]


@pytest.mark.parametrize(
    "names",
    [
        ("2_june", "1_july", "6_july", "in_2020"),
        ("june_2019", "1_july", "6_july", "in_2020"),
        ("2_june", "july", "6_july"),
        ("in_2019", "in_2020"),
    ],
)
def test_the_oldest_comes_first(names: tuple[str, ...]) -> None:
    for mixed in permutations(names):
        assert ordered(*mixed) == list(names)


def test_what_days_do_not_order_stays_as_in_the_file() -> None:
    assert ordered("2_june", "in_2019", "june_2019") == ["2_june", "in_2019", "june_2019"]
    assert ordered("in_2020", "june_2019", "in_2019", "2_june") == [
        "june_2019",
        "in_2019",
        "2_june",
        "in_2020",
    ]


def test_the_events_of_a_report_are_in_order(spoil: Callable[[str, str, str], Path]) -> None:
    later = 'when = "report_date"\ntext = { id = "report.e", text = "So.", source = "site" }'
    folder = spoil("report.toml", "[[event]]", f"[[event]]\n{later}\n\n[[event]]")

    assert [each.when for each in load.load(folder).events] == ["visit", "report_date"]
