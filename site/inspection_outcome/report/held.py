"""Where the files of the content hold a sentence or a fact, so that its values can be changed."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from inspection_outcome.report.files import BOM
from inspection_outcome.report.lines import Place, ids
from inspection_outcome.report.toml_edit import Value

REPORT = "report.toml"
"""The file that holds the facts, and the day of the last change."""
_WORDS = ("text", "plural")
_NOT_ASKED = {"kind", "source"}
"""Fields of a fact that say what it is. They stay."""
_WAYS = ("phone", "text", "web", "email", "hours")
"""Fields of a contact that are facts: see `contact.Contact`."""


class Held(Struct, frozen=True):
    """One table of a file, and of its fields those that may be changed, with their values."""

    table: Place
    values: dict[str, Value]


def file_of(sentence: str) -> str:
    """Return the name of the file that holds a sentence, by its id."""
    return f"{sentence.rpartition('.')[0]}.toml"


def sentence_in(toml: str, id_: str) -> Held | None:
    """Return the English of a sentence in the text of its file; None if it is not there.

    Raise ValueError if the text is no TOML.
    """
    data = tomllib.loads(toml.removeprefix(BOM))
    place = dict(ids(data)).get(id_)
    return _held(data, place, _WORDS) if place else None


def facts_in(toml: str) -> dict[str, Held]:
    """Return every fact that is written in the text of report.toml, by name.

    Those that are counted are not. Raise ValueError if the text is no TOML.
    """
    return dict(_facts(tomllib.loads(toml.removeprefix(BOM))))


def repeats_of(toml: str, fact: str, day: Value) -> Iterator[Place]:
    """Yield where the text of report.toml says the day of a fact once more.

    The name of a document may name a fact; the document then bears its day, and so do the updates
    from it: see `source_dates`.
    """
    data = tomllib.loads(toml.removeprefix(BOM))
    named = set()
    for at, source in enumerate(data.get("source", [])):
        if f"{{{fact}}}" in source["name"]["text"] and source.get("date") == day:
            named.add(source["id"])
            yield "source", at, "date"
    for at, update in enumerate(data.get("update", [])):
        if update["text"]["source"] in named and update.get("date") == day:
            yield "update", at, "date"


def _facts(data: Mapping[str, Any]) -> Iterator[tuple[str, Held]]:
    """Yield the facts of [facts], and those that other tables imply: see `report.load`."""
    for name, fact in data.get("facts", {}).items():
        yield name, _held(data, ("facts", name), fact.keys() - _NOT_ASKED)
    yield "council", _held(data, ("council",), ("name",))
    if "earlier" in data.get("inspection", {}):
        yield "earlier_year", _held(data, ("inspection", "earlier"), ("year",))
    if comparison := data.get("comparison"):
        yield "councils_date", _held(data, ("comparison",), ("date",))
        numbers = comparison.keys() - {"date", "source"}
        yield "councils_count", _held(data, ("comparison",), numbers)
    for at, judgement in enumerate(data.get("judgement", [])):
        yield (
            f"grade_{judgement['id']}".replace("-", "_"),
            _held(data, ("judgement", at), ("grade",)),
        )
    for at, contact in enumerate(data.get("contact", [])):
        yield from _ways(data, ("contact", at), contact)


def _ways(
    data: Mapping[str, Any], place: Place, contact: Mapping[str, Any]
) -> Iterator[tuple[str, Held]]:
    name = str(contact["id"]).replace("-", "_")
    if "body" in contact:
        yield name, _held(data, place, ("body",))
    for way in (way for way in _WAYS if way in contact):
        inner = contact[way]
        if isinstance(inner, dict):
            yield f"{name}_{way}", _held(data, (*place, way), inner.keys() - _NOT_ASKED)
        else:
            yield f"{name}_{way}", _held(data, place, (way,))


def _held(data: Any, place: Place, fields: Any) -> Held:
    table = data
    for step in place:
        table = table[step]
    return Held(place, {name: value for name, value in table.items() if name in fields})
