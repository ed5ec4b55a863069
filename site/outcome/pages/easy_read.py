"""Easy Read, as its page shows it: sentences with pictures, and whose numbers they name."""

from collections.abc import Iterator

from msgspec import Struct

from outcome.pages.contact import ContactView
from outcome.report.check import PLACEHOLDER
from outcome.report.model import Report
from outcome.report.page import Section
from outcome.report.sentence import Sentence


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
    """Give whose number a sentence names, so that its publisher is told."""
    names = {name for each in section.pictured for name in PLACEHOLDER.findall(each.text.text)}
    for contact in report.contacts:
        if f"{contact.id}_phone".replace("-", "_") in names:
            yield ContactView.of(contact)
