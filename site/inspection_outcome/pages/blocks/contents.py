"""Links to the sections that follow on the page, with their grades."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.blocks.heading import Heading, heading


class Contents(Block, frozen=True):
    """The headings of the sections after this one, except parts of others."""

    name: ClassVar[str] = "contents"
    in_all: ClassVar[bool] = False
    headings: tuple[Heading, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the links, or None for the last section; with grades, they are the results."""
        sections = context.page.section
        following = sections[sections.index(context.section) + 1 :]
        headings = tuple(heading(context, each) for each in following if each.under is None)
        if not headings:
            return None
        graded = any(each.grade for each in headings)
        return cls(headings=headings, answers_first=graded, hides_heading=graded)
