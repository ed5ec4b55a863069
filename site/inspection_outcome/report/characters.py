"""What Unicode says of characters, in any script: digits, unseen signs, and where sentences end."""

import re
import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories of characters that nobody sees.

They are control, format, unassigned, private use, surrogate, line and paragraph separators.
"""
_LETTER = re.compile(r"[^\W\d_\u115f\u1160\u3164\uffa0\U00013441\U00013442]")
"""A letter of any script, but no blank Hangul filler or hieroglyph."""
_TERMINAL = re.compile(
    # Unicode's property Sentence_Terminal (17.0, by the class \p{Sentence_Terminal} of the package
    # `regex`), as Python's unicodedata does not have it; the ellipsis; and the two word separators
    # that many keyboards type for the Ethiopic full stop.
    r"(?:፡፡|[…"
    r"\u0021\u002e\u003f\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e"
    r"\u0964\u0965\u104a\u104b\u1362\u1367\u1368\u166e\u1735\u1736\u17d4\u17d5\u1803\u1809"
    r"\u1944\u1945\u1aa8-\u1aab\u1b4e\u1b4f\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d-\u1b7f\u1c3b\u1c3c"
    r"\u1c7e\u1c7f\u2024\u203c\u203d\u2047-\u2049\u2cf9-\u2cfb\u2e2e\u2e3c\u2e53\u2e54"
    r"\u2e60\u2e61\u3002\ua4ff\ua60e\ua60f\ua6f3\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f"
    r"\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe52\ufe56\ufe57\uff01"
    r"\uff0e\uff1f\uff61\U00010a56\U00010a57\U00010f55-\U00010f59\U00010f86-\U00010f89"
    r"\U00011047\U00011048\U000110be-\U000110c1\U00011141-\U00011143\U000111c5\U000111c6"
    r"\U000111cd\U000111de\U000111df\U00011238\U00011239\U0001123b\U0001123c\U000112a9"
    r"\U000113d4\U000113d5\U0001144b\U0001144c\U000115c2\U000115c3\U000115c9-\U000115d7"
    r"\U00011641\U00011642\U0001173c-\U0001173e\U00011944\U00011946\U00011a42\U00011a43"
    r"\U00011a9b\U00011a9c\U00011c41\U00011c42\U00011ef7\U00011ef8\U00011f43\U00011f44"
    r"\U00016a6e\U00016a6f\U00016af5\U00016b37\U00016b38\U00016b44\U00016d6e\U00016d6f"
    r"\U00016e98\U0001bc9f\U0001da88])++"
)
_NEEDS_SPACE = "!.?…"
"""Marks that end a sentence only before a space, as in 'a.m.'; those of Chinese need none."""


def is_terminal(sign: str) -> bool:
    """Return whether a character ends sentences in its script."""
    return _TERMINAL.fullmatch(sign) is not None


def is_digit(sign: str) -> bool:
    """Return whether a character is a number of any script: ٣, ½, Ⅳ.

    That is Unicode's category N. `str.isnumeric` is also true of 三, a letter of Chinese words.
    """
    return unicodedata.category(sign)[0] == "N"


def is_readable(text: str) -> bool:
    """Return whether a text has a letter, as each placeholder has."""
    return _LETTER.search(text) is not None


def closes(sign: str, following: str = "") -> bool:
    """Return whether a character closes a quotation or a bracket, before the one that follows.

    A straight one, and “, which closes in German, opens if a letter follows.
    """
    category = unicodedata.category(sign)
    may_open = sign in "\"'＂＇" or category == "Pi"
    return category in {"Pe", "Pf"} or (may_open and not following.isalnum())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text in any script, each with the marks that end it.

    The rule is that of UAX #29, without its exceptions for abbreviations.
    """
    found = []
    begin = 0
    for marks in _TERMINAL.finditer(text):
        end = marks.end()
        while end < len(text) and closes(text[end], text[end + 1 : end + 2]):
            end += 1
        if marks[0][-1] not in _NEEDS_SPACE or text[end : end + 1].isspace():
            found.append(text[begin:end])
            begin = end
    return [each.strip() for each in (*found, text[begin:]) if each.strip()]
