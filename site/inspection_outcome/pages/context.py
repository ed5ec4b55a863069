"""Template contexts: a page, its sections and their parts, each with all that it shows."""

from msgspec import Struct

from inspection_outcome.i18n.languages import Language
from inspection_outcome.pages.citations import Citation
from inspection_outcome.pages.contact import ContactView
from inspection_outcome.pages.easy_read import PicturedView
from inspection_outcome.pages.layout import Layout
from inspection_outcome.pages.progress_context import ActionView, AreaView, FreshnessView, TallyView
from inspection_outcome.report.facts import (
    AnyFact,
    Body,
    Count,
    Date,
    Email,
    Grade,
    GradeGiven,
    Web,
    Year,
)
from inspection_outcome.report.model import Area
from inspection_outcome.report.page import Section
from inspection_outcome.report.sentence import Sentence


class EarlierView(Struct, frozen=True):
    """The grade of the previous inspection, where the two may be compared."""

    grade: GradeGiven
    step: int
    year: Year


class GradeView(Struct, frozen=True):
    """A grade to draw: its step, and the earlier grade where the two may be compared."""

    id: str
    name: Sentence
    grade: Grade
    year: Year
    earlier: EarlierView | None
    earlier_note: Sentence | None
    areas: Count
    href: str
    """The address of the section that explains this grade in full; empty if no page has one."""

    @property
    def fact(self) -> GradeGiven:
        """Return the grade as a fact, to fill a placeholder."""
        return GradeGiven(self.grade)


class DoorView(Struct, frozen=True):
    """An entry link for one kind of reader."""

    label: Sentence
    href: str
    picture: str


class Heading(Struct, frozen=True):
    """A link to another section of the page."""

    id: str
    text: Sentence
    grade: GradeView | None


class CouncilsView(Struct, frozen=True):
    """How many councils had a grade.

    `most` is the number of councils with the commonest grade; `here` is whether this council had
    the grade.
    """

    grade: GradeGiven
    count: Count
    most: int
    here: bool


class EventView(Struct, frozen=True):
    """An event on the timeline."""

    when: AnyFact
    text: Sentence


class SourceView(Struct, frozen=True):
    """A document that the site draws on."""

    name: Sentence
    undated: bool
    web: Web | None


class TranslationView(Struct, frozen=True):
    """The progress of one language: sentences by state, and when a speaker last checked one."""

    language: Language
    checked: Count
    unchecked: Count
    in_english: Count
    last_checked: Date | None


class SectionView(Struct, frozen=True):
    """One section with all that it shows."""

    id: str
    content: Section
    heading: Sentence
    level: int
    """The level of its heading: 2, or 3 if it is part of another section."""
    parts: tuple[Heading, ...]
    contents: tuple[Heading, ...]
    grade: GradeView | None
    grades: tuple[GradeView, ...]
    scale: tuple[GradeGiven, ...]
    areas: tuple[Area, ...]
    actions: tuple[ActionView, ...]
    progress: tuple[AreaView, ...]
    tally: TallyView | None
    freshness: FreshnessView | None
    councils: tuple[CouncilsView, ...]
    feed: str
    """The address of the feed; empty if the section does not show it."""
    events: tuple[EventView, ...]
    sources: tuple[SourceView, ...]
    translations: tuple[TranslationView, ...]
    publisher: Body | None
    publisher_email: Email | None
    doors: tuple[DoorView, ...]
    contacts: tuple[ContactView, ...]
    pictured: tuple[PicturedView, ...]
    named: tuple[ContactView, ...]
    """Contacts whose details a pictured sentence names, except those in `contacts`."""
    citations: tuple[Citation, ...]
    chapter: Sentence | None = None
    """The title of its page, when all pages are shown as one."""


class Chapter(Struct, frozen=True):
    """One page within the page that holds all of them: its h1 and what follows it."""

    id: str
    title: Sentence
    lead: tuple[Sentence, ...]
    cards: tuple[GradeView, ...]
    areas_href: str
    """The link to this page's section on areas for improvement; empty if it has none."""
    sections: tuple[SectionView, ...]


class PageView(Struct, frozen=True):
    """One page in one language."""

    layout: Layout
    lead: tuple[Sentence, ...]
    cards: tuple[GradeView, ...]
    areas_href: str
    """The link to this page's section on areas for improvement; empty if it has none."""
    sections: tuple[SectionView, ...]
    lead_citations: tuple[Citation, ...]
