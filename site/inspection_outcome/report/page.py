"""The text of a page, and which parts it generates from the facts."""

from typing import Literal

from inspection_outcome.report.forms import Slug
from inspection_outcome.report.sentence import Record, Sentence

People = Literal["care-leaver", "in-care", "at-home", "carer", "parent", "came-alone"]
"""The readers that a door or a page may have a picture of: symbols of static/pictures.svg."""


class Pictured(Record, frozen=True):
    """One idea in one short sentence, next to a picture of it: a symbol of static/pictures.svg.

    The picture of a grade is drawn from the facts: in place of `picture`, `judgement` then
    holds the id of the judgement whose grade it is.
    """

    text: Sentence
    judgement: str | None = None
    picture: (
        Literal[
            "about-help",
            "advocate",
            "at-home",
            "birthday",
            "calendar",
            "came-alone",
            "care-leaver",
            "carer",
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
            "inspector-returns",
            "know-well",
            "letter",
            "letter-year",
            "look-at-building",
            "megaphone",
            "not-safe",
            "order",
            "own-home",
            "own-story",
            "parent",
            "phone",
            "plan",
            "question",
            "report",
            "sad",
            "school",
            "social-worker",
            "sorry",
            "step-down",
            "step-up",
            "steps",
            "talking",
            "thumbs-down",
            "thumbs-up",
            "training",
            "unclear",
            "waiting",
            "worker-changes",
        ]
        | None
    ) = None


class Section(Record, frozen=True):
    """A part of a page, with its own anchor. Its content is shown in the order of the fields."""

    id: Slug
    heading: Sentence | None = None
    """Optional if there is a judgement, whose name then is the heading."""
    judgement: str | None = None
    under: str | None = None
    """The id of the parent section, if any: the heading then is one level lower."""
    text: tuple[Sentence, ...] = ()
    pictured: tuple[Pictured, ...] = ()
    """The whole content of an Easy Read section."""
    good: tuple[Sentence, ...] = ()
    not_good: tuple[Sentence, ...] = ()
    not_known: tuple[Sentence, ...] = ()
    """What nobody has published, and what has not been looked for."""
    steps: tuple[Sentence, ...] = ()
    contacts: tuple[str, ...] = ()
    call: bool = False
    """Whether it is a card with the number of its first contact on top: what readers need first."""
    shows: str | None = None
    """The name of a block that the page generates from the facts: see pages/blocks."""

    @property
    def prose(self) -> tuple[Sentence, ...]:
        """Return the running text, which is measured for length and reading age.

        Easy Read has rules of its own.
        """
        return self.text + self.good + self.not_good + self.not_known + self.steps


class Door(Record, frozen=True):
    """An entry point for one kind of reader. `to` is a link target, like `page:results#in-care`."""

    label: Sentence
    to: str
    picture: People


class Page(Record, frozen=True):
    """The text of one page. `name` is the name of its file, and its address."""

    name: str
    title: Sentence
    label: Sentence
    """The text of links to this page."""
    description: Sentence
    byline: Sentence | None = None
    """One sentence right under the title, above the cards."""
    lead: tuple[Sentence, ...] = ()
    picture: People | None = None
    """A picture beside the title, of whom the page is for."""
    grades: tuple[str, ...] = ()
    """Ids of judgements whose grades stand under the title, a line each."""
    cards: tuple[str, ...] = ()
    """Ids of judgements whose grades come first on the page, with equal weight."""
    next: str | None = None
    """The page to read after this one."""
    section: tuple[Section, ...] = ()
    door: tuple[Door, ...] = ()

    @property
    def top(self) -> tuple[Sentence, ...]:
        """Return the running text above the first section."""
        return (*([self.byline] if self.byline else []), *self.lead)
