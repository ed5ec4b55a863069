"""PO files: their path, how they are parsed, and their canonical form.

translations/<locale>/LC_MESSAGES/messages.po has one entry for each sentence: msgctxt is the
sentence's id, msgid its English. It has no source locations, dates or wrapped lines, so an edit of
one sentence changes only that sentence's lines.

The header field X-Sentences holds the number of entries, because a parser alone accepts most
truncated files. The number is not stored as an entry, because translators' tools would translate
it.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import polib
from msgspec import Struct

from inspection_outcome.i18n.languages import Language
from inspection_outcome.report.files import FileError, read_text, write_whole
from inspection_outcome.report.sentence import Sentence

SENTENCES = "X-Sentences"
"""The header field with the number of sentences, without obsolete entries."""
POT = "messages.pot"
_UNQUOTED = re.compile(r'^(?:msg|"|#[~|] )[^\n]*+(?:(?<!")|(?<=\\"))$', re.MULTILINE)
"""A line that may lack its closing quotation mark.

The possessive quantifier avoids backtracking, because most lines do end with the mark.
"""
_MOST_LINES = 1_000
"""The limit for one text or comment: polib concatenates its lines in quadratic time."""
_HEADER = "How did they do? Sentences to translate. States and commands: see README.md."
_REMEDY = (
    "Readers get the English, or what was last readable. "
    "Keep a copy of the file, and mend it there. "
    "Or go back to what was committed, which loses what was done since: git restore {}"
)


class CatalogueError(Exception):
    """A PO file cannot be read. The message has its path, the problem and the remedy."""

    def __init__(self, path: Path, problem: str) -> None:
        name = Path(*path.parts[-3:])
        super().__init__(f"{name}: {problem}\n    {_REMEDY.format(f'translations/{name}')}")


class IncompleteError(CatalogueError):
    """A PO file is readable, but has fewer sentences than its header field X-Sentences says."""


class Translation(Struct, frozen=True):
    """The content of a PO file's entry for one sentence."""

    english: tuple[str, ...]
    """The English in the file (msgid): one form, or singular and plural."""
    forms: tuple[str, ...]
    changed: bool = False
    """Whether the entry is fuzzy: translated from other English."""
    before: tuple[str, ...] = ()
    """That other English (previous msgid), if the file has it."""
    note: str = ""
    """The translator comment, which includes the 'Checked' line."""


def path_of(folder: Path, language: Language) -> Path:
    """Return the path of a language's PO file in the translations directory."""
    return folder / language.locale / "LC_MESSAGES" / "messages.po"


def stamp(path: Path) -> tuple[int, ...]:
    """Return the file's inode, size, mtime and ctime, which change when the file does.

    Empty if the file's status cannot be read.
    """
    try:
        stat = path.stat()
    except OSError:
        return ()
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def read(path: Path, language: Language, *, complete: bool = False) -> polib.POFile:
    """Return a language's parsed PO file.

    Raise CatalogueError if it is malformed, or if its header names another language.

    With `complete`, also raise CatalogueError if X-Sentences in its header is not a number, and
    IncompleteError if the file has fewer sentences than that; a header without the field passes.
    Callers that write the file must use `complete`, or they would make the loss permanent.
    """
    po = _parse(path)
    if "charset=utf-8" not in po.metadata.get("Content-Type", "").lower():
        raise CatalogueError(path, "its first entry, the header with 'charset=UTF-8', is missing")
    said = re.split(r"[-_]", po.metadata.get("Language", "").lower())[0]
    if said and said not in {language.tag.split("-")[0], language.locale.split("_")[0].lower()}:
        raise CatalogueError(path, f"its header says that it is in the language '{said}'")
    holds, says = len(_in_use(po)), po.metadata.get(SENTENCES, "0")
    if not holds:
        raise CatalogueError(path, "it holds no sentence: it was cut off")
    if complete and not re.fullmatch("[0-9]{1,9}", says):
        raise CatalogueError(
            path, f"its header says '{SENTENCES}: {says}', which is no number. Write {holds} there"
        )
    if complete and holds < int(says):
        raise IncompleteError(
            path,
            f"it says that it holds {says} sentences, and holds {holds}: some were cut out of it. "
            f"If that is meant, write '{SENTENCES}: {holds}' in its header",
        )
    return po


def _in_use(po: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in po if not entry.obsolete]


