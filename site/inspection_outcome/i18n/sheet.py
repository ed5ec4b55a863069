"""The spreadsheet for translators: the names of its columns, and what its last column holds."""

import hashlib
import json
from collections.abc import Sequence

from msgspec import Struct

from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.scripts import composed

SENTENCES = "Sentences"
"""The sheet to fill in, and the document property with the number of its sentences."""
ID = "id"
ENGLISH = "English"
KEEP = "Copy as it is"
WHERE = "Where it stands"
CRITICAL = "Critical"
STATE = "State"
BEFORE = "The English as it was"
PRESENT = "Translation of now"
VERSION = "version"
_TRANSLATION = "Translation"


def form_columns(rule: PluralRule, *, plurals: bool = True) -> list[str]:
    """Return the name of the column of each form of a translation; one if there are no `plurals`.

    The numbers that a form is for stand behind a colon. To know a column, `column_name` is enough.
    """
    if rule.forms == 1 or not plurals:
        return [_TRANSLATION]
    told = [rule.told(place) for place in range(rule.forms)]
    return [
        f"{_TRANSLATION}: {told[0]}, and where there is no number",
        *(f"{_TRANSLATION} {place}: {told[place - 1]}" for place in range(2, rule.forms + 1)),
    ]


def column_name(heading: object) -> str:
    """Return what a column is known by: its heading up to a colon, in small letters."""
    return " ".join(str(heading or "").partition(":")[0].casefold().split())


class Version(Struct, frozen=True):
    """What a row was made from: hashes of the English and of our words as they were then."""

    tag: str
    english: str
    """The form `english_hash`; another text for English that is not known."""
    ours: str
    """The form `words_hash`; empty if it is not known."""

    def written(self, id_: str) -> str:
        """Return the version as a cell has it: it fits no other sentence, and shows an edit."""
        check = _short(self.tag, id_, self.english, self.ours)
        return f"{self.tag} {self.english} {self.ours} {check}"

    @classmethod
    def of_cell(cls, text: str, id_: str) -> "Version | None":
        """Return the version in the cell of a sentence; None if it was altered, or is another's."""
        parts = text.split()
        made = cls(*parts[:3]) if len(parts) == 4 else None  # noqa: PLR2004 (see `written`)
        return made if made and made.written(id_) == " ".join(parts) else None


def english_hash(english: Sequence[str], rule: PluralRule) -> str:
    """Return a hash of the English of a sentence, and of which numbers its forms are for."""
    return _short(*map(composed, english), rule.header if len(english) > 1 else "")


def words_hash(forms: Sequence[str]) -> str:
    """Return a hash of the words of a translation."""
    return _short(*forms)


def _short(*texts: str) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:8]
