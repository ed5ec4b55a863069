"""Whom to talk to, and each way to reach them."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext


class Call(Block, frozen=True):
    """The first of the contacts of a section with `call`: its number on top."""

    name: ClassVar[str] = "call"

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the contact to ring first, or None if the section is no such card."""
        section = context.section
        if not section.call:
            return None
        return cls(contacts=(context.report.contact(section.contacts[0]),))


class Contacts(Block, frozen=True):
    """The section's `contacts`, but the one whose number is on top."""

    name: ClassVar[str] = "contacts"

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the contacts in the order of the section, or None if there are none."""
        listed = context.section.contacts[1 if context.section.call else 0 :]
        contacts = tuple(map(context.report.contact, listed))
        return cls(contacts=contacts) if contacts else None
