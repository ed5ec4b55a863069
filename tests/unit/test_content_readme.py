"""site/content/README.md tells staff every table and field of the content, as the program has them.

Its examples together are a content of their own: a report.toml, and one page.
"""

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from babel import Locale
from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n import ui
from inspection_outcome.i18n.format import format_fact
from inspection_outcome.pages.blocks import BLOCKS
from inspection_outcome.pages.load import load
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.facts import AnyFact, GradeGiven
from inspection_outcome.report.page import Page
from inspection_outcome.report.plain_english import findings
from inspection_outcome.report.sentence import Record, Sentence
from msgspec import Struct, convert
from msgspec.structs import FieldInfo, fields
from pseudo_locales import NORTHMARSH

README = Path(__file__).parents[2] / "site" / "content" / "README.md"
STEPS, OF_REPORT, OF_PAGE = re.split(
    r"(?m)^## In (?:`report\.toml`|the file of a page)\n", README.read_text(encoding="utf-8")
)
PARTS = {
    re.findall(r"\w+", part.split("\n")[0])[-1].lower(): part
    for part in re.split(r"(?m)^##+ ", OF_REPORT + OF_PAGE)[1:]
}
"""The text under each heading, by the heading's last word: `pictured` of [[section.pictured]]."""
TABLES = {table.__name__.lower(): table for table in Record.__subclasses__()}
KINDS = {kind.__struct_config__.tag: kind for kind in get_args(AnyFact)}
NOT_WRITTEN = {(Page, "name"), (Sentence, "slots")}
"""Fields that no content has: a page has the name of its file, and slots are for ui.toml."""


def toml(text: str) -> list[str]:
    """Return the examples in a part of the README."""
    return re.findall(r"(?ms)^```toml\n(.*?)^```", text)


FACTS = tomllib.loads("".join(toml(PARTS["facts"])))["facts"]


def rows(part: str) -> dict[str, list[str]]:
    """Return the rows of the table under a heading, by their first cell."""
    found = re.findall(r"(?m)^\| `(\S+)` \| (.*) \|$", PARTS[part])
    return {first: others.split(" | ") for first, others in found}


def fields_of(table: type[Struct]) -> dict[str, FieldInfo]:
    """Return the fields of a table that staff may write, by name."""
    return {each.name: each for each in fields(table) if (table, each.name) not in NOT_WRITTEN}


def choices(type_: Any) -> list[str]:
    """Return the values that the program lists for a field, if it does."""
    if isinstance(type_, type) and issubclass(type_, Enum):
        return [each.value for each in type_]
    if get_origin(type_) is Literal:
        return list(get_args(type_))
    return [value for part in get_args(type_) for value in choices(part)]


def used(part: object) -> Iterator[tuple[type, str]]:
    """Yield each field that has a value in this part of the report, with its struct."""
    if isinstance(part, Struct):
        for name in part.__struct_fields__:
            if value := getattr(part, name):
                yield type(part), name
                yield from used(value)
    elif isinstance(part, Mapping):
        yield from used(tuple(part.values()))
    elif isinstance(part, tuple):
        yield from itertools.chain.from_iterable(map(used, part))


def differ(what: str, told: Iterable[str], there: Iterable[str]) -> Iterator[str]:
    """Yield what the README leaves out, and what it tells that the program does not have."""
    yield from (f"{what} '{name}' is missing" for name in {*there} - {*told})
    yield from (f"{what} '{name}' is told, and there is none" for name in {*told} - {*there})


def tell(problems: Iterable[str]) -> None:
    """Fail with each problem, if there is one."""
    if told := sorted(problems):
        pytest.fail("\n".join([f"In {README}:", *told]), pytrace=False)


def test_each_table_is_told_with_its_fields() -> None:
    tell(differ("the table", PARTS.keys() & TABLES.keys(), TABLES))
    for name, table in TABLES.items():
        told, there = rows(name), fields_of(table)
        tell(differ(f"{name}: the field", told, there))
        tell(
            f"{name}: '{field}' is{'' if each.required else ' not'} always needed"
            for field, each in there.items()
            if (told[field][1] == "yes") != each.required
        )


def test_each_kind_of_fact_is_told_with_its_fields() -> None:
    told = rows("facts")
    tell(differ("the kind of fact", told, KINDS))
    tell(differ("an example of the kind of fact", (fact["kind"] for fact in FACTS.values()), KINDS))
    for kind, struct in KINDS.items():
        named = [*re.findall(r"`(\w+)`", told[kind][0]), *(rows("name").keys() - {"kind"})]
        tell(differ(f"{kind}: the field", named, fields_of(struct)))


def read_in_english(fact: AnyFact) -> str:
    """Return a fact as readers of English read it."""
    if isinstance(fact, GradeGiven):
        words = ui.load(load(NORTHMARSH), PACKAGE / "i18n" / "ui.toml")
        return words[f"ui.grade-{fact.value.value}"].text
    return format_fact(fact, Locale("en", "GB"))


def test_each_example_of_a_fact_is_told_as_readers_read_it() -> None:
    told = rows("facts")
    tell(
        f"readers read {name} as '{read_in_english(fact)}'"
        for name, fact in convert(FACTS, dict[str, AnyFact]).items()
        if told[FACTS[name]["kind"]][2] != read_in_english(fact)
    )


def test_each_value_is_told_that_the_program_lists() -> None:
    tell(differ("what a section shows:", rows("shows"), BLOCKS))
    tell(
        f"{part}: the value '{value}' of '{field}' is missing"
        for part, table in [*TABLES.items(), *(("facts", kind) for kind in KINDS.values())]
        for field, each in fields_of(table).items()
        for value in choices(each.type)
        if f"`{value}`" not in PARTS[part]
    )


def test_the_examples_are_content_without_a_fault_and_with_every_field(tmp_path: Path) -> None:
    """Their one page stands for each that their report.toml names."""
    text = "".join(toml(OF_REPORT))
    (tmp_path / "report.toml").write_text(text, encoding="utf-8")
    for name in tomllib.loads(text)["site"]["order"]:
        page = "".join(toml(OF_PAGE)).replace('id = "visits.', f'id = "{name}.')
        (tmp_path / f"{name}.toml").write_text(page, encoding="utf-8")
    try:
        report = load(tmp_path)
    except ContentError as error:
        tell(["the examples have faults", str(error)])

    tell(f"{fault.field}: {fault.problem}" for fault in findings(report.sentences()))
    found = {(table.__name__.lower(), field) for table, field in used(report)}
    tell(
        f"{name}: no example has '{field}'"
        for name, table in TABLES.items()
        for field in fields_of(table)
        if (name, field) not in found
    )
    by_themselves = re.findall(r"`\{(\w+)\}`", PARTS["themselves"])
    tell(differ("the fact", by_themselves, report.facts.keys() - FACTS.keys()))
    tell(
        f"not among the tables:\n{each}" for each in toml(STEPS) if each not in OF_REPORT + OF_PAGE
    )
