"""The words of a page, and what it draws from the facts."""

from typing import Literal

from inspection_outcome.report.sentence import Record, Sentence, Slug


class Pictured(Record, frozen=True):
    """One idea in one short sentence, with a picture beside it that shows it: a symbol of static/pictures.svg.

    A grade's picture is drawn from the facts: then, in place of `picture`, `judgement` says whose grade.
    """

    text: Sentence
    judgement: str | None = None
    picture: (
        Literal[
            "advocate",
            "birthday",
            "calendar",
            "care-leaver",
            "checklist",
            "child-call",
            "choice",
            "council",
            "danger",
            "door-closed",
            "door-open",
            "feelings",
            "few-homes",
            "folder",
            "foster-family",
            "happy",
            "helping-hand",
            "in-care",
            "inspector",
            "know-well",
            "letter",
            "letter-year",
            "look-at-building",
            "megaphone",
            "own-home",
            "own-story",
            "phone",
            "plan",
            "question",
            "report",
            "school",
            "social-worker",
            "step-up",
            "steps",
            "talking",
            "thumbs-up",
            "training",
            "unclear",
        ]
        | None
    ) = None


class Section(Record, frozen=True):
    """A part of a page, with its own anchor. What is shown comes in the order of the fields."""

    id: Slug
    heading: Sentence | None = None
    """May be left out where there is a judgement: its name then is the heading."""
    judgement: str | None = None
    under: str | None = None
    """The id of the section that this one is a part of: its heading then is one level lower."""
    text: tuple[Sentence, ...] = ()
    pictured: tuple[Pictured, ...] = ()
    """The whole of an Easy Read section."""
    good: tuple[Sentence, ...] = ()
    not_good: tuple[Sentence, ...] = ()
    not_known: tuple[Sentence, ...] = ()
    """What nobody has published, and what has not been looked for."""
    steps: tuple[Sentence, ...] = ()
    contacts: tuple[str, ...] = ()
    shows: (
        Literal[
            "actions",
            "areas",
            "before",
            "contents",
            "councils",
            "doors",
            "feed",
            "freshness",
            "judgements",
            "progress",
            "publisher",
            "scale",
            "sources",
            "status",
            "timeline",
            "translations",
        ]
        | None
    ) = None
    """Something that the page draws from the facts here."""

    @property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences that are read as running text: measured for length and reading age. Easy Read has its own."""
        return self.text + self.good + self.not_good + self.not_known + self.steps


class Door(Record, frozen=True):
    """A way in for one kind of reader. `to` has the form of a link in a sentence: `page:results#in-care`."""

    label: Sentence
    to: str
    picture: Literal["care-leaver", "in-care", "at-home", "carer", "parent", "came-alone"]


class Page(Record, frozen=True):
    """The words of one page. `name` is the file's, and its address."""

    name: str
    title: Sentence
    label: Sentence
    """What links to this page say."""
    description: Sentence
    lead: tuple[Sentence, ...] = ()
    cards: tuple[str, ...] = ()
    """Ids of judgements whose grade is the first thing on the page, in equal weight."""
    next: str | None = None
    """The page to read after this one."""
    section: tuple[Section, ...] = ()
    door: tuple[Door, ...] = ()
