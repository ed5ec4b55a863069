"""The translations folder -> every language with its catalogue, as one snapshot."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from inspection_outcome.i18n import languages, po_file
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.po_file import CatalogueError, IncompleteError, Translation
from inspection_outcome.i18n.states import Entry, State, assess
from inspection_outcome.report.sentence import Sentence

_TOLD = 5  # broken sentences in one line of the log

log = logging.getLogger(__name__)


class Catalogue(Struct, frozen=True):
    """Every sentence in one language, by its id, in the order of the English."""

    language: Language
    entries: Mapping[str, Entry]
    counts: Counter[State]
    """How many sentences are in each state."""

    @property
    def last_checked(self) -> dt.date | None:
        """When a speaker last checked a sentence as it is now."""
        return max((entry.checked.when for entry in self.entries.values() if entry.checked), default=None)


def assess_all(language: Language, sentences: Iterable[Sentence], said: Mapping[str, Translation]) -> Catalogue:
    """Give each sentence its state, from what a PO file says."""
    entries = {sentence.id: assess(language, sentence, said.get(sentence.id)) for sentence in sentences}
    return Catalogue(language, entries, Counter(entry.state for entry in entries.values()))


class _File(Struct, frozen=True):
    """What readers are served of a PO file, the state on disk in which it was read, and whether it was whole."""

    stamp: tuple[int, ...]
    said: Mapping[str, Translation]
    whole: bool


_NOTHING = _File((), {}, whole=False)


class Catalogues(Struct, frozen=True):
    """The languages in order, and a catalogue to each but English, by its tag."""

    languages: tuple[Language, ...]
    by_tag: Mapping[str, Catalogue]
    files: Mapping[str, _File]
    whole: bool
    """Whether every file could be read."""

    @classmethod
    def read(cls, folder: Path, sentences: Sequence[Sentence], last: "Catalogues | None" = None) -> "Catalogues":
        """Read every catalogue, and log what readers will not see.

        One that cannot be read is as it was before, else empty: readers then get the English. A file that
        has not changed is not read again. Raises ContentError for the list of languages.
        """
        offered = languages.load(folder)
        files: dict[str, _File] = {}
        by_tag: dict[str, Catalogue] = {}
        whole = True
        for language in offered:
            if language.tag == ENGLISH:
                continue
            before = last.files.get(language.tag, _NOTHING) if last else _NOTHING
            file, is_whole = _read(folder, language, before)
            whole = whole and is_whole
            made = assess_all(language, sentences, file.said)
            _tell_broken(made)
            files[language.tag], by_tag[language.tag] = file, made
        return cls(offered, by_tag, files, whole)

    @property
    def shown(self) -> tuple[Language, ...]:
        """The languages that readers are led to, in order."""
        return tuple(language for language in self.languages if language.shown)

    def entries(self, language: Language) -> Mapping[str, Entry] | None:
        """What there is in a language, by the sentences' ids; None for English, which needs no catalogue."""
        return self.by_tag[language.tag].entries if language.tag in self.by_tag else None

    @property
    def english(self) -> Language:
        """The language that all others fall back to."""
        return next(language for language in self.languages if language.tag == ENGLISH)


def _read(folder: Path, language: Language, last: _File) -> tuple[_File, bool]:
    """Return what readers are served from, and whether that is the file as it is now, and whole.

    A file that was cut off is better than none: it is used where there is no last good one.
    """
    path = po_file.path_of(folder, language)
    stamp = po_file.stamp(path)
    if stamp and last.stamp == stamp:
        return last, last.whole
    try:
        return _File(stamp, _said(path, language, complete=True), whole=True), True
    except CatalogueError as error:
        log.error("%s", error)  # noqa: TRY400 (for staff: what to mend, and no traceback)
        if isinstance(error, IncompleteError) and not last.whole:
            return _File(stamp, _said(path, language), whole=False), False
        return last, False


def _said(path: Path, language: Language, *, complete: bool = False) -> dict[str, Translation]:
    po = po_file.read(path, language, complete=complete)
    said = po_file.translations(po)
    po.clear()  # polib's parser keeps it in a reference cycle: 1 MB a language until it is collected
    return said


def _tell_broken(made: Catalogue) -> None:
    broken = [f"{entry.sentence.id} ({entry.problems[0].problem})" for entry in made.entries.values() if entry.problems]
    if broken:
        more = "" if len(broken) <= _TOLD else " …"
        log.warning(
            "%s: readers get the English of %d broken sentences: %s%s. Run: flask translations check %s",
            *(made.language.tag, len(broken), "; ".join(broken[:_TOLD]), more, made.language.tag),
        )
