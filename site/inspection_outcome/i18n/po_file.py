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
from itertools import filterfalse
from pathlib import Path

import polib
from msgspec import Struct

from inspection_outcome.i18n import plural_forms
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_parse import GO_BACK, CatalogueError, IncompleteError, parse
from inspection_outcome.i18n.scripts import composed
from inspection_outcome.i18n.tags import is_of
from inspection_outcome.report.files import LARGEST, FileError, write_whole
from inspection_outcome.report.sentence import Sentence

SENTENCES = "X-Sentences"
"""The header field with the number of sentences, without obsolete entries."""
_PLURALS = "Plural-Forms"
_NO_RULE = "nplurals=INTEGER; plural=EXPRESSION;"
"""The value of Plural-Forms in a template (POT)."""
_FIELDS = (
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    _PLURALS,
    SENTENCES,
)
"""The header fields that are written.

Tools add others, such as their name, the last translator and the date. These change with every
save, so they would make every git merge a conflict.
"""
POT = "messages.pot"
PATTERN = "*/LC_MESSAGES/messages.po"
"""Where PO files are in the translations directory: see `path_of`."""
_RULE = (
    "In the header, put back the rule by which the forms were translated. If nobody knows it, "
    "write the usual one of this language, and look whether each form fits its counts: {line}"
)
_LANGUAGE = (
    "If it is the file of {name}, write this line in its header in place of that: {line}. "
    + GO_BACK
)
_CONTEXTS = (
    "Ask for the file as a gettext PO file with its contexts, which are the ids of the sentences. "
    + GO_BACK
)
_HEADER = "How did they do? Sentences to translate. States and commands: see README.md."


class Translation(Struct, frozen=True):
    """The content of a PO file's entry for one sentence."""

    english: tuple[str, ...]
    """The English in the file (msgid): one form, or singular and plural."""
    forms: tuple[str, ...]
    rule: PluralRule
    """The rule of the file, by which a count has one of the forms."""
    changed: bool = False
    """Whether the entry is fuzzy: translated from other English."""
    before: tuple[str, ...] = ()
    """That other English (previous msgid), if the file has it."""
    note: str = ""
    """The translator comment, which includes the 'Checked' line."""

    def is_of(self, sentence: Sentence) -> bool:
        """Return whether the English in the file is that of the sentence."""
        return self.english == tuple(map(composed, sentence.forms))


def path_of(folder: Path, language: Language) -> Path:
    """Return the path of a language's PO file in the translations directory."""
    return folder / language.locale / "LC_MESSAGES" / "messages.po"


def read(path: Path, language: Language, needed: Iterable[str] = ()) -> polib.POFile:
    """Return a language's parsed PO file.

    Its header has the rule for its plural forms: the file's own, or Babel's if it has none. Raise
    CatalogueError if it is malformed, or if its header names another language.

    With the ids of the sentences that are `needed`, also raise IncompleteError if one is missing,
    and X-Sentences says that there were more: sentences were cut out. Either alone is none: the
    English may have new sentences, and git merges two branches that each took one out into a file
    with fewer than both say. Callers that write the file must use it, or they would make the loss
    permanent.
    """
    po = parse(path, language)
    if "charset=utf-8" not in po.metadata.get("Content-Type", "").lower():
        raise CatalogueError(path, "its first entry, the header with 'charset=UTF-8', is missing")
    said = po.metadata.get("Language", "")
    if said and not is_of(said, language):
        problem = f"its header says that it is in the language '{said[:20]}'"
        line = f'"Language: {language.tag}\\n"'
        raise CatalogueError(path, problem, _LANGUAGE, name=language.name, line=line)
    po.metadata[_PLURALS] = _rule_in(po, path, language).header
    _look_for_losses(po, path, needed)
    return po


