"""The base of every block: one thing that a section can show."""

import datetime as dt
from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.languages import Language
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.model import Report
from inspection_outcome.report.page import Page, Section


class SectionContext(Struct, frozen=True):
    """What the blocks of a section are built from.

    `today`: the day in the United Kingdom, or None if the page states no ages.
    """

    report: Report
    page: Page
    section: Section
    language: Language
    catalogues: Catalogues
    today: dt.date | None


class Block(Struct, frozen=True, kw_only=True):
    """One thing that a section can show, with all that its template needs."""

    name: ClassVar[str]
    """Its template is templates/blocks/NAME.html; `shows` in the content calls it NAME."""
    above_text: ClassVar[bool] = False
    """Whether it stands above the text of the section; others follow the text."""
    style: ClassVar[str] = ""
    """The style sheet of static/styles/some-pages that it needs, if any."""
    once: ClassVar[bool] = False
    """Whether only one section of the whole site may show it."""
    in_all: ClassVar[bool] = True
    """Whether its section is also on the page that holds all others."""

    cited: tuple[Cited, ...] = ()
    """What it rests on, for 'Where this comes from'."""
    cited_contacts: tuple[Contact, ...] = ()
    """Contacts for whose details 'Where this comes from' names the publisher."""
    answers_first: bool = False
    """Whether readers came for it: the first section of a page, with it, stands above the lead."""
    hides_heading: bool = False
    """Whether only screen readers need the heading of its section."""

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the block of a section, or None if there is nothing to show."""
        raise NotImplementedError

    @classmethod
    def lacks(cls, report: Report) -> str | None:
        """Return the name of the part without which the report has nothing to show, or None."""
