"""Merge the current English into catalogues: by sentence id, never by similarity of text."""

import difflib
from collections.abc import Iterable

import polib
from msgspec import Struct

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.states import checked, others
from inspection_outcome.report.sentence import Sentence

_KEPT = ("Last-Translator", "Language-Team")
"""The header fields of a translator's tool that are kept.

The others, such as dates and the tool's name, change with every save.
"""
_MOST_COMPARED = 300  # words: difflib takes quadratic time or worse


class Change(Struct, frozen=True):
    """A translated sentence whose English has changed."""

    id: str
    before: str
    after: str

    def words(self) -> str:
        """Return a word diff: [-removed-] and {+added+}."""
        old, new = self.before.split(), self.after.split()
        if max(len(old), len(new)) > _MOST_COMPARED:
            return f"[-{self.before}-] {{+{self.after}+}}"
        shown: list[str] = []
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what == "equal":
                shown += old[a:b]
            else:
                shown += [f"[-{' '.join(old[a:b])}-]"] if b > a else []
                shown += [f"{{+{' '.join(new[c:d])}+}}"] if d > c else []
        return " ".join(shown)


class Merged(Struct, frozen=True):
    """The result of a merge: ids that are new or gone, and sentences whose English has changed."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[Change, ...]


def merge(
    po: polib.POFile, language: Language, messages: Iterable[Message]
) -> tuple[polib.POFile, Merged]:
    """Return the catalogue merged with the current English, and what changed.

    Every translation is kept under its id, in the order of the English. If the English changed,
    the entry is marked fuzzy, and the English it was translated from is kept as its previous
    msgid. If that English returns, the mark is removed only if a speaker had checked this English
    with this translation; otherwise somebody may have edited the translation since, so the mark
    stays. Translations of sentences no longer on the site are kept at the end, as obsolete.
    """
    old: dict[str, polib.POEntry] = {}
    spare: list[polib.POEntry] = []
    for entry in sorted(po, key=lambda entry: bool(entry.obsolete)):  # not obsolete first
        if entry.msgctxt and entry.msgctxt not in old:
            old[entry.msgctxt] = entry
        elif not entry.obsolete:
            spare.append(entry)
    fresh = po_file.new(language)
    fresh.header = po.header or fresh.header
    fresh.metadata |= {name: po.metadata[name] for name in _KEPT if po.metadata.get(name)}
    new: list[str] = []
    changed: list[Change] = []
    for each in messages:
        entry = po_file.entry(each.sentence, [""] * language.plural_forms, comment=each.notes)
        if kept := old.pop(each.sentence.id, None):
            if change := _keep(language, each.sentence, entry, kept):
                changed.append(change)
            forms = po_file.translation(entry).forms
            if not entry.fuzzy and not checked(language, each.sentence, forms, entry.tcomment):
                # Any 'Checked' comment is for a text that the entry no longer has.
                entry.tcomment = "\n".join(others(entry.tcomment))
        else:
            new.append(each.sentence.id)
        fresh.append(entry)
    gone = [entry for entry in (*old.values(), *spare) if _translated(entry)]
    left = tuple(str(entry.msgctxt) for entry in gone if not entry.obsolete)
    for entry in gone:
        entry.obsolete = True
    fresh.extend(gone)
    return fresh, Merged(tuple(new), left, tuple(changed))


def _keep(
    language: Language, sentence: Sentence, entry: polib.POEntry, kept: polib.POEntry
) -> Change | None:
    """Copy the translation `kept`, which has the same id, into the new entry.

    Return the change of the English if it is translated and its English has changed, else None.
    """
    entry.tcomment = kept.tcomment
    if not _translated(kept):
        return None
    old = po_file.translation(kept)
    if entry.msgid_plural:
        entry.msgstr_plural |= dict(enumerate(old.forms))
    else:
        # There is more than one form only if the English had a plural before.
        entry.msgstr = " / ".join(filter(None, old.forms))
    now = tuple(filter(None, (entry.msgid, entry.msgid_plural)))
    made_from = old.before if old.changed and old.before else old.english
    forms = po_file.translation(entry).forms
    english_changed = old.english != now
    if english_changed and made_from == now and checked(language, sentence, forms, kept.tcomment):
        # A speaker checked exactly this English with this translation: drop the fuzzy mark, which
        # the change in between left.
        return None
    if old.changed or english_changed:
        entry.flags = ["fuzzy"]
        if old.changed and not english_changed:
            made_from = old.before
            entry.previous_msgctxt = kept.previous_msgctxt
        entry.previous_msgid, entry.previous_msgid_plural = (*made_from, None, None)[:2]
    if not english_changed:
        return None
    return Change(str(entry.msgctxt), " / ".join(made_from), " / ".join(now))


def _translated(entry: polib.POEntry) -> bool:
    return any(form.strip() for form in (entry.msgstr, *entry.msgstr_plural.values()))
