"""Merge the current English into catalogues: by sentence id, never by similarity of text."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from itertools import filterfalse
from pathlib import Path

import polib
from msgspec import Struct

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_change import change
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.states import checked, others
from inspection_outcome.report.sentence import Sentence

_FUZZY = "fuzzy"
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

    The plural rule stays as the catalogue has it: its forms are in the order of that rule.
    """
    rule = po_file.plural_rule(po)
    kept, spare = _by_id(po)
    fresh = po_file.new(language)
    fresh.header = po.header or fresh.header
    fresh.metadata["Plural-Forms"] = rule.header
    new: list[str] = []
    changed: list[Change] = []
    for each in messages:
        sentence = each.sentence
        entry = po_file.entry(sentence, [""] * rule.forms, comment=each.notes)
        if sentence.id not in kept:
            new.append(sentence.id)
        elif change := _take_over(language, sentence, entry, kept.pop(sentence.id), rule):
            changed.append(change)
        fresh.append(entry)
    left = [entry for entry in (*kept.values(), *spare) if _translated(entry)]
    # By id: at the end alone, what each of two branches took out would be a conflict of git.
    left.sort(key=lambda entry: entry.msgctxt or "")
    gone = tuple(str(entry.msgctxt) for entry in left if not entry.obsolete)
    for entry in left:
        entry.obsolete = True
    fresh.extend(left)
    return fresh, Merged(tuple(new), gone, tuple(changed))


def update(
    path: Path,
    language: Language,
    messages: Sequence[Message],
    then: Callable[[polib.POFile], None] = lambda _: None,
) -> Merged:
    """Merge the current English into a PO file, and return what changed.

    `then` is done to the merged catalogue before it is written. Raise CatalogueError if it cannot
    be read or lost sentences, and FileError if it cannot be written.
    """

    def edit(po: polib.POFile) -> tuple[polib.POFile, Merged]:
        fresh, merged = merge(po, language, messages)
        then(fresh)
        return fresh, merged

    return change(path, language, [each.sentence.id for each in messages], edit)


def _by_id(po: polib.POFile) -> tuple[dict[str, polib.POEntry], list[polib.POEntry]]:
    """Return one entry for each id, and the entries in use that have none.

    Of several with the same id, a translated one comes before an empty one (msgmerge leaves the
    translation obsolete, and an empty entry in use), and then one in use before an obsolete one.
    What further ones in use say becomes a note of that entry: gettext's tools refuse a file with
    two entries for one id, even if one is obsolete.
    """
    kept: dict[str, polib.POEntry] = {}
    spare: list[polib.POEntry] = []
    for entry in sorted(po, key=lambda entry: (not _translated(entry), bool(entry.obsolete))):
        if entry.msgctxt and entry.msgctxt not in kept:
            kept[entry.msgctxt] = entry
        elif entry.msgctxt and not entry.obsolete:
            first, said = kept[entry.msgctxt], dict.fromkeys(_forms(entry))
            note(first, "another msgstr was", filterfalse(_forms(first).__contains__, said))
        elif not entry.obsolete:
            spare.append(entry)
    return kept, spare


def note(entry: polib.POEntry, what: str, forms: Iterable[str]) -> None:
    """Add texts that are not used as lines of an entry's translator comment."""
    lines = [f"{what}: {polib.escape(form)}" for form in forms if form.strip()]
    entry.tcomment = "\n".join(filter(None, [entry.tcomment, *lines]))


def _take_over(
    language: Language,
    sentence: Sentence,
    entry: polib.POEntry,
    kept: polib.POEntry,
    rule: PluralRule,
) -> Change | None:
    """Copy the translation `kept`, which has the same id, into the new entry.

    Return the change of the English if it is translated and its English has changed, else None.
    """
    entry.tcomment = kept.tcomment
    change = None
    if _translated(kept):
        old = po_file.translation(kept, rule)
        _copy_forms(entry, old)
        change = _mark_change(language, sentence, entry, kept, old)
    if not entry.fuzzy and not checked(language, sentence, po_file.translation(entry, rule)):
        # Any 'Checked' comment is for a text that the entry no longer has.
        entry.tcomment = "\n".join(others(entry.tcomment))
    return change


def _copy_forms(entry: polib.POEntry, old: Translation) -> None:
    """Copy the forms into an entry.

    gettext's tools refuse a file with more forms than its rule has, so any more become a note, and
    the mark asks somebody to look at all of them.
    """
    if not entry.msgid_plural:
        # There is more than one form only if the English had a plural before.
        entry.msgstr = " / ".join(filter(None, old.forms))
        return
    room = len(entry.msgstr_plural)
    entry.msgstr_plural |= dict(enumerate(old.forms[:room]))
    for index, form in list(enumerate(old.forms))[room:]:
        if form:
            entry.flags = [_FUZZY]
            note(entry, f"msgstr[{index}] was", [form])


def _mark_change(
    language: Language,
    sentence: Sentence,
    entry: polib.POEntry,
    kept: polib.POEntry,
    old: Translation,
) -> Change | None:
    """Mark the entry as fuzzy if its translation was made from other English.

    Return the change of the English since `kept` was written, if any.
    """
    now = sentence.forms
    made_from = old.before if old.changed and old.before else old.english
    if old.is_of(sentence):
        if old.changed:
            entry.previous_msgctxt = kept.previous_msgctxt
            mark_changed(entry, old.before)
        return None
    said = po_file.translation(entry, old.rule)
    if made_from == said.english and checked(language, sentence, said):
        # A speaker checked exactly this English with this translation: drop the fuzzy mark, which
        # the change in between left.
        return None
    mark_changed(entry, made_from)
    return Change(str(entry.msgctxt), " / ".join(made_from), " / ".join(now))


def mark_changed(entry: polib.POEntry, made_from: tuple[str, ...]) -> None:
    """Mark an entry as fuzzy: translated from other English, which stays beside it."""
    entry.flags = [_FUZZY]
    entry.previous_msgid, entry.previous_msgid_plural = (*made_from, None, None)[:2]


def _translated(entry: polib.POEntry) -> bool:
    return any(form.strip() for form in _forms(entry))


def _forms(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr, *entry.msgstr_plural.values()]
