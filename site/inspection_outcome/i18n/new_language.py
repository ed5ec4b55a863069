"""A language that is new: what is known of it, and its line in the list."""

import difflib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

from inspection_outcome.i18n.languages import TAG, Language, known
from inspection_outcome.report.files import write_whole

_ALSO = {"farsi": "fa", "dari": "fa", "prs": "fa", "sorani": "ckb", "kurdish": "ckb", "kurmanji": "ku"}
"""What people call a language that babel calls something else."""


def new_language(tag: str, locale: str, languages: Sequence[Language]) -> Language:
    """Give the language with this tag, with its own name.

    Raises ValueError, with a message for staff, for one that is in the list already or that babel does not know.
    """
    tag = tag.lower().replace("_", "-")
    if any(language.tag == tag for language in languages):
        raise ValueError(f"{tag} is in the list already.")
    locale = locale or tag.replace("-", "_")
    if not re.fullmatch(TAG, tag):
        raise ValueError(f"'{tag}' is no tag. Write it like lt, or pt-br. Nearest: {', '.join(nearest(locale))}.")
    if taken := next((each for each in languages if each.locale.lower() == locale.lower()), None):
        raise ValueError(f"the locale {locale} is that of {taken.tag}, and its folder too. Give another with --locale.")
    if not known(locale):
        raise ValueError(f"there is no language with the code '{locale}'. Nearest: {', '.join(nearest(locale))}.")
    name = Locale.parse(locale).get_language_name() or tag
    return Language(tag, name[:1].upper() + name[1:], locale, shown=False)


def nearest(locale: str) -> list[str]:
    """Give the tags most like this one, or of the languages whose English name is most like it, each with its name."""
    names = {name.lower(): code for code, name in Locale("en").languages.items() if known(code)} | _ALSO
    by_name = [names[name] for name in difflib.get_close_matches(locale.lower(), names, 3, cutoff=0.7)]
    by_code = difflib.get_close_matches(locale, locale_identifiers(), 3, cutoff=0)
    codes = list(dict.fromkeys([*by_name, *by_code]))[:5]
    return [f"{code.replace('_', '-')} ({Locale.parse(code).get_display_name('en')})" for code in codes]


def enlist(path: Path, language: Language) -> None:
    """Add the language's line at the end of the list, and change nothing else.

    Raises ValueError, with a message for staff, if the file does not end its list on a line of its own.
    """
    text = path.read_text(encoding="utf-8")
    before, end, after = text.rpartition("\n]")
    quoted = '"{}"'.format
    fields = {"tag": quoted(language.tag), "name": quoted(language.name)}
    if language.locale != language.tag.replace("-", "_"):
        fields["locale"] = quoted(language.locale)
    fields["shown"] = str(language.shown).lower()
    line = f"  {{ {', '.join(f'{field} = {value}' for field, value in fields.items())} }},"
    new = f"{before}\n{line}{end}{after}"
    try:
        listed = tomllib.loads(new)["languages"][-1]["tag"] == language.tag
    except (tomllib.TOMLDecodeError, KeyError, IndexError, TypeError):
        listed = False
    if not listed:
        raise ValueError(f"{path.name}: the list does not end with ']' on a line of its own. Add by hand: {line}")
    write_whole(path, new)
