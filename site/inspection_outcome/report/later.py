"""What the shipped site now says otherwise of what a site may have taken over from it."""

from collections.abc import Iterator

from inspection_outcome.report.borrowed import own_people
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.facts import AnyFact
from inspection_outcome.report.model import Report
from inspection_outcome.report.references import LAW

_FILE = "report.toml"


def later(report: Report, shipped: Report) -> Iterator[Fault]:
    """Yield the place of each right, value in law and way to reach a helpline that differs.

    The problem is what the shipped site says. It may have mended a mistake, or this site may say it
    in words of its own: only people can tell, so this is no fault.
    """
    theirs = {each.id: each for _, each in shipped.sentences() if each.source.startswith(LAW)}
    for file, ours in report.sentences():
        there = theirs.get(ours.id, ours)
        if ours.source.startswith(LAW) and ours.forms != there.forms:
            yield Fault(file, ours.id, " / ".join(there.forms), "")
    for name, fact in report.facts.items():
        other = shipped.facts.get(name, fact)
        if fact != other and all(each.source.startswith(LAW) for each in (fact, other)):
            yield Fault(_FILE, f"facts.{name}", _value(other), "")
    yield from _ways(report, shipped)


def _ways(report: Report, shipped: Report) -> Iterator[Fault]:
    """Yield each way to reach a contact, and its hours, that differ; not of the council's own."""
    local = {each.id for each in own_people(shipped)}
    national = {each.id: each.ways for each in shipped.contacts if each.id not in local}
    for contact in report.contacts:
        ours = contact.ways
        theirs = national.get(contact.id, ours)
        for way in {**ours, **theirs}:
            if ours.get(way) != theirs.get(way):
                there = _value(theirs[way]) if way in theirs else "none"
                yield Fault(_FILE, f"contact[{contact.id}].{way}", there, "")


def _value(fact: AnyFact) -> str:
    """Return what a fact says: '0800 1111'; if it has several fields, each with its name."""
    fields = {name: getattr(fact, name) for name in fact.__struct_fields__ if name != "source"}
    if [*fields] == ["value"]:
        return str(fields["value"])
    return ", ".join(f"{name} {value}" for name, value in fields.items())
