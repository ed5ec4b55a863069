"""The grade that a section is about, what it means, and the grade before."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.pages.grade import GradeView, cite_grades, grade_view


class Verdict(Block, frozen=True):
    """The grade of the section's `judgement`."""

    name: ClassVar[str] = "verdict"
    grade: GradeView

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the grade, or None for a section without a judgement."""
        report, section = context.report, context.section
        if section.judgement is None:
            return None
        grade = grade_view(report, report.judgement(section.judgement), context.language)
        meaning = Cited("scale", [grade.meaning] if grade.meaning else [])
        return cls(grade=grade, cited=(*cite_grades(report, [grade]), meaning))
