"""Add a new language: look up its name and locale, and write its line in languages.toml."""

import difflib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from inspection_outcome.i18n.languages import FILE, TAG, Language, known, look
from inspection_outcome.i18n.tags import is_of
from inspection_outcome.report.files import BOM, FileError, read_text, stamp, write_whole

_ALSO = {
    "farsi": "fa",
    "dari": "fa",
    "prs": "fa",
    "sorani": "ckb",
    "kurdish": "ckb",
    "kurmanji": "ku",
}
"""Other names and codes that people use for a language, with babel's code."""


def new_language(tag: str, locale: str, languages: Sequence[Language]) -> Language:
    """Return the language with this tag, with its name in the language itself.

    Raise ValueError, with a message for staff, if the tag or locale is in the list already, if
    the tag is malformed, or if babel does not know the locale or the name.
    """
    tag = tag.lower().replace("_", "-")
    if any(language.tag == tag for language in languages):
        raise ValueError(f"{tag} is in the list already.")
    locale = locale or tag.replace("-", "_")
    if not re.fullmatch(TAG, tag):
        raise ValueError(
            f"'{tag}' is no tag. Write it like lt, or pt-br. Nearest: {', '.join(nearest(locale))}."
        )
    if taken := next((each for each in languages if each.locale.lower() == locale.lower()), None):
        raise ValueError(
            f"the locale {locale} is that of {taken.tag}, and its folder too. "
            "Give another with --locale."
        )
    if not known(locale):
        raise ValueError(
            f"there is no language with the code '{locale}'. Nearest: {', '.join(nearest(locale))}."
            " If it is none of them, tell with --locale whose dates and numbers it uses, like"
            " --locale ro."
        )
    if not (name := _own_name(tag, locale)):
        raise ValueError(
            f"what its speakers call {tag} is not known here. Put this line at the end of the list "
            f"in {FILE}, with that name between the empty quotation marks, and run the command "
            f"again: {_line(Language(tag, '', locale, shown=False))}"
        )
    if same := next((each for each in languages if look(each.name) == look(name)), None):
        raise ValueError(
            f"the name of {tag} is that of {same.tag}, too: {name}. "
            f"Give {same.tag} another name in languages.toml first."
        )
    return Language(tag, name, locale, shown=False)


def _own_name(tag: str, locale: str) -> str:
    """Return a language's name in itself, with the script and region of its tag: 中文 (繁體).

    It is in the script of the tag or, if that has none, of the locale. Return "" if babel has no
    name, or if the locale is borrowed from another language: its name would be that one's.
    """
    spelled = tag.replace("-", "_")
    if not known(spelled) or not is_of(locale, Language(tag, tag)):
        return ""
    own = Locale.parse(spelled)
    name = own.get_display_name(None if own.script else locale) or ""
    return name[:1].title() + name[1:]  # the upper case of Georgian is for whole words only


def nearest(locale: str) -> list[str]:
    """Return up to five tags, each with its English name, or its own.

    They are those most similar to `locale`, as a tag or as the English name of a language.
    """
    english_names = Locale("en").languages.items()
    names = {name.lower(): code for code, name in english_names if known(code)} | _ALSO
    close_names = difflib.get_close_matches(locale.lower(), names, 3, cutoff=0.7)
    by_name = [names[name] for name in close_names]
    by_code = difflib.get_close_matches(locale, locale_identifiers(), 3, cutoff=0)
    today = filter(known, [get_global("language_aliases").get(locale, "")])  # he, for iw
    codes = list(dict.fromkeys([*by_name, *today, *by_code]))[:5]
    found = ((code.replace("_", "-"), Locale.parse(code)) for code in codes)
    named = ((tag, of.get_display_name("en") or of.get_display_name()) for tag, of in found)
    return [f"{tag} ({name})" if name else tag for tag, name in named]


def enlist(path: Path, language: Language) -> None:
    """Write the language's line at the end of the list in languages.toml; change nothing else.

    Raise ValueError, with a message for staff, if the list does not end on a line of its own, and
    FileError if an editor saved it meanwhile.
    """
    since = stamp(path)
    text = read_text(path, newline="")
    before, end, after = text.rpartition("\n]")
    line = _line(language)
    carriage = "\r" if before.endswith("\r") else ""
    new = f"{before}\n  {line}{carriage}{end}{after}"
    try:
        listed = tomllib.loads(new.removeprefix(BOM))["languages"][-1]["tag"] == language.tag
    except (tomllib.TOMLDecodeError, KeyError, IndexError, TypeError):
        listed = False
    if not listed:
        raise ValueError(
            f"{path.name}: the list does not end with ']' on a line of its own. Add by hand: {line}"
        )
    if not write_whole(path, new, since):
        raise FileError(f"{path.name} was changed meanwhile. Nothing was written", "Start again.")


def _line(language: Language) -> str:
    quoted = '"{}"'.format
    fields = {"tag": quoted(language.tag), "name": quoted(language.name)}
    if language.locale != language.tag.replace("-", "_"):
        fields["locale"] = quoted(language.locale)
    fields["shown"] = str(language.shown).lower()
    listing = ", ".join(f"{field} = {value}" for field, value in fields.items())
    return f"{{ {listing} }},"
