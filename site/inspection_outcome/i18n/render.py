"""Render a sentence and its facts in a language as safe HTML.

This is the only module that calls bleach or creates Markup.

A sentence's text is plain text with three kinds of markup: **strong**, [links](page:help) by name,
and {facts} as placeholders. A link's target is `page:NAME`, `page:NAME#SECTION` or `word:NAME`. A
translation may also have [words](en) that stay in English, and are marked as English in the HTML.
Raw HTML is escaped, and shows as typed.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import bleach
from babel.lists import format_list
from markupsafe import Markup, escape

from inspection_outcome.i18n.format import format_fact, href, slim
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report import markup
from inspection_outcome.report.facts import (
    AnyFact,
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
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.sentence import Sentence

_IN_ENGLISH = Markup(' lang="en" dir="ltr"')
_LEFT_TO_RIGHT = (Place, Phone, TextLine, Web, Email)
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
"""The equivalents of <bdi> and </bdi> where no element is allowed."""
WITHOUT_ISOLATES = dict.fromkeys(map(ord, (_ISOLATE, _END_ISOLATE)))
"""For `str.translate`: removes isolates where a reader might see them as boxes."""
_SPACES = re.compile(r"\s+")
_CLEAN = bleach.Cleaner(
    tags={"strong", "a", "bdi"},
    attributes={"a": ["href"], "bdi": ["lang"]},
    protocols={"https"},
    strip=True,
)


class Translator:
    """Renders sentences in one language, without fallback. Caches sanitised HTML."""

    def __init__(
        self,
        language: Language,
        ui: Mapping[str, Sentence],
        facts: Mapping[str, AnyFact],
        address: Callable[[str], str],
        catalogue: Mapping[str, Entry] | None = None,
    ) -> None:
        """`address` maps a link's target to its URL for a reader of this language.

        Without a catalogue, sentences are rendered in English.
        """
        self.language = language
        self.ui = ui
        self.catalogue = catalogue
        self._locale = slim(language.babel)
        self._form_of = language.plural_rule()
        self._facts = facts
        self._address = address
        self._cleaned: dict[str, str] = {}

    def html(
        self, sentence: Sentence, slots: Mapping[str, Fact], fact_text: Callable[[Fact], Markup]
    ) -> Markup:
        """Return a sentence as safe HTML, with its facts as rendered by `fact_text`."""
        form, facts = self._form(sentence, slots)
        form = self.language.tie(form)
        html = self._cleaned.get(form) or markup.html(form, self._address)
        # bleach is slow: skip it if there are no tags to clean.
        if "<" in html and form not in self._cleaned:
            # dict operations are atomic: at worst, two threads clean the same text twice.
            html = self._cleaned[form] = _CLEAN.clean(html)
        filled = markup.filled(html, lambda name: fact_text(facts[name]))
        return Markup(filled)  # noqa: S704 (the sentence is sanitised, each fact is Markup)

    def plain(
        self, sentence: Sentence, slots: Mapping[str, Fact], fact_text: Callable[[Fact], str]
    ) -> str:
        """Return a sentence as plain text without markup, with its facts."""
        form, facts = self._form(sentence, slots)
        filled = markup.filled(markup.without(form), lambda name: fact_text(facts[name]))
        return _SPACES.sub(" ", filled).strip()

    def format_fact(self, fact: Fact) -> str:
        """Return a fact other than a grade or tally as plain text in this language's locale."""
        return format_fact(fact, self._locale)

    def listed(self, parts: Sequence[Markup]) -> Markup:
        """Return the parts joined as a list in this language: a, b and c."""
        placeholders = [f"{{{number}}}" for number in range(len(parts))]
        pattern = format_list(placeholders, locale=self._locale)
        return Markup(pattern).format(*parts)  # noqa: S704 (a list pattern of CLDR has no markup)

    def has(self, sentence: Sentence) -> Entry | None:
        """Return the catalogue's entry for a sentence, or None if readers may not see it."""
        entry = (self.catalogue or {}).get(sentence.id)
        return entry if entry is not None and entry.usable else None

    def _form(
        self, sentence: Sentence, slots: Mapping[str, Fact]
    ) -> tuple[str, Mapping[str, Fact]]:
        facts = {**self._facts, **slots} if slots else self._facts
        forms = sentence.forms if self.catalogue is None else self.catalogue[sentence.id].forms
        if sentence.plural is None:
            return forms[0].strip(), facts
        named = (facts[name] for name in PLACEHOLDER.findall(sentence.text))
        count = next(fact.value for fact in named if isinstance(fact, Count))
        return forms[self._form_of(count)].strip(), facts


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
        return Markup("") if self.has(*sentences) else _IN_ENGLISH

    def fact(self, fact: Fact) -> Markup:
        """Return one fact as safe HTML, as a link if it has a URL."""
        return self._fact(fact, self._translator, linked=True)

    def fact_text(self, fact: Fact) -> str:
        """Return one fact as plain text, for a picture: SVG text would not draw an HTML element."""
        return self._translator.format_fact(fact)

    def is_checked(self, *sentences: Sentence | str) -> bool:
        """Return whether no sentence is shown in a translation that no speaker has checked.

        English counts as checked.
        """
        if not self._foreign:
            return True
        entries = (self._translator.has(self._sentence(each)) for each in sentences)
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
        return not self._foreign or self._translator.has(sentence) is not None

    def _say(self, sentence: Sentence, slots: Mapping[str, Fact], *, linked: bool) -> Markup:
        def english() -> Markup:
            return self._english.html(
                sentence, slots, lambda fact: self._fact(fact, self._english, linked=linked)
            )

        if not self._foreign:
            return english()
        entry = self._translator.has(sentence)
        if entry is None:
            self._parts += 1
            return Markup("<span{}>{}</span>").format(_IN_ENGLISH, english())
        said = self._translator.html(
            sentence, slots, lambda fact: self._fact(fact, self._translator, linked=linked)
        )
        if entry.state is State.CHECKED:
            return said
        self.unchecked = True
        if sentence.critical:
            said += Markup(' <small class="beside"{}>{}</small>').format(_IN_ENGLISH, english())
        return said

    # The returns are one for each kind of fact.
    def _fact(self, fact: Fact, translator: Translator, *, linked: bool) -> Markup:  # noqa: PLR0911
        if isinstance(fact, GradeGiven):
            return self._grade(fact, translator)
        if isinstance(fact, Tally):
            return self._tally(fact, translator)
        text = escape(translator.format_fact(fact))
        to = href(fact) if linked else None
        if to is not None:
            # Phone numbers and addresses are left to right in every language.
            return Markup('<a href="{}" dir="ltr">{}</a>').format(to, text)
        if translator is self._english:
            return text
        if isinstance(fact, Body):
            return Markup('<bdi lang="en">{}</bdi>').format(text)
        if translator.language.direction == "rtl":
            direction = "ltr" if isinstance(fact, _LEFT_TO_RIGHT) else "rtl"
            return Markup('<bdi dir="{}">{}</bdi>').format(direction, text)
        return text

    def _grade(self, grade: GradeGiven, translator: Translator) -> Markup:
        """Return a grade's name in the scale.

        A translated name is followed by Ofsted's own word in brackets.
        """
        name = self.word(f"ui.grade-{grade.value.value}")
        if translator is self._english:
            return self._english.html(name, {}, escape)
        said = self._say(name, {}, linked=False)
        if self._has(name):
            own_word = self._english.html(name, {}, escape)
            said += Markup(' <bdi class="own" lang="en">({})</bdi>').format(own_word)
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
            text = f"{translator.plain(name, {}, str)} {_isolated(f'({english})', translator)}"
        else:
            text = translator.format_fact(fact)
        return _isolated(text, translator)


def _isolated(text: str, translator: Translator) -> str:
    return text if translator.language.direction == "ltr" else f"{_ISOLATE}{text}{_END_ISOLATE}"
