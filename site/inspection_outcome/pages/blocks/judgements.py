"""Every grade but the overall one, as a list."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.grade import GradeView, cite_grades, grade_view


class Judgements(Block, frozen=True):
    """The grades of all judgements except `overall`."""

    name: ClassVar[str] = "judgements"
    grades: tuple[GradeView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the grades, or None if the overall one is the only one."""
        report = context.report
        grades = tuple(
            grade_view(report, judgement, context.language)
            for judgement in report.judgements
            if judgement.id != "overall"
        )
        return cls(grades=grades, cited=tuple(cite_grades(report, grades))) if grades else None
