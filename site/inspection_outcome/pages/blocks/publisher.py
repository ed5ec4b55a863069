"""Who answers for this copy of the site."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.report.facts import Body, Email


class Publisher(Block, frozen=True):
    """The publisher and how to write to it; without a publisher, that nobody answers for it."""

    name: ClassVar[str] = "publisher"
    publisher: Body | None
    email: Email | None

    @classmethod
    def build(cls, context: SectionContext) -> Self:
        """Return the publisher."""
        council = context.report.council
        return cls(
            publisher=Body(council.publisher) if council.publisher else None,
            email=Email(council.publisher_email) if council.publisher_email else None,
        )
