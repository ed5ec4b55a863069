"""How far each language is: sentences checked, not checked, and still in English."""

from collections.abc import Iterator
from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.states import State
from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.report.facts import Count, Date


class TranslationView(Struct, frozen=True):
    """The progress of one language: sentences by state, and when a speaker last checked one."""

    language: Language
    checked: Count
    unchecked: Count
    in_english: Count
    last_checked: Date | None


class Translations(Block, frozen=True):
    """The progress of each language shown to readers, except English."""

    name: ClassVar[str] = "translations"
    style: ClassVar[str] = "lists"
    translations: tuple[TranslationView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the progress of the languages, or None if English is the only one."""
        translations = tuple(_translations(context.catalogues))
        return cls(translations=translations) if translations else None


def _translations(catalogues: Catalogues) -> Iterator[TranslationView]:
    for language in catalogues.shown:
        if catalogue := catalogues.by_tag.get(language.tag):
            counts = catalogue.counts
            checked, unchecked = counts[State.CHECKED], counts[State.NEEDS_CHECKING]
            yield TranslationView(
                language,
                Count(checked),
                Count(unchecked),
                Count(counts.total() - checked - unchecked),
                Date(catalogue.last_checked) if catalogue.last_checked else None,
            )
