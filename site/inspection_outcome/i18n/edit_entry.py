"""Save translations, each unless somebody else has changed it meanwhile."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import polib
from msgspec import Struct
from msgspec.structs import replace

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.checks import Problem, errors
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import mark_changed, merge
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_change import change, put
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.states import Entry, State, assess, checked, others
from inspection_outcome.i18n.three_way import fitted
from inspection_outcome.report.sentence import Sentence

_OTHER_FORMS = (
    "The plural forms are for other numbers than those of the file as it is now. "
    "Load the page again, and copy your words into its boxes."
)
_LONGEST = 10_000
"""Characters of one form. A sentence of the site that is longer than that is no sentence."""
_UNREADABLE = frozenset({"Cc", "Cs"})
"""Categories of characters that a PO file cannot hold: control characters, and half characters."""


class EntryChangedError(Exception):
    """Raised for a save of an entry that is no longer as it was seen: `theirs`, as it is now."""

    def __init__(self, theirs: Entry) -> None:
        super().__init__(theirs.sentence.id)
        self.theirs = theirs


class BrokenError(Exception):
    """Raised for a translation that readers would not get, with what is wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


Refusal = EntryChangedError | BrokenError | ValueError
"""Why a translation was not written."""


def fingerprint(entry: Entry) -> str:
    """Return a short hash of an entry as people see it: both texts, its plural rule, its check.

    A form for editing carries it. It stays the same when the file is only brought up to date.
    """
    by = entry.checked
    seen = [
        entry.sentence.forms,
        entry.forms,
        entry.rule.header if entry.sentence.plural else "",
        entry.before,
        entry.state is State.ENGLISH_CHANGED,
        [by.who, str(by.when)] if by else [],
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]


class Edit(Struct, frozen=True):
    """What a person wrote for one sentence, and what they saw before."""

    id: str
    forms: Sequence[str]
    seen: str
    """The fingerprint that the entry had."""
    broken_too: bool = False
    """Whether it is to be saved though readers will not get it."""
    older: Translation | None = None
    """The version that is put back: `forms` are its own."""


def save(path: Path, language: Language, messages: Sequence[Message], edit: Edit) -> Entry:
    """Write one translation into a PO file, and return its entry as it now is.

    Raise what refuses it, which `save_all` returns, and what `save_all` raises.
    """
    (done,) = save_all(path, language, messages, [edit])
    if isinstance(done, Entry):
        return done
    raise done


def save_all(
    path: Path, language: Language, messages: Sequence[Message], edits: Sequence[Edit]
) -> list[Entry | Refusal]:
    """Write translations into a PO file at once. Return the entry of each as it now is, or why not.

    The caller has the lock (see `lock.locked`). The file is brought up to date with the English on
    the way. An older version that was made from other English is marked so, and readers get the
    English; its check comes back if it still holds.

    A refused one is not written: EntryChangedError if the entry has changed since it was seen,
    BrokenError for a translation with errors, ValueError (for people) for what this file cannot
    hold. Raise CatalogueError and FileError for a file that cannot be read or written.
    """
    sentences = {each.sentence.id: each.sentence for each in messages}

    def change_entries(po: polib.POFile) -> tuple[polib.POFile | None, list[Entry | Refusal]]:
        there = po_file.translations(po)
        fresh, _ = merge(po, language, messages)
        entries = {entry.msgctxt: entry for entry in fresh if not entry.obsolete}
        rule, done = po_file.plural_rule(fresh), list[Entry | Refusal]()
        for edit in edits:
            sentence, entry = sentences[edit.id], entries[edit.id]
            theirs = assess(language, sentence, there.get(edit.id))
            try:
                if fingerprint(theirs) != edit.seen:
                    raise EntryChangedError(theirs)  # noqa: TRY301 (refused as in `_write`)
                _write(entry, language, sentence, edit, rule)
            except (EntryChangedError, BrokenError, ValueError) as refusal:
                done.append(refusal)
            else:
                done.append(assess(language, sentence, po_file.translation(entry, rule)))
        return (fresh if any(isinstance(each, Entry) for each in done) else None), done

    return change(path, language, list(sentences), change_entries)


def _write(
    entry: polib.POEntry, language: Language, sentence: Sentence, edit: Edit, rule: PluralRule
) -> None:
    """Write an edit into its entry. Raise BrokenError or ValueError, and change nothing then."""
    forms = _fitting(sentence, list(map(cleaned_form, edit.forms)), edit.older, rule)
    is_old = edit.older is not None and not edit.older.is_of(sentence)
    problems = errors(Pair.of(sentence, forms, language, rule=rule))
    if problems and not (is_old or edit.broken_too):
        raise BrokenError(problems)
    put(entry, forms)
    if edit.older and is_old:
        mark_changed(entry, edit.older.before if edit.older.changed else edit.older.english)
    _keep_check(entry, language, sentence, edit.older)


def cleaned_form(form: str) -> str:
    """Return a form on one line, as browsers send line breaks. Raise ValueError if it is too long.

    Nothing that anybody can see is taken away.
    """
    if len(form) > _LONGEST:
        raise ValueError(f"That is longer than {_LONGEST:,} characters. Write one sentence only.")
    line = " ".join(line.strip() for line in form.splitlines())
    return "".join(sign for sign in line if unicodedata.category(sign) not in _UNREADABLE).strip()


def _fitting(
    sentence: Sentence, forms: Sequence[str], older: Translation | None, rule: PluralRule
) -> Sequence[str]:
    """Return the forms in the order of the file's plural rule. Raise ValueError."""
    if older and len(older.forms) == older.rule.forms and sentence.plural is not None:
        said = fitted(sentence, older, rule)
        forms = said.forms if said else ()
    if len(forms) != (1 if sentence.plural is None else rule.forms):
        raise ValueError(_OTHER_FORMS)
    return forms


def _keep_check(
    entry: polib.POEntry, language: Language, sentence: Sentence, older: Translation | None
) -> None:
    """Keep the entry's notes, and of its checks and those of an older version one that holds."""
    notes = others(entry.tcomment)
    older_lines = older.note.splitlines() if older else []
    said = po_file.translation(entry, language.plural_rule)
    for line in (*entry.tcomment.splitlines(), *older_lines):
        if line not in notes and checked(language, sentence, replace(said, note=line)):
            notes.append(line)
            break
    entry.tcomment = "\n".join(notes)
