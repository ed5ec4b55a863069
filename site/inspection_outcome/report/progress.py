"""How far the actions have got, derived from their updates, and how old those are."""

import datetime as dt
from collections.abc import Iterable

from inspection_outcome.report.model import Action, Report, Status, Update


def newest_first(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates newest first; updates of the same day stay in the order of the file."""
    return tuple(sorted(updates, key=lambda update: update.known_since, reverse=True))


def history(report: Report, action: Action) -> tuple[Update, ...]:
    """Return an action's updates, newest first."""
    return newest_first(update for update in report.updates if update.action == action.id)


def reported(report: Report, action: Action) -> Update | None:
    """Return the newest dated update that has a status, or None.

    This update alone determines how far the action has got.
    """
    return next(
        (update for update in history(report, action) if update.date and update.status), None
    )


def status(report: Report, action: Action) -> Status:
    """Return how far an action has got, as last reported."""
    found = reported(report, action)
    return found.status if found and found.status else Status.NOT_KNOWN


def days(report: Report) -> tuple[dt.date, ...]:
    """Return, for each action with a reported status, the date of the update that gives it."""
    found = (reported(report, action) for action in report.actions)
    return tuple(update.date for update in found if update and update.date)


def years_past(day: dt.date, today: dt.date) -> int:
    """Return how many anniversaries of a day lie before today; 0 up to and on the first one.

    So something is more than a year old if this is not 0. In a year without 29 February, its
    anniversary is 1 March: only then has a whole year passed.
    """
    years = today.year - day.year
    return max(years if _anniversary(day, today.year) < today else years - 1, 0)


def _anniversary(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)
