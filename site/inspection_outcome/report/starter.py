"""The first content of a council's own site: only what holds for any council.

Its form is in the templates of `start/`, and its words in the shipped content, so that no right and
no explanation is written twice. It is made as text: notes and layout stay, for people to write in.
In a template,

- a table of which there is only the `id` stands for the shipped table with that id, and all of it;
- a sentence without a `text`, and a fact without a `kind`, have the shipped fields that they lack;
- facts and laws that sentences name come by themselves;
- a sentence that names a number or a day which is not there yet becomes a note;
- what says `source = "publisher"` is for every publisher to say.
"""

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.files import find
from inspection_outcome.report.markup import PLACEHOLDER, targets
from inspection_outcome.report.references import LAW, NATIONAL, PUBLISHER
from inspection_outcome.report.toml_text import Table, group, read

PARTS = ("leaders", "help-and-protection", "in-care", "care-leavers")
"""The ids of the judgements that a site may begin without."""
_REPORT = "report.toml"
_IMPLIED = {"council", "updated", "pages_count", "sources_count", "areas_count", "actions_count"}
_WAYS = {"phone", "text", "web", "email", "hours"}
_TODO = re.compile(r"\bTODO\b")
_ONCE = "# TODO: once {names} has its value, take '# ' off the lines below, and delete this one\n"
_VALUES = {"grade": '"good"', "year": "2000", "first|last|value": "2000-01-01"}
"""What stands for a value that is still to be written, by the names of fields."""
_GONE = "a new site takes this from site/content, where it is gone, or has become a finding"
_LOCAL = "a new site takes this from site/content, and its source there is '{source}'"
_REMEDY = "Put it back there as it was; or take it out of site/inspection_outcome/start/{file}."
_LAYOUT = "Run: flask content check. Begin a line with each table and each field of it."

Files = dict[str, list[Table]]


def content(
    council: str, today: dt.date, templates: Path, shipped: Path, without: Collection[str] = ()
) -> dict[str, str]:
    """Return the text of each file of a council's first content, by its path.

    `without`: the judgements of PARTS that the report does not have. Raise ContentError if the
    shipped content cannot be read, or lacks what a template takes from it, or if that is not true
    of every council.
    """
    files = _composed(templates, shipped, without)
    files[_REPORT] = [_named(table, council, today) for table in files[_REPORT]]
    known = _facts(files[_REPORT])
    return {name: _text(tables, known) for name, tables in files.items()}


def given(templates: Path, shipped: Path) -> set[str]:
    """Return the English of the sentences that every council's first content has, ready to be read.

    So no council took them over from another. Raise as `content` does.
    """
    files = _composed(templates, shipped)
    tables = (table for each in files.values() for table in each if table.is_sentence)
    return {text for table in tables if not _TODO.search(text := str(table.data["text"]))}


def with_values(text: str) -> str:
    """Return a file with a value in place of each that a site cannot be loaded without."""
    for names, value in _VALUES.items():
        text = re.sub(rf'^({names}) = "TODO\b.*', rf"\1 = {value}", text, flags=re.MULTILINE)
    return text


def _composed(templates: Path, shipped: Path, without: Collection[str] = ()) -> Files:
    """Return the tables of each file by its path, complete."""
    theirs, files = _read(shipped), _read(templates)
    of_publisher = {
        each.id for tables in files.values() for each in tables if _is_of_publisher(each)
    }
    faults: list[Fault] = []
    for name, tables in files.items():
        files[name] = list(_filled(name, tables, theirs.get(name, []), faults))
    for judgement in without:
        files = {name: list(_left(tables, judgement)) for name, tables in files.items()}
    _add_what_is_named(files, theirs.get(_REPORT, []))
    if faults := [*faults, *_not_national(files, of_publisher)]:
        raise ContentError(faults)
    return files


def _read(folder: Path) -> Files:
    files: Files = {}
    for path in sorted(map(Path, find(folder, ".toml"))):
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = read(path)
        except ValueError as error:
            raise ContentError([Fault(name, "", f"it cannot be read: {error}", _LAYOUT)]) from None
    return files


def _filled(
    file: str, tables: list[Table], theirs: list[Table], faults: list[Fault]
) -> Iterator[Table]:
    """Yield the tables of a template, each with what it takes from the shipped file."""
    wholes = {(each.name, each.id): group(theirs, at) for at, each in enumerate(theirs)}
    parts = {each.id: each for each in theirs if _is_part(each)}
    for at, table in enumerate(tables):
        if _is_part(table):
            if {"text", "kind"} & table.fields.keys():
                yield table
                continue
            part = parts.get(table.id)
            taken = [table.with_fields({**part.fields, **table.fields})] if part else []
        elif table.fields.keys() == {"id"} and len(group(tables, at)) == 1:
            taken = [each.without_notes() for each in wholes.get((table.name, table.id), [])]
            taken[:1] = [replace(each, above=table.above) for each in taken[:1]]
            taken[-1:] = [replace(each, below=table.below) for each in taken[-1:]]
        else:
            yield table
            continue
        if not taken or any("paragraphs" in each.fields for each in taken):
            faults.append(Fault(file, table.id, _GONE, _REMEDY.format(file=file)))
        yield from taken


