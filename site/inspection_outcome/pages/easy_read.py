"""Easy Read, as its page shows it: sentences with pictures, and whose numbers they name."""

from collections.abc import Iterator

from msgspec import Struct

from inspection_outcome.pages.contact import ContactView
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.page import Section
from inspection_outcome.report.sentence import Sentence


class PicturedView(Struct, frozen=True):
    """A sentence, and the picture beside it: a symbol of static/pictures.svg."""

    picture: str
    text: Sentence


def pictured(report: Report, section: Section) -> Iterator[PicturedView]:
    """Give the sentences of a section; the picture of a grade is drawn from the facts."""
    for each in section.pictured:
        if each.judgement:
            yield PicturedView(f"steps-{report.judgement(each.judgement).grade.step}", each.text)
        elif each.picture:
            yield PicturedView(each.picture, each.text)


def named(report: Report, section: Section) -> Iterator[ContactView]:
    """Give whom a sentence names a way to reach, so that their publisher is told; not those told of as contacts."""
    names = {name for each in section.pictured for name in PLACEHOLDER.findall(each.text.text)}
    for contact in report.contacts:
        ways = {f"{contact.id}_{way}".replace("-", "_") for way in ("phone", "text", "web", "email", "hours")}
        if ways & names and contact.id not in section.contacts:
            yield ContactView.of(contact)
