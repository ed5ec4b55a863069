"""A PO file: where it is, how it is read, and its one canonical form.

translations/<locale>/LC_MESSAGES/messages.po holds one entry to each sentence: msgctxt is the sentence's id, msgid its
English. It has no source locations, no dates and no wrapped lines, so that one sentence edited changes only its lines.
Its header field X-Sentences counts them, as a parser alone accepts most files that were cut off. It is no entry, which
translators' tools would translate.
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
"""The header field with the number of sentences in use."""
POT = "messages.pot"
_UNQUOTED = re.compile(r'^(?:msg|"|#[~|] )[^\n]*+(?:(?<!")|(?<=\\"))$', re.MULTILINE)
"""A line of text that may not end with its quotation mark; without backtracking, as most lines do."""
_MOST_LINES = 1_000
"""Of one text or comment: polib joins them one by one, in quadratic time."""
_HEADER = "How did they do? Sentences to translate. States and commands: see README.md."
_REMEDY = (
    "Readers get the English, or what was last readable. Keep a copy of the file, and mend it there. "
    "Or go back to what was committed, which loses what was done since: git restore {}"
)


class CatalogueError(Exception):
    """A PO file that cannot be read: says which, what is wrong with it, and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        name = Path(*path.parts[-3:])
        super().__init__(f"{name}: {problem}\n    {_REMEDY.format(f'translations/{name}')}")


class IncompleteError(CatalogueError):
    """A PO file that can be read, and holds fewer sentences than it says."""


class Translation(Struct, frozen=True):
    """What a PO file says of one sentence."""

    english: tuple[str, ...]
    """The English that it was made from, as far as the file knows: one form, or singular and plural."""
    forms: tuple[str, ...]
    changed: bool = False
    """Whether the file marks it as made from another English."""
    before: tuple[str, ...] = ()
    """That other English, if the file has it."""
    note: str = ""
    """Translators' own comments; 'Checked' stands among them."""


def path_of(folder: Path, language: Language) -> Path:
    """Where a language's file is, in the translations folder."""
    return folder / language.locale / "LC_MESSAGES" / "messages.po"


def stamp(path: Path) -> tuple[int, ...]:
    """Give what changes when a file does; empty if it cannot be looked at."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def read(path: Path, language: Language, *, complete: bool = False) -> polib.POFile:
    """Read a language's file. Raises CatalogueError if it is not well formed, or says that it is in another language.

    `complete`: it must also hold as many sentences as it says, if it says so; else IncompleteError is raised. Whoever
    writes the file must not make that loss the new state.
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
        raise CatalogueError(path, f"its header says '{SENTENCES}: {says}', which is no number. Write {holds} there")
    if complete and holds < int(says):
        problem = f"it says that it holds {says} sentences, and holds {holds}: some were cut out of it"
        raise IncompleteError(path, f"{problem}. If that is meant, write '{SENTENCES}: {holds}' in its header")
    return po


def _in_use(po: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in po if not entry.obsolete]


def _parse(path: Path) -> polib.POFile:
    """Return what polib reads of a file. Raises CatalogueError if it is not well formed."""
    try:
        if not path.exists():
            raise CatalogueError(path, "there is no such file")
        written = read_text(path, "utf-8-sig")
        if line := _unquoted(written):
            raise CatalogueError(path, f"line {line} does not end with a quotation mark")
        if line := _too_long(written):
            raise CatalogueError(path, f"a text or comment of over {_MOST_LINES:,} lines begins at line {line}")
        last = written.rstrip().rpartition("\n")[2].removeprefix("#~ ")
        if not last.startswith(("msgstr", '"')) or last.count('"') == 1:
            raise CatalogueError(path, "its end, a translation, is missing: it was cut off")
        return polib.pofile(str(path), wrapwidth=0, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(path, f"it is not UTF-8 text (byte {error.start})") from None
    except FileError as error:
        raise CatalogueError(path, error.problem) from None
    except (OSError, ValueError) as error:  # polib tells a mistake of form as an OSError
        problem = str(error).replace(f"{path} ", "").replace("Syntax error in po file ", "")
        if "unescaped double quote" in problem:
            problem += ': inside a text write „ ” or \\" instead'
        raise CatalogueError(path, f"it cannot be read: {problem}") from None


def _unquoted(written: str) -> int:
    """Give the first line of text without its closing quotation mark (polib would take a letter for it), or 0."""
    for found in _UNQUOTED.finditer(written):
        line = found[0].rstrip()
        backslashes = len(line) - 1 - len(line[:-1].rstrip("\\"))
        if not line.endswith('"') or backslashes % 2:
            return written.count("\n", 0, found.start()) + 1
    return 0


def _too_long(written: str) -> int:
    """Return the first line, from 1, of a text or comment of more than _MOST_LINES lines; 0 if there is none."""
    begin, length, kind = 0, 0, ""
    for number, whole in enumerate(written.split("\n"), 1):
        line = whole.removeprefix("#~ ").lstrip()  # polib reads an obsolete entry as the lines behind these signs
        if not line:
            continue
        if line[0] != kind:
            begin, length, kind = number, 0, line[0]
        length += 1
        if (kind in '#"' and length > _MOST_LINES) or line.count(r"\n") > _MOST_LINES:
            return begin
    return 0


def translations(po: polib.POFile) -> dict[str, Translation]:
    """Give what a PO file says, by the sentences' ids. Of two entries for one id the first counts."""
    said: dict[str, Translation] = {}
    for entry in po:
        if entry.msgctxt and not entry.obsolete:
            said.setdefault(sys.intern(entry.msgctxt), translation(entry))
    return said


def translation(entry: polib.POEntry) -> Translation:
    """Give what one entry says."""
    before = (entry.previous_msgid, entry.previous_msgid_plural)
    english = (entry.msgid, entry.msgid_plural) if entry.msgid_plural else (entry.msgid,)
    return Translation(
        english=tuple(map(sys.intern, english)),  # every language's file has the same
        forms=(
            tuple(form for _, form in sorted(entry.msgstr_plural.items())) if entry.msgid_plural else (entry.msgstr,)
        ),
        changed=entry.fuzzy,
        before=tuple(filter(None, before)),
        note=entry.tcomment,
    )


def entry(sentence: Sentence, forms: Iterable[str] = (), note: str = "", comment: str = "") -> polib.POEntry:
    """Make the entry of a sentence. `note` is a translator's, `comment` is for translators."""
    made = polib.POEntry(msgctxt=sentence.id, msgid=sentence.text, tcomment=note, comment=comment)
    if sentence.plural is None:
        made.msgstr = next(iter(forms), "")
    else:
        made.msgid_plural = sentence.plural
        made.msgstr_plural = dict(enumerate(forms))
    return made


def new(language: Language | None) -> polib.POFile:
    """Give an empty file for a language; for none, the template that every file is made from."""
    po = polib.POFile(wrapwidth=0)
    po.header = _HEADER
    po.metadata = {
        "Language": language.tag if language else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": language.plural_header if language else "nplurals=INTEGER; plural=EXPRESSION;",
    }
    return po


def text(po: polib.POFile) -> str:
    """Return a PO file's canonical form, with the number of its sentences in the header."""
    po.metadata[SENTENCES] = str(len(_in_use(po)))
    return str(po)


def write(po: polib.POFile, path: Path) -> None:
    """Write a PO file in its canonical form."""
    write_whole(path, text(po))
