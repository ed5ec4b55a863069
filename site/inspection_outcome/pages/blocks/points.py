"""What was good and what was not, point by point."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.sentence import Sentence


class Points(Block, frozen=True):
    """The section's `good` and `not_good`, beside each other."""

    name: ClassVar[str] = "points"
    good: tuple[Sentence, ...]
    not_good: tuple[Sentence, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the points, or None if there are none."""
        good, not_good = context.section.good, context.section.not_good
        if not (good or not_good):
            return None
        cited = (Cited("good", good), Cited("not-good", not_good))
        return cls(good=good, not_good=not_good, cited=cited)
