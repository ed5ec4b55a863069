"""How far an action has got, the order of its history, and how old the newest report is."""

import datetime as dt
from pathlib import Path

import pytest
from inspection_outcome.pages.progress import freshness, tally
from inspection_outcome.report import load, progress
from inspection_outcome.report.facts import Count, Date, Duration, Tally
from inspection_outcome.report.model import Report, Status, Update
from inspection_outcome.report.sentence import Sentence
from msgspec import structs

DAY = dt.date(2025, 2, 20)


def update(
    day: dt.date | None, status: Status | None, id_: str = "u", *, seen: dt.date | None = None
) -> Update:
    return Update(
        id_, "train", Sentence("report.u", "They said so.", "inspectors"), day, seen, status
    )


@pytest.fixture
def report(small: Path) -> Report:
    """Return a report with one action and no updates."""
    return structs.replace(load.load(small), updates=())


def of(report: Report, *updates: Update) -> tuple[Status, dt.date | None]:
    """Return the status of the one action after these updates, and the day of the newest report."""
    report = structs.replace(report, updates=updates)
    return progress.status(report, report.actions[0]), max(progress.days(report), default=None)


def test_without_an_update_nothing_is_known(report: Report) -> None:
    assert of(report) == (Status.NOT_KNOWN, None)


def test_the_newest_dated_status_counts_whatever_the_order_in_the_file(report: Report) -> None:
    old, new = update(DAY, Status.PLANNED), update(dt.date(2025, 6, 1), Status.DONE)

    assert of(report, old, new) == of(report, new, old) == (Status.DONE, dt.date(2025, 6, 1))


def test_information_without_a_status_changes_nothing(report: Report) -> None:
    """Neither a newer dated update nor an undated one changes the status."""
    newer, undated = update(dt.date(2026, 1, 1), None), update(None, None, seen=dt.date(2026, 2, 2))

    assert of(report, undated, newer, update(DAY, Status.UNDER_WAY)) == (Status.UNDER_WAY, DAY)
    assert of(report, undated, newer) == (Status.NOT_KNOWN, None)


def test_a_report_may_say_that_it_is_not_known(report: Report) -> None:
    assert of(report, update(DAY, Status.NOT_KNOWN)) == (Status.NOT_KNOWN, DAY)


def test_of_two_of_one_day_the_first_in_the_file_is_the_newer(report: Report) -> None:
    assert of(report, update(DAY, Status.DONE), update(DAY, Status.PLANNED)) == (Status.DONE, DAY)


def test_a_history_is_told_newest_first_with_undated_ones_where_they_were_noted(
    report: Report,
) -> None:
    updates = (
        update(DAY, Status.PLANNED, "old"),
        update(None, None, "noted", seen=dt.date(2025, 5, 5)),
        update(dt.date(2025, 6, 1), Status.DONE, "new"),
        update(dt.date(2025, 6, 1), None, "second"),
    )
    report = structs.replace(report, updates=updates)

    assert [each.id for each in progress.history(report, report.actions[0])] == [
        "new",
        "second",
        "noted",
        "old",
    ]


def test_another_action_s_updates_do_not_count(report: Report) -> None:
    other = structs.replace(update(DAY, Status.DONE), action="other")

    assert of(report, other) == (Status.NOT_KNOWN, None)


@pytest.mark.parametrize(
    ("day", "today", "years"),
    [
        ("2023-09-07", "2023-09-07", 0),
        ("2023-09-07", "2024-09-06", 0),
        ("2023-09-07", "2024-09-07", 0),  # exactly a year
        ("2023-09-07", "2024-09-08", 1),
        ("2023-09-07", "2026-09-07", 2),
        ("2023-09-07", "2026-11-24", 3),
        ("2023-12-31", "2024-12-31", 0),  # across the end of a year
        ("2023-12-31", "2025-01-01", 1),
        ("2024-01-01", "2025-01-01", 0),
        ("2024-01-01", "2025-01-02", 1),
        ("2024-02-29", "2025-02-28", 0),  # a leap day
        ("2024-02-29", "2025-03-01", 0),
        ("2024-02-29", "2025-03-02", 1),
        ("2024-02-29", "2028-02-29", 3),
        ("2024-02-29", "2028-03-01", 4),
        ("2027-01-01", "2026-11-24", 0),  # a future day is not old
    ],
)
def test_years_are_counted_once_they_are_over(day: str, today: str, years: int) -> None:
    assert progress.years_past(dt.date.fromisoformat(day), dt.date.fromisoformat(today)) == years


