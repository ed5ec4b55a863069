"""What the council said that it does, as a list with the status of each action."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.progress import (
    ActionView,
    FreshnessView,
    action_view,
    cite_actions,
    freshness,
)


class Actions(Block, frozen=True):
    """Every action, and how old the reports on them are."""

    name: ClassVar[str] = "actions"
    style: ClassVar[str] = "progress"
    actions: tuple[ActionView, ...]
    freshness: FreshnessView

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the actions, or None if there are none."""
        report = context.report
        found = freshness(report, context.today)
        if found is None:
            return None
        return cls(
            actions=tuple(action_view(report, action) for action in report.actions),
            freshness=found,
            cited=(cite_actions(report),),
        )
