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
    kept, spare = _by_id(po)
    fresh = _with_header_of(po, language)
    new: list[str] = []
    changed: list[Change] = []
    for each in messages:
        sentence = each.sentence
        entry = po_file.entry(sentence, [""] * language.plural_forms, comment=each.notes)
        if sentence.id not in kept:
            new.append(sentence.id)
        elif change := _take_over(language, sentence, entry, kept.pop(sentence.id)):
            changed.append(change)
        fresh.append(entry)
    left = [entry for entry in (*kept.values(), *spare) if _translated(entry)]
    gone = tuple(str(entry.msgctxt) for entry in left if not entry.obsolete)
    for entry in left:
        entry.obsolete = True
    fresh.extend(left)
    return fresh, Merged(tuple(new), gone, tuple(changed))


def _by_id(po: polib.POFile) -> tuple[dict[str, polib.POEntry], list[polib.POEntry]]:
    """Return one entry for each id, and the entries in use that are left over.

    Of several with the same id, a translated one comes before an empty one (msgmerge leaves the
    translation obsolete, and an empty entry in use), and then one in use before an obsolete one.
    Left over are further entries with the same id, and entries without an id.
    """
    kept: dict[str, polib.POEntry] = {}
    spare: list[polib.POEntry] = []
    for entry in sorted(po, key=lambda entry: (not _translated(entry), bool(entry.obsolete))):
        if entry.msgctxt and entry.msgctxt not in kept:
            kept[entry.msgctxt] = entry
        elif not entry.obsolete:
            spare.append(entry)
    return kept, spare


def _with_header_of(po: polib.POFile, language: Language) -> polib.POFile:
    """Return an empty catalogue that keeps this one's header comment and translator's fields."""
    fresh = po_file.new(language)
    fresh.header = po.header or fresh.header
    fresh.metadata |= {name: po.metadata[name] for name in _KEPT if po.metadata.get(name)}
    return fresh


def _take_over(
    language: Language, sentence: Sentence, entry: polib.POEntry, kept: polib.POEntry
) -> Change | None:
    """Copy the translation `kept`, which has the same id, into the new entry.

    Return the change of the English if it is translated and its English has changed, else None.
    """
    entry.tcomment = kept.tcomment
    change = None
    if _translated(kept):
        _copy_forms(entry, kept)
        change = _mark_change(language, sentence, entry, kept)
    forms = po_file.translation(entry).forms
    if not entry.fuzzy and not checked(language, sentence, forms, entry.tcomment):
        # Any 'Checked' comment is for a text that the entry no longer has.
        entry.tcomment = "\n".join(others(entry.tcomment))
    return change


def _copy_forms(entry: polib.POEntry, kept: polib.POEntry) -> None:
    forms = po_file.translation(kept).forms
    if entry.msgid_plural:
        entry.msgstr_plural |= dict(enumerate(forms))
    else:
        # There is more than one form only if the English had a plural before.
        entry.msgstr = " / ".join(filter(None, forms))


def _mark_change(
    language: Language, sentence: Sentence, entry: polib.POEntry, kept: polib.POEntry
) -> Change | None:
    """Mark the entry as fuzzy if its translation was made from other English.

    Return the change of the English since `kept` was written, if any.
    """
    old = po_file.translation(kept)
    now = tuple(filter(None, (entry.msgid, entry.msgid_plural)))
    made_from = old.before if old.changed and old.before else old.english
    if old.english == now:
        if old.changed:
            entry.previous_msgctxt = kept.previous_msgctxt
            _mark_fuzzy(entry, old.before)
        return None
    forms = po_file.translation(entry).forms
    if made_from == now and checked(language, sentence, forms, kept.tcomment):
        # A speaker checked exactly this English with this translation: drop the fuzzy mark, which
        # the change in between left.
        return None
    _mark_fuzzy(entry, made_from)
    return Change(str(entry.msgctxt), " / ".join(made_from), " / ".join(now))


def _mark_fuzzy(entry: polib.POEntry, made_from: tuple[str, ...]) -> None:
    entry.flags = ["fuzzy"]
    entry.previous_msgid, entry.previous_msgid_plural = (*made_from, None, None)[:2]


def _translated(entry: polib.POEntry) -> bool:
    return any(form.strip() for form in (entry.msgstr, *entry.msgstr_plural.values()))