@pytest.mark.parametrize(
    ("updates", "today", "age"),
    [
        ((update(DAY, Status.PLANNED),), dt.date(2026, 2, 20), None),
        ((update(DAY, Status.PLANNED),), dt.date(2026, 2, 21), 1),
        ((update(DAY, Status.PLANNED),), None, None),
        ((), dt.date(2030, 1, 1), None),
        ((update(None, None, seen=DAY),), dt.date(2030, 1, 1), None),
        ((update(dt.date(2026, 2, 1), None), update(DAY, Status.DONE)), dt.date(2026, 2, 21), 1),
    ],
    ids=[
        "a year",
        "a year and a day",
        "kept",
        "no update",
        "only an undated one",
        "only information is newer",
    ],
)
def test_the_newest_report_is_old_once_it_is_more_than_a_year_old(
    updates: tuple[Update, ...], today: dt.date | None, age: int | None, report: Report
) -> None:
    told = freshness(structs.replace(report, updates=updates), today)

    assert told is not None
    assert told.age == (Duration(value=age, unit="year") if age else None)
    assert told.date == (Date(value=DAY) if any(each.status for each in updates) else None)
    assert told.live == (today is not None)
    assert told.all_old == (age is not None)


@pytest.mark.parametrize(
    ("newer", "age", "all_old"),
    [(dt.date(2027, 1, 1), 2, False), (dt.date(2026, 1, 1), 1, True)],
    ids=[
        "one new report does not hide an old one",
        "where all are old, the newest one's age is told",
    ],
)
def test_two_reports_of_different_age(
    newer: dt.date, age: int, *, all_old: bool, report: Report
) -> None:
    other = structs.replace(report.actions[0], id="other")
    updates = (
        structs.replace(update(newer, Status.DONE), action="other"),
        update(DAY, Status.PLANNED),
    )
    report = structs.replace(report, actions=(*report.actions, other), updates=updates)

    told = freshness(report, dt.date(2027, 3, 1))

    assert told is not None
    assert told.date == Date(value=newer)
    assert (told.age, told.all_old) == (Duration(value=age, unit="year"), all_old)


def test_an_undated_update_never_gives_a_status(report: Report) -> None:
    """Content validation rejects such an update, but the code does not rely on that alone."""
    undated = update(None, Status.DONE, seen=dt.date(2026, 1, 1))

    status, _ = of(report, undated, update(DAY, Status.PLANNED))

    assert status is Status.PLANNED


def test_where_there_is_no_action_it_is_told_how_much_has_no_step(report: Report) -> None:
    report = structs.replace(report, actions=())

    told = tally(report)

    assert freshness(report, DAY) is None
    assert (told.fact, told.none_done) == (None, False)
    assert (told.areas, told.no_step) == (Count(len(report.areas)), Count(len(report.areas)))


def test_a_step_that_no_area_is_named_for_counts_for_none(report: Report) -> None:
    (area,) = report.areas
    other = structs.replace(area, id="other")
    report = structs.replace(report, areas=(area, other))
    of_none = structs.replace(report.actions[0], area=None)

    assert tally(report).no_step == Count(1)
    assert tally(structs.replace(report, actions=(of_none,))).no_step == Count(2)


def test_that_none_is_done_is_said_only_where_something_was_reported(report: Report) -> None:
    known = tally(structs.replace(report, updates=(update(DAY, Status.PLANNED),)))
    unknown = tally(report)

    assert (known.fact, known.none_done) == (Tally((("planned", 1),)), True)
    assert (unknown.fact, unknown.none_done) == (Tally((("not-known", 1),)), False)
    other = structs.replace(report.actions[0], id="other")
    partly = structs.replace(
        report, actions=(*report.actions, other), updates=(update(DAY, Status.STOPPED),)
    )
    told = tally(partly)
    assert (told.fact, told.none_done) == (Tally((("stopped", 1), ("not-known", 1))), False)
