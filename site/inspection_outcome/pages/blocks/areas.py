"""What must get better, as a list."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.model import Area


class Areas(Block, frozen=True):
    """The areas for improvement."""

    name: ClassVar[str] = "areas"
    areas: tuple[Area, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the areas, or None if there are none."""
        areas = context.report.areas
        said = [sentence for area in areas for sentence in (area.name, area.why)]
        return cls(areas=areas, cited=(Cited("areas", said),)) if areas else None
