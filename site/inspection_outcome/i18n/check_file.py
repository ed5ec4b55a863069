"""Check a language's PO file, as `flask translations check` does: every problem, with its line."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from inspection_outcome.i18n import checks, po_file
from inspection_outcome.i18n.catalogues import Catalogue, assess_all
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.glossary import Glossary
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.states import Entry


class Finding(Struct, frozen=True):
    """A translation with its problems: errors if it is Broken, otherwise warnings."""

    page: str
    entry: Entry
    line: int
    """The line of the sentence in the file, from 1."""
    problems: tuple[Problem, ...]


def check_file(
    path: Path, language: Language, messages: Sequence[Message], glossary: Glossary
) -> tuple[Catalogue, list[Finding]]:
    """Return the catalogue in a PO file, and what is wrong in it, in the order of the English.

    Raise CatalogueError for a file that cannot be read.
    """
    sentences = [message.sentence for message in messages]
    po = po_file.read(path, language, [sentence.id for sentence in sentences])
    lines = {entry.msgctxt: entry.linenum or 0 for entry in po if not entry.obsolete}
    catalogue = assess_all(language, sentences, po_file.translations(po))
    findings = []
    for message in messages:
        entry = catalogue.entries[message.sentence.id]
        if problems := entry.problems or _warnings(entry, language, glossary):
            findings.append(Finding(message.page, entry, lines[entry.sentence.id], problems))
    return catalogue, findings


def _warnings(entry: Entry, language: Language, glossary: Glossary) -> tuple[Problem, ...]:
    if not entry.usable:
        return ()
    return checks.warnings(Pair.of(entry.sentence, entry.forms, language, glossary, entry.rule))
