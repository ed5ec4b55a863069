"""Render the sentences of a page in its language, with English as the fallback.

A sentence that readers may not see in the page's language is rendered in English, and marked so.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from inspection_outcome.i18n import safe_html
from inspection_outcome.i18n.format import href
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.safe_html import IN_ENGLISH, IN_PAGE_LANGUAGE
from inspection_outcome.i18n.states import State
from inspection_outcome.i18n.translator import Translator
from inspection_outcome.report.facts import (
    Body,
    Count,
    Email,
    Fact,
    GradeGiven,
    Phone,
    Place,
    Tally,
    TextLine,
    Web,
)
from inspection_outcome.report.sentence import Sentence

_LEFT_TO_RIGHT = (Place, Web, Email)
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
"""The equivalents of <bdi> and </bdi> where no element is allowed."""
WITHOUT_ISOLATES = dict.fromkeys(map(ord, (_ISOLATE, _END_ISOLATE)))
"""For `str.translate`: removes isolates where a reader might see them as boxes."""


class PageTranslator:
    """Renders the sentences of one page in one language, with English as the fallback.

    A sentence without a translation that readers may see is rendered in English, and marked as
    English. Counts these while rendering, so read `in_english` and `unchecked` last.
    """

    def __init__(self, translator: Translator, english: Translator) -> None:
        """`english` renders links to URLs in the page's language."""
        self.language = translator.language
        self._parts = 0
        self.unchecked = False
        """Whether any sentence was rendered in a translation that no speaker has checked."""
        self._foreign = translator.language.tag != ENGLISH
        self._translator = translator if self._foreign else english
        self._english = english

    def say(self, sentence: Sentence | str, **slots: Fact) -> Markup:
        """Return a sentence, or the site's own with this id, as safe HTML with its facts."""
        return self._say(self._sentence(sentence), slots, linked=True)

    def label(self, sentence: Sentence | str, **slots: Fact) -> Markup:
        """Return the same HTML as `say`, but without links around facts: for use inside a link."""
        return self._say(self._sentence(sentence), slots, linked=False)

    def translation(self, sentence: Sentence | str) -> Markup:
        """Return a sentence like `say`, but without the English beside it; see `english`."""
        return self._say(self._sentence(sentence), {}, linked=True, beside=False)

    def english(self, sentences: Iterable[Sentence]) -> Markup:
        """Return in one block the English of the critical sentences that no speaker has checked.

        It stands once on a card, below the translation of all of them. Empty if there are none.
        """
        unchecked = [
            self._english.html(each, {}, lambda fact: self._fact(fact, self._english, linked=True))
            for each in sentences
            if each.critical and self._has(each) and not self.is_checked(each)
        ]
        return safe_html.english_below(unchecked)

    def plain(self, sentence: Sentence | str, **slots: Fact) -> str:
        """Return a sentence as plain text without markup, for titles and attributes.

        Put the attributes that `lang` returns on their element.
        """
        sentence = self._sentence(sentence)
        translator = self._translator if self._has(sentence) else self._english
        return translator.plain(sentence, slots, lambda fact: self._plain_fact(fact, translator))

    def title(self, *sentences: Sentence) -> str:
        """Return several sentences as one plain text, all in one language.

        It is the page's language if the first sentence has a translation; any others without one
        are left out. Otherwise it is English.
        """
        translator = self._translator if self._has(sentences[0]) else self._english
        available = [each for each in sentences if translator is self._english or self._has(each)]
        return " – ".join(
            translator.plain(each, {}, lambda fact: self._plain_fact(fact, translator))
            for each in available
        )

    def has(self, *sentences: Sentence | str) -> bool:
        """Return whether all these sentences can be rendered in the page's language."""
        return all(self._has(self._sentence(each)) for each in sentences)

    def lang(self, *sentences: Sentence | str) -> Markup:
        """Return the lang and dir attributes for an element with these sentences from `plain`.

        Empty if all can be rendered in the page's language, else those for English.
        """
        return IN_PAGE_LANGUAGE if self.has(*sentences) else IN_ENGLISH

    def fact(self, fact: Fact) -> Markup:
        """Return one fact as safe HTML, as a link if it has a URL."""
        return self._fact(fact, self._translator, linked=True)

    def is_checked(self, *sentences: Sentence | str) -> bool:
        """Return whether no sentence is shown in a translation that no speaker has checked.

        English counts as checked.
        """
        if not self._foreign:
            return True
        entries = (self._translator.usable_entry(self._sentence(each)) for each in sentences)
        return all(entry is None or entry.state is State.CHECKED for entry in entries)

    @property
    def in_english(self) -> Count:
        """The number of sentences rendered in English so far as the fallback.

        That is, because there was no translation that readers may see.
        """
        return Count(self._parts)

    def word(self, id_: str) -> Sentence:
        """Return the site's own sentence with this id."""
        return self._translator.ui[id_]

    def _sentence(self, sentence: Sentence | str) -> Sentence:
        return self.word(sentence) if isinstance(sentence, str) else sentence

    def _has(self, sentence: Sentence) -> bool:
        return not self._foreign or self._translator.usable_entry(sentence) is not None

    def _say(
        self, sentence: Sentence, slots: Mapping[str, Fact], *, linked: bool, beside: bool = True
    ) -> Markup:
        def english() -> Markup:
            return self._english.html(
                sentence, slots, lambda fact: self._fact(fact, self._english, linked=linked)
            )

        if not self._foreign:
            return english()
        entry = self._translator.usable_entry(sentence)
        if entry is None:
            self._parts += 1
            return safe_html.english_instead(english())
        said = self._translator.html(
            sentence, slots, lambda fact: self._fact(fact, self._translator, linked=linked)
        )
        if entry.state is State.CHECKED:
            return said
        self.unchecked = True
        if sentence.critical and beside:
            said += safe_html.english_beside(english())
        return said

    def _fact(self, fact: Fact, translator: Translator, *, linked: bool) -> Markup:
        if isinstance(fact, GradeGiven):
            return self._grade(fact, translator)
        if isinstance(fact, Tally):
            return self._tally(fact, translator)
        text = translator.format_fact(fact)
        to = href(fact) if linked else None
        if to is not None:
            return safe_html.link(to, text)
        if isinstance(fact, Body) and translator is not self._english:
            return safe_html.english_name(text)
        return _in_its_direction(fact, text, translator)

    def _grade(self, grade: GradeGiven, translator: Translator) -> Markup:
        """Return a grade's name in the scale.

        A translated name is followed by Ofsted's own word in brackets.
        """
        name = self.word(f"ui.grade-{grade.value.value}")
        if translator is self._english:
            return self._english.html(name, {}, escape)
        said = self._say(name, {}, linked=False)
        if self._has(name):
            said += safe_html.own_word_beside(self._english.html(name, {}, escape))
        return said

    def _tally(self, tally: Tally, translator: Translator) -> Markup:
        """Return a tally as a list, each status with its number rendered by its own sentence."""
        parts = []
        for status, number in tally.value:
            word, slots = self.word(f"ui.count-{status}"), {"count": Count(number)}
            if translator is self._english:
                part = self._english.html(
                    word, slots, lambda fact: self._fact(fact, translator, linked=False)
                )
            else:
                part = self._say(word, slots, linked=False)
            parts.append(part)
        return translator.listed(parts)

    def _plain_fact(self, fact: Fact, translator: Translator) -> str:
        if isinstance(fact, GradeGiven):
            name = self.word(f"ui.grade-{fact.value.value}")
            english = self._english.plain(name, {}, str)
            if translator is self._english or not self._has(name):
                return english
            text = f"{translator.plain(name, {}, str)} ({isolated(english, translator.language)})"
        else:
            text = translator.format_fact(fact)
        return isolated(text, translator.language)


def isolated(text: str, language: Language) -> str:
    """Return a plain text so that it keeps its own direction in a text of this language."""
    return text if language.direction == "ltr" else f"{_ISOLATE}{text}{_END_ISOLATE}"


def _in_its_direction(fact: Fact, text: str, translator: Translator) -> Markup:
    html = safe_html.unbroken(text)
    if isinstance(fact, Phone | TextLine):  # an element in every language: a button keeps it whole
        return safe_html.isolated(html, "ltr")
    if translator.language.direction == "ltr":
        return html
    return safe_html.isolated(html, "ltr" if isinstance(fact, _LEFT_TO_RIGHT) else "rtl")
