"""Load translations/glossary.toml: each language's form of address and its word for each term."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from inspection_outcome.i18n.scripts import begins_word, composed, folded, latin_words
from inspection_outcome.report import markup
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.lines import located
from inspection_outcome.report.toml import Reader

FILE = "glossary.toml"
_Text = Annotated[str, Meta(min_length=1)]


class Choice(Struct, frozen=True):
    """The word that one language uses for a term."""

    use: _Text
    """The word chosen."""
    find: tuple[_Text, ...] = ()
    """Parts of the word, one of which must occur in the translation: for words that inflect.

    Default: `use` itself.
    """
    avoid: tuple[_Text, ...] = ()
    """Prefixes of words that must not be used for the term."""
    why: str = ""


class Term(Struct, frozen=True):
    """A term that recurs in the English, with each language's word for it, by language tag."""

    english: _Text
    words: dict[str, Choice]
    whole: bool = False
    """Whether the term must be the whole English text: a grade, a status, a button."""

    def is_in(self, english: str) -> bool:
        """Return whether an English sentence contains this term."""
        if self.whole:
            return composed(english) == composed(self.english)
        return re.search(rf"\b{re.escape(folded(self.english))}s?\b", folded(english)) is not None


class Glossary(Struct, frozen=True):
    """Each language's form of address, the terms, and the English words a translation may keep."""

    same: tuple[_Text, ...] = ()
    """Names that stay the same in every language."""
    you: dict[str, Choice] = {}
    """The form of address, by language tag. Its `avoid` applies to every sentence."""
    alike: dict[str, tuple[_Text, ...]] = {}
    """A language's own words that English spells the same, by language tag."""
    terms: tuple[Term, ...] = ()

    def problems(self, tag: str, english: str, translation: str) -> Iterator[tuple[str, str]]:
        """Yield a problem and its remedy for each term not translated with the chosen word.

        Also for each word that the glossary avoids. `translation` still has its markup, because
        words marked as English may be ones that the language avoids.
        """
        chosen = [
            (term, term.words[tag])
            for term in self.terms
            if tag in term.words and term.is_in(english)
        ]
        yield from _not_said(chosen, folded(markup.without(translation)))
        choices = [choice for _, choice in chosen]
        if tag in self.you:
            choices.insert(0, self.you[tag])
        yield from _avoided(choices, folded(markup.without_english(translation)))

    def english_words(self, tag: str, english: str, translation: str) -> list[str]:
        """Return the English words left in a translation, sorted and in lower case.

        Names (`same`), and the language's own words that English spells the same (`alike`), are
        left out.
        """
        translation = composed(translation)
        for name in self.same:
            translation = translation.replace(composed(name), "")
        own = set(map(folded, self.alike.get(tag, ())))
        return sorted((latin_words(folded(translation)) & latin_words(folded(english))) - own)


def _not_said(chosen: Iterable[tuple[Term, Choice]], said: str) -> Iterator[tuple[str, str]]:
    """Yield a problem and its remedy for each term whose chosen word is not in the translation."""
    for term, choice in chosen:
        if not any(folded(part) in said for part in choice.find or (choice.use,)):
            yield (
                f"'{term.english}' is not said with the word of the glossary",
                f"Use: {choice.use}. {choice.why}",
            )


def _avoided(choices: Iterable[Choice], said: str) -> Iterator[tuple[str, str]]:
    """Yield a problem and its remedy for each word in the translation that a choice avoids."""
    for choice in choices:
        for word in choice.avoid:
            places = (found.start() for found in re.finditer(re.escape(folded(word)), said))
            if any(begins_word(said, place) for place in places):
                yield f"the glossary avoids '{word}'", f"Use: {choice.use}. {choice.why}"


NO_GLOSSARY = Glossary()


def load(folder: Path) -> Glossary:
    """Return the glossary, empty if there is no file. Raise ContentError with every fault."""
    path = folder / FILE
    if not path.exists():
        return NO_GLOSSARY
    reader = Reader(path.name)
    data = reader.parse(path) or {}
    for name in data.keys() - {"same", "you", "alike", "term"}:
        reader.fault(name, "there is no part of this name", "Known: same, you, alike, term.")
    same = reader.value(tuple[_Text, ...], data.get("same", []), "same")
    you = reader.value(dict[str, Choice], data.get("you", {}), "you")
    alike = reader.value(dict[str, tuple[_Text, ...]], data.get("alike", {}), "alike")
    terms = reader.tables(Term, data.get("term", []), "term")
    if reader.faults:
        raise ContentError(located(reader.faults, folder))
    return Glossary(same, you, alike, terms)
