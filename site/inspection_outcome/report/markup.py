"""The little markup that a sentence may have: **strong**, and [links](page:help) by name. Raw HTML is text.

A translation may also have [words](en) that stay in English, for a screen reader to say so: a word that letters use,
or a name to ask for. One grammar for what is shown and for what is checked: a link's words hold no markup; strong
words may hold links.
"""

import re
from collections.abc import Callable, Iterator

from markupsafe import escape

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_LINK = re.compile(r"\[([^\[\]*]+)\]\(([A-Za-z0-9:/#_.-]+)\)")
_ENGLISH = "en"
"""In the place of a link's target: the words before it are English."""
_STRONG = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_SIGNS = "*_`[]"
"""What markup is written with, here or in Markdown: left over by `without`, it was not understood."""
_TAG = re.compile(r"<[A-Za-z/!?]|&#?[A-Za-z0-9]+;")
_STRAY = re.compile(r"\{[^{}]*\}?|\}")


def html(text: str, address: Callable[[str], str]) -> str:
    """Give a sentence as HTML, its {facts} still by name. `address` turns a link's target into its href."""

    def told(link: re.Match[str]) -> str:
        words, target = link.groups()
        if target == _ENGLISH:
            return f'<bdi lang="en">{words}</bdi>'
        return f'<a href="{escape(address(target))}">{words}</a>'

    return _STRONG.sub(r"<strong>\1</strong>", _LINK.sub(told, str(escape(text))))


def without(text: str) -> str:
    """Give a sentence without its markup, its {facts} still by name."""
    return _STRONG.sub(r"\1", _LINK.sub(r"\1", text)) if "*" in text or "[" in text else text


def words(text: str) -> list[str]:
    """Give what stands between the signs of each link and each strong part: what a reader taps or sees."""
    return link_words(text) + [without(part) for part in _STRONG.findall(text)]


def link_words(text: str) -> list[str]:
    """Give the words of each link."""
    return [label for label, _ in _LINK.findall(text)]


def stray_braces(text: str) -> list[str]:
    """Return what stands in braces, and each single brace, of a text whose facts were taken out."""
    return _STRAY.findall(text)


def not_understood(rest: str, bare: str) -> Iterator[tuple[str, str]]:
    """Yield what a reader would see as typed: the problem, and the remedy.

    `rest`: a sentence with a letter for each fact; `bare`: the same without its markup.
    """
    if ("<" in rest or "&" in rest) and (found := _TAG.search(rest)):
        yield f"HTML is not allowed: {found[0]}", "Take it out; write **words** for strong."
    if "{" in bare:
        bare = _STRAY.sub("", bare)  # a fault of its own
    if signs := [sign for sign in _SIGNS if sign in bare]:
        yield (
            f"this markup was not understood: {' '.join(signs)}",
            "Write **words** for strong, [words](target) for a link.",
        )


def targets(text: str) -> list[str]:
    """Return what stands in the place of a target in each link, in order."""
    return [target for _, target in _LINK.findall(text)]


def links(text: str) -> list[str]:
    """Give the targets of a sentence's links, sorted."""
    return sorted(target for _, target in _LINK.findall(text) if target != _ENGLISH) if "[" in text else []


def without_english(text: str) -> str:
    """Give a sentence without its markup and without the words that it marks as English."""
    return without(_LINK.sub(lambda link: "" if link[2] == _ENGLISH else link[1], text))


def filled(text: str, fact_text: Callable[[str], str]) -> str:
    """Give a sentence with each {fact} as `fact_text` gives it, by its name.

    The full stop that ends a fact, as it does Lithuanian dates, ends its sentence, too.
    """
    if "{" not in text:
        return text
    pieces = PLACEHOLDER.split(text)
    for place in range(1, len(pieces), 2):
        pieces[place] = fact_text(pieces[place])
        if pieces[place].endswith("."):
            pieces[place + 1] = pieces[place + 1].removeprefix(".")
    return "".join(pieces)
