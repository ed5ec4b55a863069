"""Check the content for faults of truth and of style."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from inspection_outcome.commands.workspace import plain
from inspection_outcome.edition import Folders, today
from inspection_outcome.i18n import languages, ui
from inspection_outcome.pages.load import load
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.model import Report
from inspection_outcome.report.plain_english import style, words_to_avoid

Made = TypeVar("Made")


def check_content(folders: Folders) -> list[Fault]:
    """Return the faults of truth in the content, ui.toml and the list of languages.

    If there are none, return those of style.
    """
    faults: list[Fault] = []

    def read(make: Callable[[], Made]) -> Made | None:
        try:
            return make()
        except ContentError as error:
            faults.extend(error.faults)
            return None

    offered = read(lambda: languages.load(folders.translations))
    report = read(lambda: load(folders.content))
    words = read(lambda: ui.load(report, folders.ui)) if report else None
    if faults or not (offered and report and words):
        return faults
    return [
        *_to_come(report),
        *style(report, plain(offered, report, words)),
        *words_to_avoid((folders.ui.name, word) for word in words.values()),
    ]


def _to_come(report: Report) -> Iterator[Fault]:
    """Yield a fault for each update dated in the future.

    Such a date does not stop the app from starting: that would depend on the clock.
    """
    for update in report.updates:
        if update.known_since > today():
            remedy = (
                "Give the day that the document bears; or, with 'seen', "
                "the day on which you noted it."
            )
            yield Fault(
                "report.toml",
                f"update[{update.id}]",
                f"{update.known_since} is still to come",
                remedy,
            )
