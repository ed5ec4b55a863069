"""Faults of the content, as `flask content check` tells them, and those that a change would add."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from inspection_outcome.edition import Folders, today
from inspection_outcome.i18n import languages, ui
from inspection_outcome.pages.load import load
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.files import find, write_whole
from inspection_outcome.report.held import REPORT
from inspection_outcome.report.lines import located
from inspection_outcome.report.model import Report
from inspection_outcome.report.plain_english import style, words_to_avoid
from inspection_outcome.report.reachable import unreachable
from inspection_outcome.report.todo import todos, without_todo

Made = TypeVar("Made")


class Tried(NamedTuple):
    """What comes of a change: the faults that it adds, and the content, if it can be loaded."""

    faults: list[Fault]
    report: Report | None


def tried(where: Folders, texts: Mapping[str, str]) -> Tried:
    """Try other texts of some files, by name, on a copy of the content.

    Raise OSError if that cannot be read or copied.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = replace(where, content=Path(folder))
        for path in map(Path, find(where.content, ".toml")):
            there = copy.content / path.relative_to(where.content)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(path.read_bytes())
        for name, text in texts.items():
            write_whole(copy.content / name, text)
        if not (found := check_content(copy)):
            return Tried([], load(copy.content))
        # Compare faults by remedy, not by problem: a problem may hold a number, such as a grade,
        # that the change changes.
        known = {(fault.file, fault.field, fault.remedy) for fault in check_content(where)}
        added = [each for each in found if (each.file, each.field, each.remedy) not in known]
        try:
            return Tried(added, load(copy.content))
        except ContentError:
            return Tried(added or found, None)


def check_content(folders: Folders) -> list[Fault]:
    """Return the faults of truth in the content, ui.toml and the list of languages.

    If there are none, return the others, such as those of style. What says TODO has none: `todos`
    tells it. Nor has a file of the content any of style until nothing in it says TODO; nor any
    contact, until nothing in theirs does.
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
    left = todos(folders.content)
    if faults or not (offered and report and words):
        return without_todo(faults, left)
    unfinished = {each.file for each in left}
    of_style = [fault for fault in style(report) if fault.file not in unfinished]
    of_words = words_to_avoid((folders.ui.name, word) for word in words.values())
    return [
        *located(_to_come(report), folders.content),
        *located(_no_address(report), folders.content),
        *located(() if REPORT in unfinished else unreachable(report), folders.content),
        *located(of_style, folders.content),
        *located(of_words, folders.ui.parent),
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


def _no_address(report: Report) -> Iterator[Fault]:
    """Yield a fault if a page tells who answers for this copy, and not where to write to.

    The law wants that of an accessibility statement: see `facts.accessibility_law`.
    """
    council = report.council
    sections = (section for page in report.pages.values() for section in page.section)
    is_told = council.publisher and any(each.shows == "publisher" for each in sections)
    if is_told and not council.publisher_email:
        yield Fault(
            "report.toml",
            "council.publisher_email",
            "it is missing, so readers cannot write to the publisher",
            "Add a line 'publisher_email = …' to [council]: an accessibility statement needs it.",
        )
