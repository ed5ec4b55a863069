"""Follow another translations directory, upstream's: begin with what holds here, and take changes.

What was taken is recorded in `upstream.json`, beside the file that it is of: see three_way.py.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TypeVar

import msgspec
import polib
from msgspec import Struct
from msgspec.structs import replace

from inspection_outcome.i18n import glossary, languages, po_file
from inspection_outcome.i18n.extract import Message, template
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.merge import Merged, merge, update
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.three_way import Taken, Theirs, short_hash
from inspection_outcome.report.errors import ContentError, shown
from inspection_outcome.report.files import FileError, read_text, stamp, write_whole

Loaded = TypeVar("Loaded")

FILE = "upstream.json"
"""The name of a record: hashes by sentence id; in the translations directory, of the glossary."""
_NAME = "Name the translations folder of the site that you follow, like: --from translations."
_AGAIN = (
    "Put it back. If it was committed: git checkout HEAD -- {file}. Or delete it: then what you "
    "have stays, and what upstream says in another way is told once."
)


class GlossaryState(Enum):
    """What was done with upstream's glossary."""

    OLD = "nothing: it is as it was, or as the one here"
    TAKEN = "it was taken"
    KEPT = "nothing: it is new, and the one here was changed, too"


def begin(shipped: Path, into: Path, messages: Sequence[Message]) -> dict[str, int]:
    """Make a translations directory from another one; return how many translations hold, by tag.

    Those hold that readers there get, of `messages` whose English is the same there, letter by
    letter. A speaker's check stays with them. Everything is read before anything is written. Raise
    ContentError, CatalogueError or FileError.
    """
    made: dict[Path, str] = {}
    numbers: dict[str, int] = {}
    for language in _translated(shipped):
        theirs = Theirs.read(po_file.path_of(shipped, language), language, messages)
        empty = po_file.new(language)
        if theirs.said:
            empty.metadata["Plural-Forms"] = next(iter(theirs.said.values())).rule.header
        fresh, _ = merge(empty, language, messages)
        done = theirs.take(fresh, {})
        path = po_file.path_of(into, language)
        made |= {path: po_file.text(fresh), path.with_name(FILE): _json(done.record)}
        numbers[language.tag] = len(done.taken)
    terms = _glossary(shipped)
    made |= {into / glossary.FILE: terms, into / FILE: _json({glossary.FILE: short_hash(terms)})}
    made[into / languages.FILE] = read_text(shipped / languages.FILE)
    made[into / po_file.POT] = po_file.text(template(messages))
    for path, text in made.items():
        write_whole(path, text)
    return numbers


class Upstream(Struct, frozen=True):
    """What another translations directory says of our sentences."""

    theirs: Mapping[str, Theirs]
    """By the tag of each language that both have."""
    refused: tuple[str, ...]
    """Why a language's file could not be read."""
    only_there: tuple[Language, ...]
    """The languages that are offered there and not here."""

    @classmethod
    def read(
        cls,
        folder: Path,
        ours: Path,
        messages: Sequence[Message],
        asked: Collection[str] = (),
    ) -> "Upstream":
        """Read the directory `folder` to change the directory `ours`. `asked`: see Theirs.

        Raise FileError if it is no translations directory, or ours itself, and ContentError if its
        list of languages is faulty.
        """
        if not folder.is_dir():
            raise FileError(f"There is no folder '{shown(folder)}'", _NAME)
        if not (folder / languages.FILE).is_file():
            raise FileError(f"'{shown(folder)}' has no {languages.FILE}", _NAME)
        if folder.samefile(ours):
            problem = f"'{shown(folder)}' is the folder of this site itself"
            raise FileError(problem, f"{_NAME} And see that .env names the folders of yours.")
        here = {language.tag: language for language in _translated(ours)}
        theirs: dict[str, Theirs] = {}
        refused: list[str] = []
        offered = _load(_translated, folder)
        for each in (each for each in offered if each.tag in here):
            path = po_file.path_of(folder, each)
            try:
                theirs[each.tag] = Theirs.read(path, here[each.tag], messages, asked)
            except CatalogueError as error:
                refused.append(f"From {shown(path)}, nothing was taken. {error}")
        only_there = tuple(each for each in offered if each.tag not in here)
        return cls(theirs, tuple(refused), only_there)


def follow(path: Path, theirs: Theirs) -> tuple[Merged, Taken]:
    """Merge the current English into a PO file as `merge.update` does, and take from upstream.

    What is taken: see `Theirs.take`. Raise CatalogueError or FileError.
    """
    record = path.with_name(FILE)
    seen, done = _record(record), Taken({})

    def take(po: polib.POFile) -> None:
        nonlocal done
        done = theirs.take(po, seen)

    merged = update(path, theirs.language, theirs.messages, take)
    _write_record(record, seen, done.record)
    return merged, done


def follow_glossary(folder: Path, ours: Path) -> GlossaryState:
    """Take upstream's glossary if nobody changed the one here. Raise ContentError or FileError."""
    for each in (folder, ours):
        _load(glossary.load, each)
    path, seen, state = ours / glossary.FILE, _record(ours / FILE), GlossaryState.OLD
    since = stamp(path)
    text, base = _glossary(folder), seen.get(glossary.FILE)
    here, there = short_hash(_glossary(ours)), short_hash(text)
    if there not in {base, here}:
        as_taken = here == base and write_whole(path, text, since)
        state = GlossaryState.TAKEN if as_taken else GlossaryState.KEPT
    _write_record(ours / FILE, seen, {**seen, glossary.FILE: there})
    return state


def _translated(folder: Path) -> tuple[Language, ...]:
    """Return the languages of a translations directory, without English."""
    return tuple(each for each in languages.load(folder) if each.tag != ENGLISH)


def _glossary(folder: Path) -> str:
    """Return the text of a directory's glossary, empty if it has none."""
    path = folder / glossary.FILE
    return read_text(path, "utf-8-sig") if path.exists() else ""


def _load(load_from: Callable[[Path], Loaded], folder: Path) -> Loaded:
    """Load something from a directory. Raise ContentError that names the directory."""
    try:
        return load_from(folder)
    except ContentError as error:
        faults = [replace(each, file=shown(folder / each.file)) for each in error.faults]
        raise ContentError(faults) from None


def _json(record: Mapping[str, str]) -> str:
    """Return a record's text: one line for each id, sorted, so that git can merge it."""
    return json.dumps(record, indent=0, sort_keys=True) + "\n"


def _record(path: Path) -> dict[str, str]:
    """Return a record, empty if there is no file. Raise FileError if it cannot be read."""
    try:
        return msgspec.json.decode(read_text(path), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (FileError, UnicodeDecodeError, msgspec.DecodeError) as error:
        problem = f"{shown(path)} cannot be read: {error}".removesuffix(".")
        raise FileError(problem, _AGAIN.format(file=shown(path))) from None


def _write_record(path: Path, before: Mapping[str, str], now: Mapping[str, str]) -> None:
    if now != before:
        write_whole(path, _json(now))
