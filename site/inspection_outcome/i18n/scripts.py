"""What scripts differ in: equal spellings, words without spaces, widths, closing punctuation.

Known from Unicode: categories, widths and names, which are never changed (its stability policy).
"""

import math
import re
import unicodedata
from functools import lru_cache

from inspection_outcome.report.characters import UNSEEN, closes, is_terminal

_INVISIBLE_SIGNS = frozenset("\u00ad\u061c\u200c\u200d\u200e\u200f\u2060")
"""Invisible characters that languages need.

They are the soft hyphen, direction marks, joiners (Persian, Kurdish), and the word joiner, which
prevents a line break.
"""
_LINE_BREAK = "\u200b"
"""The zero width space, which marks where a line may break in scripts without spaces."""
_ISOLATES, _END_ISOLATE = frozenset("\u2066\u2067\u2068"), "\u2069"
_LETTERS_A_WORD = {
    **dict.fromkeys(("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "BOPOMOFO"), 2),
    **dict.fromkeys(("KHMER", "LAO", "MYANMAR", "THAI", "TAI"), 4),
}
"""How many letters stand for a word in scripts without spaces, by the first word of their names.

The scripts are those of the line breaking classes ID and SA (UAX #14) that are written today.
The numbers are roughly what a translation of one English word has, marks not counted.
"""
_WORD_END = re.compile(r"[\s\u200b፡་]+")
"""Between words: spaces, or the word separators of Ethiopic and Tibetan."""
_LATIN_WORD = re.compile(r"[a-zß-ɏɐ-ʯḀ-ỿⱠ-ⱿꜢ-ꟿ\u0300-\u036f]{3,}")
"""A word of at least three letters: two languages share too many shorter words by chance."""
_KINDS = {
    "QUESTION": "a question mark",
    "INTERROBANG": "a question mark",
    "EXCLAMATION": "an exclamation mark",
    "COLON": "a colon",
    "COMMA": "a comma",
    "ELLIPSIS": "dots",
}
"""Kinds of closing punctuation, by a word of their Unicode names."""
_OTHERS = {
    "..": "dots",
    "。。": "dots",
    "፡፡": "a full stop",
    "፡": "a colon",  # so Tigrinya uses its word separator
    "៖": "a colon",
    ";": "a question mark",  # of Greek: to Unicode, its own sign is equal to this one
}
"""Kinds of closing punctuation whose names do not say them."""
_INSIDE = {"՞": "a question mark", "՜": "an exclamation mark"}
"""Armenian has these above a vowel of the word in question."""
NO_MARK = "no punctuation mark"
_STOPS = frozenset({"a full stop", "a question mark"})
_MARKS = _STOPS | frozenset(_KINDS.values())
_FEWER_KINDS = {
    "THAI": (NO_MARK, _STOPS),
    "LAO": (NO_MARK, _STOPS),
    "MYANMAR": ("a full stop", _MARKS),
    "TIBETAN": (NO_MARK, _MARKS),
}
"""Scripts with fewer kinds of closing punctuation: one of them, and the kinds it stands for.

Thai and Lao end a sentence, or a question, with a space. Burmese has only ၊ and ။ (CLDR,
exemplarCharacters, punctuation). Tibetan and Dzongkha have the shad, to Unicode no mark that ends
sentences; it ends any phrase, and is left out after ཀ and ག (Unicode's document L2/05-073).
"""


def composed(text: str) -> str:
    """Return a text in Unicode's form NFC: é is one character, whether typed as one or two."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)  # each word of the glossary is compared with each sentence
def folded(text: str) -> str:
    """Return a text to be compared: composed, in lower case, without invisible characters."""
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    return composed(composed("".join(seen)).casefold())


def unseen(text: str) -> list[str]:
    """Return the invisible characters of a text that its script does not need, sorted.

    Isolates are needed where a name stands in a script of the other direction, if each is closed.
    """
    if text.isprintable():
        return []
    found = {sign for sign in text if unicodedata.category(sign) in UNSEEN} - _INVISIBLE_SIGNS
    if any(map(_letters_a_word, text)):
        found.discard(_LINE_BREAK)
    return sorted(found - {*_ISOLATES, _END_ISOLATE} if _is_balanced(text) else found)


def begins_word(text: str, place: int) -> bool:
    """Return whether a word may begin at this place: anywhere in a script without spaces.

    Elsewhere only where neither a letter nor its mark stands before (to `re`, a mark ends a word).
    """
    before = text[place - 1] if place else " "
    inside = before.isalnum() or unicodedata.category(before)[0] == "M"
    return not inside or bool(_letters_a_word(before) and _letters_a_word(text[place]))


def latin_words(text: str) -> set[str]:
    """Return the words in Latin letters of a folded text, also where no space stands before."""
    return set(_LATIN_WORD.findall(text))


def word_count(text: str) -> int:
    """Return the number of words; in a script without spaces, about how many its letters make."""
    return math.ceil(sum(map(_words_in, filter(None, _WORD_END.split(text)))))


def columns(text: str) -> int:
    """Return the width of a text in columns: 2 for a wide character (UAX #11), 0 for a mark."""
    return sum(
        2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
        if unicodedata.category(sign) not in {"Mn", "Me", "Cf"}
    )


def closing(text: str) -> str:
    """Return the kind of punctuation that closes a text, such as `a full stop`."""
    end = len(text)
    while end and (closes(text[end - 1]) or _is_blank(text[end - 1])):
        end -= 1
    inside = next((kind for sign, kind in _INSIDE.items() if sign in text), None)
    return inside or _OTHERS.get(text[max(end - 2, 0) : end]) or _kind(text[end - 1 : end])


def ends_as(text: str, kind: str) -> bool:
    """Return whether a text ends with this kind of punctuation, or as its script does instead.

    Its script is that of any letter, as the last word may be a name in Latin letters.
    """
    found = closing(text)
    if found == kind:
        return True
    fewer = (_FEWER_KINDS[each] for each in set(map(_script, text)) if each in _FEWER_KINDS)
    return any(found == mark and kind in kinds for mark, kinds in fewer)


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign in _ISOLATES) - (sign == _END_ISOLATE)
        if depth < 0:
            return False
    return depth == 0


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Cf"


@lru_cache(maxsize=8192)
def _letters_a_word(sign: str) -> int:
    """Return how many letters like this one make a word; 0 if its script has spaces, or no letter.

    Cached, as a text has the same signs again and again.
    """
    if not sign.isalpha() or sign.isascii():
        return 0
    return _LETTERS_A_WORD.get(_script(sign), 0)


def _script(letter: str) -> str:
    """Return the first word of a character's name, which for most letters is their script."""
    return unicodedata.name(letter, "-").split(maxsplit=1)[0]


def _words_in(piece: str) -> float:
    """Return the number of words in a piece of text without spaces."""
    letters = sum(1 / each for each in map(_letters_a_word, piece) if each)
    return letters or any(map(str.isalnum, piece))


def _kind(sign: str) -> str:
    if sign in _OTHERS:
        return _OTHERS[sign]
    name = unicodedata.name(sign, "") if sign and unicodedata.category(sign) == "Po" else ""
    if kinds := [_KINDS[word] for word in name.split() if word in _KINDS]:
        return kinds[0]
    return "a full stop" if sign and is_terminal(sign) else NO_MARK
