"""The grades of this inspection beside those of the inspection before."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.grade import GradeView, cite_grades, grade_view
from inspection_outcome.report.model import Report


class Before(Block, frozen=True):
    """All grades, each with the earlier one, or with the reason why there is none to compare."""

    name: ClassVar[str] = "before"
    style: ClassVar[str] = "progress"
    grades: tuple[GradeView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self:
        """Return the grades."""
        report = context.report
        grades = tuple(grade_view(report, each, context.language) for each in report.judgements)
        return cls(grades=grades, cited=tuple(cite_grades(report, grades)))

    @classmethod
    def lacks(cls, report: Report) -> str | None:
        """Return the part that says when the inspection before was, if it is missing."""
        return None if report.inspection.earlier else "[inspection.earlier]"
