"""Safe HTML: the only module of this package that calls bleach or creates Markup.

A sentence's text is plain text with three kinds of markup: **strong**, [links](page:help) by name,
and {facts} as placeholders. A link's target is `page:NAME`, `page:NAME#SECTION` or `word:NAME`. A
translation may also have [words](en) that stay in English, and are marked as English in the HTML.
Raw HTML is escaped, and shows as typed.
"""

import re
import threading
from collections.abc import Callable, Sequence

import bleach
from babel import Locale
from babel.lists import format_list
from markupsafe import Markup, escape

from inspection_outcome.report import markup

_RANGE = re.compile(r"(?<!\S)[^\s–]+–\S+")
_OF_ONE_NUMBER = re.compile(r"(?<=\d) (?=\w\.)|(?<=\d\.) (?=\w)")
"""Within '7 d.', and after the number in '24. aprīlis'."""
IN_ENGLISH = Markup(' lang="en" dir="ltr"')
"""The attributes of an element whose text is English."""
IN_PAGE_LANGUAGE = Markup("")
"""The attributes of an element whose text is in the page's language: none."""
_CLEAN = bleach.Cleaner(
    tags={"strong", "a", "bdi"},
    attributes={"a": ["href"], "bdi": ["lang"]},
    protocols={"https"},
    strip=True,
)
_CLEANING = threading.Lock()
"""Its parser is one object, which only one thread at a time may use."""


class Sanitiser:
    """Turns sentences into safe HTML. Caches what bleach has cleaned, because bleach is slow."""

    def __init__(self, address: Callable[[str], str]) -> None:
        """`address` maps a link's target to its URL."""
        self._address = address
        self._cleaned: dict[str, str] = {}

    def html(self, text: str, fact_text: Callable[[str], Markup]) -> Markup:
        """Return a sentence's text as safe HTML, with `fact_text` of each placeholder's name."""
        html = self._cleaned.get(text) or markup.html(text, self._address)
        # Skip bleach if there are no tags to clean.
        if "<" in html and text not in self._cleaned:
            # dict operations are atomic: at worst, two threads clean the same text twice.
            with _CLEANING:
                html = self._cleaned[text] = _CLEAN.clean(html)
        filled = markup.filled(html, fact_text)
        return Markup(filled)  # noqa: S704 (the sentence is sanitised, each fact is Markup)


def listed(parts: Sequence[Markup], locale: Locale) -> Markup:
    """Return the parts joined as a list in this locale: a, b and c."""
    placeholders = [f"{{{number}}}" for number in range(len(parts))]
    pattern = format_list(placeholders, locale=locale)
    return Markup(pattern).format(*parts)  # noqa: S704 (a list pattern of CLDR has no markup)


def english_instead(english: Markup) -> Markup:
    """Return a sentence in English that stands in place of a translation."""
    return Markup("<span{}>{}</span>").format(IN_ENGLISH, english)


def english_beside(english: Markup) -> Markup:
    """Return a sentence in English to be put after its translation."""
    return Markup(' <small class="beside"{}>{}</small>').format(IN_ENGLISH, english)


def english_below(sentences: Sequence[Markup]) -> Markup:
    """Return sentences in English as one block, to be put below the translation of all.

    Empty without any.
    """
    if not sentences:
        return Markup()
    told = Markup("<br>").join(sentences)
    return Markup('<p class="beside below"{}>{}</p>').format(IN_ENGLISH, told)


def marked(sentence_id: str, html_id: str, html: Markup) -> Markup:
    """Return a sentence marked with its id, and with an id of its own for links if that is given.

    Only the desk marks sentences.
    """
    own = Markup(' id="{}"').format(html_id) if html_id else ""
    return Markup('<span{} data-sentence="{}">{}</span>').format(own, sentence_id, html)


def own_word_beside(word: Markup) -> Markup:
    """Return Ofsted's own word for a grade to be put after its translation.

    It is not isolated: its brackets run as the text around it does, also over two lines.
    """
    return Markup(' <span class="own" lang="en">({})</span>').format(word)


def link(url: str, text: str) -> Markup:
    """Return the link of a fact. Phone numbers and addresses are left to right in all languages.

    No line ends within a number, unless it is longer than the line.
    """
    return Markup('<a href="{}" dir="ltr">{}</a>').format(url, text.replace(" ", "\u00a0"))


def unbroken(text: str) -> Markup:
    """Return a text in which no line ends within a range, '7 d.' or '24. aprīlis'."""
    tied = _OF_ONE_NUMBER.sub("\u00a0", str(escape(text)))
    html = _RANGE.sub(r'<span class="whole">\g<0></span>', tied)
    return Markup(html)  # noqa: S704 (the text is escaped)


def english_name(text: str) -> Markup:
    """Return an English name inside a sentence of another language."""
    return Markup('<bdi lang="en">{}</bdi>').format(text)


def isolated(text: str, direction: str) -> Markup:
    """Return a text whose direction, ltr or rtl, does not affect the text around it."""
    return Markup('<bdi dir="{}">{}</bdi>').format(direction, text)
