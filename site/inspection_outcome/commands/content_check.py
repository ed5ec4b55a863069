"""Check the content: what was taken over from other councils, and what to look at."""

import re
from contextlib import suppress
from pathlib import Path

from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.i18n import glossary, languages, po_file, ui
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.pages.load import load
from inspection_outcome.report import starter
from inspection_outcome.report.borrowed import borrowed, copied, naming
from inspection_outcome.report.errors import ContentError, Fault, visible
from inspection_outcome.report.files import find, read_text
from inspection_outcome.report.later import later
from inspection_outcome.report.lines import located
from inspection_outcome.report.model import Report

_TO_COPY = (PACKAGE.parent / "content", PACKAGE.parents[1] / "tests" / "data" / "second")
"""The sites that a council copies from, as site/content/README.md tells it."""
_MOST_TOLD = 10  # lines that name another council
_ID = re.compile(r'^msgctxt "([^"\n]+)"$', re.MULTILINE)


def check_taken_over(folder: Path) -> list[Fault]:
    """Return a fault for all that content has word for word from a site to copy.

    A file that is copied has one for all of it, also if the content is faulty. Else faulty content
    has none: its faults come first. Nor have those sites. No such fault stops a start, as a later
    version of those sites could then do so.
    """
    begun = _begun_with()
    whole = [fault for other in _TO_COPY for fault in copied(folder, other, begun)]
    if (report := _load_if_whole(folder)) is None:
        return whole
    given = {each.id for _, each in report.sentences() if each.text in begun}
    found = {
        (fault.file, fault.field): fault
        for other in _others(report)
        for fault in borrowed(report, other)
        if fault.field not in given
    }
    return [*whole, *located(found.values(), folder)]


def _begun_with() -> set[str]:
    """Return the English of the sentences that `flask content start` gives to every council."""
    with suppress(ContentError, OSError, ValueError):
        return starter.given(PACKAGE / "start", _TO_COPY[0])
    return set()


def names_of_others(folders: Folders) -> list[str]:
    """Return what to tell of the lines that name a council whose site may have been copied.

    Such a line may be right. The content must have no faults.
    """
    report = load(folders.content)
    if not (names := [each.council.name for each in _others(report)]):
        return []
    tables = sorted(map(Path, find(folders.content, ".toml")))
    tags = languages.load(folders.translations)
    of_translations = [
        folders.translations / glossary.FILE,
        *(po_file.path_of(folders.translations, each) for each in tags if each.tag != ENGLISH),
    ]
    found = [
        f"    {visible(path.relative_to(top).as_posix())} line {number}: {visible(line)}"
        for top, paths in ((folders.content, tables), (folders.translations, of_translations))
        for path, number, line in naming(paths, names, report.council.name)
    ]
    if more := found[_MOST_TOLD:]:
        found[_MOST_TOLD:] = [f"    … and {len(more)} more"]
    begin = f"These lines name {' or '.join(names)}. Look whether each is about you:"
    return [begin, *found] if found else []


def said_later(folder: Path) -> list[str]:
    """Return what to tell of what the shipped site now says otherwise: see `later`.

    The content must have no faults.
    """
    report, shipped = load(folder), _load_if_whole(_TO_COPY[0])
    if not shipped or shipped not in _others(report):
        return []
    found = [str(each).split("\n")[0] for each in located(later(report, shipped), folder)]
    if more := found[_MOST_TOLD:]:
        found[_MOST_TOLD:] = [f"… and {len(more)} more"]
    begin = "The shipped site now says this otherwise. Look whether yours is right. It may well be:"
    return [begin, *(f"    {line}" for line in found)] if found else []


def _others(report: Report) -> list[Report]:
    """Return the sites to copy; none of them for one of those, as they may be like each other."""
    others = [other for each in _TO_COPY if (other := _load_if_whole(each))]
    own = report.council.name
    return [] if own in {other.council.name for other in others} else others


def _load_if_whole(folder: Path) -> Report | None:
    with suppress(ContentError, OSError):  # a site to copy may have been deleted
        return load(folder)
    return None


def gone(folders: Folders) -> list[str]:
    """Return the ids of sentences that were there at the last `flask translations update`.

    A TOML file that is cut off between two lines may still be valid, and only the template of the
    translations remembers what stood in it. The content must have no faults.
    """
    report = load(folders.content)
    there = {each.id for _, each in report.sentences()} | {*ui.load(report, folders.ui)}
    with suppress(OSError, UnicodeDecodeError):  # there is no template before the first update
        ids = _ID.findall(read_text(folders.translations / po_file.POT))
        return [each for each in ids if each not in there]
    return []
