"""All the faults of the content, of truth and of style."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from inspection_outcome.commands.workspace import plain
from inspection_outcome.edition import Folders, today
from inspection_outcome.i18n import languages, ui
from inspection_outcome.report import load
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.model import Report
from inspection_outcome.report.plain_english import style, words_to_avoid

Made = TypeVar("Made")


def check_content(folders: Folders) -> list[Fault]:
    """Give the faults of truth in content, ui.toml and list of languages; if there are none, those of style."""
    faults: list[Fault] = []

    def read(make: Callable[[], Made]) -> Made | None:
        try:
            return make()
        except ContentError as error:
            faults.extend(error.faults)
            return None

    offered = read(lambda: languages.load(folders.translations))
    report = read(lambda: load.load(folders.content))
    words = read(lambda: ui.load(report, folders.ui)) if report else None
    if faults or not (offered and report and words):
        return faults
    return [
        *_to_come(report),
        *style(report, plain(offered, report, words)),
        *words_to_avoid((folders.ui.name, word) for word in words.values()),
    ]


def _to_come(report: Report) -> Iterator[Fault]:
    """Tell days that are still to come. It is no fault that stops a start: that would depend on the clock."""
    for update in report.updates:
        if update.known_since > today():
            remedy = "Give the day that the document bears; or, with 'seen', the day on which you noted it."
            yield Fault("report.toml", f"update[{update.id}]", f"{update.known_since} is still to come", remedy)
