"""What a site took over from another council's, though it is said of the other."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from inspection_outcome.report.contact import Contact
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.facts import AnyFact
from inspection_outcome.report.files import read_text
from inspection_outcome.report.model import Report
from inspection_outcome.report.references import OWN_SOURCES, PUBLISHER
from inspection_outcome.report.sentence import Sentence, sentences

_BY_CHANCE = 4
"""The most words of a sentence that two people may write alike; then only the same id tells."""
_NATIONAL = OWN_SOURCES.keys() - {PUBLISHER}
_COUNTS_ALL = "{councils_count}"
_OF_OLD = ("#~", "#|")
"""How a PO file's lines begin that are of sentences no longer used, or of English that changed."""


def borrowed(report: Report, other: Report) -> Iterator[Fault]:
    """Yield a fault for each sentence, fact and number that tells of another council.

    A sentence may be taken over if its source is neither a document on that council nor its
    publisher: if it is the law, the site itself, or a count of all councils. What is told of a
    council's own people may not, whatever its source. Only the id tells a short sentence.
    """
    yield from _sentences(report, other)
    for name, fact in report.facts.items():
        if fact.source == PUBLISHER and fact == other.facts.get(name):
            yield Fault(
                "report.toml",
                f"facts.{name}",
                f"this is what the site of {other.council.name} gives",
                "Write what is true of your site, or take it out with the sentences that name it. "
                "If this is true of yours, give the fact another name.",
            )
    theirs = {fact for contact in own_people(other) for fact in _ways(contact).values()}
    for contact in report.contacts:
        for way, fact in _ways(contact).items():
            if fact in theirs:
                what = "number" if fact.family in {"phone", "text"} else "address"
                yield Fault(
                    "report.toml",
                    f"contact[{contact.id}].{way}",
                    f"this is the {what} of {other.council.name}",
                    "Write your own, or take it out.",
                )


def naming(paths: Iterable[Path], names: Iterable[str]) -> Iterator[tuple[Path, int, str]]:
    """Yield each line that has one of the names, in any case: its path, number and words around it.

    Of a PO file, what is no longer used is left out. A file that cannot be read has none.
    """
    around = re.compile(rf".{{0,40}}(?:{'|'.join(map(re.escape, names))}).{{0,40}}", re.IGNORECASE)
    for path in paths:
        try:
            lines = read_text(path, "utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if not line.startswith(_OF_OLD) and (found := around.search(line)):
                begin, end = (" …" if cut else "" for cut in (found.start(), line[found.end() :]))
                yield path, number, f"{begin} {found[0].strip()}{end}".strip()


def _sentences(report: Report, other: Report) -> Iterator[Fault]:
    names = {each.name.id for each in other.judgements}
    names |= {each.name.id for each in other.contacts if each.name}
    of_people = {each.id for each in sentences(tuple(own_people(other)))}
    theirs = {
        _known_by(each): each
        for _, each in other.sentences()
        if each.id not in names and (each.id in of_people or _is_local(other, each))
    }
    for file, each in report.sentences():
        same = theirs.get(_known_by(each))
        if same and (same.id in of_people or _is_local(report, each)):
            yield Fault(
                file,
                each.id,
                f"this is word for word what the site of {other.council.name} says",
                "Write it anew from a document of your own, or take it out. "
                "If it is true of you, say it in your own words.",
            )


def _known_by(sentence: Sentence) -> tuple[str, ...]:
    """Return what two sentences have in common if they are the same."""
    is_short = len(sentence.forms[0].split()) <= _BY_CHANCE
    return (sentence.id, *sentence.forms) if is_short else sentence.forms


def _is_local(report: Report, sentence: Sentence) -> bool:
    """Return whether a sentence tells of the council, by its source."""
    if report.comparison and sentence.source == report.comparison.source:
        return _COUNTS_ALL not in sentence.text
    return sentence.source not in _NATIONAL and not sentence.source.startswith("law")


def own_people(report: Report) -> Iterator[Contact]:
    """Yield the contacts that are of the council: one of their sentences names it, or is local."""
    for contact in report.contacts:
        if any("{council}" in each.text or _is_local(report, each) for each in sentences(contact)):
            yield contact


def _ways(contact: Contact) -> dict[str, AnyFact]:
    """Return the numbers and addresses of a contact, by the name of their field."""
    return {way: fact for way, fact in contact.ways.items() if way != "hours"}
