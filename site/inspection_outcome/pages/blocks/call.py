"""The number to ring on top of a card, and who answers it."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.report.contact import Contact


class Call(Block, frozen=True):
    """The first of the contacts of a section with `call`."""

    name: ClassVar[str] = "call"
    style: ClassVar[str] = "contacts"
    contact: Contact

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the contact to ring first, or None if the section is no such card."""
        section = context.section
        if not section.call:
            return None
        contact = context.report.contact(section.contacts[0])
        return cls(contact=contact, cited_contacts=(contact,), answers_first=True)