def _look_for_losses(po: polib.POFile, path: Path, needed: Iterable[str]) -> None:
    """Raise CatalogueError, or IncompleteError, if a file lost sentences or their ids: see read."""
    held = _ids(po)
    if not held and any(not entry.obsolete for entry in po):
        raise CatalogueError(path, "its contexts (msgctxt) are missing", _CONTEXTS)
    if not held:
        raise CatalogueError(path, "it holds no sentence: it was cut off")
    missing = next(filterfalse(set(held).__contains__, needed), None)
    if missing is None:
        return
    says = po.metadata.get(SENTENCES, "0")
    if not re.fullmatch("[0-9]{1,9}", says):
        raise CatalogueError(
            path,
            f"its header says '{SENTENCES}: {says[:20]}', which is no number. "
            f"Write {len(held)} there",
        )
    if len(held) < int(says):
        raise IncompleteError(
            path,
            f"it says that it holds {says} sentences, and holds {len(held)}: some were cut out of "
            f"it, or their contexts (msgctxt). One that is missing is {missing}. "
            f"If that is meant, write '{SENTENCES}: {len(held)}' in its header",
        )


def _rule_in(po: polib.POFile, path: Path, language: Language) -> PluralRule:
    """Return the plural rule that the header has, or Babel's if it has none.

    Raise CatalogueError for a rule that is refused.
    """
    header = po.metadata.get(_PLURALS) or _NO_RULE
    try:
        return language.plural_rule if header == _NO_RULE else plural_forms.parse(header)
    except ValueError as error:
        problem = f"its header says '{_PLURALS}: {header[:300]}', which is refused: {error}"
        line = f'"{_PLURALS}: {language.plural_rule.header}\\n"'
        raise CatalogueError(path, problem, _RULE, line=line) from None


def plural_rule(po: polib.POFile) -> PluralRule:
    """Return the plural rule of a PO file that was read or made here."""
    return plural_forms.parse(po.metadata[_PLURALS])


def _ids(po: polib.POFile) -> list[str]:
    """Return the ids of the sentences in use."""
    return [entry.msgctxt for entry in po if entry.msgctxt and not entry.obsolete]


def translations(po: polib.POFile) -> dict[str, Translation]:
    """Return the translations by sentence id. Obsolete entries are left out.

    If two entries have the same id, the first is used.
    """
    rule = plural_rule(po)
    said: dict[str, Translation] = {}
    for entry in po:
        if entry.msgctxt and not entry.obsolete:
            said.setdefault(sys.intern(entry.msgctxt), translation(entry, rule))
    return said


def translation(entry: polib.POEntry, rule: PluralRule) -> Translation:
    """Return the translation in one entry, with its letters composed."""
    before = (entry.previous_msgid, entry.previous_msgid_plural)
    english = (entry.msgid, entry.msgid_plural) if entry.msgid_plural else (entry.msgid,)
    forms = [entry.msgstr]
    if entry.msgid_plural:
        last = max(entry.msgstr_plural, default=-1)
        forms = [entry.msgstr_plural.get(index, "") for index in range(last + 1)]
    return Translation(
        # Interned because every language's file has the same English.
        english=tuple(sys.intern(composed(text)) for text in english),
        forms=tuple(map(composed, forms)),
        rule=rule,
        changed=entry.fuzzy,
        before=tuple(composed(text) for text in before if text),
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
    po = polib.POFile(wrapwidth=0)
    po.header = _HEADER
    po.metadata = {
        "Language": language.tag if language else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _PLURALS: language.plural_rule.header if language else _NO_RULE,
    }
    return po


def text(po: polib.POFile) -> str:
    """Return a PO file's canonical text, with the number of its sentences in the header."""
    po.metadata[SENTENCES] = str(len(_ids(po)))
    po.metadata = {field: po.metadata[field] for field in _FIELDS if field in po.metadata}
    return str(po)


def write(po: polib.POFile, path: Path, since: tuple[int, ...] | None = None) -> bool:
    """Write a PO file's canonical text to a path. `since`: see files.write_whole.

    Raise FileError if it cannot be written, or if it would be too long to be read again.
    """
    written = text(po).encode()
    if len(written) > LARGEST:
        problem = f"{path} would have {len(written):,} bytes, and at most {LARGEST:,} are read"
        raise FileError(problem, "Shorten a translation in it.")
    return write_whole(path, written, since)
