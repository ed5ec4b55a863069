"""What must get better, as a list."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.pages.fold import fold
from inspection_outcome.report.facts import Count
from inspection_outcome.report.model import Area


class Areas(Block, frozen=True):
    """The areas for improvement: after the first few, the rest is folded."""

    name: ClassVar[str] = "areas"
    areas: tuple[Area, ...]
    more_areas: tuple[Area, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the areas, or None if there are none."""
        areas = context.report.areas
        said = [sentence for area in areas for sentence in (area.name, area.why)]
        if not areas:
            return None
        areas, more_areas = fold(areas)
        return cls(areas=areas, more_areas=more_areas, cited=(Cited("areas", said),))

    @property
    def more(self) -> Count:
        """Return how many areas are folded, as a fact for a sentence."""
        return Count(len(self.more_areas))
