"""Take upstream's translations into one catalogue: a three-way merge, sentence by sentence.

The base is a record: hashes of what upstream said of each sentence when it was last looked at. What
is here as in the record, nobody here has changed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import polib
from msgspec import Struct
from msgspec.structs import replace

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.catalogues import assess_all
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import note
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_change import put
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.states import checked, others
from inspection_outcome.report.sentence import Sentence


class Kept(Struct, frozen=True):
    """A sentence that upstream says in another way than it is said here."""

    id: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


class Taken(Struct):
    """What was done with upstream's translations of one language."""

    record: dict[str, str]
    taken: list[str] = []
    """The ids of sentences that now are as upstream has them."""
    kept: list[Kept] = []
    """What was changed here, too, and stays. It is told again if upstream changes it again."""
    misfits: list[str] = []
    """Ids of what stays: upstream has several forms for counts that have one form here."""


class _Hashes(NamedTuple):
    """A translation in a record: what it says for each count, and who checked it, and when."""

    words: str = ""
    check: str = ""


class Theirs(Struct, frozen=True):
    """What upstream says of our sentences in one language."""

    language: Language
    messages: Sequence[Message]
    """Our sentences."""
    said: Mapping[str, Translation]
    """The translations that our readers may get, by sentence id.

    Their English is the same as ours, and they are neither marked fuzzy nor broken.
    """
    asked: frozenset[str] = frozenset()
    """Ids of sentences, and pages, to take though they were changed here."""

    @classmethod
    def read(
        cls,
        path: Path,
        language: Language,
        messages: Sequence[Message],
        asked: Iterable[str] = (),
    ) -> "Theirs":
        """Read upstream's PO file. Raise CatalogueError."""
        said = po_file.translations(po_file.read(path, language))
        made = assess_all(language, [each.sentence for each in messages], said)
        usable = {id_: said[id_] for id_, entry in made.entries.items() if entry.usable}
        return cls(language, messages, usable, frozenset(asked))

    def take(self, po: polib.POFile, seen: Mapping[str, str]) -> Taken:
        """Take translations into a catalogue of ours, which has an entry for each sentence.

        Taken is what is not translated there from this English, what nobody there has changed or
        checked since it was `seen`, and what is asked for.
        """
        rule, done = po_file.plural_rule(po), Taken(dict(seen))
        entries = {entry.msgctxt: entry for entry in po if not entry.obsolete}
        for page, sentence in ((each.page, each.sentence) for each in self.messages):
            if not (said := self.said.get(sentence.id)):
                continue
            entry = entries[sentence.id]
            ours = po_file.translation(entry, rule)
            here, there = (_hashes(self.language, sentence, each) for each in (ours, said))
            base = _Hashes(*seen.get(sentence.id, "").split()[:2])
            if not base.words and here == (there.words, ""):
                base = here  # it was copied before there was a record
            done.record[sentence.id] = " ".join(there).strip()
            lacks = ours.changed or not any(form.strip() for form in ours.forms)
            differs = here.words != there.words
            asked = differs and not self.asked.isdisjoint({page, sentence.id})
            if not (lacks or asked or here == base):
                if differs and base != there:
                    done.kept.append(Kept(sentence.id, ours.forms, said.forms))
            elif lacks or here != there:
                if fitting := fitted(sentence, said, rule):
                    if lacks and here.words != base.words:
                        note(entry, "msgstr was", ours.forms)
                    _put(entry, fitting, keeps_check=bool(there.check))
                    done.taken.append(sentence.id)
                else:
                    done.misfits.append(sentence.id)
        return done


def fitted(sentence: Sentence, said: Translation, rule: PluralRule) -> Translation | None:
    """Return a translation with its forms in the order of another rule; None if they do not fit."""
    if sentence.plural is None:
        return said
    forms = rule.refit(said.forms, said.rule)
    return replace(said, forms=forms, rule=rule) if forms else None


def _put(entry: polib.POEntry, said: Translation, *, keeps_check: bool) -> None:
    """Write a translation into an entry, and its notes below those that are there."""
    put(entry, said.forms)
    theirs = said.note.splitlines() if keeps_check else others(said.note)
    entry.tcomment = "\n".join(dict.fromkeys([*others(entry.tcomment), *theirs]))


def _hashes(language: Language, sentence: Sentence, said: Translation) -> _Hashes:
    """Return what a record has of a translation: the same for any plural rule that it is under."""
    words = said.forms if sentence.plural is None else said.rule.shown(said.forms)
    by = checked(language, sentence, said)
    return _Hashes(short_hash(json.dumps(words)), short_hash(f"{by.who}, {by.when}") if by else "")


def short_hash(text: str) -> str:
    """Return the hash that a record has of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
