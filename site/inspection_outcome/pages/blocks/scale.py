"""The scale of grades, and what each means."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.facts import Grade, GradeGiven


class Scale(Block, frozen=True):
    """The four grades, the best first."""

    name: ClassVar[str] = "scale"
    grades: tuple[GradeGiven, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self:
        """Return the grades. What each means is said in our own words, in ui.toml."""
        del context  # the scale is the same for every report
        return cls(
            grades=tuple(map(GradeGiven, reversed(Grade))),
            cited=(Cited("scale", sources=["facts"]),),
        )
