"""The state of each sentence's translation: derived from the PO file and the English, not stored.

Only 'Checked' is recorded in the file, as a translator comment of the entry:
`Checked by NAME, DATE [HASH]`. The hash covers language, id, English, translation, name and date,
and for a plural, what each count shows. So an edit of any of them, or a copy of the comment to
another entry, invalidates the check; forms in another order, with the rule for it, do not.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import polib
from msgspec import Struct

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.checks import Problem, errors
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_change import change, find
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.scripts import composed, unseen
from inspection_outcome.report.characters import is_readable
from inspection_outcome.report.sentence import Sentence

LONGEST_NAME = 30  # characters: keeps the comment under 70, so that no tool wraps it
_CHECKED = re.compile(
    r"Checked by (?P<who>.+), (?P<when>[0-9]{4}-[0-9]{2}-[0-9]{2}) \[(?P<hash>[0-9a-f]{10})\]"
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
    rule: PluralRule
    """By which a count has one of the forms."""
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

    def form(self, count: int) -> str:
        """Return the form for a count, of a sentence with a plural."""
        return self.forms[self.rule.index(count)]


def assess(language: Language, sentence: Sentence, translation: Translation | None) -> Entry:
    """Return the entry of a sentence, its state derived from its translation in the PO file."""
    if translation is None or not any(form.strip() for form in translation.forms):
        return Entry(sentence, (), language.plural_rule, State.NOT_TRANSLATED)
    forms, rule = translation.forms, translation.rule
    if translation.changed or not translation.is_of(sentence):
        before = translation.before if translation.changed else translation.english
        return Entry(sentence, forms, rule, State.ENGLISH_CHANGED, before=before)
    if problems := errors(Pair.of(sentence, forms, language, rule=rule)):
        return Entry(sentence, forms, rule, State.BROKEN, problems=problems)
    if by := checked(language, sentence, translation):
        return Entry(sentence, forms, rule, State.CHECKED, checked=by)
    return Entry(sentence, forms, rule, State.NEEDS_CHECKING)


def sign(
    language: Language, sentence: Sentence, translation: Translation, who: str, when: dt.date
) -> str:
    """Return the comment that records that a speaker checked this exact English and translation.

    Raise ValueError as `check_name` does.
    """
    check_name(who)
    return f"Checked by {who}, {when} [{_hash(language, sentence, translation, who, str(when))}]"


def check_name(who: str) -> None:
    """Raise ValueError, with a message for staff, for a name not allowed in the comment."""
    if not is_readable(who) or unseen(who) or who != who.strip():
        raise ValueError("Give your name in plain letters, on one line.")
    if len(who) > LONGEST_NAME:
        raise ValueError(f"Give your name in at most {LONGEST_NAME} characters.")


def others(note: str) -> list[str]:
    """Return the lines of a translator comment, without any 'Checked' line."""
    return [line for line in note.splitlines() if not _CHECKED.fullmatch(line.strip())]


def accept(
    path: Path,
    language: Language,
    entries: Iterable[Entry],
    by: Checked,
    needed: Iterable[str] = (),
) -> frozenset[str]:
    """Write a 'Checked' comment for each of these entries into a PO file, in one change.

    Return the ids of those that have one now. Left as they are: those of which the file no longer
    has this exact English and translation. Raise CatalogueError and FileError as `po_change.change`
    does (`needed`: see `po_file.read`), and ValueError as `sign` does.
    """
    wanted = {entry.sentence.id: entry for entry in entries}

    def edit(po: polib.POFile) -> tuple[polib.POFile | None, frozenset[str]]:
        rule, signed = po_file.plural_rule(po), set()
        for id_, entry in wanted.items():
            found = find(po, id_)
            said = found and po_file.translation(found, rule)
            if found and said and _still_says(entry, said):
                signature = sign(language, entry.sentence, said, by.who, by.when)
                found.tcomment = "\n".join([*others(found.tcomment), signature])
                signed.add(id_)
        return po if signed else None, frozenset(signed)

    return change(path, language, needed, edit)


def _still_says(entry: Entry, said: Translation) -> bool:
    same = (said.forms, said.rule, said.changed) == (entry.forms, entry.rule, False)
    return same and said.is_of(entry.sentence)


def checked(language: Language, sentence: Sentence, translation: Translation) -> Checked | None:
    """Return the check in its comment, if it is of this exact English and translation."""
    for line in translation.note.splitlines():
        found = _CHECKED.fullmatch(line.strip())
        day = found and _day(found["when"])
        if found and day:
            who, when = found["who"], found["when"]
            if found["hash"] == _hash(language, sentence, translation, who, when):
                return Checked(who, day)
    return None


def _day(written: str) -> dt.date | None:
    """Return a date in ISO 8601, or None if there is no such day."""
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _hash(
    language: Language, sentence: Sentence, translation: Translation, who: str, when: str
) -> str:
    """Return the hash of what a speaker checked, the same for composed and decomposed letters."""
    forms = translation.forms
    shown = forms if sentence.plural is None else translation.rule.shown(forms)
    covered = [language.tag, sentence.id, sentence.forms, shown, who, when]
    whole = composed(json.dumps(covered, ensure_ascii=False))
    return hashlib.sha256(whole.encode()).hexdigest()[:10]
