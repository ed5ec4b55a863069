"""Sentence + facts + language -> safe HTML. The only place that calls bleach or makes Markup.

A sentence's text is plain, with three things in it: **strong**, [links](page:help) by name, and {facts}.
A link's target is `page:NAME`, `page:NAME#SECTION` or `word:NAME`. A translation may also have [words](en) that stay in
English, and are marked so. Raw HTML is text, and shows as typed.
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
"""The same as <bdi> and </bdi>, where no element can stand."""
WITHOUT_ISOLATES = dict.fromkeys(map(ord, (_ISOLATE, _END_ISOLATE)))
"""For `str.translate`: takes them out where a reader could meet them as boxes."""
_SPACES = re.compile(r"\s+")
_CLEAN = bleach.Cleaner(
    tags={"strong", "a", "bdi"}, attributes={"a": ["href"], "bdi": ["lang"]}, protocols={"https"}, strip=True
)


class Translator:
    """Says sentences in one language, without falling back. Keeps what it has cleaned."""

    def __init__(
        self,
        language: Language,
        ui: Mapping[str, Sentence],
        facts: Mapping[str, AnyFact],
        address: Callable[[str], str],
        catalogue: Mapping[str, Entry] | None = None,
    ) -> None:
        """`address` turns a link's target into the address that a reader of this language follows.

        Without a catalogue, what is said is the English.
        """
        self.language = language
        self.ui = ui
        self.catalogue = catalogue
        self._locale = slim(language.babel)
        self._form_of = language.plural_rule()
        self._facts = facts
        self._address = address
        self._cleaned: dict[str, str] = {}

    def html(self, sentence: Sentence, slots: Mapping[str, Fact], fact_text: Callable[[Fact], Markup]) -> Markup:
        """Give a sentence as safe HTML, with its facts as `fact_text` gives them."""
        form, facts = self._form(sentence, slots)
        form = self.language.tie(form)
        html = self._cleaned.get(form) or markup.html(form, self._address)
        if "<" in html and form not in self._cleaned:  # else there is nothing to clean, and bleach takes its time
            # dict operations are atomic: two threads at worst clean the same text twice.
            html = self._cleaned[form] = _CLEAN.clean(html)
        told = markup.filled(html, lambda name: fact_text(facts[name]))
        return Markup(told)  # noqa: S704 (what stands around the facts is cleaned, and each fact is Markup)

    def plain(self, sentence: Sentence, slots: Mapping[str, Fact], fact_text: Callable[[Fact], str]) -> str:
        """Give it as text without markup."""
        form, facts = self._form(sentence, slots)
        return _SPACES.sub(" ", markup.filled(markup.without(form), lambda name: fact_text(facts[name]))).strip()

    def format_fact(self, fact: Fact) -> str:
        """Give a fact as this language writes it; a grade by its name in the scale."""
        return format_fact(fact, self._locale)

    def listed(self, parts: Sequence[Markup]) -> Markup:
        """Join parts as this language lists things: a, b and c."""
        pattern = format_list([f"{{{number}}}" for number in range(len(parts))], locale=self._locale)
        return Markup(pattern).format(*parts)  # noqa: S704 (CLDR's, without markup)

    def has(self, sentence: Sentence) -> Entry | None:
        """Give what the catalogue has for a sentence, if readers may see it."""
        entry = (self.catalogue or {}).get(sentence.id)
        return entry if entry is not None and entry.usable else None

    def _form(self, sentence: Sentence, slots: Mapping[str, Fact]) -> tuple[str, Mapping[str, Fact]]:
        facts = {**self._facts, **slots} if slots else self._facts
        forms = sentence.forms if self.catalogue is None else self.catalogue[sentence.id].forms
        if sentence.plural is None:
            return forms[0].strip(), facts
        named = (facts[name] for name in PLACEHOLDER.findall(sentence.text))
        count = next(fact.value for fact in named if isinstance(fact, Count))
        return forms[self._form_of(count)].strip(), facts


class PageTranslator:
    """Tells one page in one language; where that has no translation that readers may see, in English, marked as such.

    Counts as it goes, so ask it for its numbers last.
    """

    def __init__(self, translator: Translator, english: Translator) -> None:
        """`english` leads to addresses in the page's language."""
        self.language = translator.language
        self._parts = 0
        self.unchecked = False
        """Whether a part was told in a translation that no speaker has checked."""
        self._foreign = translator.language.tag != ENGLISH
        self._translator = translator if self._foreign else english
        self._english = english

    def say(self, sentence: Sentence | str, **slots: Fact) -> Markup:
        """Give a sentence, or the site's own words of this id, as safe HTML with its facts in place."""
        return self._say(self._sentence(sentence), slots, linked=True)

    def label(self, sentence: Sentence | str, **slots: Fact) -> Markup:
        """The same without links around facts, for a place that is a link itself."""
        return self._say(self._sentence(sentence), slots, linked=False)

    def plain(self, sentence: Sentence | str, **slots: Fact) -> str:
        """Give it as text without markup, for titles and attributes; `lang` then goes to their element."""
        sentence = self._sentence(sentence)
        translator = self._translator if self._has(sentence) else self._english
        return translator.plain(sentence, slots, lambda fact: self._plain_fact(fact, translator))

    def title(self, *sentences: Sentence) -> str:
        """Give several as one text, all in the language in which the first can be told."""
        translator = self._translator if self._has(sentences[0]) else self._english
        told = [each for each in sentences if translator is self._english or self._has(each)]
        return " – ".join(translator.plain(each, {}, lambda fact: self._plain_fact(fact, translator)) for each in told)

    def has(self, *sentences: Sentence | str) -> bool:
        """Whether all of these can be told in the page's language."""
        return all(self._has(self._sentence(each)) for each in sentences)

    def lang(self, *sentences: Sentence | str) -> Markup:
        """Give the attributes of an element whose text or attributes hold these, told by `plain`: none, or English."""
        return Markup("") if self.has(*sentences) else _IN_ENGLISH

    def fact(self, fact: Fact) -> Markup:
        """Give one fact as safe HTML: a link where it leads somewhere."""
        return self._fact(fact, self._translator, linked=True)

    def fact_text(self, fact: Fact) -> str:
        """Give one fact as text alone, for a picture: an element in SVG's text would not be drawn."""
        return self._translator.format_fact(fact)

    def is_checked(self, *sentences: Sentence | str) -> bool:
        """Whether a speaker has checked all of these; so has one, of the English."""
        if not self._foreign:
            return True
        entries = (self._translator.has(self._sentence(each)) for each in sentences)
        return all(entry is None or entry.state is State.CHECKED for entry in entries)

    @property
    def in_english(self) -> Count:
        """How many parts have been told in English because there was no translation that readers may see."""
        return Count(self._parts)

    def word(self, id_: str) -> Sentence:
        """The site's own word of this id."""
        return self._translator.ui[id_]

    def _sentence(self, sentence: Sentence | str) -> Sentence:
        return self.word(sentence) if isinstance(sentence, str) else sentence

    def _has(self, sentence: Sentence) -> bool:
        return not self._foreign or self._translator.has(sentence) is not None

    def _say(self, sentence: Sentence, slots: Mapping[str, Fact], *, linked: bool) -> Markup:
        def english() -> Markup:
            return self._english.html(sentence, slots, lambda fact: self._fact(fact, self._english, linked=linked))

        if not self._foreign:
            return english()
        entry = self._translator.has(sentence)
        if entry is None:
            self._parts += 1
            return Markup("<span{}>{}</span>").format(_IN_ENGLISH, english())
        said = self._translator.html(sentence, slots, lambda fact: self._fact(fact, self._translator, linked=linked))
        if entry.state is State.CHECKED:
            return said
        self.unchecked = True
        if sentence.critical:
            said += Markup(' <small class="beside"{}>{}</small>').format(_IN_ENGLISH, english())
        return said

    def _fact(self, fact: Fact, translator: Translator, *, linked: bool) -> Markup:  # noqa: PLR0911 (one case to each kind)
        if isinstance(fact, GradeGiven):
            return self._grade(fact, translator)
        if isinstance(fact, Tally):
            return self._tally(fact, translator)
        text = escape(translator.format_fact(fact))
        to = href(fact) if linked else None
        if to is not None:
            return Markup('<a href="{}" dir="ltr">{}</a>').format(to, text)  # numbers and addresses keep their order
        if translator is self._english:
            return text
        if isinstance(fact, Body):
            return Markup('<bdi lang="en">{}</bdi>').format(text)
        if translator.language.direction == "rtl":
            direction = "ltr" if isinstance(fact, _LEFT_TO_RIGHT) else "rtl"
            return Markup('<bdi dir="{}">{}</bdi>').format(direction, text)
        return text

    def _grade(self, grade: GradeGiven, translator: Translator) -> Markup:
        """Give a grade by its name in the scale; beside a translated name, Ofsted's own word in brackets."""
        name = self.word(f"ui.grade-{grade.value.value}")
        if translator is self._english:
            return self._english.html(name, {}, escape)
        said = self._say(name, {}, linked=False)
        if self._has(name):
            said += Markup(' <bdi class="own" lang="en">({})</bdi>').format(self._english.html(name, {}, escape))
        return said

    def _tally(self, tally: Tally, translator: Translator) -> Markup:
        """Give what is counted as a list, each part by its own sentence."""
        parts = []
        for status, number in tally.value:
            word, slots = self.word(f"ui.count-{status}"), {"count": Count(number)}
            if translator is self._english:
                parts.append(self._english.html(word, slots, lambda fact: self._fact(fact, translator, linked=False)))
            else:
                parts.append(self._say(word, slots, linked=False))
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
