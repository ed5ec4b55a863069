"""Read a PO file that comes back from a translator, as from Poedit. It is untrusted."""

import tempfile
from pathlib import Path

from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.given import File, Given
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.sheet import Version, english_hash
from inspection_outcome.report.files import FileError

_NEEDS_WORK = "needs work"
"""In place of the hash of some English: nobody said that these words fit that of today."""
_OTHER_FORMS = "its plural forms are for other numbers than ours. Type it in at the desk"
_AGAIN = "Open it in Poedit, save it as UTF-8, and bring that in. Or ask for it once more."


def read(data: bytes, language: Language, rule: PluralRule) -> File:
    """Return the sentences of a PO file. Raise FileError for what is none, or of another language.

    `rule`: of our file. Comments do not come with it, nor what its program calls approved.
    """
    with tempfile.TemporaryDirectory() as folder:  # polib reads a text given to it line by line
        path = Path(folder, "messages.po")
        path.write_bytes(data)
        try:
            po = po_file.read(path, language)
        except CatalogueError as error:
            raise FileError(f"It cannot be used: {error.problem}", _AGAIN) from None
    lines = {
        entry.msgctxt or "": entry.linenum or 0 for entry in reversed(po) if not entry.obsolete
    }
    return File(
        [
            _given(lines[id_], id_, said, language, rule)
            for id_, said in po_file.translations(po).items()
        ]
    )


def _given(line: int, id_: str, said: Translation, language: Language, rule: PluralRule) -> Given:
    forms: tuple[str, ...] | None = said.forms
    if len(said.english) > 1 and len(said.forms) == said.rule.forms:
        forms = rule.refit(said.forms, said.rule)
    english = _NEEDS_WORK if said.changed else english_hash(said.english, rule)
    version = Version(language.tag, english, "")
    unusable = "" if forms else _OTHER_FORMS
    return Given(line, id_, forms or said.forms, version, unusable)
