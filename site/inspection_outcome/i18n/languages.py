"""translations/languages.toml -> the languages of the site: the one list."""

import gettext
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural
from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.toml import Reader

ENGLISH = "en"
FILE = "languages.toml"
TAG = r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$"
_LONGEST_TAG = 35  # characters: RFC 5646, 4.4.1


class Language(Struct, frozen=True):
    """One language: its BCP 47 tag (also its address), its name for itself, and the locale that writes its facts."""

    tag: Annotated[str, Meta(pattern=TAG)]
    name: Annotated[str, Meta(min_length=1)]
    locale: str = ""
    """A locale that babel knows; without one, the tag's own."""
    shown: bool = True
    """Whether readers are led to it; if not, its pages can still be seen at their address."""
    tied: Annotated[tuple[Annotated[str, Meta(min_length=1)], ...], Meta(max_length=50)] = ()
    """Words that go with the next one, and so do not stand at the end of a line: Polish ties those of one letter."""

    def __post_init__(self) -> None:
        """Fill in the locale."""
        if not self.locale:
            force_setattr(self, "locale", self.tag.replace("-", "_"))

    def tie(self, text: str) -> str:
        """Give a text with a no-break space after each tied word."""
        if not self.tied:
            return text
        words = "|".join(map(re.escape, self.tied))
        return re.sub(rf"\b({words}) ", "\\1\u00a0", text, flags=re.IGNORECASE)

    @property
    def babel(self) -> Locale:
        """What babel knows of it."""
        return Locale.parse(self.locale)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as its script is written."""
        return _direction(self.locale)

    @property
    def plural_forms(self) -> int:
        """How many forms a sentence with a count has (gettext's practice, not CLDR's)."""
        return get_plural(self.locale).num_plurals

    @property
    def plural_header(self) -> str:
        """The same as a PO file's header tells it."""
        return str(get_plural(self.locale))

    def plural_rule(self) -> Callable[[int], int]:
        """Give the function from a count to the number of its form, from 0. The rule is babel's, never a file's."""
        return gettext.c2py(get_plural(self.locale).plural_expr)


@cache
def _direction(locale: str) -> str:
    return Locale.parse(locale).text_direction


def load(folder: Path) -> tuple[Language, ...]:
    """Read the list of languages, in the order in which they are offered. Raises ContentError with every fault."""
    path = folder / FILE
    reader = Reader(path.name)
    data = reader.parse(path)
    languages = () if data is None else reader.tables(Language, data.get("languages"), "languages")
    for language in languages:
        if not known(language.locale):
            field = f"languages[{language.tag}].locale"
            reader.fault(field, f"there is no locale '{language.locale}'", "Write it like pl or en_GB.")
    for what in ("tag", "locale"):  # a locale is also the folder of the language's file
        for value, number in Counter(getattr(language, what) for language in languages).items():
            if number > 1:
                reader.fault(f"languages[{value}]", f"the {what} is used twice", "Keep one line for each language.")
    if data is not None and ENGLISH not in {language.tag for language in languages if language.shown}:
        remedy = "Add the tag 'en', without 'shown': all others fall back to it."
        reader.fault("languages", "English is missing", remedy)
    if reader.faults:
        raise ContentError(reader.faults)
    return languages


def known(locale: str) -> bool:
    """Whether babel has this locale, under just this name (it also takes de.UTF-8, and a folder must not)."""
    try:
        return str(Locale.parse(locale)).lower() == locale.lower()
    except (UnknownLocaleError, ValueError):
        return False


def lookup(tag: str, languages: Iterable[Language]) -> Language | None:
    """Find the language that a tag asks for, in any case: pl-PL finds pl (RFC 4647, 3.4). None if there is none."""
    if len(tag) > _LONGEST_TAG:
        return None
    offered = {language.tag: language for language in languages}
    parts = tag.lower().replace("_", "-").split("-")
    for end in range(len(parts), 0, -1):
        if found := offered.get("-".join(parts[:end])):
            return found
    return None