def _is_part(table: Table) -> bool:
    """Return whether it is a sentence or a fact, which may take single fields."""
    return table.is_sentence or table.name.startswith("facts.")


def _left(tables: list[Table], judgement: str) -> Iterator[Table]:
    """Yield the tables but those of a judgement, and sentences that lead to its results."""
    gone: list[Table] = []
    for at, table in enumerate(tables):
        is_its_own = table.name == "judgement" and table.id == judgement
        leads_there = f"page:results#{judgement}" in targets(str(table.data.get("text", "")))
        if is_its_own or leads_there or table.data.get("judgement") == judgement:
            gone += group(tables, at)
        if not any(table is each for each in gone):
            yield _without_grade(table, judgement)


def _without_grade(table: Table, judgement: str) -> Table:
    fields = dict(table.fields)
    for field in {"grades", "cards"} & fields.keys():
        ids = [each for each in table.data[field] if each != judgement]
        if ids != table.data[field]:
            fields[field] = f"{field} = {json.dumps(ids)}\n"
    return table.with_fields(fields)


def _named(table: Table, council: str, today: dt.date) -> Table:
    if table.name == "council":
        # A JSON string is a basic string of TOML, but for U+007F, which no name has.
        return table.with_value("name", json.dumps(council, ensure_ascii=False))
    return table.with_value("updated", today.isoformat()) if table.name == "site" else table


def _add_what_is_named(files: Files, theirs: list[Table]) -> None:
    """Add the shipped facts and laws that sentences and facts name, below those of the template."""
    tables, added = files[_REPORT], True
    while added:
        every = [table for each in files.values() for table in each]
        facts = {name for table in every for name in _placeholders(table)} - _facts(tables)
        sources = {table.data.get("source") for table in every} - _sources(tables)
        added = False
        for at, table in enumerate(theirs):
            if _is_of_publisher(table):  # each publisher has days of its own
                continue
            is_law = table.name == "source" and table.id.startswith(LAW) and table.id in sources
            if is_law or table.name.removeprefix("facts.") in facts:
                kind = table.name.partition(".")[0]
                end = 1 + max(n for n, each in enumerate(tables) if each.name.startswith(kind))
                fresh = [each.without_notes() for each in group(theirs, at)]
                tables[end:end] = [replace(fresh[0], above="\n"), *fresh[1:]]
                added = True


def _placeholders(table: Table) -> list[str]:
    return PLACEHOLDER.findall(f"{table.data.get('text')} {table.data.get('plural')}")


def _sources(tables: Iterable[Table]) -> set[str]:
    return {table.id for table in tables if table.name == "source"}


def _facts(tables: Iterable[Table]) -> set[str]:
    """Return the names of the facts that report.toml has, and of those that it implies."""
    known = set(_IMPLIED)
    for table in tables:
        name = table.id.replace("-", "_")
        if table.name == "judgement":
            known.add(f"grade_{name}")
        elif table.name == "contact":
            known |= {name, *(f"{name}_{way}" for way in _WAYS & table.fields.keys())}
        else:
            known.add(table.name.removeprefix("facts."))
    return known


def _is_of_publisher(table: Table) -> bool:
    return table.data.get("source") == PUBLISHER


def _not_national(files: Files, of_publisher: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each sentence and fact that is of another council, by its source.

    `of_publisher`: the ids of those that every publisher may say.
    """
    known = NATIONAL | _sources(files[_REPORT])
    for file, tables in files.items():
        for table in tables:
            source = table.data.get("source")
            if table.id in of_publisher or _TODO.search(table.text):
                continue
            if source and source not in known:
                problem = _LOCAL.format(source=source)
                yield Fault(file, table.id, problem, _REMEDY.format(file=file))


def _text(tables: list[Table], known: set[str]) -> str:
    """Return the text of a file. What names a number that is not there yet becomes a note."""
    notes: dict[int, str] = {}
    for at, table in enumerate(tables):
        if lacking := [name for name in _placeholders(table) if name not in known]:
            first = max(n for n in range(at + 1) if tables[n].is_item)
            names = " and ".join(f"{{{name}}}" for name in lacking)
            notes[first] = _ONCE.format(names=names)
            notes |= dict.fromkeys(range(first + 1, first + len(group(tables, first))), "")
    return "".join(
        table.text if at not in notes else _as_note(table, notes[at])
        for at, table in enumerate(tables)
    )


def _as_note(table: Table, begin: str) -> str:
    lines = replace(table, above="").text.splitlines(keepends=True)
    return table.above + begin + "".join(f"# {line}" for line in lines)
