"""The link to the feed of updates."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.urls import feed_address, page_that_shows
from inspection_outcome.report.model import Report


class Feed(Block, frozen=True):
    """The address of the language's feed."""

    name: ClassVar[str] = "feed"
    href: str

    @classmethod
    def build(cls, context: SectionContext) -> Self:
        """Return the link."""
        return cls(href=feed_address(context.language.tag))

    @classmethod
    def lacks(cls, report: Report) -> str | None:
        """Return the section whose updates the feed holds, if it is missing."""
        return None if page_that_shows(report, "progress") else "section that shows 'progress'"
