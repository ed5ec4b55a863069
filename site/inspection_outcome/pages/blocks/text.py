"""The paragraphs of a section."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.sentence import Sentence


class Text(Block, frozen=True):
    """The section's `text`."""

    name: ClassVar[str] = "text"
    sentences: tuple[Sentence, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the paragraphs, or None if there are none."""
        text = context.section.text
        return cls(sentences=text, cited=(Cited("text", text),)) if text else None
