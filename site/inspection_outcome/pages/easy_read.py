"""Easy Read views: sentences with pictures, and the contacts whose details they name."""

from collections.abc import Iterator

from msgspec import Struct

from inspection_outcome.pages.contact import ContactView
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.page import Section
from inspection_outcome.report.sentence import Sentence


class PicturedView(Struct, frozen=True):
    """A sentence and the picture beside it, a symbol of static/pictures.svg."""

    picture: str
    text: Sentence


def pictured(report: Report, section: Section) -> Iterator[PicturedView]:
    """Yield the pictured sentences of a section; a grade's picture is derived from the facts."""
    for each in section.pictured:
        if each.judgement:
            yield PicturedView(f"steps-{report.judgement(each.judgement).grade.step}", each.text)
        elif each.picture:
            yield PicturedView(each.picture, each.text)


def named(report: Report, section: Section) -> Iterator[ContactView]:
    """Yield the contacts whose details a sentence names, except those that the section lists.

    The page states who publishes these details.
    """
    names = {name for each in section.pictured for name in PLACEHOLDER.findall(each.text.text)}
    for contact in report.contacts:
        ways = {
            f"{contact.id}_{way}".replace("-", "_")
            for way in ("phone", "text", "web", "email", "hours")
        }
        if ways & names and contact.id not in section.contacts:
            yield ContactView.of(contact)
