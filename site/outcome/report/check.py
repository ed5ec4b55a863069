"""Faults of truth: what parts of the content say of each other must fit. Faults of style are in `style.py`."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from outcome.report.facts import FAMILIES, AnyFact
from outcome.report.faults import Fault
from outcome.report.model import Report, Sentence

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")
OWN_SOURCES = {
    "site": "the site's own words: labels, notices, and what it says of itself",
    "facts": "contacts, rights and definitions, in words of our own",
}
_GRADE_WORD = re.compile(r"\b(Outstanding|Good|Requires [Ii]mprovement|Inadequate)\b")
_GRADE_NAME = re.compile(r"ui\.grade-(outstanding|good|requires-improvement|inadequate)")


def truth(report: Report) -> list[Fault]:
    """Give every fault of truth in the content."""
    known = Known.of(report)
    return [
        *_records(report),
        *known.faults(report.sentences()),
    ]


class Known:
    """What sentences may name: facts, sources, and places that can be linked to."""

    def __init__(self, facts: Mapping[str, AnyFact], sources: Collection[str], places: Collection[str]) -> None:
        self.facts = facts
        self.sources = {*sources, *OWN_SOURCES}
        self.places = places

    @classmethod
    def of(cls, report: Report) -> "Known":
        """All that this report's sentences may name."""
        return cls(report.facts, [source.id for source in report.sources], list(_places(report)))

    def faults(self, sentences: Iterable[tuple[str, Sentence]], prefix: str | None = None) -> Iterator[Fault]:
        """Give the faults of sentences, each with its file. Ids start with the file's name, or with the prefix."""
        seen: dict[str, str] = {}
        for file, sentence in sentences:
            start = prefix or file.removesuffix(".toml")
            if not sentence.id.startswith(f"{start}."):
                yield Fault(file, sentence.id, "the id is not this file's", f"Begin it with '{start}.'.")
            if sentence.id in seen:
                yield Fault(
                    file, sentence.id, f"the id is used twice (also in {seen[sentence.id]})", "Give one a new id."
                )
            seen[sentence.id] = file
            for problem, remedy in self._of_one(sentence):
                yield Fault(file, sentence.id, problem, remedy)

    def _of_one(self, sentence: Sentence) -> Iterator[tuple[str, str]]:
        if sentence.source not in self.sources:
            yield f"there is no source '{sentence.source}'", f"Use one of: {', '.join(sorted(self.sources))}."
        for name, family in sentence.slots.items():
            if family not in FAMILIES:
                yield f"slot '{name}' has no family '{family}'", f"Use one of: {', '.join(sorted(FAMILIES))}."
        for form in sentence.forms:
            yield from self._of_form(sentence, form)
        counts = [name for name in PLACEHOLDER.findall(sentence.text) if self._family(sentence, name) == "count"]
        if sentence.plural is not None and len(counts) != 1:
            yield "it has a plural and not one count", "Name the one count that decides, like {areas_count}."

    def _of_form(self, sentence: Sentence, form: str) -> Iterator[tuple[str, str]]:
        names = sorted(set(PLACEHOLDER.findall(form)))
        for name in names:
            if self._family(sentence, name) is None:
                yield f"there is no fact '{name}'", "Name a fact of report.toml, or add it under [facts]."
        families = Counter(filter(None, (self._family(sentence, name) for name in names)))
        for family, number in families.items():
            if number > 1:
                yield f"two facts of one kind ({family})", "Split it into two sentences, so that none can be swapped."
        bare = LINK.sub(lambda link: link[0].rpartition("(")[0], PLACEHOLDER.sub("", form))
        if "{" in bare or "}" in bare:
            yield "a brace stands outside a named fact", "Write facts as {name}, in small letters; take out others."
        if digits := "".join(filter(str.isnumeric, bare)):
            yield f"digits typed in: {digits}", "Put the value under [facts] in report.toml and name it here."
        if (word := _GRADE_WORD.search(bare)) and not _GRADE_NAME.fullmatch(sentence.id):
            yield f"a grade typed in: {word[0]}", "Name the grade as a fact, like {grade_overall}, or reword."
        for to in LINK.findall(form):
            if to not in self.places:
                yield f"the link '{to}' leads nowhere", "Link to page:NAME, page:NAME#SECTION or word:NAME that exists."

    def _family(self, sentence: Sentence, name: str) -> str | None:
        if name in sentence.slots:
            return sentence.slots[name]
        return self.facts[name].family if name in self.facts else None


