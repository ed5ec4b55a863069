"""What a page shows: its sentences, in reading order and marked in its HTML."""

import re
from collections.abc import Container, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from inspection_outcome.edition import Edition, today
from inspection_outcome.i18n import safe_html
from inspection_outcome.i18n.extract import FAMILY_NAMES
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.i18n.states import Entry
from inspection_outcome.i18n.translator import Translator
from inspection_outcome.renderer import Renderer, translators
from inspection_outcome.report.facts import Fact, GradeGiven
from inspection_outcome.report.markup import PLACEHOLDER, filled, without
from inspection_outcome.report.sentence import Sentence

_STEP = re.compile(r'<(/?)h[1-6]\b|<span[^>]* data-sentence="([^"]+)">')
"""Where a heading begins or ends, or a sentence begins, with its id."""

_BESIDE = '<small class="beside"'
"""Where the English beside a critical sentence begins."""
_IN_NUMBER = "\u00a0"
"""A space at which no line ends."""


class Shown(Struct, frozen=True):
    """The sentences of one page in one language."""

    seen: tuple[str, ...]
    """The ids of what stands on the page, in reading order, each once."""
    unseen: tuple[str, ...]
    """The ids of what is only read out or found by search: title, description, labels."""
    texts: tuple[tuple[str, str], ...]
    """Each sentence as it reads there, with its facts: id and text; one may stand there twice."""
    facts: frozenset[Fact]
    """Every fact that it shows, in a sentence or alone."""
    alone: tuple[str, ...]
    """Each fact that stands in no sentence, as it reads there."""
    under: Mapping[str, str]
    """The id of the heading above each id of `seen`; empty if there is none."""

    @property
    def by_id(self) -> dict[str, str]:
        """Each sentence as it reads there, by id; of one that stands there twice, the first."""
        return dict(reversed(self.texts))


class _MarkingTranslator(PageTranslator):
    """Marks each sentence that it renders, and keeps what it rendered."""

    def __init__(self, translator: Translator, english: Translator) -> None:
        super().__init__(translator, english)
        self.texts: list[tuple[str, str]] = []
        self.facts: set[Fact] = set()
        self.alone: list[str] = []
        self._marked: set[str] = set()

    def plain(self, sentence: Sentence | str, **slots: Fact) -> str:
        sentence = self._sentence(sentence)
        text = super().plain(sentence, **slots)
        self.texts.append((sentence.id, text))
        return text

    def title(self, *sentences: Sentence) -> str:
        text = super().title(*sentences)
        self.texts += [(sentence.id, text) for sentence in sentences]
        return text

    def fact(self, fact: Fact) -> Markup:
        html = super().fact(fact)
        self.alone.append(html.striptags())
        return html

    def _fact(self, fact: Fact, translator: Translator, *, linked: bool) -> Markup:
        self.facts.add(fact)
        return super()._fact(fact, translator, linked=linked)

    def _plain_fact(self, fact: Fact, translator: Translator) -> str:
        self.facts.add(fact)
        return super()._plain_fact(fact, translator)

    def _say(
        self, sentence: Sentence, slots: Mapping[str, Fact], *, linked: bool, beside: bool = True
    ) -> Markup:
        html = super()._say(sentence, slots, linked=linked, beside=beside)
        return self._mark(sentence, html)

    def _grade(self, grade: GradeGiven, translator: Translator) -> Markup:
        html = super()._grade(grade, translator)
        # In a translation, its word is marked already, as it is a sentence of its own.
        return (
            html if self._foreign else self._mark(self.word(f"ui.grade-{grade.value.value}"), html)
        )

    def _mark(self, sentence: Sentence, html: Markup) -> Markup:
        # A space within a number stays: right to left, the parts of one would change places.
        parts = html.split(_BESIDE)[0].split(_IN_NUMBER)
        self.texts.append((sentence.id, _IN_NUMBER.join(part.striptags() for part in parts)))
        html_id = "" if sentence.id in self._marked else mark(sentence.id)
        self._marked.add(sentence.id)
        return safe_html.marked(sentence.id, html_id, html)


def shown(renderer: Renderer, name: str, tag: str, known: Container[str]) -> Shown:
    """Return what a page shows in a language, of the sentences that are `known`."""
    html, translator = _rendered(renderer, name, tag)
    seen = {id_: above for id_, above in _under(html).items() if id_ in known}
    texts = dict.fromkeys(text for text in translator.texts if text[0] in known)
    unseen = dict.fromkeys(id_ for id_, _ in texts if id_ not in seen)
    alone = dict.fromkeys(translator.alone)
    facts = frozenset(translator.facts)
    return Shown(tuple(seen), tuple(unseen), tuple(texts), facts, tuple(alone), seen)


def _under(html: str) -> dict[str, str]:
    """Return the ids of the sentences of a marked page, with the id of the heading above each."""
    under: dict[str, str] = {}
    heading, begins = "", False
    for end, id_ in _STEP.findall(html):
        if not id_:
            begins = not end
            continue
        under.setdefault(id_, heading)
        heading, begins = (id_ if begins else heading), False
    return under


def preview(renderer: Renderer, name: str, tag: str, draft: Entry | None = None) -> str:
    """Return the HTML of a page with each of its sentences marked.

    A mark is `<span data-sentence="ID">`, and one of each sentence also has `id="s-ID"`. `draft`:
    an entry that is not saved (from `states.assess`), which is shown in place of the saved one.
    Like readers, it is in English if the draft is not usable.
    """
    return _rendered(renderer, name, tag, draft)[0]


def in_language(edition: Edition, tag: str) -> PageTranslator:
    """Return what renders sentences and facts in a language, or in English."""
    language = next(each for each in edition.catalogues.languages if each.tag == tag)
    return PageTranslator(*translators(edition, language, edition.catalogues.entries(language)))


def reading(forms: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Return forms of a sentence as they are read: without markup, facts with these values."""
    return [filled(without(form), lambda name: values.get(name, name)) for form in forms]


def fact_values(edition: Edition, tag: str, sentence: Sentence) -> dict[str, str]:
    """Return the value of each fact of a sentence, by name, in a language, or English.

    Of a fact that the page supplies, it is what kind of fact it is, in English.
    """
    said = in_language(edition, tag)
    names = dict.fromkeys(name for form in sentence.forms for name in PLACEHOLDER.findall(form))
    return {
        name: FAMILY_NAMES[sentence.slots[name]]
        if name in sentence.slots
        else said.fact(edition.report.facts[name]).striptags()
        for name in names
    }


def mark(id_: str) -> str:
    """Return the HTML id of a sentence's mark: s-ID."""
    return f"s-{id_}"


def _rendered(
    renderer: Renderer, name: str, tag: str, draft: Entry | None = None
) -> tuple[str, _MarkingTranslator]:
    edition = renderer.edition
    language = next(each for each in edition.catalogues.languages if each.tag == tag)
    entries = edition.catalogues.entries(language)
    if draft and entries is not None:
        entries = {**entries, draft.sentence.id: draft}
    translator = _MarkingTranslator(*translators(edition, language, entries))
    return renderer.page(name, tag, today(), translator), translator
