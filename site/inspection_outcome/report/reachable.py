"""Contacts that nobody can reach, and sentences that say to ring somebody without a number.

No such fault stops a start: a council may see its site before it has its numbers.
"""

import re
from collections.abc import Iterator

from inspection_outcome.report.contact import Contact
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence

_RING = re.compile(r"\bring\b", re.IGNORECASE)
_WAYS = ("phone", "text", "web", "email")


def unreachable(report: Report) -> Iterator[Fault]:
    """Yield a fault for each contact without a way to reach it, and for each call to ring one.

    A sentence that names a number may say to ring it.
    """
    for contact in report.contacts:
        if not contact.ways.keys() & set(_WAYS):
            yield Fault(
                "report.toml",
                f"contact[{contact.id}]",
                f"nobody can reach it: it has none of {', '.join(_WAYS)}",
                f"Give it one; or take it out, and '{contact.id}' out of each list of contacts.",
            )
        if contact.phone is None:
            yield from _to_ring(report, contact)


def _to_ring(report: Report, contact: Contact) -> Iterator[Fault]:
    name = contact.body or f"the {contact.name.text if contact.name else ''}"
    ring = f"ring {' '.join(PLACEHOLDER.sub('', name).split())}".casefold()
    own = {each.id for each in contact.sentences}
    for file, each in report.sentences():
        says = _RING.search(each.text) if each.id in own else ring in each.text.casefold()
        if says and not _names_a_number(report, each):
            yield Fault(
                file,
                each.id,
                f"it says to ring, and the contact '{contact.id}' has no phone",
                "Write its phone in report.toml; or say here what readers can do without.",
            )


def _names_a_number(report: Report, sentence: Sentence) -> bool:
    return any(
        name in report.facts and report.facts[name].family == "phone"
        for name in PLACEHOLDER.findall(sentence.text)
    )
