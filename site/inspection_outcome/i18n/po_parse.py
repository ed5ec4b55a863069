"""Parse PO files, and refuse a malformed one with its lines and a remedy.

polib accepts most truncated files, and loses letters of some others. So the text is examined first.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import polib

from inspection_outcome.i18n.languages import Language
from inspection_outcome.report.errors import shown, visible
from inspection_outcome.report.files import FileError, conflict, read_text

_UNQUOTED = re.compile(r'^(?:msg|"|#[~|] )[^\n]*+(?:(?<!")|(?<=\\"))$', re.MULTILINE)
"""A line that may lack its closing quotation mark.

The possessive quantifier avoids backtracking, because most lines do end with the mark.
"""
_FORM = re.compile(r"^(?:#~ )?msg(?:id_plural|str\[([0-9]*)\])", re.MULTILINE)
_MOST_LINES = 1_000
"""The limit for one text or comment: polib concatenates its lines in quadratic time."""
_READERS = "Readers get the English, or what was last readable. "
GO_BACK = (
    "Or go back to what was committed, which loses what was done since: git checkout HEAD -- {file}"
)
_MEND = f"Keep a copy of the file, then mend it. {GO_BACK}"
_ENCODE = (
    "Save it again as UTF-8, with the program that saved it, and see that its header says "
    f"'charset=UTF-8'. {GO_BACK}"
)
_ONE = (
    "Keep a copy of the file. If two files were put into one, keep one of them; else delete that "
    f"header, up to the next empty line. {GO_BACK}"
)
_BRING_BACK = (
    "Put it back. If it was committed: git checkout HEAD -- {file}. "
    "For a new one: flask translations add {tag}"
)
_RESOLVE = (
    "Between <<<<<<< and >>>>>>> stand two versions, with ======= between them. In a text editor, "
    "keep the right lines, and delete the others and the marks. Then: git add {file}. "
    "Or, while the merge is under way, keep one version of the whole file: "
    "git checkout --ours {file} (or --theirs), then git add {file}"
)


class CatalogueError(Exception):
    """A PO file cannot be read. The message has its path, the problem and the remedy."""

    def __init__(self, path: Path, problem: str, remedy: str = _MEND, **names: str) -> None:
        """`remedy` may name the {file}, as people type it, and these names."""
        todo = remedy.format(file=shown(path), **names)
        self.problem = visible(problem)
        super().__init__(f"{'/'.join(path.parts[-3:])}: {self.problem}\n    {_READERS}{todo}")


class IncompleteError(CatalogueError):
    """A PO file is readable, but has fewer sentences than its header field X-Sentences says."""


def parse(path: Path, language: Language) -> polib.POFile:
    """Return a file as parsed by polib. Raise CatalogueError if it is malformed."""
    try:
        if not path.exists():
            raise CatalogueError(path, "there is no such file", _BRING_BACK, tag=language.tag)
        written = read_text(path, "utf-8-sig")
        for problem in _faults(written):
            raise CatalogueError(path, *problem)
        po = polib.pofile(str(path), wrapwidth=0, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(path, f"it is not UTF-8 text (byte {error.start})", _ENCODE) from None
    except FileError as error:
        raise CatalogueError(path, error.problem, error.remedy) from None
    except (OSError, ValueError) as error:  # polib raises OSError for syntax errors
        said = str(error).replace(f"{path} ", "").replace("Syntax error in po file ", "")
        if "unescaped double quote" in said:
            said += ': inside a text write „ ” or \\" instead'
        elif said.endswith(")"):  # polib says no more than the line
            said += ": such a line is not known"
        raise CatalogueError(path, f"it cannot be read: {said}") from None
    for entry in po:
        if not (entry.msgid or entry.msgctxt or entry.obsolete):
            raise CatalogueError(path, f"a second header is before line {entry.linenum}", _ONE)
    _keep_last_note(po, written)
    return po


def _keep_last_note(po: polib.POFile, written: str) -> None:
    """Add a note at the end of the text to the last entry, as polib and gettext would lose it."""
    notes = [line[2:] for line in _split(written)[1] if line.startswith("# ")]
    if notes and po:
        po[-1].tcomment = "\n".join(filter(None, [po[-1].tcomment, *notes]))


def _split(written: str) -> tuple[str, list[str]]:
    """Return the text up to its last entry, and the lines of translators' comments after it."""
    lines = written.rstrip().split("\n")
    after = list(takewhile(lambda line: not line.strip("# ") or line[:2] == "# ", lines[::-1]))
    return "\n".join(lines[: len(lines) - len(after)]).rstrip(), after[::-1]


def _faults(written: str) -> Iterator[tuple[str, str]]:
    """Yield what polib would not notice in a file's text, each time with its remedy."""
    if lines := conflict(written):
        yield f"git left a merge conflict in {lines}", _RESOLVE
    if line := _unquoted(written):
        yield f"line {line} does not end with a quotation mark", _MEND
    if line := _repeated_form(written):
        yield f"line {line} has a plural form for the second time, or numbered above 9", _MEND
    if line := _too_long(written):
        yield f"a text or comment of over {_MOST_LINES:,} lines begins at line {line}", _MEND
    entries, _ = _split(written)
    last = entries.rpartition("\n")[2].removeprefix("#~ ")
    if not last.startswith(("msgstr", '"')) or last.count('"') == 1:
        yield "its end, a translation, is missing: it was cut off", _MEND


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


def _repeated_form(written: str) -> int:
    """Return the number, from 1, of the first plural form that polib would not keep apart, or 0.

    Of two with one index, it keeps the last, and it reads one digit of an index.
    """
    seen: set[str] = set()
    for found in _FORM.finditer(written):
        index = found[1]
        if index is None:  # the msgid_plural of the next sentence
            seen.clear()
        elif index in seen or len(index) > 1:
            return written.count("\n", 0, found.start()) + 1
        else:
            seen.add(index)
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
