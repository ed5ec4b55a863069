"""Easy Read: short sentences, each beside a picture of the same."""

from collections.abc import Iterator
from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.pages.citations import Cited
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.page import Section
from inspection_outcome.report.sentence import Sentence


class PicturedView(Struct, frozen=True):
    """A sentence and the picture beside it, a symbol of static/pictures.svg."""

    picture: str
    text: Sentence


class EasyRead(Block, frozen=True):
    """The section's `pictured`."""

    name: ClassVar[str] = "easy-read"
    style: ClassVar[str] = "easy-read"
    pictured: tuple[PicturedView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the sentences with their pictures, or None if there are none."""
        report, section = context.report, context.section
        if not section.pictured:
            return None
        return cls(
            pictured=tuple(_pictured(report, section)),
            cited=(Cited("text", [each.text for each in section.pictured]),),
            cited_contacts=tuple(_named(report, section)),
        )


def _pictured(report: Report, section: Section) -> Iterator[PicturedView]:
    """Yield the pictured sentences of a section; a grade's picture is derived from the facts."""
    for each in section.pictured:
        if each.judgement:
            yield PicturedView(f"steps-{report.judgement(each.judgement).grade.step}", each.text)
        elif each.picture:
            yield PicturedView(each.picture, each.text)


def _named(report: Report, section: Section) -> Iterator[Contact]:
    """Yield the contacts whose details a sentence names, except those that the section lists."""
    names = {name for each in section.pictured for name in PLACEHOLDER.findall(each.text.text)}
    for contact in report.contacts:
        if contact.id not in section.contacts and not names.isdisjoint(contact.facts):
            yield contact
