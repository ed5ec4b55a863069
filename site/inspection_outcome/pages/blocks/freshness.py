"""How old the newest report on the status of the actions is."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.progress import FreshnessView, freshness


class Freshness(Block, frozen=True):
    """The date of the newest report."""

    name: ClassVar[str] = "freshness"
    freshness: FreshnessView

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the age of the reports, or None if there are no actions."""
        found = freshness(context.report, context.today)
        return cls(freshness=found) if found else None
