"""Somebody to talk to, and each way to reach them as a fact."""

from inspection_outcome.report.facts import AnyFact, Body, Email, Hours, Phone, TextLine, Web
from inspection_outcome.report.forms import EmailAddress, Name, PhoneNumber, Slug, WebAddress
from inspection_outcome.report.sentence import Record, Sentence


class Contact(Record, frozen=True):
    """Somebody to talk to: a `body` with a proper name, or a `name` that says who it is.

    The body and each way to reach it are also facts: for `coram-voice`, `{coram_voice}` and
    `{coram_voice_phone}`.
    """

    id: Slug
    who: Sentence
    published_by: Sentence
    body: Name | None = None
    name: Sentence | None = None
    phone: PhoneNumber | None = None
    text: TextLine | None = None
    web: WebAddress | None = None
    email: EmailAddress | None = None
    hours: Hours | None = None
    notes: tuple[Sentence, ...] = ()
    urgent: bool = False
    """For a danger to life: the only thing on the site that is red."""

    @property
    def proper_name(self) -> Body | None:
        """The name of the body as a fact, if it has one."""
        return Body(self.body) if self.body else None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What is told of it: its name, if that is a sentence, whom it is for, and the notes."""
        return (*([self.name] if self.name else []), self.who, *self.notes)

    @property
    def ways(self) -> dict[str, AnyFact]:
        """Each way to reach it that it has, and its hours, as facts by the name of their field."""
        ways: dict[str, AnyFact | None] = {
            "phone": Phone(self.phone) if self.phone else None,
            "text": self.text,
            "web": Web(self.web) if self.web else None,
            "email": Email(self.email) if self.email else None,
            "hours": self.hours,
        }
        return {name: fact for name, fact in ways.items() if fact is not None}

    @property
    def facts(self) -> dict[str, AnyFact]:
        """Its ways by the names that sentences use: `{coram_voice_phone}`."""
        return {f"{self.id}_{way}".replace("-", "_"): fact for way, fact in self.ways.items()}
