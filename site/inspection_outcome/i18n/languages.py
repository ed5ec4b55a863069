"""Load translations/languages.toml, the only list of the site's languages."""

import gettext
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
_LONGEST_TAG = 35  # characters: RFC 5646, section 4.4.1


class Language(Struct, frozen=True):
    """A language: BCP 47 tag (also its URL prefix), its own name, and the locale for its facts."""

    tag: Annotated[str, Meta(pattern=TAG)]
    name: Annotated[str, Meta(min_length=1)]
    locale: str = ""
    """A locale that babel knows. Default: derived from the tag."""
    shown: bool = True
    """Whether the site links to it; if not, its pages can still be reached by their URL."""
    tied: Annotated[tuple[Annotated[str, Meta(min_length=1)], ...], Meta(max_length=50)] = ()
    """Words that must not end a line, so a no-break space ties each to the next word.

    Polish ties its one-letter words.
    """

    def __post_init__(self) -> None:
        """Derive the locale from the tag if none is given."""
        if not self.locale:
            force_setattr(self, "locale", self.tag.replace("-", "_"))

    def tie(self, text: str) -> str:
        """Return a text with a no-break space after each tied word."""
        if not self.tied:
            return text
        words = "|".join(map(re.escape, self.tied))
        return re.sub(rf"\b({words}) ", "\\1\u00a0", text, flags=re.IGNORECASE)

    @property
    def babel(self) -> Locale:
        """The babel Locale."""
        return Locale.parse(self.locale)

    @property
    def direction(self) -> str:
        """The writing direction of its script: `ltr` or `rtl`."""
        return _direction(self.locale)

    @property
    def plural_forms(self) -> int:
        """The number of forms of a sentence with a count, by gettext's rules, not CLDR's."""
        return get_plural(self.locale).num_plurals

    @property
    def plural_header(self) -> str:
        """The value of the Plural-Forms header field of a PO file."""
        return str(get_plural(self.locale))

    def plural_rule(self) -> Callable[[int], int]:
        """Return the function that maps a count to the index of its plural form, from 0.

        The rule is always babel's, never that of a PO file's header.
        """
        return gettext.c2py(get_plural(self.locale).plural_expr)


@cache
def _direction(locale: str) -> str:
    return Locale.parse(locale).text_direction


def load(folder: Path) -> tuple[Language, ...]:
    """Return the languages in the order in which readers are offered them.

    Raise ContentError with every fault.
    """
    path = folder / FILE
    reader = Reader(path.name)
    data = reader.parse(path)
    languages = () if data is None else reader.tables(Language, data.get("languages"), "languages")
    for language in languages:
        if not known(language.locale):
            field = f"languages[{language.tag}].locale"
            reader.fault(
                field, f"there is no locale '{language.locale}'", "Write it like pl or en_GB."
            )
    # The locale is also the name of the PO file's directory.
    for what in ("tag", "locale"):
        for value in _repeated([getattr(language, what) for language in languages]):
            remedy = "Keep one line for each language."
            reader.fault(f"languages[{value}]", f"the {what} is used twice", remedy)
    shown_tags = {language.tag for language in languages if language.shown}
    if data is not None and ENGLISH not in shown_tags:
        remedy = "Add the tag 'en', without 'shown': all others fall back to it."
        reader.fault("languages", "English is missing", remedy)
    if reader.faults:
        raise ContentError(reader.faults)
    return languages


def _repeated(values: list[str]) -> Iterator[str]:
    """Yield each value that is there more than once; to Babel, `pl` and `PL` are the same."""
    numbers = Counter(value.lower() for value in values)
    first = {value.lower(): value for value in reversed(values)}
    yield from (first[value] for value, number in numbers.items() if number > 1)


def known(locale: str) -> bool:
    """Return whether babel has a locale with exactly this name, in any case.

    Babel also accepts 'de.UTF-8', which is not a usable directory name.
    """
    try:
        return str(Locale.parse(locale)).lower() == locale.lower()
    except (UnknownLocaleError, ValueError):
        return False


def lookup(tag: str, languages: Iterable[Language]) -> Language | None:
    """Return the language that best matches a tag, ignoring case, or None.

    Subtags are removed from the end until one matches (RFC 4647, section 3.4): pl-PL finds pl.
    """
    if len(tag) > _LONGEST_TAG:
        return None
    offered = {language.tag: language for language in languages}
    parts = tag.lower().replace("_", "-").split("-")
    for end in range(len(parts), 0, -1):
        if found := offered.get("-".join(parts[:end])):
            return found
    return None
