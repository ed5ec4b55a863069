"""Load the content folder as a Report, or report every fault of truth in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from inspection_outcome.report import validate
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.facts import (
    AnyFact,
    Body,
    Count,
    Date,
    Email,
    Fact,
    Grade,
    GradeGiven,
    Hours,
    Phone,
    Place,
    TextLine,
    Web,
    Year,
)
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import (
    Action,
    Area,
    Comparison,
    Contact,
    Council,
    Event,
    Inspection,
    Judgement,
    Report,
    Site,
    Source,
    Update,
)
from inspection_outcome.report.page import Page
from inspection_outcome.report.toml import Reader

_LISTS: dict[str, type[Struct]] = {
    "source": Source,
    "judgement": Judgement,
    "area": Area,
    "action": Action,
    "update": Update,
    "event": Event,
    "contact": Contact,
}
_TABLES: dict[str, type[Struct]] = {"council": Council, "site": Site, "inspection": Inspection}
_OPTIONAL: dict[str, type[Struct]] = {"comparison": Comparison}


def load(folder: Path) -> Report:
    """Return the report in the content folder.

    Raise ContentError with every fault of truth. References between the parts (ids, sources, facts,
    links) are only checked once no part has a wrong or missing field, so that one mistake is not
    reported as ten.
    """
    faults: list[Fault] = []
    parts = _report_parts(folder / "report.toml", faults)
    pages = {page.name: page for page in _pages(folder, faults)}
    if faults:
        raise ContentError(faults)
    report = Report(
        council=parts["council"],
        site=parts["site"],
        inspection=parts["inspection"],
        facts={},
        sources=parts["source"],
        judgements=parts["judgement"],
        areas=parts["area"],
        actions=parts["action"],
        updates=parts["update"],
        comparison=parts["comparison"],
        events=parts["event"],
        contacts=parts["contact"],
        pages=pages,
    )
    report.facts.update(parts["facts"] | dict(_implied_facts(report)))
    faults = validate.truth(report)
    if faults:
        raise ContentError(faults)
    return report


def _report_parts(path: Path, faults: list[Fault]) -> dict[str, Any]:
    reader = Reader(path.name)
    data = reader.parse(path)
    parts: dict[str, Any] = {}
    if data is not None:
        known = [*_TABLES, *_OPTIONAL, "facts", *_LISTS]
        for name in data.keys() - set(known):
            reader.fault(name, "there is no part of this name", f"Known: {', '.join(known)}.")
        for name, cls in _TABLES.items():
            parts[name] = reader.table(cls, data.get(name, {}), name)
        for name, cls in _OPTIONAL.items():
            parts[name] = reader.table(cls, data[name], name) if name in data else None
        for name, cls in _LISTS.items():
            parts[name] = reader.tables(cls, data.get(name, []), name)
        parts["facts"] = dict(_facts(reader, data.get("facts", {})))
    faults.extend(reader.faults)
    return parts


def _facts(reader: Reader, tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, table in tables.items():
        if not PLACEHOLDER.fullmatch(f"{{{name}}}"):
            reader.fault(
                f"facts.{name}",
                "sentences cannot name it",
                "Use small letters, digits and underscores.",
            )
        if "source" not in table:
            reader.fault(
                f"facts.{name}.source", "it is missing", "Add the id of the source it was read in."
            )
        yield name, reader.value(AnyFact, table, f"facts.{name}")


def _pages(folder: Path, faults: list[Fault]) -> Iterator[Page]:
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name == "report":
            continue
        reader = Reader(f"{name}.toml")
        data = reader.parse(path)
        page = None if data is None else reader.table(Page, {**data, "name": name}, "")
        faults.extend(reader.faults)
        if page is not None:
            yield page


def _implied_facts(report: Report) -> Iterator[tuple[str, AnyFact]]:
    """Yield facts that other parts of report.toml hold, so that nobody writes them twice."""
    yield "council", Place(report.council.name)
    yield "updated", Date(report.site.updated)
    yield "pages_count", Count(len(report.pages))
    yield "sources_count", Count(len(report.sources))
    yield "areas_count", Count(len(report.areas))
    yield "actions_count", Count(len(report.actions))
    if report.inspection.earlier:
        yield "earlier_year", Year(report.inspection.earlier.year)
    if report.comparison:
        yield "councils_count", Count(sum(map(report.comparison.councils, Grade)))
        yield "councils_date", Date(report.comparison.date)
    for judgement in report.judgements:
        yield f"grade_{judgement.id}".replace("-", "_"), GradeGiven(judgement.grade)
    for contact in report.contacts:
        ways: dict[str, Fact | None] = {
            "phone": Phone(contact.phone) if contact.phone else None,
            "text": contact.text,
            "web": Web(contact.web) if contact.web else None,
            "email": Email(contact.email) if contact.email else None,
            "hours": contact.hours,
        }
        for way, fact in ways.items():
            if isinstance(fact, Phone | TextLine | Web | Email | Hours):
                yield f"{contact.id}_{way}".replace("-", "_"), fact
        if contact.body:
            yield contact.id.replace("-", "_"), Body(contact.body)
