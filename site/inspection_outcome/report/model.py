"""The model of a report: frozen, typed structs, one per kind of table in the content folder."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from inspection_outcome.report.contact import Contact
from inspection_outcome.report.facts import AnyFact, Grade
from inspection_outcome.report.forms import EmailAddress, Name, Slug, WebAddress
from inspection_outcome.report.page import Page
from inspection_outcome.report.sentence import Record, Sentence, sentences

YearNumber = Annotated[int, Meta(ge=1900, le=2200)]


class Status(Enum):
    """How far an action has got, as last reported."""

    DONE = "done"
    UNDER_WAY = "under-way"
    PLANNED = "planned"
    STOPPED = "stopped"
    NOT_KNOWN = "not-known"


class Source(Record, frozen=True):
    """A document that statements can be traced to.

    `undated`: the document has no date, and the site says so.
    """

    id: Slug
    name: Sentence
    date: dt.date | None = None
    undated: bool = False
    web: WebAddress | None = None
    licence: Literal["ogl"] | None = None


class Judgement(Record, frozen=True):
    """One grade that inspectors gave.

    `meaning` says what the grade means here, where its general meaning (ui.toml) does not fit.
    `earlier`, the previous inspection's grade, is set only if the two may be compared; if not,
    `earlier_note` says why.
    """

    id: Slug
    name: Sentence
    grade: Grade
    meaning: Sentence | None = None
    earlier: Grade | None = None
    earlier_note: Sentence | None = None


class Area(Record, frozen=True):
    """An area for improvement: something that inspectors said must get better."""

    id: Slug
    name: Sentence
    why: Sentence
    judgement: str
    """The id of the judgement that the area belongs to."""
    not_known: tuple[Sentence, ...] = ()
    contacts: tuple[str, ...] = ()
    """The ids of the contacts to ask about the area."""


class Action(Record, frozen=True):
    """What the council said that it does about an area; `area` is None if the source names none."""

    id: Slug
    text: Sentence
    area: str | None = None
    not_known: tuple[Sentence, ...] = ()


class Update(Record, frozen=True):
    """What was reported about an action: on a `date`, or in an undated document noted on `seen`.

    Without a `status`, an update is information and does not change how far the action has got. The
    file lists the newest update first.
    """

    id: Slug
    action: str
    text: Sentence
    date: dt.date | None = None
    seen: dt.date | None = None
    status: Status | None = None

    @property
    def known_since(self) -> dt.date:
        """Return the day by which a history is sorted."""
        return self.date or self.seen or dt.date.min


class Comparison(Record, frozen=True):
    """How many councils had each grade, in a list of their latest inspections as of `date`."""

    source: str
    date: dt.date
    outstanding: Annotated[int, Meta(ge=0)]
    good: Annotated[int, Meta(ge=0)]
    requires_improvement: Annotated[int, Meta(ge=0)]
    inadequate: Annotated[int, Meta(ge=0)]

    def councils(self, grade: Grade) -> int:
        """Return how many councils had this grade."""
        number: int = getattr(self, grade.value.replace("-", "_"))
        return number


class Event(Record, frozen=True):
    """An entry of the timeline. `when` is the name of a fact of the family `date`."""

    when: str
    text: Sentence


class Council(Record, frozen=True):
    """The council whose services were inspected.

    The publisher is responsible for this copy of the site; without one, nobody is yet.
    """

    name: Name
    publisher: Name | None = None
    publisher_email: EmailAddress | None = None


class Earlier(Record, frozen=True):
    """The inspection before this one, for the judgements that may be compared with it."""

    year: YearNumber
    source: str


class Inspection(Record, frozen=True):
    """When inspectors came, and the inspection before that, if any."""

    year: YearNumber
    source: str
    earlier: Earlier | None = None


class Site(Record, frozen=True):
    """The name of the site, when a person last reviewed its text, and the order of its pages.

    `menu` lists the pages in the menu; `order` lists every page, in the order of the footer and of
    the page with everything on it. `leave` is the target of 'Leave this page'.
    """

    name: Sentence
    updated: dt.date
    leave: WebAddress
    menu: tuple[str, ...]
    order: tuple[str, ...]


class Records(Struct, frozen=True):
    """What report.toml holds besides its facts."""

    council: Council
    site: Site
    inspection: Inspection
    sources: tuple[Source, ...]
    judgements: tuple[Judgement, ...]
    areas: tuple[Area, ...]
    actions: tuple[Action, ...]
    updates: tuple[Update, ...]
    comparison: Comparison | None
    events: tuple[Event, ...]
    contacts: tuple[Contact, ...]


class Report(Records, frozen=True):
    """One inspection: everything in the content folder.

    `facts` are those of [facts] and those that the records imply.
    """

    facts: Mapping[str, AnyFact]
    pages: Mapping[str, Page]

    def judgement(self, id_: str) -> Judgement:
        """Return the judgement with this id."""
        return next(judgement for judgement in self.judgements if judgement.id == id_)

    def sentences(self) -> Iterator[tuple[str, Sentence]]:
        """Yield every sentence with the name of its file."""
        kinds = (
            self.sources,
            self.judgements,
            self.areas,
            self.actions,
            self.updates,
            self.events,
            self.contacts,
        )
        yield from (("report.toml", sentence) for sentence in sentences((self.site, *kinds)))
        for name, page in self.pages.items():
            yield from ((f"{name}.toml", sentence) for sentence in sentences(page))

    def contact(self, id_: str) -> Contact:
        """Return the contact with this id."""
        return next(contact for contact in self.contacts if contact.id == id_)

    def source(self, id_: str) -> Source:
        """Return the source with this id."""
        return next(source for source in self.sources if source.id == id_)
