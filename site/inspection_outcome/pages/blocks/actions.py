"""What the council said that it does, as a list with the status of each action."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.fold import fold
from inspection_outcome.pages.progress import (
    ActionView,
    FreshnessView,
    TallyView,
    action_view,
    cite_actions,
    freshness,
    tally,
)
from inspection_outcome.report.facts import Count


class Actions(Block, frozen=True):
    """Every action, how many areas have none, and how old the reports on them are.

    After the first few actions, the rest is folded. Without any, it says so; `freshness` then is
    None.
    """

    name: ClassVar[str] = "actions"
    style: ClassVar[str] = "progress"
    tally: TallyView
    actions: tuple[ActionView, ...]
    more_actions: tuple[ActionView, ...]
    freshness: FreshnessView | None

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the actions, or None if there are none, and nothing that must get better."""
        report = context.report
        if not (report.actions or report.areas):
            return None
        actions, more_actions = fold([action_view(report, action) for action in report.actions])
        return cls(
            tally=tally(report),
            actions=actions,
            more_actions=more_actions,
            freshness=freshness(report, context.today),
            cited=(cite_actions(report),),
        )

    @property
    def more(self) -> Count:
        """Return how many actions are folded, as a fact for a sentence."""
        return Count(len(self.more_actions))
