"""How far the actions have got, from what was reported about them, and how old that is."""

import datetime as dt
from collections.abc import Iterable

from inspection_outcome.report.model import Action, Report, Status, Update


def newest_first(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Give updates in the order in which they are told; of two of one day, the one that stands first in the file."""
    return tuple(sorted(updates, key=lambda update: update.known_since, reverse=True))


def history(report: Report, action: Action) -> tuple[Update, ...]:
    """Give an action's updates, newest first."""
    return newest_first(update for update in report.updates if update.action == action.id)


def reported(report: Report, action: Action) -> Update | None:
    """Give the newest dated update that gives a status: it alone says how far the action has got. None if none does."""
    return next((update for update in history(report, action) if update.date and update.status), None)


def status(report: Report, action: Action) -> Status:
    """Give how far an action has got, as last reported."""
    found = reported(report, action)
    return found.status if found and found.status else Status.NOT_KNOWN


def days(report: Report) -> tuple[dt.date, ...]:
    """Give the day of the report that says how far it has got, of each action that has one."""
    found = (reported(report, action) for action in report.actions)
    return tuple(update.date for update in found if update and update.date)


def years_past(day: dt.date, today: dt.date) -> int:
    """Give how many anniversaries of a day lie before today; 0 up to and on the first one.

    So something is more than a year old where this is not 0. The anniversary of 29 February, in a year without one, is
    1 March: only then a whole year has passed.
    """
    years = today.year - day.year
    return max(years if _anniversary(day, today.year) < today else years - 1, 0)


def _anniversary(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)
