"""What to do, step by step."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.sentence import Sentence


class Steps(Block, frozen=True):
    """The section's `steps`, as a numbered list."""

    name: ClassVar[str] = "steps"
    style: ClassVar[str] = "lists"
    sentences: tuple[Sentence, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the steps, or None if there are none."""
        steps = context.section.steps
        return cls(sentences=steps, cited=(Cited("steps", steps),)) if steps else None
