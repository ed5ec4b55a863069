"""How many actions have each status: as a sentence, and as marks on the way to done."""

from collections import Counter
from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.progress import FreshnessView, cite_actions, freshness
from inspection_outcome.report import progress
from inspection_outcome.report.facts import Tally
from inspection_outcome.report.model import Report, Status

_WAY = (Status.PLANNED, Status.UNDER_WAY, Status.DONE)
"""The statuses on the way, in order; an action may also be off it, stopped or not known."""


class StopView(Struct, frozen=True):
    """A status, as a stop on the way from planned to done, and how many actions have it."""

    status: str
    count: int


class TallyView(Struct, frozen=True):
    """How many actions have each status: as a fact for a sentence, and as stops on the way.

    The fact leaves out a status that no action has. `none_done`: something was reported of each
    action, and none is done.
    """

    fact: Tally
    none_done: bool
    stops: tuple[StopView, ...]


class StatusOfAll(Block, frozen=True):
    """The tally of the actions, and how old the reports on them are."""

    name: ClassVar[str] = "status"
    above_text: ClassVar[bool] = True
    tally: TallyView
    freshness: FreshnessView

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the tally, or None if there are no actions."""
        report = context.report
        counted, age = tally(report), freshness(report, context.today)
        if not (counted and age):
            return None
        return cls(tally=counted, freshness=age, cited=(cite_actions(report),))


def tally(report: Report) -> TallyView | None:
    """Return how many actions have each status; None if there are no actions."""
    if not report.actions:
        return None
    numbers = Counter(progress.status(report, each) for each in report.actions)
    unknown = numbers[Status.NOT_KNOWN]
    way = _WAY if unknown < numbers.total() else ()
    beside = (status for status in (Status.STOPPED, Status.NOT_KNOWN) if numbers[status])
    return TallyView(
        Tally(value=tuple((status.value, numbers[status]) for status in Status if numbers[status])),
        none_done=not (unknown or numbers[Status.DONE]),
        stops=tuple(StopView(status.value, numbers[status]) for status in (*way, *beside)),
    )
