"""How many councils had each grade."""

from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.facts import Count, Grade, GradeGiven
from inspection_outcome.report.model import Report


class CouncilsView(Struct, frozen=True):
    """How many councils had a grade, and whether this council was one of them."""

    grade: GradeGiven
    count: Count
    here: bool


class Councils(Block, frozen=True):
    """The councils with each grade, the best grade first."""

    name: ClassVar[str] = "councils"
    rows: tuple[CouncilsView, ...]
    most: int
    """The number of councils with the commonest grade: the length of the longest bar."""

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the numbers, or None without a comparison."""
        comparison = context.report.comparison
        if comparison is None:
            return None
        own = context.report.judgement("overall").grade
        return cls(
            rows=tuple(
                CouncilsView(GradeGiven(grade), Count(comparison.councils(grade)), grade == own)
                for grade in reversed(Grade)
            ),
            most=max(1, *map(comparison.councils, Grade)),
            cited=(Cited("text", sources=[comparison.source]),),
        )

    @classmethod
    def lacks(cls, report: Report) -> str | None:
        """Return the part that holds the numbers, if it is missing."""
        return None if report.comparison else "[comparison]"
