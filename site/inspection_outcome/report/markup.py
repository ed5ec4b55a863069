"""The markup of sentences: **strong**, and [links](page:help) by name. Raw HTML is text.

A translation may also mark [words](en) that stay in English (a word that letters use, or a name to
ask for), so that a screen reader reads them as English. Rendering and checks share this one
grammar: the words of a link contain no markup; strong words may contain links.
"""

import re
from collections.abc import Callable, Iterator

from markupsafe import escape

from inspection_outcome.report.characters import is_digit

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_LINK = re.compile(r"\[([^\[\]*]+)\]\(([A-Za-z0-9:/#_.-]+)\)")
_ENGLISH = "en"
"""In place of a link's target: the link's words are English."""
_STRONG = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_SIGNS = "*_`[]＊"
"""Characters of markup, here or in Markdown: if `without` leaves one, it was not understood.

The last one is the asterisk of Chinese and Japanese keyboards.
"""
_TAG = re.compile(r"<[A-Za-z/!?]|&#?[A-Za-z0-9]+;")
_STRAY = re.compile(r"\{[^{}]*\}?|\}")
_NUMBER = re.compile(r"1+(?:[.,:/-]1+)*")
_SHORT = 20  # characters: they fit on a line of 320 px
_STOP = re.compile(r"\A((?:</[a-z]+>)*)\.")
"""A full stop at the beginning of a piece, or just after the end of elements."""
_NEAR = 12  # characters on each side of a number, to find it by


def html(text: str, address: Callable[[str], str]) -> str:
    """Return a sentence as HTML that keeps the placeholders of its facts.

    `address` turns a link's target into its href.
    """

    def told(link: re.Match[str]) -> str:
        words, target = link.groups()
        if target == _ENGLISH:
            return f'<bdi lang="en">{words}</bdi>'
        return f'<a href="{escape(address(target))}">{words}</a>'

    return _STRONG.sub(r"<strong>\1</strong>", _LINK.sub(told, str(escape(text))))


def without(text: str) -> str:
    """Return a sentence without its markup; the placeholders of its facts stay."""
    return _STRONG.sub(r"\1", _LINK.sub(r"\1", text)) if "*" in text or "[" in text else text


def words(text: str) -> list[str]:
    """Return the words of each link and of each strong part, which a reader taps or sees."""
    return link_words(text) + [without(part) for part in _STRONG.findall(text)]


def link_words(text: str) -> list[str]:
    """Return the words of each link."""
    return [label for label, _ in _LINK.findall(text)]


def stray_braces(text: str) -> list[str]:
    """Return each part in braces, and each single brace, of a text without its placeholders."""
    return _STRAY.findall(text)


def not_understood(rest: str, bare: str) -> Iterator[tuple[str, str]]:
    """Yield a problem and its remedy for markup that a reader would see as typed.

    `rest`: a sentence with one character in place of each fact; `bare`: `rest` without its markup.
    """
    if ("<" in rest or "&" in rest) and (found := _TAG.search(rest)):
        yield f"HTML is not allowed: {found[0]}", "Take it out; write **words** for strong."
    if "{" in bare:
        bare = _STRAY.sub("", bare)  # stray braces are reported as a fault of their own
    if signs := [sign for sign in _SIGNS if sign in bare]:
        yield (
            f"this markup was not understood: {' '.join(signs)}",
            "Write **words** for strong, [words](target) for a link.",
        )


def digits(text: str) -> str:
    """Return each number typed into a sentence, with the text around it; empty if there is none."""
    if not any(map(str.isnumeric, text)):  # nearly always, and fast
        return ""
    shown = without(text)
    bare = PLACEHOLDER.sub(lambda name: " " * len(name[0]), shown)
    mask = "".join("1" if is_digit(sign) else sign if sign in ".,:/-" else " " for sign in bare)
    return ", ".join(
        f"{shown[number.start() : number.end()]} (‘{_around(shown, *number.span())}’)"
        for number in _NUMBER.finditer(mask)
    )


def _around(text: str, start: int, end: int) -> str:
    """Return a part of a text with a few characters before and after."""
    begin, stop = max(start - _NEAR, 0), end + _NEAR
    return f"{'…' * (begin > 0)}{text[begin:stop].strip()}{'…' * (stop < len(text))}"


def with_english_tied(text: str) -> str:
    """Return a sentence in which no line ends within short words marked as English.

    Where the script runs right to left, two halves of such words would be read in the wrong order.
    """
    return _LINK.sub(_tied, text) if f"]({_ENGLISH})" in text else text


def _tied(link: re.Match[str]) -> str:
    words, target = link.groups()
    short = target == _ENGLISH and len(words) <= _SHORT
    return link[0].replace(" ", "\u00a0") if short else link[0]


def targets(text: str) -> list[str]:
    """Return the target of each link, or `en` for words in English, in order."""
    return [target for _, target in _LINK.findall(text)]


def links(text: str) -> list[str]:
    """Return the targets of a sentence's links, sorted and without the `en` of English words."""
    return (
        sorted(target for _, target in _LINK.findall(text) if target != _ENGLISH)
        if "[" in text
        else []
    )


def without_english(text: str) -> str:
    """Return a sentence without its markup and without the words marked as English."""
    return without(_LINK.sub(lambda link: "" if link[2] == _ENGLISH else link[1], text))


def filled(text: str, fact_text: Callable[[str], str]) -> str:
    """Return a sentence, or its HTML, with each placeholder replaced by `fact_text` of its name.

    If a fact ends with a full stop, as Lithuanian dates do, that full stop also ends the sentence.
    """
    if "{" not in text:
        return text
    pieces = PLACEHOLDER.split(text)
    for place in range(1, len(pieces), 2):
        pieces[place] = fact_text(pieces[place])
        if pieces[place].endswith("."):
            pieces[place + 1] = _STOP.sub(r"\1", pieces[place + 1])
    return "".join(pieces)
