"""The headings of sections, and links to them."""

from msgspec import Struct

from inspection_outcome.pages.blocks.block import SectionContext
from inspection_outcome.pages.grade import GradeView, grade_view
from inspection_outcome.report.facts import Count
from inspection_outcome.report.model import Report
from inspection_outcome.report.page import Page, Section
from inspection_outcome.report.sentence import Sentence


class Heading(Struct, frozen=True):
    """The heading of a section, its anchor, and what the section is about.

    `grade`: the grade that it is about, if any. `not_good`: how many points it and its parts list
    as not good enough. `areas`: how many things must get better, if it shows them.
    """

    id: str
    text: Sentence
    grade: GradeView | None
    not_good: Count
    areas: Count


def heading_text(report: Report, page: Page, section: Section) -> Sentence:
    """Return the text of a section's heading; by default the name of its judgement."""
    if section.heading is None and section.judgement:
        return report.judgement(section.judgement).name
    return section.heading or page.title


def heading(context: SectionContext, section: Section) -> Heading:
    """Return the heading of a section of the page."""
    report = context.report
    judgement = report.judgement(section.judgement) if section.judgement else None
    parts = (each for each in context.page.section if section.id in {each.id, each.under})
    return Heading(
        section.id,
        heading_text(report, context.page, section),
        grade_view(report, judgement, context.language) if judgement else None,
        Count(sum(len(each.not_good) for each in parts)),
        Count(len(report.areas) if section.shows == "areas" else 0),
    )
