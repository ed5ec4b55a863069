"""The little markup that a sentence may have: **strong**, and [links](page:help) by name. Raw HTML is text.

One grammar for what is shown and for what is checked: a link's words hold no markup; strong words may hold links.
"""

import re
from collections.abc import Callable

from markupsafe import escape

_LINK = re.compile(r"\[([^\[\]*]+)\]\(([A-Za-z0-9:/#_.-]+)\)")
_STRONG = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
SIGNS = "*_`[]"
"""What markup is written with, here or in Markdown: left over by `without`, it was not understood."""


def html(text: str, address: Callable[[str], str]) -> str:
    """Give a sentence as HTML, its {facts} still by name. `address` turns a link's target into its href."""
    linked = _LINK.sub(lambda link: f'<a href="{escape(address(link[2]))}">{link[1]}</a>', str(escape(text)))
    return _STRONG.sub(r"<strong>\1</strong>", linked)


def without(text: str) -> str:
    """Give a sentence without its markup, its {facts} still by name."""
    return _STRONG.sub(r"\1", _LINK.sub(r"\1", text)) if "*" in text or "[" in text else text


def words(text: str) -> list[str]:
    """Give what stands between the signs of each link and each strong part: what a reader taps or sees."""
    return link_words(text) + [without(part) for part in _STRONG.findall(text)]


def link_words(text: str) -> list[str]:
    """Give the words of each link."""
    return [label for label, _ in _LINK.findall(text)]


def links(text: str) -> list[str]:
    """Give the targets of a sentence's links, sorted."""
    return sorted(target for _, target in _LINK.findall(text)) if "[" in text else []
