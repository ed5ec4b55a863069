"""translations/glossary.toml -> the word chosen for each recurring term, and the names that stay as they are."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from outcome.report.faults import ContentError
from outcome.report.toml import Reader

FILE = "glossary.toml"
_Text = Annotated[str, Meta(min_length=1)]


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


class Glossary(Struct, frozen=True):
    """The terms, and the names that may stand in a translation as in English."""

    same: tuple[_Text, ...] = ()
    terms: tuple[Term, ...] = ()

    def problems(self, tag: str, english: str, translation: str) -> Iterator[tuple[str, str]]:
        """Give each term of the English that a translation does not say with the word chosen for it."""
        said = translation.casefold()
        for term in self.terms:
            choice = term.words.get(tag)
            if choice is None or not re.search(rf"\b{re.escape(term.english)}s?\b", english, re.IGNORECASE):
                continue
            if not any(part.casefold() in said for part in choice.find or (choice.use,)):
                yield f"'{term.english}' is not said with the word of the glossary", f"Use: {choice.use}. {choice.why}"
            for word in choice.avoid:
                if re.search(rf"\b{re.escape(word.casefold())}", said):
                    yield f"the glossary avoids '{word}'", f"Use: {choice.use}. {choice.why}"


NO_GLOSSARY = Glossary()


def load(folder: Path) -> Glossary:
    """Read the glossary; an empty one if there is no file. Raises ContentError with every fault."""
    path = folder / FILE
    if not path.exists():
        return NO_GLOSSARY
    reader = Reader(path.name)
    data = reader.parse(path) or {}
    for name in data.keys() - {"same", "term"}:
        reader.fault(name, "there is no part of this name", "Known: same, term.")
    same = reader.value(tuple[_Text, ...], data.get("same", []), "same")
    terms = reader.tables(Term, data.get("term", []), "term")
    if reader.faults:
        raise ContentError(reader.faults)
    return Glossary(same, terms)
