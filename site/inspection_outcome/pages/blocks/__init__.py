"""The blocks of a section: what it can show, each in a module of its own.

To add one: its module here, its name in `BLOCKS`, its template in templates/blocks.
"""

from collections.abc import Iterator

from inspection_outcome.pages.blocks.actions import Actions
from inspection_outcome.pages.blocks.areas import Areas
from inspection_outcome.pages.blocks.before import Before
from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.blocks.call import Call
from inspection_outcome.pages.blocks.contacts import Contacts
from inspection_outcome.pages.blocks.contents import Contents
from inspection_outcome.pages.blocks.councils import Councils
from inspection_outcome.pages.blocks.doors import Doors
from inspection_outcome.pages.blocks.easy_read import EasyRead
from inspection_outcome.pages.blocks.feed import Feed
from inspection_outcome.pages.blocks.freshness import Freshness
from inspection_outcome.pages.blocks.judgements import Judgements
from inspection_outcome.pages.blocks.not_known import NotKnown
from inspection_outcome.pages.blocks.points import Points
from inspection_outcome.pages.blocks.progress import Progress
from inspection_outcome.pages.blocks.publisher import Publisher
from inspection_outcome.pages.blocks.scale import Scale
from inspection_outcome.pages.blocks.sources import Sources
from inspection_outcome.pages.blocks.steps import Steps
from inspection_outcome.pages.blocks.text import Text
from inspection_outcome.pages.blocks.timeline import Timeline
from inspection_outcome.pages.blocks.translations import Translations
from inspection_outcome.pages.blocks.verdict import Verdict
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.model import Report

BLOCKS: dict[str, type[Block]] = {
    block.name: block
    for block in (
        Actions,
        Areas,
        Before,
        Contents,
        Councils,
        Doors,
        Feed,
        Freshness,
        Judgements,
        Progress,
        Publisher,
        Scale,
        Sources,
        Timeline,
        Translations,
    )
}
"""The blocks that are made from facts: a section names one in its field `shows`."""
_FIRST: tuple[type[Block], ...] = (Verdict, Call)
_TEXT: tuple[type[Block], ...] = (Text, EasyRead)
_LAST: tuple[type[Block], ...] = (NotKnown, Points, Steps, Contacts)
EVERY_SECTION = (*_FIRST, *_TEXT, *_LAST)
"""The blocks that are made from a section's own fields, in their order."""


def build_blocks(context: SectionContext) -> tuple[Block, ...]:
    """Return the blocks of a section in the order in which it shows them."""
    shown = [BLOCKS[context.section.shows]] if context.section.shows else []
    above = [each for each in shown if each.above_text]
    below = [each for each in shown if not each.above_text]
    built = (each.build(context) for each in (*_FIRST, *above, *_TEXT, *below, *_LAST))
    return tuple(block for block in built if block is not None)


def faults(report: Report) -> Iterator[Fault]:
    """Yield a fault of truth for each section whose `shows` cannot be shown."""
    shown_in: dict[str, str] = {}
    for name, page in report.pages.items():
        for section in page.section:
            if section.shows is not None:
                problems = _problems(report, section.shows, shown_in.get(section.shows))
                for problem, remedy in problems:
                    yield Fault(f"{name}.toml", f"section[{section.id}].shows", problem, remedy)
                shown_in.setdefault(section.shows, f"{name}.toml")


def _problems(report: Report, shows: str, first: str | None) -> Iterator[tuple[str, str]]:
    """Yield the problems of a `shows` with their remedies. `first`: the first file that has it."""
    block = BLOCKS.get(shows)
    if block is None:
        yield f"there is no block '{shows}'", f"Use one of: {', '.join(BLOCKS)}."
    elif part := block.lacks(report):
        yield f"there is no {part} to show", "Add it, or take this section out."
    elif block.once and first:
        yield f"'{shows}' is shown already in {first}", "Show it once."
