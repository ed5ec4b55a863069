"""Whom to talk to, and each way to reach them."""

from typing import ClassVar, Self

from inspection_outcome.pages.blocks.block import Block, SectionContext


class Contacts(Block, frozen=True):
    """The section's `contacts`."""

    name: ClassVar[str] = "contacts"

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the contacts in the order of the section, or None if there are none."""
        contacts = tuple(map(context.report.contact, context.section.contacts))
        return cls(contacts=contacts) if contacts else None
