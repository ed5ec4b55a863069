"""An English sentence and its translation, parsed once for all checks."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from inspection_outcome.i18n.glossary import NO_GLOSSARY, Glossary
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.scripts import composed
from inspection_outcome.report import markup
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.sentence import Sentence

_NO_FACTS: frozenset[str] = frozenset()


class Form(Struct, frozen=True):
    """One form (singular or a plural form) of a sentence, parsed once for all checks."""

    text: str
    facts: frozenset[str]
    rest: str
    """The text with an x in place of each placeholder."""
    bare: str
    """`rest` without markup characters and link targets: only the words."""


@lru_cache(maxsize=4096)
def take_apart(text: str) -> Form:
    """Return the parsed form of a text, with its letters composed.

    Results are cached, because the same English is parsed again for each language.
    """
    text = composed(text.strip())
    if "{" not in text:
        return Form(text, _NO_FACTS, text, markup.without(text))
    pieces = PLACEHOLDER.split(text)
    rest = "x".join(pieces[::2])
    return Form(text, frozenset(pieces[1::2]), rest, markup.without(rest))


class Pair(Struct, frozen=True):
    """The input of a check: an English sentence and its translation, each with its forms."""

    english: tuple[Form, ...]
    said: tuple[Form, ...]
    language: Language
    rule: PluralRule
    """By which a count has one of the forms."""
    glossary: Glossary = NO_GLOSSARY
    """Used by warnings only."""

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        forms: Iterable[str],
        language: Language,
        glossary: Glossary = NO_GLOSSARY,
        rule: PluralRule | None = None,
    ) -> "Pair":
        """Return the pair of a sentence and its translation, with all their forms parsed.

        Without the rule of a file, the one of Babel is used.
        """
        english, said = (tuple(map(take_apart, each)) for each in (sentence.forms, forms))
        return cls(english, said, language, rule or language.plural_rule, glossary)


Check = Callable[[Pair], Iterator[tuple[str, str]]]
"""A generator function that yields a problem and its remedy for each problem found."""
