"""The state of each sentence's translation: derived from the PO file and the English, not stored.

Only 'Checked' is recorded in the file, as a translator comment of the entry:
`Checked by NAME, DATE [HASH]`. The hash covers language, id, English, all forms, name and date.
So an edit of any of them, or a copy of the comment to another entry, invalidates the check.
"""

import datetime as dt
import hashlib
import json
import re
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.checks import Problem, errors
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.report.sentence import Sentence

LONGEST_NAME = 30  # characters: keeps the comment under 70, so that no tool wraps it
_CHECKED = re.compile(
    r"Checked by (?P<who>.+), (?P<when>\d{4}-\d\d-\d\d) \[(?P<hash>[0-9a-f]{10})\]"
)


class State(StrEnum):
    """A sentence's state, as staff call it. If several apply, the first in this order wins."""

    NOT_TRANSLATED = "Not translated"
    ENGLISH_CHANGED = "English has changed"
    BROKEN = "Broken"
    NEEDS_CHECKING = "Needs checking"
    CHECKED = "Checked"


class Checked(Struct, frozen=True):
    """The speaker who checked a translation, and the date."""

    who: str
    when: dt.date


class Entry(Struct, frozen=True):
    """One sentence in one language."""

    sentence: Sentence
    forms: tuple[str, ...]
    state: State
    problems: tuple[Problem, ...] = ()
    """The reasons why it is Broken."""
    before: tuple[str, ...] = ()
    """The English it was translated from, if the English has changed."""
    checked: Checked | None = None

    @property
    def usable(self) -> bool:
        """Whether readers see the translation; otherwise they see the English."""
        return self.state in {State.NEEDS_CHECKING, State.CHECKED}


def assess(language: Language, sentence: Sentence, translation: Translation | None) -> Entry:
    """Return the entry of a sentence, its state derived from its translation in the PO file."""
    forms = translation.forms if translation else ()
    if translation is None or not any(form.strip() for form in forms):
        return Entry(sentence, (), State.NOT_TRANSLATED)
    if translation.changed or translation.english != sentence.forms:
        before = translation.before if translation.changed else translation.english
        return Entry(sentence, forms, State.ENGLISH_CHANGED, before=before)
    if problems := errors(Pair.of(sentence, forms, language)):
        return Entry(sentence, forms, State.BROKEN, problems=problems)
    if by := checked(language, sentence, forms, translation.note):
        return Entry(sentence, forms, State.CHECKED, checked=by)
    return Entry(sentence, forms, State.NEEDS_CHECKING)


def sign(
    language: Language, sentence: Sentence, forms: tuple[str, ...], who: str, when: dt.date
) -> str:
    """Return the comment that records that a speaker checked this exact English and translation.

    Raise ValueError as `check_name` does.
    """
    check_name(who)
    return f"Checked by {who}, {when} [{_hash(language, sentence, forms, who, str(when))}]"


def check_name(who: str) -> None:
    """Raise ValueError, with a message for staff, for a name not allowed in the comment."""
    if not who.strip() or not who.isprintable() or who != who.strip():
        raise ValueError("Give your name in plain letters, on one line.")
    if len(who) > LONGEST_NAME:
        raise ValueError(f"Give your name in at most {LONGEST_NAME} characters.")


def others(note: str) -> list[str]:
    """Return the lines of a translator comment, without any 'Checked' line."""
    return [line for line in note.splitlines() if not _CHECKED.fullmatch(line.strip())]


def accept(path: Path, language: Language, entry: Entry, who: str, when: dt.date) -> bool:
    """Write a 'Checked' comment for this entry into a PO file.

    Return False, and write nothing, if the file no longer has this exact English and translation.
    If the file changes between reading and writing, it is read again, so that an editor's save is
    not overwritten. Raise CatalogueError for a file that cannot be read, and ValueError as `sign`
    does.
    """
    while True:
        stamp = po_file.stamp(path)
        po = po_file.read(path, language, complete=True)
        same_id = (each for each in po if each.msgctxt == entry.sentence.id and not each.obsolete)
        found = next(same_id, None)
        if found is None or not _still_says(entry, po_file.translation(found)):
            return False
        signature = sign(language, entry.sentence, entry.forms, who, when)
        found.tcomment = "\n".join([*others(found.tcomment), signature])
        if po_file.stamp(path) == stamp:
            po_file.write(po, path)
            return True


def _still_says(entry: Entry, said: Translation) -> bool:
    return (said.english, said.forms, said.changed) == (entry.sentence.forms, entry.forms, False)


def checked(
    language: Language, sentence: Sentence, forms: tuple[str, ...], note: str
) -> Checked | None:
    """Return the check recorded in a comment, if it is of this exact English and translation."""
    for line in note.splitlines():
        if found := _CHECKED.fullmatch(line.strip()):
            who, when = found["who"], found["when"]
            if found["hash"] == _hash(language, sentence, forms, who, when):
                return Checked(who, dt.date.fromisoformat(when))
    return None


def _hash(
    language: Language, sentence: Sentence, forms: tuple[str, ...], who: str, when: str
) -> str:
    covered = [language.tag, sentence.id, sentence.forms, forms, who, when]
    whole = json.dumps(covered, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:10]
