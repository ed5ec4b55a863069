"""What nobody has published, and what has not been looked for."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.sentence import Sentence


class NotKnown(Block, frozen=True):
    """The section's `not_known`."""

    name: ClassVar[str] = "not-known"
    sentences: tuple[Sentence, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return what is not known, or None if the section says nothing of it."""
        unknown = context.section.not_known
        return cls(sentences=unknown, cited=(Cited("not-known", unknown),)) if unknown else None
