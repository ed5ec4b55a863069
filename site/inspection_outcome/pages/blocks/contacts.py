"""Whom to talk to, and each way to reach them."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.report.contact import Contact


class Contacts(Block, frozen=True):
    """The section's `contacts`, but the one whose number is on top."""

    name: ClassVar[str] = "contacts"
    style: ClassVar[str] = "contacts"
    contacts: tuple[Contact, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the contacts in the order of the section, or None if there are none."""
        listed = context.section.contacts[1 if context.section.call else 0 :]
        contacts = tuple(map(context.report.contact, listed))
        return cls(contacts=contacts, cited_contacts=contacts) if contacts else None
