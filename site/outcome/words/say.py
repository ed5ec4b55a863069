"""Sentence + facts + language -> safe HTML. The only place that calls bleach or makes Markup.

A sentence's text is plain, with three things in it: **strong**, [links](page:help) by name, and {facts}.
A link's target is `page:NAME`, `page:NAME#SECTION` or `word:NAME`. Raw HTML is text, and shows as typed.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any

import bleach
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from outcome.report.check import PLACEHOLDER
from outcome.report.facts import AnyFact, Count, Fact, GradeGiven
from outcome.report.model import Sentence
from outcome.words.languages import Language
from outcome.words.spell import href, spell


def _link_open(_: Any, tokens: Sequence[Token], index: int, _options: Any, env: MutableMapping[str, Any]) -> str:
    return Markup('<a href="{}">').format(env["address"](str(tokens[index].attrGet("href"))))


_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link"])
_MARKDOWN.add_render_rule("link_open", _link_open)
_CLEAN = bleach.Cleaner(tags={"strong", "a"}, attributes={"a": ["href"]}, protocols={"https"}, strip=True)
_SPACES = re.compile(r"\s+")


class Voice:
    """Says sentences in one language. Lives as long as its edition, and keeps what it has rendered and cleaned."""

    def __init__(
        self,
        language: Language,
        interface: Mapping[str, Sentence],
        facts: Mapping[str, AnyFact],
        address: Callable[[str], str],
    ) -> None:
        """`address` turns a link's target into the address that a reader of this language follows."""
        self.language = language
        self._locale = language.babel
        self._interface = interface
        self._facts = facts
        self._address = address
        self._html: dict[str, list[str]] = {}

    def say(self, sentence: Sentence | str, **slots: Fact) -> Markup:
        """Give a sentence, or the interface's word of this id, as safe HTML with its facts in place."""
        form, facts = self._form(sentence, slots)
        pieces = self._html.get(form)
        if pieces is None:
            # dict operations are atomic: two threads at worst clean the same text twice.
            html = _MARKDOWN.renderInline(form, {"address": self._address})
            pieces = self._html[form] = PLACEHOLDER.split(_CLEAN.clean(html))
        return Markup("").join(
            self.fact(facts[piece]) if number % 2 else Markup(piece)  # noqa: S704 (cleaned above)
            for number, piece in enumerate(pieces)
        )

    def plain(self, sentence: Sentence | str, **slots: Fact) -> str:
        """Give it as text without markup, for titles and attributes."""
        form, facts = self._form(sentence, slots)
        tokens = _MARKDOWN.parseInline(form)[0].children or []
        text = "".join(token.content for token in tokens)
        said = PLACEHOLDER.sub(lambda match: self._spell(facts[match[1]]), text)
        return _SPACES.sub(" ", said).strip()

    def word(self, id_: str) -> Sentence:
        """The interface's word of this id."""
        return self._interface[id_]

    def fact(self, fact: Fact) -> Markup:
        """Give one fact as safe HTML: a link where it leads somewhere."""
        text = escape(self._spell(fact))
        to = href(fact)
        # Numbers and addresses keep their order in right-to-left text.
        return text if to is None else Markup('<a href="{}" dir="ltr">{}</a>').format(to, text)

    def _spell(self, fact: Fact) -> str:
        if isinstance(fact, GradeGiven):
            return self.plain(f"ui.grade-{fact.value.value}")
        return spell(fact, self._locale)

    def _form(self, sentence: Sentence | str, slots: Mapping[str, Fact]) -> tuple[str, Mapping[str, Fact]]:
        if isinstance(sentence, str):
            sentence = self._interface[sentence]
        facts = {**self._facts, **slots} if slots else self._facts
        if sentence.plural is None:
            return sentence.text, facts
        named = (facts[name] for name in PLACEHOLDER.findall(sentence.text))
        count = next(fact.value for fact in named if isinstance(fact, Count))
        return sentence.text if count == 1 else sentence.plural, facts
