"""Render sentences and facts in one language, as safe HTML or as plain text."""

import re
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from inspection_outcome.i18n import safe_html
from inspection_outcome.i18n.format import format_fact, slim
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.safe_html import Sanitiser
from inspection_outcome.i18n.states import Entry
from inspection_outcome.report import markup
from inspection_outcome.report.facts import AnyFact, Count, Fact
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.sentence import Sentence

_SPACES = re.compile(r"\s+")


class Translator:
    """Renders sentences in one language, without fallback."""

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
        self._facts = facts
        self._sanitiser = Sanitiser(address)

    def html(
        self, sentence: Sentence, slots: Mapping[str, Fact], fact_text: Callable[[Fact], Markup]
    ) -> Markup:
        """Return a sentence as safe HTML, with its facts as rendered by `fact_text`."""
        form, facts = self._form(sentence, slots)
        tied = self.language.tie(form)
        if self.language.direction == "rtl":
            tied = markup.with_english_tied(tied)
        return self._sanitiser.html(tied, lambda name: fact_text(facts[name]))

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
        return safe_html.listed(parts, self._locale)

    def usable_entry(self, sentence: Sentence) -> Entry | None:
        """Return the catalogue's entry for a sentence, or None if readers may not see it."""
        entry = (self.catalogue or {}).get(sentence.id)
        return entry if entry is not None and entry.usable else None

    def _form(
        self, sentence: Sentence, slots: Mapping[str, Fact]
    ) -> tuple[str, Mapping[str, Fact]]:
        facts = {**self._facts, **slots} if slots else self._facts
        entry = None if self.catalogue is None else self.catalogue[sentence.id]
        if sentence.plural is None:
            return (entry.forms[0] if entry else sentence.text).strip(), facts
        named = (facts[name] for name in PLACEHOLDER.findall(sentence.text))
        count = next(fact.value for fact in named if isinstance(fact, Count))
        if entry:
            return entry.form(count).strip(), facts
        return (sentence.text if count == 1 else sentence.plural).strip(), facts