def _parse(path: Path) -> polib.POFile:
    """Return a file as parsed by polib. Raise CatalogueError if it is malformed."""
    try:
        if not path.exists():
            raise CatalogueError(path, "there is no such file")
        written = read_text(path, "utf-8-sig")
        if line := _unquoted(written):
            raise CatalogueError(path, f"line {line} does not end with a quotation mark")
        if line := _too_long(written):
            raise CatalogueError(
                path, f"a text or comment of over {_MOST_LINES:,} lines begins at line {line}"
            )
        last = written.rstrip().rpartition("\n")[2].removeprefix("#~ ")
        if not last.startswith(("msgstr", '"')) or last.count('"') == 1:
            raise CatalogueError(path, "its end, a translation, is missing: it was cut off")
        return polib.pofile(str(path), wrapwidth=0, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(path, f"it is not UTF-8 text (byte {error.start})") from None
    except FileError as error:
        raise CatalogueError(path, error.problem) from None
    except (OSError, ValueError) as error:  # polib raises OSError for syntax errors
        problem = str(error).replace(f"{path} ", "").replace("Syntax error in po file ", "")
        if "unescaped double quote" in problem:
            problem += ': inside a text write „ ” or \\" instead'
        raise CatalogueError(path, f"it cannot be read: {problem}") from None


def _unquoted(written: str) -> int:
    """Return the number, from 1, of the first line without its closing quotation mark, or 0.

    Polib would treat the line's last letter as the quotation mark.
    """
    for found in _UNQUOTED.finditer(written):
        line = found[0].rstrip()
        backslashes = len(line) - 1 - len(line[:-1].rstrip("\\"))
        if not line.endswith('"') or backslashes % 2:
            return written.count("\n", 0, found.start()) + 1
    return 0


def _too_long(written: str) -> int:
    """Return the number of the first line, from 1, of a text or comment that is too long, or 0.

    Too long is more than _MOST_LINES lines.
    """
    begin, length, kind = 0, 0, ""
    for number, whole in enumerate(written.split("\n"), 1):
        # polib parses the lines of an obsolete entry without this prefix.
        line = whole.removeprefix("#~ ").lstrip()
        if not line:
            continue
        if line[0] != kind:
            begin, length, kind = number, 0, line[0]
        length += 1
        if (kind in '#"' and length > _MOST_LINES) or line.count(r"\n") > _MOST_LINES:
            return begin
    return 0


def translations(po: polib.POFile) -> dict[str, Translation]:
    """Return the translations by sentence id. Obsolete entries are left out.

    If two entries have the same id, the first is used.
    """
    said: dict[str, Translation] = {}
    for entry in po:
        if entry.msgctxt and not entry.obsolete:
            said.setdefault(sys.intern(entry.msgctxt), translation(entry))
    return said


def translation(entry: polib.POEntry) -> Translation:
    """Return the translation in one entry."""
    before = (entry.previous_msgid, entry.previous_msgid_plural)
    english = (entry.msgid, entry.msgid_plural) if entry.msgid_plural else (entry.msgid,)
    plural_forms = tuple(form for _, form in sorted(entry.msgstr_plural.items()))
    return Translation(
        # Interned because every language's file has the same English.
        english=tuple(map(sys.intern, english)),
        forms=plural_forms if entry.msgid_plural else (entry.msgstr,),
        changed=entry.fuzzy,
        before=tuple(filter(None, before)),
        note=entry.tcomment,
    )


def entry(
    sentence: Sentence, forms: Iterable[str] = (), note: str = "", comment: str = ""
) -> polib.POEntry:
    """Return the PO entry of a sentence. `note` is by a translator, `comment` for translators."""
    made = polib.POEntry(msgctxt=sentence.id, msgid=sentence.text, tcomment=note, comment=comment)
    if sentence.plural is None:
        made.msgstr = next(iter(forms), "")
    else:
        made.msgid_plural = sentence.plural
        made.msgstr_plural = dict(enumerate(forms))
    return made


def new(language: Language | None) -> polib.POFile:
    """Return an empty PO file for a language; for None, an empty template (POT)."""
    plural_header = language.plural_header if language else "nplurals=INTEGER; plural=EXPRESSION;"
    po = polib.POFile(wrapwidth=0)
    po.header = _HEADER
    po.metadata = {
        "Language": language.tag if language else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_header,
    }
    return po


def text(po: polib.POFile) -> str:
    """Return a PO file's canonical text, with the number of its sentences in the header."""
    po.metadata[SENTENCES] = str(len(_in_use(po)))
    return str(po)


def write(po: polib.POFile, path: Path) -> None:
    """Write a PO file's canonical text to a path."""
    write_whole(path, text(po))
