"""Contacts, as pages show them."""

from msgspec import Struct

from inspection_outcome.report.facts import Body, Email, Hours, Phone, TextLine, Web
from inspection_outcome.report.model import Contact
from inspection_outcome.report.sentence import Sentence


class ContactView(Struct, frozen=True):
    """A contact, with each way to reach it as a fact."""

    id: str
    name: Sentence | None
    body: Body | None
    who: Sentence
    publisher: Sentence
    phone: Phone | None
    text: TextLine | None
    word: Body | None
    """The word to send to `text`."""
    web: Web | None
    email: Email | None
    hours: Hours | None
    notes: tuple[Sentence, ...]

    @classmethod
    def of(cls, contact: Contact) -> "ContactView":
        """Return the view of a contact."""
        return cls(
            id=contact.id,
            name=contact.name,
            body=Body(contact.body) if contact.body else None,
            who=contact.who,
            publisher=contact.published_by,
            phone=Phone(contact.phone) if contact.phone else None,
            text=contact.text,
            word=Body(contact.text.word) if contact.text else None,
            web=Web(contact.web) if contact.web else None,
            email=Email(contact.email) if contact.email else None,
            hours=contact.hours,
            notes=contact.notes,
        )
