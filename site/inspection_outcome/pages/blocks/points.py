"""What was good and what was not, point by point."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.pages.fold import OPEN, fold
from inspection_outcome.report.facts import Count
from inspection_outcome.report.sentence import Sentence


class Points(Block, frozen=True):
    """The section's `not_good`, all of it, and `good`: after the first few, the rest is folded.

    Praise must not bury what was not good enough.
    """

    name: ClassVar[str] = "points"
    good: tuple[Sentence, ...]
    more_good: tuple[Sentence, ...]
    """What is folded, if it is worth a fold."""
    not_good: tuple[Sentence, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the points, or None if there are none."""
        good, not_good = context.section.good, context.section.not_good
        if not (good or not_good):
            return None
        cited = (Cited("not-good", not_good), Cited("good", good))
        good, more_good = fold(good, _unfolded(context))
        return cls(good=good, more_good=more_good, not_good=not_good, cited=cited)

    @property
    def more(self) -> Count:
        """Return how many points are folded, as a fact for a sentence."""
        return Count(len(self.more_good))


def _unfolded(context: SectionContext) -> int:
    """Return how many good points of a section stay open, after those of the parts before it."""
    sections, section = context.page.section, context.section
    group = section.under or section.id
    before = sections[: sections.index(section)]
    shown = sum(len(each.good) for each in before if group in {each.id, each.under})
    return max(0, OPEN - shown)
