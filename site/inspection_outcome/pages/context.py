"""What templates are given: a page, its sections and what is in them, each with all that it shows."""

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
    """The grade of the inspection before, where the two may be compared."""

    grade: GradeGiven
    step: int
    year: Year


class GradeView(Struct, frozen=True):
    """A grade to be drawn: which step, and the earlier one where the two may be compared."""

    id: str
    name: Sentence
    grade: Grade
    year: Year
    earlier: EarlierView | None
    earlier_note: Sentence | None
    areas: Count
    href: str
    """Where this grade is told in full; empty if no page does."""

    @property
    def fact(self) -> GradeGiven:
        """The grade as a fact that a sentence takes."""
        return GradeGiven(self.grade)


class DoorView(Struct, frozen=True):
    """A way in for one kind of reader."""

    label: Sentence
    href: str
    picture: str


class Heading(Struct, frozen=True):
    """A link to another section of the page."""

    id: str
    text: Sentence
    grade: GradeView | None


class CouncilsView(Struct, frozen=True):
    """How many councils had a grade, of how many with the commonest one, and whether this council is among them."""

    grade: GradeGiven
    count: Count
    most: int
    here: bool


class EventView(Struct, frozen=True):
    """A point of the timeline."""

    when: AnyFact
    text: Sentence


class SourceView(Struct, frozen=True):
    """A document that the site draws on."""

    name: Sentence
    undated: bool
    web: Web | None


class TranslationView(Struct, frozen=True):
    """How far one language is: how many sentences, and when a speaker last checked one."""

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
    """Of its heading: 2, or 3 where it is a part of another section."""
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
    """The address of the feed; empty where it is not shown."""
    events: tuple[EventView, ...]
    sources: tuple[SourceView, ...]
    translations: tuple[TranslationView, ...]
    publisher: Body | None
    publisher_email: Email | None
    doors: tuple[DoorView, ...]
    contacts: tuple[ContactView, ...]
    pictured: tuple[PicturedView, ...]
    named: tuple[ContactView, ...]
    """Those whose number stands in a sentence."""
    citations: tuple[Citation, ...]
    chapter: Sentence | None = None
    """The page that it is of, where pages stand together."""


class Chapter(Struct, frozen=True):
    """One page among others on one page: its h1 and what follows it."""

    id: str
    title: Sentence
    lead: tuple[Sentence, ...]
    cards: tuple[GradeView, ...]
    areas_href: str
    """Where this page tells what must get better; empty if it does not."""
    sections: tuple[SectionView, ...]


class PageView(Struct, frozen=True):
    """One page in one language."""

    layout: Layout
    lead: tuple[Sentence, ...]
    cards: tuple[GradeView, ...]
    areas_href: str
    """Where this page tells what must get better; empty if it does not."""
    sections: tuple[SectionView, ...]
    lead_citations: tuple[Citation, ...]
