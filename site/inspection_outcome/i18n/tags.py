"""Find the language that a tag asks for, as browsers send them, by CLDR's data (UTS #35)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from babel.core import get_global

from inspection_outcome.i18n.languages import Language

_LONGEST = 35  # characters: RFC 5646, section 4.4.1
_SCRIPT = re.compile(r"[a-z]{4}")
_REGION = re.compile(r"[a-z]{2}|[0-9]{3}")
_READ_IN_BOTH_SCRIPTS = {"sr", "zh"}
"""Languages whose readers of one script also read the other (CLDR's languageMatching).

Readers of Punjabi, for one, do not.
"""

_READS_ALSO = {"yue": "zh"}
"""Languages whose readers also read another (CLDR's languageMatching): of Cantonese, Chinese."""


class _Subtags(NamedTuple):
    language: str
    script: str
    region: str


def lookup(tag: str, languages: Iterable[Language]) -> Language | None:
    """Return the language that best matches a tag, ignoring case, or None.

    It has the tag's language and script, said or implied: zh-TW finds zh-hant. For want of
    Cantonese, yue-HK does, too. Of several, it is
    the one that the tag leads to if subtags are removed from the end (RFC 4647, section 3.4), or by
    CLDR's parent locales (pt-AO finds pt-pt); else one of the same region; else the first.
    """
    if len(tag) > _LONGEST:
        return None
    tag = _normal(tag)
    offered = {language.tag: language for language in languages}
    if tag in offered:
        return offered[tag]
    wanted = _likely(tag)
    near = {name: of for name, each in offered.items() if (of := _of(each))[0] == wanted.language}
    if not near and (other := _READS_ALSO.get(wanted.language)):
        return lookup(f"{other}-{wanted.script}-{wanted.region}", offered.values())
    if any(of.script == wanted.script for of in near.values()):
        near = {name: of for name, of in near.items() if of.script == wanted.script}
    elif wanted.language not in _READ_IN_BOTH_SCRIPTS:
        return None
    same_region = (name for name, of in near.items() if of.region == wanted.region)
    names = (*(each for each in _parents(tag) if each in near), *same_region, *near)
    return offered[names[0]] if names else None


def is_of(tag: str, language: Language) -> bool:
    """Return whether a tag is one of this language, in any script and region.

    It may have the form of gettext, language_REGION.charset@variant, as in sr@latin.
    """
    return _likely(_normal(re.split("[.@]", tag)[0])).language in {
        _likely(_normal(each)).language for each in (language.tag, language.locale)
    }


def _normal(tag: str) -> str:
    return tag.lower().replace("_", "-")


def _of(language: Language) -> _Subtags:
    """Return the subtags of a language: its locale may say the script and region, if not another's.

    A language that CLDR does not know borrows the locale of another.
    """
    by_tag, by_locale = _likely(language.tag), _likely(_normal(language.locale))
    return by_locale if by_locale.language == by_tag.language else by_tag


@lru_cache(maxsize=1024)
def _likely(tag: str) -> _Subtags:
    """Return the subtags of a tag with today's code of its language (he, not iw).

    Script and region, where not said, are the likely ones; empty for a language not in CLDR.
    """
    first, *others = tag.split("-")
    others = list(takewhile(lambda subtag: len(subtag) > 1, others))  # without extensions
    language, *implied = _normal(get_global("language_aliases").get(first, first)).split("-")
    others += implied
    script = next((each.title() for each in others if _SCRIPT.fullmatch(each)), "")
    region = next((each.upper() for each in others if _REGION.fullmatch(each)), "")
    likely = get_global("likely_subtags")
    said = (f"{language}_{script}_{region}", f"{language}_{script}", f"{language}_{region}")
    known = next((likely[each] for each in (*said, language) if each in likely), "__").split("_")
    parent = get_global("parent_exceptions").get(language, language)  # nb and nn are no: Norwegian
    return _Subtags(parent, script or known[1], region or known[2])


def _parents(tag: str) -> Iterator[str]:
    """Yield the locales that a tag inherits from, the nearest first: pt-ao, pt-pt, pt."""
    while tag := _parent_locales().get(tag, tag.rpartition("-")[0]):
        yield tag


@cache
def _parent_locales() -> dict[str, str]:
    exceptions = get_global("parent_exceptions").items()
    return {_normal(each): _normal(parent) for each, parent in exceptions}
