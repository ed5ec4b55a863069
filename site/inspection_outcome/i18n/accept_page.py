"""A speaker checks a page's translations one by one, as in `flask translations accept`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from inspection_outcome.i18n import po_file, states
from inspection_outcome.i18n.catalogues import Catalogue, assess_all
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.states import Checked, Entry, State
from inspection_outcome.report.sentence import Sentence


class PageCheck(Struct):
    """One speaker's check of one page. What is accepted is in the file at once."""

    path: Path
    language: Language
    by: Checked
    needed: Sequence[str]
    """The ids of all sentences of the site: see po_file.read."""
    catalogue: Catalogue
    """The page's sentences as they were when the check began."""
    accepted: list[str] = []
    """The ids of sentences whose translation is right."""
    refused: list[str] = []
    """The ids of sentences whose translation is not right."""

    @classmethod
    def begin(
        cls,
        path: Path,
        language: Language,
        sentences: Iterable[Sentence],
        by: Checked,
        needed: Sequence[str] = (),
    ) -> "PageCheck":
        """Return the check of these sentences. Raise CatalogueError if the file is unreadable."""
        said = po_file.translations(po_file.read(path, language, needed))
        return cls(path, language, by, needed, assess_all(language, sentences, said))

    @property
    def to_ask(self) -> list[Entry]:
        """The translations that needed checking when the check began, in order."""
        entries = self.catalogue.entries.values()
        return [entry for entry in entries if entry.state is State.NEEDS_CHECKING]

    @property
    def left(self) -> int:
        """The number of translations that still need checking, with those refused."""
        return len(self.to_ask) - len(self.accepted)

    def accept(self, entries: Sequence[Entry]) -> list[str]:
        """Record in the file that these translations are right, all at once.

        Return the ids of those left as they are, as the file no longer has this English and
        translation. Raise CatalogueError and ValueError as `states.accept` does.
        """
        with locked(self.path.parents[2]):  # the translations directory
            done = states.accept(self.path, self.language, entries, self.by, self.needed)
        ids = [entry.sentence.id for entry in entries]
        self.accepted += [id_ for id_ in ids if id_ in done]
        return [id_ for id_ in ids if id_ not in done]

    def refuse(self, entry: Entry) -> None:
        """Note that a translation is not right. The file stays as it is."""
        self.refused.append(entry.sentence.id)
