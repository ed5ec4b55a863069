"""Links to the sections that are under this one."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.blocks.heading import Heading, heading


class Parts(Block, frozen=True):
    """The headings of the sections that name this one in `under`."""

    name: ClassVar[str] = "parts"
    headings: tuple[Heading, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the links, or None for a section without parts."""
        headings = tuple(
            heading(context, each)
            for each in context.page.section
            if each.under == context.section.id
        )
        return cls(headings=headings) if headings else None