def _places(report: Report) -> Iterator[str]:
    """Every target of a link: pages, their sections, and words (the sections of the page `words`)."""
    for name, page in report.pages.items():
        yield f"page:{name}"
        for section in page.section:
            yield f"page:{name}#{section.id}"
            if name == "words":
                yield f"word:{section.id}"


def _records(report: Report) -> Iterator[Fault]:
    for name, records in (
        ("source", report.sources),
        ("judgement", report.judgements),
        ("area", report.areas),
        ("action", report.actions),
        ("contact", report.contacts),
    ):
        for id_, number in Counter(record.id for record in records).items():
            if number > 1:
                yield Fault("report.toml", f"{name}[{id_}]", "the id is used twice", "Give one of them a new id.")
    sources = {*(source.id for source in report.sources), *OWN_SOURCES}
    for place, source in (
        *((f"facts.{name}", fact.source) for name, fact in report.facts.items()),
        *((f"action[{action.id}]", action.source) for action in report.actions),
        *([("earlier", report.earlier.source)] if report.earlier else []),
    ):
        if source not in sources:
            remedy = f"Use one of: {', '.join(sorted(sources))}."
            yield Fault("report.toml", f"{place}.source", f"there is no source '{source}'", remedy)
    yield from _references(report)
    yield from _needed(report)


def _references(report: Report) -> Iterator[Fault]:
    ids = {
        "area": {area.id for area in report.areas},
        "judgement": {judgement.id for judgement in report.judgements},
        "contact": {contact.id for contact in report.contacts},
    }
    places = set(_places(report))

    def missing(file: str, field: str, kind: str, id_: str | None) -> Iterator[Fault]:
        if id_ is not None and id_ not in ids[kind]:
            remedy = f"Use one of: {', '.join(sorted(ids[kind]))}; or add it to report.toml."
            yield Fault(file, field, f"there is no {kind} '{id_}'", remedy)

    for area in report.areas:
        yield from missing("report.toml", f"area[{area.id}].judgement", "judgement", area.judgement)
    for action in report.actions:
        yield from missing("report.toml", f"action[{action.id}].area", "area", action.area)
    for name, page in report.pages.items():
        for card in page.cards:
            yield from missing(f"{name}.toml", "cards", "judgement", card)
        for section in page.section:
            field = f"section[{section.id}]"
            if section.heading is None and section.judgement is None:
                remedy = "Add [section.heading], or the judgement that it is about."
                yield Fault(f"{name}.toml", f"{field}.heading", "it is missing", remedy)
            yield from missing(f"{name}.toml", f"{field}.judgement", "judgement", section.judgement)
            for contact in section.contacts:
                yield from missing(f"{name}.toml", f"{field}.contacts", "contact", contact)
        for id_, number in Counter(section.id for section in page.section).items():
            if number > 1:
                yield Fault(f"{name}.toml", f"section[{id_}]", "the id is used twice", "Give one of them a new id.")
        for number, door in enumerate(page.door, 1):
            if door.to not in places:
                remedy = "Lead to page:NAME or page:NAME#SECTION that exists."
                yield Fault(f"{name}.toml", f"door[{number}].to", f"'{door.to}' leads nowhere", remedy)


def _needed(report: Report) -> Iterator[Fault]:
    """What no page can do without."""
    if "overall" not in {judgement.id for judgement in report.judgements}:
        yield Fault("report.toml", "judgement", "none has the id 'overall'", "Add the overall judgement.")
    for name in {"home", "help"} - report.pages.keys():
        yield Fault(f"{name}.toml", "", "this page is missing", "Add the file: every page links to it.")
    for contact in report.contacts:
        if (contact.body is None) == (contact.name is None):
            remedy = "Give it a body (a proper name) or a name (a sentence), and only one of them."
            yield Fault("report.toml", f"contact[{contact.id}]", "it needs one name", remedy)
    for judgement in report.judgements:
        if judgement.earlier is not None and report.earlier is None:
            remedy = "Add [earlier] with the year and the source of the inspection before, or take 'earlier' out."
            yield Fault("report.toml", f"judgement[{judgement.id}].earlier", "there is no earlier inspection", remedy)
        if judgement.earlier is not None and judgement.earlier_note is not None:
            remedy = "Keep 'earlier' where the two may be compared, else 'earlier_note'."
            yield Fault("report.toml", f"judgement[{judgement.id}]", "it has both kinds of 'earlier'", remedy)
