"""Template contexts: a page and its sections, each with all that it shows."""

from collections.abc import Iterable

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block
from inspection_outcome.pages.citations import Citation
from inspection_outcome.pages.grade import GradeView
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.facts import Count
from inspection_outcome.report.sentence import Sentence


class SourcesView(Struct, frozen=True):
    """Where a section comes from, in a list of the sources of several."""

    heading: Sentence
    citations: tuple[Citation, ...]
    contacts: tuple[Contact, ...]
    """Contacts for whose details the publisher is named."""


class SectionView(Struct, frozen=True):
    """One section: its heading and its blocks."""

    id: str
    heading: Sentence
    level: int
    """The level of its heading: 2, or 3 if it is part of another section."""
    part: bool
    blocks: tuple[Block, ...]
    call: bool
    """Whether it is a card with a number to ring on top."""
    urgent: bool
    """Whether that number is for a danger to life."""
    sources: SourcesView | None = None
    """The sources of a graded section and its parts, listed after the last of these."""


def styles(sections: Iterable[SectionView], *others: str) -> tuple[str, ...]:
    """Return the names of the style sheets that sections need beside the common ones, sorted.

    `others`: what the page itself needs.
    """
    needed = {block.style for each in sections for block in each.blocks if block.style}
    return tuple(sorted({*others, *needed}))


class Chapter(Struct, frozen=True):
    """One page within the page that holds all of them: its h1 and what follows it."""

    id: str
    title: Sentence
    lead: tuple[Sentence, ...]
    cards: tuple[GradeView, ...]
    sections: tuple[SectionView, ...]
    sources: tuple[SourcesView, ...]


class PageView(Struct, frozen=True):
    """One page in one language."""

    picture: str | None
    byline: Sentence | None
    grades: tuple[GradeView, ...]
    """Grades that stand under the title, a line each."""
    not_good: Count
    """How many points of the page were not good enough; told under `grades`."""
    not_good_href: str
    lead: tuple[Sentence, ...]
    cards: tuple[GradeView, ...]
    areas: Count
    """How many things must get better, whatever grade each belongs to; told under `cards`."""
    areas_of: Sentence | None
    """The name of the judgement that all of them belong to, if it is one."""
    areas_href: str
    """The link to this page's list of them; empty if it has none."""
    sections: tuple[SectionView, ...]
    styles: tuple[str, ...]
    """The style sheets that it needs beside the common ones, sorted."""
    answers_first: bool
    """Whether the first section comes before the lead: a number, the grades, or doors."""
    sources: tuple[SourcesView, ...]
    """The sources of the page, but those that stand at the end of a graded section."""
