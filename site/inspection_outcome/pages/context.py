"""Template contexts: a page and its sections, each with all that it shows."""

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block
from inspection_outcome.pages.citations import Citation
from inspection_outcome.pages.grade import GradeView
from inspection_outcome.pages.layout import Layout
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.sentence import Sentence


class SectionView(Struct, frozen=True):
    """One section: its heading, its blocks, and where they come from."""

    id: str
    heading: Sentence
    level: int
    """The level of its heading: 2, or 3 if it is part of another section."""
    part: bool
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    contacts: tuple[Contact, ...]
    """Contacts for whose details 'Where this comes from' names the publisher."""
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
