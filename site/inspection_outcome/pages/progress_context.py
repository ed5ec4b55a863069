"""Views of progress: actions with their history, a tally by status, and the age of the reports."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from inspection_outcome.pages.citations import Citation, cite
from inspection_outcome.pages.contact import ContactView
from inspection_outcome.pages.urls import update_anchor
from inspection_outcome.report import progress
from inspection_outcome.report.facts import Date, Duration, Tally
from inspection_outcome.report.model import Action, Area, Report, Status, Update
from inspection_outcome.report.sentence import Sentence

_WAY = (Status.PLANNED, Status.UNDER_WAY, Status.DONE)
"""The statuses on the way, in order; an action may also be off it, stopped or not known."""


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


class AreaView(Struct, frozen=True):
    """An area for improvement, its actions, what is not known of them, and whom to contact.

    `area` is None for the actions that the source ties to no area.
    """

    area: Area | None
    actions: tuple[ActionView, ...]
    not_known: tuple[Sentence, ...]
    contacts: tuple[ContactView, ...]


class StopView(Struct, frozen=True):
    """A status, as a stop on the way from planned to done, and how many actions have it."""

    status: str
    count: int


class TallyView(Struct, frozen=True):
    """How many actions have each status: as a fact for a sentence, and as stops on the way."""

    fact: Tally
    stops: tuple[StopView, ...]


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


def areas(report: Report) -> Iterator[AreaView]:
    """Yield each area with its actions, then the actions that the source ties to no area.

    The latter come with the contacts of all areas.
    """
    contacts = {contact.id: contact for contact in report.contacts}
    everybody = dict.fromkeys(id_ for area in report.areas for id_ in area.contacts)
    for area in (*report.areas, None):
        actions = [each for each in report.actions if each.area == (area.id if area else None)]
        if area or actions:
            area_and_actions = ([area] if area else []) + actions
            contact_ids = area.contacts if area else everybody
            yield AreaView(
                area,
                tuple(action(report, each) for each in actions),
                tuple(sentence for each in area_and_actions for sentence in each.not_known),
                tuple(ContactView.of(contacts[id_]) for id_ in contact_ids),
            )


def action(report: Report, of: Action) -> ActionView:
    """Return the view of an action, with its history."""
    last = progress.reported(report, of)
    return ActionView(
        text=of.text,
        status=progress.status(report, of).value,
        reported=Date(last.date) if last and last.date else None,
        history=tuple(_update(report, each) for each in progress.history(report, of)),
    )


def tally(report: Report) -> TallyView | None:
    """Return how many actions have each status; None if there are no actions.

    That no action is done is said only if something was reported of each: else nobody knows.
    """
    numbers = Counter(progress.status(report, each) for each in report.actions)
    all_known = bool(numbers) and not numbers[Status.NOT_KNOWN]
    known = numbers.total() > numbers[Status.NOT_KNOWN]
    said = [status for status in Status if numbers[status] or (all_known and status is Status.DONE)]
    if not said:
        return None
    way = _WAY if known else ()
    beside = (status for status in (Status.STOPPED, Status.NOT_KNOWN) if numbers[status])
    return TallyView(
        Tally(value=tuple((status.value, numbers[status]) for status in said)),
        tuple(StopView(status.value, numbers[status]) for status in (*way, *beside)),
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


def _update(report: Report, of: Update) -> UpdateView:
    return UpdateView(
        anchor=update_anchor(of.id),
        text=of.text,
        date=Date(of.date) if of.date else None,
        seen=Date(of.seen) if of.seen else None,
        status=of.status.value if of.status else None,
        citation=cite(report, "text", [of.text])[0],
    )
