"""What templates are given: a page, its sections and what is in them, each with all that it shows."""

from msgspec import Struct

from outcome.pages.frame import Frame
from outcome.report.facts import (
    AnyFact,
    Body,
    Count,
    Date,
    Duration,
    Email,
    Grade,
    GradeGiven,
    Hours,
    Numbers,
    Phone,
    Tally,
    TextLine,
    Web,
    Year,
)
from outcome.report.model import Area, Contact, Source
from outcome.report.page import Section
from outcome.report.sentence import Sentence
from outcome.words.languages import Language


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


class ContactView(Struct, frozen=True):
    """Somebody to talk to, each way as a fact."""

    id: str
    name: Sentence | None
    body: Body | None
    who: Sentence
    publisher: Sentence
    phone: Phone | None
    text: TextLine | None
    word: Body | None
    """What to send to `text`."""
    web: Web | None
    email: Email | None
    hours: Hours | None
    notes: tuple[Sentence, ...]

    @classmethod
    def of(cls, contact: Contact) -> "ContactView":
        """Make each way to reach a contact a fact."""
        return cls(
            id=contact.id,
            name=contact.name,
            body=Body(contact.body) if contact.body else None,
            who=contact.who,
            publisher=contact.published_by,
            phone=Phone(contact.phone) if contact.phone else None,
            text=contact.text,
            word=Body(contact.text.word) if contact.text else None,
            web=Web(contact.web) if contact.web else None,
            email=Email(contact.email) if contact.email else None,
            hours=contact.hours,
            notes=contact.notes,
        )


class DoorView(Struct, frozen=True):
    """A way in for one kind of reader."""

    label: Sentence
    href: str
    picture: str


class Citation(Struct, frozen=True):
    """Where one block of a section comes from. `block` names it: text, good, not-good, … `source` None: our words."""

    block: str
    source: Source | None
    paragraphs: Numbers | None


class UpdateView(Struct, frozen=True):
    """What was reported about an action: on a day, or in a document without one, noted on the day `seen`."""

    anchor: str
    text: Sentence
    date: Date | None
    seen: Date | None
    status: str | None
    citation: Citation


class ActionView(Struct, frozen=True):
    """What the council said that it does, how far it was, when that was reported, and its history, newest first."""

    text: Sentence
    status: str
    reported: Date | None
    history: tuple[UpdateView, ...]


class Heading(Struct, frozen=True):
    """A link to another section of the page."""

    id: str
    text: Sentence
    grade: GradeView | None


class AreaView(Struct, frozen=True):
    """An area for improvement, the actions that the source ties to it, what is not known of them, and whom to ask.

    `area` None: actions that the source ties to none.
    """

    area: Area | None
    actions: tuple[ActionView, ...]
    not_known: tuple[Sentence, ...]
    contacts: tuple[ContactView, ...]


class StopView(Struct, frozen=True):
    """A stop on the way from planned to done, and how many actions are there."""

    status: str
    count: int


class TallyView(Struct, frozen=True):
    """How many actions have got how far: in words, and as stops on the way."""

    fact: Tally
    stops: tuple[StopView, ...]


class FreshnessView(Struct, frozen=True):
    """How old the reports are that say how far the actions are.

    `date` is the newest one's; None: nothing was reported. `age` is set where a report is over a year old today: the
    newest one's if that is (`all_old`), else the oldest one's. A page that does not know which day it is read on
    (`live` false) tells the date instead.
    """

    date: Date | None
    age: Duration | None
    all_old: bool
    live: bool


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

    frame: Frame
    lead: tuple[Sentence, ...]
    cards: tuple[GradeView, ...]
    areas_href: str
    """Where this page tells what must get better; empty if it does not."""
    sections: tuple[SectionView, ...]
    lead_citations: tuple[Citation, ...]
