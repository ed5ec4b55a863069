"""What happened when."""

from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.facts import AnyFact
from inspection_outcome.report.sentence import Sentence


class EventView(Struct, frozen=True):
    """An event, with its date as a fact."""

    when: AnyFact
    text: Sentence


class Timeline(Block, frozen=True):
    """The events, in the order of the content."""

    name: ClassVar[str] = "timeline"
    style: ClassVar[str] = "progress"
    events: tuple[EventView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the events, or None if there are none."""
        report = context.report
        events = tuple(EventView(report.facts[each.when], each.text) for each in report.events)
        cited = Cited("events", [event.text for event in events])
        return cls(events=events, cited=(cited,)) if events else None
