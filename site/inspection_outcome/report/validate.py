"""Faults of truth in sentences and, through `references`, in all of the content.

Faults of style are in `plain_english.py`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from inspection_outcome.report import markup, references, source_dates
from inspection_outcome.report.characters import UNSEEN, is_readable
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.facts import FAMILIES, AnyFact
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.references import ANEW, MADE_UP, OWN_SOURCES, places
from inspection_outcome.report.sentence import Sentence

NO_FACT = "Name a fact of report.toml, or add it under [facts]."
TYPED_IN = "Put the value under [facts] in report.toml and name it here."
"""Remedies for whoever has the files; the desk has its own."""
_GRADE_WORD = re.compile(r"\b(Outstanding|Good|Requires [Ii]mprovement|Inadequate)\b")
_GRADE_NAME = re.compile(r"ui\.grade-(outstanding|good|requires-improvement|inadequate)")


def truth(report: Report) -> list[Fault]:
    """Return every fault of truth in the content."""
    known = Known.of(report)
    return [
        *references.faults(report),
        *source_dates.faults(report),
        *known.faults(report.sentences()),
    ]


class Known:
    """What sentences may refer to: facts, sources, and link targets."""

    def __init__(
        self, facts: Mapping[str, AnyFact], sources: Collection[str], places: Collection[str]
    ) -> None:
        self.facts = facts
        self.sources = {*sources, *OWN_SOURCES}
        self.places = places

    @classmethod
    def of(cls, report: Report) -> "Known":
        """Return everything that the sentences of this report may refer to."""
        return cls(report.facts, [source.id for source in report.sources], list(places(report)))

    def faults(self, sentences: Iterable[tuple[str, Sentence]]) -> Iterator[Fault]:
        """Yield the faults of sentences with their file. Ids must start with the file's name."""
        seen: dict[str, str] = {}
        for file, sentence in sentences:
            start = file.removesuffix(".toml")
            if not sentence.id.startswith(f"{start}."):
                yield Fault(
                    file, sentence.id, "the id is not this file's", f"Begin it with '{start}.'."
                )
            if sentence.id in seen:
                yield Fault(
                    file,
                    sentence.id,
                    f"the id is used twice (also in {seen[sentence.id]})",
                    "Give one a new id.",
                )
            seen[sentence.id] = file
            for problem, remedy in self._of_one(sentence):
                yield Fault(file, sentence.id, problem, remedy)

    def _of_one(self, sentence: Sentence) -> Iterator[tuple[str, str]]:
        if sentence.source not in self.sources:
            known = f"Use one of: {', '.join(sorted(self.sources))}."
            yield (
                f"there is no source '{sentence.source}'",
                ANEW if sentence.source.startswith(MADE_UP) else known,
            )
        for name, family in sentence.slots.items():
            if family not in FAMILIES:
                yield (
                    f"slot '{name}' has no family '{family}'",
                    f"Use one of: {', '.join(sorted(FAMILIES))}.",
                )
        for form in sentence.forms:
            yield from _readable(form)
            yield from self._of_form(sentence, form)
        counts = [
            name
            for name in PLACEHOLDER.findall(sentence.text)
            if self._family(sentence, name) == "count"
        ]
        if sentence.plural is not None and len(counts) != 1:
            yield (
                "it has a plural and not one count",
                "Name the one count that decides, like {areas_count}.",
            )

    def _of_form(self, sentence: Sentence, form: str) -> Iterator[tuple[str, str]]:
        names = sorted(set(PLACEHOLDER.findall(form)))
        for name in names:
            if self._family(sentence, name) is None:
                yield f"there is no fact '{name}'", NO_FACT
        families = Counter(filter(None, (self._family(sentence, name) for name in names)))
        for family, number in families.items():
            if number > 1:
                yield (
                    f"two facts of one kind ({family})",
                    "Split it into two texts, each with its id: in one, they could be swapped.",
                )
        rest = PLACEHOLDER.sub("·", form)
        bare = markup.without(rest)
        yield from markup.not_understood(rest, bare)
        yield from self._of_links(form)
        if "{" in bare or "}" in bare:
            yield (
                "a brace stands outside a named fact",
                "Write facts as {name}, in small letters; take out others.",
            )
        if digits := markup.digits(form):
            yield f"digits typed in: {digits}", TYPED_IN
        if (word := _GRADE_WORD.search(bare)) and not _GRADE_NAME.fullmatch(sentence.id):
            yield (
                f"a grade typed in: {word[0]}",
                "Name the grade as a fact, like {grade_overall}, or reword.",
            )

    def _of_links(self, form: str) -> Iterator[tuple[str, str]]:
        if not all(map(is_readable, markup.words(form))):
            yield (
                "a link or strong part has nothing to read in it",
                "Write words between [ ] and ** **.",
            )
        for to in markup.targets(form):
            if to not in self.places:
                remedy = "Link to page:NAME, page:NAME#SECTION or word:NAME that exists."
                if not to.startswith(("page:", "word:")):
                    remedy += " Write an address of another site as a fact: {NAME_web}, no link."
                yield f"the link '{to}' leads nowhere", remedy

    def _family(self, sentence: Sentence, name: str) -> str | None:
        if name in sentence.slots:
            return sentence.slots[name]
        return self.facts[name].family if name in self.facts else None


def _readable(form: str) -> Iterator[tuple[str, str]]:
    # The cheap check comes first, as this runs when the site starts.
    odd = () if form.isprintable() else form
    if signs := {sign for sign in odd if unicodedata.category(sign) in UNSEEN and sign != "\n"}:
        codes = ", ".join(sorted(f"U+{ord(sign):04X}" for sign in signs))
        yield f"a character that is no text: {codes}", "Delete it, and type that place again."
    if not is_readable(form):
        yield "there is nothing to read in it", "Write the words there."
