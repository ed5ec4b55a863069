"""How far the translation of each sentence is: derived from the PO file and the English, never written down.

Only 'Checked' leaves a trace: one comment of its entry, `Checked by NAME, DATE [HASH]`. The hash is over all that it
says: language, id, English, all forms, who and when. So any edit of them, or a copy elsewhere, undoes it by itself.
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

LONGEST_NAME = 30  # characters: the comment stays under 70, so that no tool wraps it
_CHECKED = re.compile(r"Checked by (?P<who>.+), (?P<when>\d{4}-\d\d-\d\d) \[(?P<hash>[0-9a-f]{10})\]")


class State(StrEnum):
    """In staff's words. Where several are true of a sentence, the first of them is its state."""

    NOT_TRANSLATED = "Not translated"
    ENGLISH_CHANGED = "English has changed"
    BROKEN = "Broken"
    NEEDS_CHECKING = "Needs checking"
    CHECKED = "Checked"


class Checked(Struct, frozen=True):
    """Which speaker checked a translation, and when."""

    who: str
    when: dt.date


class Entry(Struct, frozen=True):
    """One sentence in one language."""

    sentence: Sentence
    forms: tuple[str, ...]
    state: State
    problems: tuple[Problem, ...] = ()
    """Why it is Broken."""
    before: tuple[str, ...] = ()
    """The English that it was made from, where that has changed."""
    checked: Checked | None = None

    @property
    def usable(self) -> bool:
        """Whether readers see the translation; if not, they see the English."""
        return self.state in {State.NEEDS_CHECKING, State.CHECKED}


def assess(language: Language, sentence: Sentence, translation: Translation | None) -> Entry:
    """Return a sentence with its state, from what a PO file says of it."""
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


def sign(language: Language, sentence: Sentence, forms: tuple[str, ...], who: str, when: dt.date) -> str:
    """Give the comment that says that a speaker checked exactly this English and exactly this translation.

    Raises ValueError, with a message for staff, for a name that cannot stand in it.
    """
    if not who.strip() or not who.isprintable() or who != who.strip():
        raise ValueError("Give your name in plain letters, on one line.")
    if len(who) > LONGEST_NAME:
        raise ValueError(f"Give your name in at most {LONGEST_NAME} characters.")
    return f"Checked by {who}, {when} [{_hash(language, sentence, forms, who, str(when))}]"


def others(note: str) -> list[str]:
    """Give the lines of translators' comments but for 'Checked'."""
    return [line for line in note.splitlines() if not _CHECKED.fullmatch(line.strip())]


def accept(path: Path, language: Language, entry: Entry, who: str, when: dt.date) -> bool:
    """Write into a PO file that a speaker checked this entry; whether the file still holds just this translation.

    What an editor saves meanwhile is not overwritten. Raises CatalogueError for a file that cannot be read, and what
    `sign` raises.
    """
    while True:
        stamp = po_file.stamp(path)
        po = po_file.read(path, language, complete=True)
        each = next((each for each in po if each.msgctxt == entry.sentence.id and not each.obsolete), None)
        if each is None or not _still_says(entry, po_file.translation(each)):
            return False
        each.tcomment = "\n".join([*others(each.tcomment), sign(language, entry.sentence, entry.forms, who, when)])
        if po_file.stamp(path) == stamp:
            po_file.write(po, path)
            return True


def _still_says(entry: Entry, said: Translation) -> bool:
    return (said.english, said.forms, said.changed) == (entry.sentence.forms, entry.forms, False)


def checked(language: Language, sentence: Sentence, forms: tuple[str, ...], note: str) -> Checked | None:
    """Give who checked exactly this, and when, if a comment says so."""
    for line in note.splitlines():
        if found := _CHECKED.fullmatch(line.strip()):
            who, when = found["who"], found["when"]
            if found["hash"] == _hash(language, sentence, forms, who, when):
                return Checked(who, dt.date.fromisoformat(when))
    return None


def _hash(language: Language, sentence: Sentence, forms: tuple[str, ...], who: str, when: str) -> str:
    whole = json.dumps([language.tag, sentence.id, sentence.forms, forms, who, when], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:10]
