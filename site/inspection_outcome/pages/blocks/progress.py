"""How far all has got: a tally, then every area for improvement with its actions and updates."""

from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
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
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.facts import Count
from inspection_outcome.report.model import Area, Report
from inspection_outcome.report.sentence import Sentence


class AreaView(Struct, frozen=True):
    """An area for improvement, its actions, what is not known of them, and whom to contact.

    `area` is None for the actions that the source ties to no area. `contacts` has none whose
    number stands elsewhere on the page: in a section of its own, or below all areas.
    """

    area: Area | None
    actions: tuple[ActionView, ...]
    not_known: tuple[Sentence, ...]
    contacts: tuple[Contact, ...]


class Progress(Block, frozen=True):
    """The ledger: how many actions have which status, how old that is, and the areas.

    After the first few areas, the rest is folded. `freshness` is None if there are no actions.
    Shown once: each update has one anchor, the feed links to one page, and the page with
    everything on it is assembled from the others.
    """

    name: ClassVar[str] = "progress"
    style: ClassVar[str] = "progress"
    above_text: ClassVar[bool] = True
    once: ClassVar[bool] = True
    tally: TallyView
    freshness: FreshnessView | None
    areas: tuple[AreaView, ...]
    more_areas: tuple[AreaView, ...]
    others: AreaView | None
    """The actions that the source ties to no area."""
    contacts: tuple[Contact, ...]
    """The contacts of every area that no section of the page lists."""

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the ledger, or None if there are neither areas nor actions."""
        report = context.report
        if not (report.areas or report.actions):
            return None
        listed = {id_ for section in context.page.section for id_ in section.contacts}
        common = _common(report) - listed
        areas, more_areas = fold(
            [_area(report, area, elsewhere=listed | common) for area in report.areas]
        )
        others = _area(report, None, elsewhere=listed)
        said = [sentence for area in report.areas for sentence in (area.name, area.why)]
        unknown = [
            *(sentence for area in report.areas for sentence in area.not_known),
            *(sentence for action in report.actions for sentence in action.not_known),
        ]
        return cls(
            tally=tally(report),
            freshness=freshness(report, context.today),
            areas=areas,
            more_areas=more_areas,
            others=others if others.actions else None,
            contacts=tuple(each for each in report.contacts if each.id in common),
            cited=(Cited("areas", said), cite_actions(report), Cited("not-known", unknown)),
        )

    @property
    def more(self) -> Count:
        """Return how many areas are folded, as a fact for a sentence."""
        return Count(len(self.more_areas))


def _common(report: Report) -> set[str]:
    """Return the ids of the contacts that every area names."""
    named = [set(area.contacts) for area in report.areas]
    return set.intersection(*named) if named else set()


def _area(report: Report, area: Area | None, *, elsewhere: set[str]) -> AreaView:
    """Return the view of an area. `elsewhere`: the ids of contacts that it need not name."""
    actions = [each for each in report.actions if each.area == (area.id if area else None)]
    unknown = [sentence for action in actions for sentence in action.not_known]
    contacts = area.contacts if area else ()
    return AreaView(
        area,
        tuple(action_view(report, each) for each in actions),
        (*(area.not_known if area else ()), *unknown),
        tuple(report.contact(id_) for id_ in contacts if id_ not in elsewhere),
    )
