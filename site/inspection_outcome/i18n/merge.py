"""Catalogues brought up to date with the English: by the sentences' ids, never by likeness."""

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
"""What stays of the header that a translator's tool wrote; its dates and its name change with every save."""

_MOST_COMPARED = 300  # words: comparing takes quadratic time and more


class Change(Struct, frozen=True):
    """A sentence whose English has changed under its translation."""

    id: str
    before: str
    after: str

    def words(self) -> str:
        """Show what changed word by word: [-taken out-] and {+put in+}."""
        old, new = self.before.split(), self.after.split()
        if max(len(old), len(new)) > _MOST_COMPARED:
            return f"[-{self.before}-] {{+{self.after}+}}"
        shown: list[str] = []
        for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what == "equal":
                shown += old[a:b]
            else:
                shown += [f"[-{' '.join(old[a:b])}-]"] if b > a else []
                shown += [f"{{+{' '.join(new[c:d])}+}}"] if d > c else []
        return " ".join(shown)


class Merged(Struct, frozen=True):
    """What bringing a catalogue up to date did: ids that are new or gone, and English that has changed."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[Change, ...]


def merge(po: polib.POFile, language: Language, messages: Iterable[Message]) -> tuple[polib.POFile, Merged]:
    """Give a catalogue brought up to date: every translation is kept under its id, in the order of the English.

    Where the English changed, the entry is marked, with the English that it was made from beside it. Where that English
    comes back, the mark goes if a speaker had checked the two; else somebody may have edited it since, so it stays.
    What is no longer on the site stays at the end, out of use.
    """
    old: dict[str, polib.POEntry] = {}
    spare: list[polib.POEntry] = []
    for entry in sorted(po, key=lambda entry: bool(entry.obsolete)):  # the ones in use first
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
                entry.tcomment = "\n".join(others(entry.tcomment))  # a check of what it no longer says
        else:
            new.append(each.sentence.id)
        fresh.append(entry)
    gone = [entry for entry in (*old.values(), *spare) if _translated(entry)]
    left = tuple(str(entry.msgctxt) for entry in gone if not entry.obsolete)
    for entry in gone:
        entry.obsolete = True
    fresh.extend(gone)
    return fresh, Merged(tuple(new), left, tuple(changed))


def _keep(language: Language, sentence: Sentence, entry: polib.POEntry, kept: polib.POEntry) -> Change | None:
    """Give an entry the translation that its id had. Gives what changed, if the English did and it is translated."""
    entry.tcomment = kept.tcomment
    if not _translated(kept):
        return None
    old = po_file.translation(kept)
    if entry.msgid_plural:
        entry.msgstr_plural |= dict(enumerate(old.forms))
    else:
        # More than one only where the English had a count before.
        entry.msgstr = " / ".join(filter(None, old.forms))
    now = tuple(filter(None, (entry.msgid, entry.msgid_plural)))
    made_from = old.before if old.changed and old.before else old.english
    forms = po_file.translation(entry).forms
    if made_from == now and old.english != now and checked(language, sentence, forms, kept.tcomment):
        return None  # a speaker checked just these two, so the mark of the change in between goes
    if old.changed or old.english != now:
        entry.flags = ["fuzzy"]
        if old.changed and old.english == now:
            made_from = old.before
            entry.previous_msgctxt = kept.previous_msgctxt
        entry.previous_msgid, entry.previous_msgid_plural = (*made_from, None, None)[:2]
    return Change(str(entry.msgctxt), " / ".join(made_from), " / ".join(now)) if old.english != now else None


def _translated(entry: polib.POEntry) -> bool:
    return any(form.strip() for form in (entry.msgstr, *entry.msgstr_plural.values()))
