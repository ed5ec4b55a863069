"""Every area for improvement with its actions and their updates: the whole story of progress."""

from collections.abc import Iterator
from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.pages.progress import ActionView, action_view, cite_actions
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.model import Area, Report
from inspection_outcome.report.sentence import Sentence


class AreaView(Struct, frozen=True):
    """An area for improvement, its actions, what is not known of them, and whom to contact.

    `area` is None for the actions that the source ties to no area.
    """

    area: Area | None
    actions: tuple[ActionView, ...]
    not_known: tuple[Sentence, ...]
    contacts: tuple[Contact, ...]


class Progress(Block, frozen=True):
    """The areas with their actions.

    Shown once: each update has one anchor, the feed links to one page, and the page with everything
    on it is assembled from the others.
    """

    name: ClassVar[str] = "progress"
    once: ClassVar[bool] = True
    areas: tuple[AreaView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the areas, or None if there are neither areas nor actions."""
        report = context.report
        areas = tuple(_areas(report))
        said = [sentence for area in report.areas for sentence in (area.name, area.why)]
        unknown = [
            *(sentence for area in report.areas for sentence in area.not_known),
            *(sentence for action in report.actions for sentence in action.not_known),
        ]
        cited = (Cited("areas", said), cite_actions(report), Cited("not-known", unknown))
        return cls(areas=areas, cited=cited) if areas else None


def _areas(report: Report) -> Iterator[AreaView]:
    """Yield each area with its actions, then the actions that the source ties to no area.

    The latter come with the contacts of all areas.
    """
    for area in report.areas:
        yield _area(report, area, area.contacts)
    if any(action.area is None for action in report.actions):
        everybody = dict.fromkeys(id_ for area in report.areas for id_ in area.contacts)
        yield _area(report, None, tuple(everybody))


def _area(report: Report, area: Area | None, contacts: tuple[str, ...]) -> AreaView:
    actions = [each for each in report.actions if each.area == (area.id if area else None)]
    unknown = [sentence for action in actions for sentence in action.not_known]
    return AreaView(
        area,
        tuple(action_view(report, each) for each in actions),
        (*(area.not_known if area else ()), *unknown),
        tuple(map(report.contact, contacts)),
    )
