"""Check the content for faults of truth and of style."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from inspection_outcome.edition import PACKAGE, Folders, today
from inspection_outcome.i18n import languages, ui
from inspection_outcome.i18n.po_file import POT
from inspection_outcome.pages.load import load
from inspection_outcome.report.borrowed import borrowed
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.files import read_text
from inspection_outcome.report.lines import located
from inspection_outcome.report.model import Report
from inspection_outcome.report.plain_english import style, words_to_avoid

Made = TypeVar("Made")

_TO_COPY = (PACKAGE.parent / "content", PACKAGE.parents[1] / "tests" / "data" / "second")
"""The sites that a council copies from, as site/content/README.md tells it."""
_ID = re.compile(r'^msgctxt "([^"\n]+)"$', re.MULTILINE)


def check_taken_over(folder: Path) -> list[Fault]:
    """Return a fault for all that content has word for word from a site to copy.

    Those sites have none, nor has faulty content: its faults come first. No such fault stops a
    start, as a later version of those sites could then do so.
    """
    report = _load_if_whole(folder)
    others = [other for each in _TO_COPY if (other := _load_if_whole(each))]
    if not report or report.council.name in {other.council.name for other in others}:
        return []
    found = [fault for other in others for fault in borrowed(report, other)]
    return located({(fault.file, fault.field): fault for fault in found}.values(), folder)


def _load_if_whole(folder: Path) -> Report | None:
    with suppress(ContentError, OSError):  # a site to copy may have been deleted
        return load(folder)
    return None


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
    of_words = words_to_avoid((folders.ui.name, word) for word in words.values())
    return [
        *located(_to_come(report), folders.content),
        *located(style(report), folders.content),
        *located(of_words, folders.ui.parent),
    ]


def gone(folders: Folders) -> list[str]:
    """Return the ids of sentences that were there at the last `flask translations update`.

    A TOML file that is cut off between two lines may still be valid, and only the template of the
    translations remembers what stood in it. The content must have no faults.
    """
    report = load(folders.content)
    there = {each.id for _, each in report.sentences()} | {*ui.load(report, folders.ui)}
    with suppress(OSError, UnicodeDecodeError):  # there is no template before the first update
        ids = _ID.findall(read_text(folders.translations / POT))
        return [each for each in ids if each not in there]
    return []


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
