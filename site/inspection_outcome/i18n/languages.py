"""Load translations/languages.toml, the only list of the site's languages."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated
from unicodedata import normalize

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural
from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from inspection_outcome.i18n import plural_forms
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.scripts import begins_word, composed, folded, unseen
from inspection_outcome.report.characters import is_readable
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.lines import located
from inspection_outcome.report.toml import Reader

ENGLISH = "en"
FILE = "languages.toml"
TAG = r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$"


def _of_tag(text: str) -> tuple[str, str]:
    return f"'{text}' is not a language tag", "Write it in small letters, like pl or zh-hans."


class Language(Struct, frozen=True):
    """A language: BCP 47 tag (also its URL prefix), its own name, and the locale for its facts."""

    tag: Annotated[str, Meta(pattern=TAG, extra={"told": _of_tag})]
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
        return _pattern(self.tied).sub(_tied, text)

    @property
    def babel(self) -> Locale:
        """The babel Locale."""
        return Locale.parse(self.locale)

    @property
    def english_name(self) -> str:
        """The English name, with the script if the locale names one: Polish."""
        names, locale = Locale("en"), self.babel
        name = names.languages.get(locale.language, self.name)
        return f"{name} ({names.scripts[locale.script]})" if locale.script else name

    @property
    def direction(self) -> str:
        """The writing direction of its script: `ltr` or `rtl`."""
        return _direction(self.locale)

    @property
    def plural_rule(self) -> PluralRule:
        """Babel's plural rule: for a new PO file, and for one whose header has none."""
        return _plural_rule(self.locale)


@cache  # it is asked for with each sentence of each page
def _pattern(tied: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(composed(word)) for word in tied)
    return re.compile(rf"({words}) ", re.IGNORECASE)


def _tied(found: re.Match[str]) -> str:
    return f"{found[1]}\u00a0" if begins_word(found.string, found.start()) else found[0]


@cache
def _direction(locale: str) -> str:
    return Locale.parse(locale).text_direction


@cache
def _plural_rule(locale: str) -> PluralRule:
    return plural_forms.parse(str(get_plural(locale)))


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
        for problem in _of_name(language.name):
            remedy = "Type it again, as its readers write it."
            reader.fault(f"languages[{language.tag}].name", problem, remedy)
    remedy = "Keep one line for each language."
    for language in _repeated(languages, lambda each: each.tag):
        reader.fault(f"languages[{language.tag}]", "the tag is used twice", remedy)
    # The locale is also the name of the PO file's directory.
    for language in _repeated(languages, lambda each: _locale_name(each.locale)):
        reader.fault(f"languages[{language.locale}]", "the locale is used twice", remedy)
    for language in _repeated(languages, lambda each: look(each.name)):
        reader.fault(
            f"languages[{language.tag}].name",
            f"another language has the same name: {language.name}",
            "Give each a name that tells them apart, like 中文 (简体) and 中文 (繁體).",
        )
    shown_tags = {language.tag for language in languages if language.shown}
    if data is not None and ENGLISH not in shown_tags:
        remedy = "Add the tag 'en', without 'shown': all others fall back to it."
        reader.fault("languages", "English is missing", remedy)
    if reader.faults:
        raise ContentError(located(reader.faults, folder))
    return languages


def look(name: str) -> str:
    """Return a name in a form that is equal for names that look the same."""
    return "".join(folded(normalize("NFKC", name)).split())


def _of_name(name: str) -> Iterator[str]:
    for sign in unseen(name):
        yield f"it has an unseen character: U+{ord(sign):04X}"
    if not is_readable(name):
        yield "there is nothing to read in it"


def _repeated(
    languages: Sequence[Language], value: Callable[[Language], str]
) -> Iterator[Language]:
    """Yield the first language of each value that several have."""
    numbers = Counter(map(value, languages))
    first = {value(language): language for language in reversed(languages)}
    yield from (first[each] for each, number in numbers.items() if number > 1)


def known(locale: str) -> bool:
    """Return whether babel has a locale with exactly this name, in any case.

    Also without the script that it implies: zh_CN. Babel itself accepts 'de.UTF-8', which is not a
    usable directory name.
    """
    try:
        found = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return False
    without_script = "_".join(filter(None, (found.language, found.territory)))
    return locale.lower() in {str(found).lower(), without_script.lower()}


def _locale_name(locale: str) -> str:
    """Return babel's name of a locale: to babel, `pl` and `PL` are the same."""
    return str(Locale.parse(locale)) if known(locale) else locale.lower()
