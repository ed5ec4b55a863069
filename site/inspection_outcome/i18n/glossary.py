"""translations/glossary.toml -> how each language speaks to its readers, and the word chosen for each term."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from inspection_outcome.report import markup
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.toml import Reader

FILE = "glossary.toml"
_Text = Annotated[str, Meta(min_length=1)]
_WORD = re.compile(r"[^\W\d_]{3,}")
"""A word; with fewer letters, two languages share too many by chance."""


class Choice(Struct, frozen=True):
    """What one language says for a term."""

    use: _Text
    """The word chosen."""
    find: tuple[_Text, ...] = ()
    """Where the word changes its endings: the parts of it of which one must be there. Without them, `use` itself."""
    avoid: tuple[_Text, ...] = ()
    """Beginnings of words that are not to be used for it."""
    why: str = ""


class Term(Struct, frozen=True):
    """A term that recurs in the English, with what each language (by its tag) says for it."""

    english: _Text
    words: dict[str, Choice]
    whole: bool = False
    """Whether it is this term only where it is the whole English: a grade, a status, a button."""

    def is_in(self, english: str) -> bool:
        """Whether an English sentence has this term."""
        if self.whole:
            return english == self.english
        return re.search(rf"\b{re.escape(self.english)}s?\b", english, re.IGNORECASE) is not None


class Glossary(Struct, frozen=True):
    """How each language says 'you', the terms, and what may stand in a translation as in English."""

    same: tuple[_Text, ...] = ()
    """Names that stay, in every language."""
    you: dict[str, Choice] = {}
    """By a language's tag: how it speaks to its readers. `avoid` holds for every sentence."""
    alike: dict[str, tuple[_Text, ...]] = {}
    """By a language's tag: its own words that English spells the same."""
    terms: tuple[Term, ...] = ()

    def problems(self, tag: str, english: str, translation: str) -> Iterator[tuple[str, str]]:
        """Give each term of the English that a translation does not say with the word chosen for it, and words avoided.

        `translation` has its markup still: words marked as English may be those that the language avoids.
        """
        said, own = (text.casefold() for text in (markup.without(translation), markup.without_english(translation)))
        chosen = [(term, term.words[tag]) for term in self.terms if tag in term.words and term.is_in(english)]
        for term, choice in chosen:
            if not any(part.casefold() in said for part in choice.find or (choice.use,)):
                yield f"'{term.english}' is not said with the word of the glossary", f"Use: {choice.use}. {choice.why}"
        spoken = (self.you[tag],) if tag in self.you else ()
        for choice in (*spoken, *(choice for _, choice in chosen)):
            for word in choice.avoid:
                if re.search(rf"\b{re.escape(word.casefold())}", own):
                    yield f"the glossary avoids '{word}'", f"Use: {choice.use}. {choice.why}"

    def english_words(self, tag: str, english: str, translation: str) -> list[str]:
        """Give the words of the English that stand in a translation, but for names and words that are its own, too."""
        for name in self.same:
            translation = translation.replace(name, "")
        own = {word.casefold() for word in self.alike.get(tag, ())}
        stayed = set(_WORD.findall(translation.casefold())) & set(_WORD.findall(english.casefold()))
        return sorted(stayed - own)


NO_GLOSSARY = Glossary()


def load(folder: Path) -> Glossary:
    """Read the glossary; an empty one if there is no file. Raises ContentError with every fault."""
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
        raise ContentError(reader.faults)
    return Glossary(same, you, alike, terms)
