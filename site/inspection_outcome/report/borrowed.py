"""What a site took over from another council's, though it is said of the other."""

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from inspection_outcome.report import markup
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.facts import AnyFact
from inspection_outcome.report.files import find, read_text
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.references import LAW, NATIONAL, PUBLISHER
from inspection_outcome.report.sentence import Sentence, sentences
from inspection_outcome.report.toml import Reader

_BY_CHANCE = 4
"""The most words of a sentence that two people may write alike; then only the same id tells."""
_COPIED = 5
"""A file with so many sentences of another council, and half of all that its file has, was copied.
"""
_COUNTS_ALL = "{councils_count}"
_OF_OLD = ("#~", "#|")
"""How a PO file's lines begin that are of sentences no longer used, or of English that changed."""


def copied(folder: Path, other: Path, given: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each file that is another site's, copied over.

    The files are read as TOML alone, as such a file mostly keeps the content from being loaded.
    `given`: the English that every council's site begins with.
    """
    files = _raw(folder)
    if (name := _council(theirs := _raw(other))) in {"", _council(files)}:
        return
    for file in sorted(files.keys() & theirs.keys()):
        ours = list(_raw_sentences(files[file]))
        local = [
            each
            for each in _raw_sentences(theirs[file])
            if _is_of_one(str(each.get("source"))) and each.get("text") not in given
        ]
        number = sum(each in local for each in ours)
        if number >= _COPIED and number * 2 >= len(local):
            yield Fault(
                file,
                "",
                f"this is the file of {name}: {number} of its {len(ours)} sentences are from there",
                "Put yours back, and write in it what your own documents say.",
            )


def _raw(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what is in each file of the content that is TOML."""
    found: dict[str, dict[str, Any]] = {}
    with suppress(OSError):
        for path in sorted(map(Path, find(folder, ".toml"))):
            if (data := Reader(path.name).parse(path)) is not None:
                found[path.relative_to(folder).as_posix()] = data
    return found


def _council(files: dict[str, dict[str, Any]]) -> str:
    council = files.get("report.toml", {}).get("council")
    return str(council.get("name", "")) if isinstance(council, dict) else ""


def _raw_sentences(data: Any) -> Iterator[dict[str, Any]]:
    """Yield each sentence: its id has a full stop, no other has."""
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict) and "." in str(value.get("id")):
            yield value
        elif isinstance(value, dict | list):
            yield from _raw_sentences(value)


def borrowed(report: Report, other: Report) -> Iterator[Fault]:
    """Yield a fault for each sentence, fact and number that tells of another council.

    A sentence may be taken over if its source is neither a document on that council nor its
    publisher: if it is the law, the site itself, or a count of all councils. What is told of a
    council's own people may not, whatever its source. Only the id tells a short sentence.
    """
    yield from _sentences(report, other)
    ways = {way for contact in report.contacts for way in contact.ways.values()}
    theirs = {
        _as_dialled(fact) for contact in own_people(other) for fact in _ways(contact).values()
    }
    theirs |= {_as_dialled(fact) for fact in other.facts.values() if _reaches_somebody(fact)}
    for name, fact in report.facts.items():
        if _reaches_somebody(fact) and fact not in ways and _as_dialled(fact) in theirs:
            yield _reached(f"facts.{name}", fact, other)
        if fact.source == PUBLISHER and fact == other.facts.get(name):
            yield Fault(
                "report.toml",
                f"facts.{name}",
                f"this is what the site of {other.council.name} gives",
                "Write what is true of your site, or take it out with the sentences that name it. "
                "If this is true of yours, give the fact another name.",
            )
    for contact in report.contacts:
        for way, fact in _ways(contact).items():
            if _as_dialled(fact) in theirs:
                yield _reached(f"contact[{contact.id}].{way}", fact, other)


def _reached(field: str, fact: AnyFact, other: Report) -> Fault:
    what = "number" if fact.family in {"phone", "text"} else "address"
    problem = f"this is the {what} of {other.council.name}"
    return Fault("report.toml", field, problem, "Write your own, or take it out.")


def _reaches_somebody(fact: AnyFact) -> bool:
    """Return whether it is a number or an email address from a document on one council."""
    return fact.family in {"phone", "email"} and _is_of_one(fact.source)


def _as_dialled(fact: AnyFact) -> str:
    """Return a number without its spaces, as these may stand anywhere; else what the fact says."""
    return re.sub(r"\s", "", str(getattr(fact, "value", fact))).casefold()


def naming(
    paths: Iterable[Path], names: Iterable[str], own: str
) -> Iterator[tuple[Path, int, str]]:
    """Yield each line that has one of the names, in any case: its path, number and words around it.

    One's own name may have another in it, as North Anyshire has Anyshire: it is not looked at. Of a
    PO file, what is no longer used is left out. A file that cannot be read has none.
    """
    itself = re.compile(re.escape(own), re.IGNORECASE)
    around = re.compile(rf".{{0,40}}(?:{'|'.join(map(re.escape, names))}).{{0,40}}", re.IGNORECASE)
    for path in paths:
        try:
            lines = read_text(path, "utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            continue
        for number, line in enumerate(lines, 1):
            if not line.startswith(_OF_OLD) and (found := around.search(itself.sub("", line))):
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
        if same:
            yield Fault(
                file,
                each.id,
                f"this is word for word what the site of {other.council.name} says",
                "Write it anew from a document of your own, or take it out. "
                "If it is true of you, say it in your own words.",
            )


def _known_by(sentence: Sentence) -> tuple[str, ...]:
    """Return what two sentences have in common if they are the same, whatever facts they name.

    Their words are compared: other apostrophes, marks and links make no sentence of one's own.
    """
    forms = tuple(map(_words, sentence.forms))
    is_short = len(forms[0].split()) <= _BY_CHANCE
    return (sentence.id, *sentence.forms) if is_short else forms


def _words(text: str) -> str:
    bare = PLACEHOLDER.sub("", markup.without(text)).casefold()
    return " ".join(re.findall(r"\w+", bare))


def _is_local(report: Report, sentence: Sentence) -> bool:
    """Return whether a sentence tells of the council, by its source."""
    if report.comparison and sentence.source == report.comparison.source:
        return _COUNTS_ALL not in sentence.text
    return _is_of_one(sentence.source)


def _is_of_one(source: str) -> bool:
    """Return whether a source is a document on one council, or its publisher."""
    return source not in NATIONAL and not source.startswith(LAW)


def own_people(report: Report) -> Iterator[Contact]:
    """Yield the contacts that are of the council: one of their sentences names it, or is local."""
    for contact in report.contacts:
        if any("{council}" in each.text or _is_local(report, each) for each in sentences(contact)):
            yield contact


def _ways(contact: Contact) -> dict[str, AnyFact]:
    """Return the numbers and addresses of a contact, by the name of their field."""
    return {way: fact for way, fact in contact.ways.items() if way != "hours"}
