"""How far all has got: a tally, then every area for improvement with its actions and updates."""

from collections.abc import Iterator
from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.pages.progress import (
    ActionView,
    FreshnessView,
    TallyView,
    action_view,
    cite_actions,
    freshness,
    tally,
)
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.model import Area, Report
from inspection_outcome.report.page import Page
from inspection_outcome.report.sentence import Sentence


class AreaView(Struct, frozen=True):
    """An area for improvement, its actions, what is not known of them, and whom to contact.

    `area` is None for the actions that the source ties to no area. `contacts` has none that a
    section of the page lists: their numbers are there, once.
    """

    area: Area | None
    actions: tuple[ActionView, ...]
    not_known: tuple[Sentence, ...]
    contacts: tuple[Contact, ...]


class Progress(Block, frozen=True):
    """The ledger: how many actions have which status, how old that is, and the areas.

    `tally` and `freshness` are None if there are no actions. Shown once: each update has one
    anchor, the feed links to one page, and the page with everything on it is assembled from the
    others.
    """

    name: ClassVar[str] = "progress"
    style: ClassVar[str] = "progress"
    above_text: ClassVar[bool] = True
    once: ClassVar[bool] = True
    tally: TallyView | None
    freshness: FreshnessView | None
    areas: tuple[AreaView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the ledger, or None if there are neither areas nor actions."""
        report = context.report
        areas = tuple(_areas(report, context.page))
        if not areas:
            return None
        said = [sentence for area in report.areas for sentence in (area.name, area.why)]
        unknown = [
            *(sentence for area in report.areas for sentence in area.not_known),
            *(sentence for action in report.actions for sentence in action.not_known),
        ]
        return cls(
            tally=tally(report),
            freshness=freshness(report, context.today),
            areas=areas,
            cited=(Cited("areas", said), cite_actions(report), Cited("not-known", unknown)),
        )


def _areas(report: Report, page: Page) -> Iterator[AreaView]:
    """Yield each area with its actions, then the actions that the source ties to no area.

    The latter come with the contacts of all areas.
    """
    for area in report.areas:
        yield _area(report, page, area, area.contacts)
    if any(action.area is None for action in report.actions):
        everybody = dict.fromkeys(id_ for area in report.areas for id_ in area.contacts)
        yield _area(report, page, None, tuple(everybody))


def _area(report: Report, page: Page, area: Area | None, contacts: tuple[str, ...]) -> AreaView:
    actions = [each for each in report.actions if each.area == (area.id if area else None)]
    unknown = [sentence for action in actions for sentence in action.not_known]
    listed = {id_ for section in page.section for id_ in section.contacts}
    return AreaView(
        area,
        tuple(action_view(report, each) for each in actions),
        (*(area.not_known if area else ()), *unknown),
        tuple(report.contact(id_) for id_ in contacts if id_ not in listed),
    )
