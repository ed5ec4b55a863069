"""Load the content folder as a Report, or report every fault of truth in it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from inspection_outcome.report import validate
from inspection_outcome.report.contact import Contact
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.facts import (
    AnyFact,
    Count,
    Date,
    Grade,
    GradeGiven,
    Place,
    Year,
)
from inspection_outcome.report.files import find
from inspection_outcome.report.lines import located
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import (
    Action,
    Area,
    Comparison,
    Council,
    Event,
    Inspection,
    Judgement,
    Records,
    Report,
    Site,
    Source,
    Update,
)
from inspection_outcome.report.page import Page
from inspection_outcome.report.timeline import in_order
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


def load(folder: Path, more: Callable[[Report], Iterable[Fault]] = lambda _: ()) -> Report:
    """Return the report in the content folder.

    Raise ContentError with every fault of truth, and those that `more` finds in the report.
    References between the parts (ids, sources, facts, links) are only checked once no part has a
    wrong or missing field, so that one mistake is not reported as ten.
    """
    faults: list[Fault] = []
    tables = _report_tables(folder / "report.toml", faults)
    pages = {page.name: page for page in _pages(folder, faults)}
    if faults:
        raise ContentError(located(faults, folder))
    records = Records(
        council=tables["council"],
        site=tables["site"],
        inspection=tables["inspection"],
        sources=tables["source"],
        judgements=tables["judgement"],
        areas=tables["area"],
        actions=tables["action"],
        updates=tables["update"],
        comparison=tables["comparison"],
        events=tables["event"],
        contacts=tables["contact"],
    )
    facts = tables["facts"] | dict(_implied_facts(records, len(pages)))
    report = Report(**structs.asdict(records), facts=facts, pages=pages)
    if faults := [*validate.truth(report), *more(report)]:
        raise ContentError(located(faults, folder))
    return structs.replace(report, events=in_order(report.events, facts))


def _report_tables(path: Path, faults: list[Fault]) -> dict[str, Any]:
    """Return the tables of report.toml as structs, by their name there."""
    reader = Reader(path.name)
    data = reader.parse(path)
    tables: dict[str, Any] = {}
    if data is not None:
        known = [*_TABLES, *_OPTIONAL, "facts", *_LISTS]
        for name in data.keys() - set(known):
            reader.fault(name, "there is no part of this name", f"Known: {', '.join(known)}.")
        for name, cls in _TABLES.items():
            tables[name] = reader.table(cls, data.get(name, {}), name)
        for name, cls in _OPTIONAL.items():
            tables[name] = reader.table(cls, data[name], name) if name in data else None
        for name, cls in _LISTS.items():
            tables[name] = reader.tables(cls, data.get(name, []), name)
        facts = reader.fields(data.get("facts", {}), "facts") or {}
        tables["facts"] = dict(_facts(reader, facts))
    faults.extend(reader.faults)
    return tables


def _facts(reader: Reader, tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, table in tables.items():
        if not PLACEHOLDER.fullmatch(f"{{{name}}}"):
            reader.fault(
                f"facts.{name}",
                "sentences cannot name it",
                "Use small letters, digits and underscores.",
            )
        if isinstance(table, dict) and "source" not in table:
            reader.fault(
                f"facts.{name}.source", "it is missing", "Add the id of the source it was read in."
            )
        yield name, reader.value(AnyFact, table, f"facts.{name}")


def _pages(folder: Path, faults: list[Fault]) -> Iterator[Page]:
    try:
        paths = sorted(map(Path, find(folder, ".toml")))
    except OSError as error:
        reader = Reader(Path(error.filename).name)
        reader.unreadable(error)
        faults.extend(reader.faults)
        return
    for path in paths:
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name == "report":
            continue
        reader = Reader(f"{name}.toml")
        data = reader.parse(path)
        page = None if data is None else reader.table(Page, {**data, "name": name}, "")
        faults.extend(reader.faults)
        if page is not None:
            yield page


def _implied_facts(records: Records, pages: int) -> Iterator[tuple[str, AnyFact]]:
    """Yield facts that other parts of the content hold, so that nobody writes them twice."""
    yield "council", Place(records.council.name)
    yield "updated", Date(records.site.updated)
    yield "pages_count", Count(pages)
    yield "sources_count", Count(len(records.sources))
    yield "areas_count", Count(len(records.areas))
    yield "actions_count", Count(len(records.actions))
    if records.inspection.earlier:
        yield "earlier_year", Year(records.inspection.earlier.year)
    if records.comparison:
        yield "councils_count", Count(sum(map(records.comparison.councils, Grade)))
        yield "councils_date", Date(records.comparison.date)
    for judgement in records.judgements:
        yield f"grade_{judgement.id}".replace("-", "_"), GradeGiven(judgement.grade)
    for contact in records.contacts:
        yield from contact.facts.items()
        if contact.proper_name:
            yield contact.id.replace("-", "_"), contact.proper_name
