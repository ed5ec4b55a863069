"""Load the translations directory: every language with its catalogue, as one snapshot."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from inspection_outcome.i18n import languages, po_file
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.po_parse import CatalogueError, IncompleteError
from inspection_outcome.i18n.states import Entry, State, assess
from inspection_outcome.report.files import stamp
from inspection_outcome.report.sentence import Sentence

_TOLD = 5  # broken sentences listed in one log message

log = logging.getLogger(__name__)


class Catalogue(Struct, frozen=True):
    """Every sentence in one language, by sentence id, in the order of the English."""

    language: Language
    entries: Mapping[str, Entry]
    counts: Counter[State]
    """The number of sentences in each state."""

    @property
    def told(self) -> tuple[Counter[State], dt.date | None]:
        """What pages in other languages tell of this one: how far it is."""
        return self.counts, self.last_checked

    @property
    def last_checked(self) -> dt.date | None:
        """The date of the latest check by a speaker that is still valid, or None."""
        return max(
            (entry.checked.when for entry in self.entries.values() if entry.checked), default=None
        )

    def other_than(self, then: "Catalogue") -> frozenset[str]:
        """Return the ids of what another catalogue says differently, or does not have."""
        if self is then:
            return frozenset()
        entries = self.entries.items()
        return frozenset(id_ for id_, entry in entries if entry != then.entries.get(id_))


def assess_all(
    language: Language, sentences: Iterable[Sentence], said: Mapping[str, Translation]
) -> Catalogue:
    """Return a catalogue with each sentence's state, derived from a PO file's translations."""
    entries = {
        sentence.id: assess(language, sentence, said.get(sentence.id)) for sentence in sentences
    }
    return Catalogue(language, entries, Counter(entry.state for entry in entries.values()))


class _File(Struct, frozen=True):
    """The translations of a PO file, its stamp when it was read, and whether it was complete."""

    stamp: tuple[int, ...]
    said: Mapping[str, Translation]
    whole: bool
    refused: tuple[object, ...] = ()
    """The stamp of a newer version that could not be read, and why, so that it is logged once."""


_NOTHING = _File((), {}, whole=False)


class Catalogues(Struct, frozen=True):
    """The languages in order, and a catalogue for each except English, by language tag."""

    languages: tuple[Language, ...]
    by_tag: Mapping[str, Catalogue]
    files: Mapping[str, _File]
    whole: bool
    """Whether every file was read and is complete."""

    @classmethod
    def read(
        cls, folder: Path, sentences: Sequence[Sentence], last: "Catalogues | None" = None
    ) -> "Catalogues":
        """Return every catalogue, and log the translations that readers will not see.

        For a file that cannot be read, the last good version is used, or else an empty one:
        readers then get the English. A file that has not changed is not read again. Raise
        ContentError for faults in the list of languages.
        """
        offered = languages.load(folder)
        files: dict[str, _File] = {}
        by_tag: dict[str, Catalogue] = {}
        whole = True
        needed = [sentence.id for sentence in sentences]
        for language in offered:
            if language.tag == ENGLISH:
                continue
            before = last.files.get(language.tag, _NOTHING) if last else _NOTHING
            file, is_whole = _read(folder, language, needed, before)
            whole = whole and is_whole
            known = last.by_tag[language.tag] if last and file == before else None
            if known and _is_of(known, language, sentences):
                made = known
            else:
                made = assess_all(language, sentences, file.said)
                _tell_broken(made, known)
            files[language.tag], by_tag[language.tag] = file, made
        return cls(offered, by_tag, files, whole)

    @property
    def shown(self) -> tuple[Language, ...]:
        """The languages that the site links to, in order."""
        return tuple(language for language in self.languages if language.shown)

    def entries(self, language: Language) -> Mapping[str, Entry] | None:
        """Return a language's entries by sentence id.

        None for English, which needs no catalogue.
        """
        return self.by_tag[language.tag].entries if language.tag in self.by_tag else None

    def rule(self, tag: str) -> PluralRule:
        """Return the plural rule of a language's file."""
        said = next(iter(self.files[tag].said.values()), None)
        return said.rule if said else self.by_tag[tag].language.plural_rule

    @property
    def refused(self) -> dict[str, str]:
        """Why a language's file as it is now is not used, and what to do, by language tag."""
        return {tag: str(file.refused[1]) for tag, file in self.files.items() if file.refused}

    @property
    def english(self) -> Language:
        """English, the fallback of all other languages."""
        return next(language for language in self.languages if language.tag == ENGLISH)


def _read(
    folder: Path, language: Language, needed: Sequence[str], last: _File
) -> tuple[_File, bool]:
    """Return the file to serve, and whether it is the current version on disk and complete.

    A truncated file is better than none: it is used if there is no last good one.
    """
    path = po_file.path_of(folder, language)
    now = stamp(path)
    if now and last.stamp == now and last.whole:
        return last, True
    try:
        return _File(now, _said(path, language, needed), whole=True), True
    except CatalogueError as error:
        refused = (now, str(error))
        if refused != last.refused:
            log.error("%s", error)  # noqa: TRY400 (staff need the remedy, not a stack trace)
        if isinstance(error, IncompleteError) and not last.whole:
            return _File(now, _said(path, language), whole=False, refused=refused), False
        return replace(last, refused=refused), False


def _said(path: Path, language: Language, needed: Sequence[str] = ()) -> dict[str, Translation]:
    po = po_file.read(path, language, needed)
    said = po_file.translations(po)
    # polib's parser keeps the entries in a reference cycle: 1 MB a language until it is collected.
    po.clear()
    return said


def _is_of(made: Catalogue, language: Language, sentences: Sequence[Sentence]) -> bool:
    """Return whether a catalogue is of these very sentences: then they need not be assessed."""
    entries = made.entries.values()
    same = len(entries) == len(sentences) and all(
        entry.sentence is each for entry, each in zip(entries, sentences, strict=True)
    )
    return same and made.language == language


def _broken(made: Catalogue) -> list[str]:
    return [
        f"{entry.sentence.id} ({entry.problems[0].problem})"
        for entry in made.entries.values()
        if entry.problems
    ]


def _tell_broken(made: Catalogue, told: Catalogue | None) -> None:
    """Log the broken sentences of a catalogue, if they are not those told before."""
    broken = _broken(made)
    if broken and not (told and broken == _broken(told)):
        more = "" if len(broken) <= _TOLD else " …"
        log.warning(
            "%s: readers get the English of %d broken sentences: %s%s. "
            "Run: flask translations check %s",
            made.language.tag,
            len(broken),
            "; ".join(broken[:_TOLD]),
            more,
            made.language.tag,
        )
