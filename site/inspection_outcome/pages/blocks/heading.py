"""The headings of sections, and links to them."""

from msgspec import Struct

from inspection_outcome.pages.blocks.block import SectionContext
from inspection_outcome.pages.grade import GradeView, grade_view
from inspection_outcome.report.page import Section
from inspection_outcome.report.sentence import Sentence


class Heading(Struct, frozen=True):
    """The heading of a section, its anchor, and the grade that the section is about, if any."""

    id: str
    text: Sentence
    grade: GradeView | None


def heading(context: SectionContext, section: Section) -> Heading:
    """Return the heading of a section of the page; by default the name of its judgement."""
    report = context.report
    judgement = report.judgement(section.judgement) if section.judgement else None
    return Heading(
        section.id,
        section.heading or (judgement.name if judgement else context.page.title),
        grade_view(report, judgement, context.language) if judgement else None,
    )
