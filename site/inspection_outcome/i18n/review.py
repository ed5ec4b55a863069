"""What speakers said no to: translations/<locale>/review.toml.

Each `[[no]]` has the fingerprint of the English and the translation that were refused. So it holds
until one of them is edited, and then no longer counts, by itself. Readers never see it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from inspection_outcome.i18n.catalogues import Catalogue
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report.errors import ContentError, shown
from inspection_outcome.report.files import stamp, write_whole
from inspection_outcome.report.toml import MOST_DOTS, Reader
from inspection_outcome.report.toml_edit import literal

PATTERN = "*/review.toml"
"""Where the files are in the translations directory: see `path_of`."""
_HEAD = "# What speakers said no to, and why. An entry counts until its sentence is edited.\n"


class No(Struct, frozen=True):
    """Why a speaker says that a translation is not right."""

    id: str
    """Of the sentence."""
    why: str
    who: str
    when: dt.date
    hash: str
    """The fingerprint of the entry as it was: see `edit_entry.fingerprint`."""


class _File(Struct, frozen=True):
    no: tuple[No, ...] = ()


Refused = Mapping[str, No]
"""What speakers said no to in a language, by sentence id, while it is as they saw it."""


def path_of(folder: Path, language: Language) -> Path:
    """Return the path of a language's file in the translations directory."""
    return folder / language.locale / "review.toml"


def read(path: Path) -> tuple[No, ...]:
    """Return what a file says; nothing if there is none. Raise ContentError with every fault."""
    if not path.exists():
        return ()
    reader = Reader(shown(path))
    tables = reader.parse(path)
    file = None if tables is None else reader.table(_File, tables, "")
    if file is None or reader.faults:
        raise ContentError(reader.faults)
    return file.no


def holding(said: Iterable[No], entries: Mapping[str, Entry]) -> Refused:
    """Return those that are about what is still there, by sentence id."""
    return {
        each.id: each
        for each in said
        if (entry := entries.get(each.id))
        and entry.state is State.NEEDS_CHECKING
        and fingerprint(entry) == each.hash
    }


def read_all(
    folder: Path, catalogues: Mapping[str, Catalogue], last: Mapping[str, Refused]
) -> tuple[dict[str, Refused], list[str]]:
    """Return what holds in each language, by tag, and why a file could not be read.

    In place of such a file, `last` is used.
    """
    found: dict[str, Refused] = {}
    faults = []
    for tag, catalogue in catalogues.items():
        said: Iterable[No] = last.get(tag, {}).values()
        try:
            said = read(path_of(folder, catalogue.language))
        except (ContentError, OSError) as error:
            faults.append(str(error))
        found[tag] = holding(said, catalogue.entries)
    return found, faults


def add(path: Path, said: Iterable[No], entries: Mapping[str, Entry]) -> None:
    """Write what speakers said into a file, and drop what no longer holds.

    The caller has the lock (see `lock.locked`). A file that an editor saves meanwhile is not
    overwritten. Raise ContentError for a file that cannot be read, and FileError for one that
    cannot be written.
    """
    said = tuple(said)
    while True:
        since = stamp(path)
        kept = holding([*read(path), *said], entries)
        if write_whole(path, _text(kept), since):
            return


def _text(kept: Refused) -> str:
    """Return the text of a file, in the order of the ids, so that git can merge it."""
    tables = (f"\n[[no]]\n{_lines(kept[id_])}" for id_ in sorted(kept))
    return _HEAD + "".join(tables)


def _lines(no: No) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in asdict(no).items())


def _value(value: str | dt.date) -> str:
    """Return a value as TOML, on a line that is read again: see MOST_DOTS."""
    written = literal(value)
    return written.replace(".", "\\u002e") if written.count(".") > MOST_DOTS else written
