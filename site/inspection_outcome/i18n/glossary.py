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
    """A term that recurs in the English, with each language's word for it, by language tag.

    It may be a fact, like `{council}`: then it has no words, and `avoid` is of every language.
    """

    english: _Text
    words: dict[str, Choice]
    whole: bool = False
    """Whether the term must be the whole English text: a grade, a status, a button."""
    unless: str = ""
    """An English word; the term does not count in a sentence that has it."""
    avoid: tuple[_Text, ...] = ()
    """Prefixes of words of any language that must not be used for the term."""
    why: str = ""
    """The reason for `avoid`, and what to write."""

    def is_in(self, english: str) -> bool:
        """Return whether an English sentence, which has the names of its facts, has this term."""
        if self.whole:
            return composed(english) == composed(self.english)
        return _has(english, self.english) and not (self.unless and _has(english, self.unless))


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
        terms = [term for term in self.terms if term.is_in(english)]
        chosen = [(term, term.words[tag]) for term in terms if tag in term.words]
        yield from _not_said(chosen, folded(markup.without(translation)))
        choices = [choice for _, choice in chosen]
        choices += [Choice(term.english, avoid=term.avoid, why=term.why) for term in terms]
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


def _has(english: str, word: str) -> bool:
    """Return whether an English text has a word, or more of it; the name of a fact is no word."""
    text, wanted = folded(english), folded(word)
    pattern = rf"(?<![\w{{]){re.escape(wanted)}s?(?!\w)"
    return wanted in text and re.search(pattern, text) is not None


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
