"""Links to the sections that follow on the page, with their grades."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.blocks.heading import Heading, heading


class Contents(Block, frozen=True):
    """The headings of the sections after this one, except parts of others."""

    name: ClassVar[str] = "contents"
    headings: tuple[Heading, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the links, or None for the last section."""
        sections = context.page.section
        following = sections[sections.index(context.section) + 1 :]
        headings = tuple(heading(context, each) for each in following if each.under is None)
        return cls(headings=headings) if headings else None

    @property
    def shows_grades(self) -> bool:
        """Whether a section has a grade, so that the links are a table of results."""
        return any(heading.grade for heading in self.headings)
