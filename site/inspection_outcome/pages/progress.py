"""Progress as pages show it: the tally, actions with their history, the age of the reports."""

import datetime as dt
from collections import Counter

from msgspec import Struct

from inspection_outcome.pages.citations import Citation, Cited, citations
from inspection_outcome.pages.urls import update_anchor
from inspection_outcome.report import progress
from inspection_outcome.report.facts import Count, Date, Duration, Tally
from inspection_outcome.report.model import Action, Report, Status, Update
from inspection_outcome.report.sentence import Sentence


class UpdateView(Struct, frozen=True):
    """What was reported about an action.

    `date` is the day of the report; for a document without a date, `seen` is the day it was noted.
    """

    anchor: str
    text: Sentence
    date: Date | None
    seen: Date | None
    status: str | None
    citation: Citation


class ActionView(Struct, frozen=True):
    """What the council said that it does, and its status.

    `reported` is the day of the report that gives the status; `history` is newest first.
    """

    text: Sentence
    status: str
    reported: Date | None
    history: tuple[UpdateView, ...]


class TallyView(Struct, frozen=True):
    """How many actions have each status, as a fact for a sentence, and how many areas have none.

    The fact leaves out a status that no action has; it is None if there are no actions.
    `none_done`: something was reported of each action, and none is done. `no_step`: how many of
    the areas have no action, so that a few steps do not look like all that is needed.
    """

    fact: Tally | None
    none_done: bool
    areas: Count
    no_step: Count


class FreshnessView(Struct, frozen=True):
    """How old the reports are that give the status of the actions.

    `date` is that of the newest report, or None if nothing was reported. `age` is set if a report
    is over a year old today: it is the age of the newest report if that is over a year old
    (`all_old`), else of the oldest. A page that does not know the day on which it is read (`live`
    is false) states the date instead.
    """

    date: Date | None
    age: Duration | None
    all_old: bool
    live: bool


def action_view(report: Report, action: Action) -> ActionView:
    """Return the view of an action, with its history."""
    last = progress.reported(report, action)
    return ActionView(
        text=action.text,
        status=progress.status(report, action).value,
        reported=Date(last.date) if last and last.date else None,
        history=tuple(_update(report, each) for each in progress.history(report, action)),
    )


def tally(report: Report) -> TallyView:
    """Return how many actions have each status, and how many areas have none."""
    numbers = Counter(progress.status(report, each) for each in report.actions)
    counted = tuple((status.value, numbers[status]) for status in Status if numbers[status])
    with_step = {action.area for action in report.actions}
    return TallyView(
        Tally(counted) if counted else None,
        none_done=bool(counted) and not (numbers[Status.NOT_KNOWN] or numbers[Status.DONE]),
        areas=Count(len(report.areas)),
        no_step=Count(sum(area.id not in with_step for area in report.areas)),
    )


def freshness(report: Report, today: dt.date | None) -> FreshnessView | None:
    """Return how old the reports on the status of the actions are; None if there are no actions."""
    if not report.actions:
        return None
    days = progress.days(report)
    ages = [progress.years_past(day, today) for day in days] if today else []
    years = min(ages, default=0) or max(ages, default=0)
    return FreshnessView(
        Date(max(days)) if days else None,
        Duration(value=years, unit="year") if years else None,
        all_old=bool(ages) and all(ages),
        live=today is not None,
    )


def cite_actions(report: Report) -> Cited:
    """Return what the actions rest on: their texts, and the updates that give their status."""
    reported = (progress.reported(report, action) for action in report.actions)
    updates = [update.text for update in reported if update]
    return Cited("actions", [*(action.text for action in report.actions), *updates])


def _update(report: Report, update: Update) -> UpdateView:
    return UpdateView(
        anchor=update_anchor(update.id),
        text=update.text,
        date=Date(update.date) if update.date else None,
        seen=Date(update.seen) if update.seen else None,
        status=update.status.value if update.status else None,
        citation=next(citations(report, [Cited("text", [update.text])])),
    )
