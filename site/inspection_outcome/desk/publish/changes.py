"""What readers will see change between two editions, sentence by sentence."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

import msgspec
from msgspec import Struct

from inspection_outcome.edition import Edition
from inspection_outcome.i18n.extract import FAMILY_NAMES, extract
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.render import isolated
from inspection_outcome.report.markup import links
from inspection_outcome.report.model import Site
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.shown import in_language, reading

_PARTS = {
    "council": "who the council is",
    "site": "the menu, the order of pages, or where ‘Leave this page’ leads",
    "inspection": "the inspection",
    "sources": "sources",
    "judgements": "grades",
    "areas": "what must get better",
    "actions": "steps",
    "updates": "progress",
    "comparison": "the comparison with other councils",
    "events": "the timeline",
    "contacts": "contacts",
}
"""What people call the parts of a report that stand on many pages, by field."""


class Got(Struct, frozen=True):
    """What readers get of one sentence in one language."""

    forms: tuple[str, ...]
    in_english: bool = False
    """Whether it is the English, as there is no translation that they may see."""
    checked: str = ""
    """The day on which a speaker checked it; empty if none has, or if it is English."""
    rule: str = ""
    """The plural rule, which says which form is for which number."""


class Side(NamedTuple):
    """One form of a sentence as it is read before and after; empty where there is none."""

    before: str
    after: str


class Change(Struct, frozen=True):
    """A sentence that readers get in another way."""

    id: str
    critical: bool
    before: Got | None
    """None if the sentence is new."""
    after: Got | None
    """None if it goes."""
    sides: tuple[Side, ...] = ()
    """Of each form; none if nothing is live."""

    @property
    def in_marks(self) -> bool:
        """Whether a link or bold words change, in words that stay or besides them."""
        if not (self.before and self.after) or self.before.forms == self.after.forms:
            return False
        old, new = ([*map(links, each.forms)] for each in (self.before, self.after))
        return old != new or all(side.before == side.after for side in self.sides)


class Changes(Struct, frozen=True):
    """All that changes for readers."""

    sentences: Mapping[str, tuple[Change, ...]]
    """By language tag, English first; critical ones first. Languages without any are left out."""
    facts: tuple[tuple[str, str, str], ...] = ()
    """The name of each fact whose value changes; the value before and after, empty if none."""
    built: tuple[str, ...] = ()
    """What is built in another way: pages, and parts of the report, in people's words."""

    @property
    def number(self) -> int:
        """The number of sentences, over all languages."""
        return sum(map(len, self.sentences.values()))

    def __bool__(self) -> bool:
        """Return whether anything changes."""
        return bool(self.sentences or self.facts or self.built)

    def touches(self, tag: str) -> bool:
        """Return whether a language changes. Facts and how pages are built belong to English."""
        return tag in self.sentences or (tag == ENGLISH and bool(self.facts or self.built))

    @property
    def key(self) -> str:
        """A hash of all of it."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]


@dataclass(frozen=True)
class _Said:
    """An edition's sentences, and what readers get of each, by language tag and id."""

    edition: Edition | None
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    got: Mapping[str, Mapping[str, Got]] = field(default_factory=dict)
    _values: dict[str, dict[str, str]] = field(default_factory=dict)

    def values(self, tag: str) -> Mapping[str, str]:
        """Return the value of each fact in a language, by name."""
        if tag not in self._values and self.edition:
            said, facts = in_language(self.edition, tag), self.edition.report.facts
            self._values[tag] = {
                name: isolated(said.fact(each).striptags(), said.language)
                for name, each in facts.items()
            }
        return self._values.get(tag, {})

    def reads(self, tag: str, id_: str) -> list[str]:
        """Return each form of a sentence as readers see it; empty if they do not get it."""
        got = self.got.get(tag, {}).get(id_)
        if got is None:
            return []
        kinds = {name: FAMILY_NAMES[kind] for name, kind in self.sentences[id_].slots.items()}
        return reading(got.forms, {**self.values(ENGLISH if got.in_english else tag), **kinds})


def changes(before: Edition | None, after: Edition) -> Changes:
    """Return what changes for readers if one edition takes the place of another, or of none."""
    old, new = _said(before) if before else _Said(None), _said(after)
    found = {tag: tuple(_changed(old, new, tag)) for tag in dict.fromkeys((*new.got, *old.got))}
    said = {tag: each for tag, each in found.items() if each}
    facts, built = tuple(_facts(old, new)), tuple(_built(before, after)) if before else ()
    if before and not (said or facts or built) and before.report != after.report:
        built = ("what has no words",)  # so that it is never left behind
    return Changes(said, facts, built)


def _said(edition: Edition) -> _Said:
    sentences = {each.sentence.id: each.sentence for each in extract(edition.report, edition.ui)}
    got = {ENGLISH: {id_: Got(each.forms) for id_, each in sentences.items()}}
    for tag, catalogue in edition.catalogues.by_tag.items():
        got[tag] = {
            id_: Got(
                entry.forms,
                checked=str(entry.checked.when) if entry.checked else "",
                rule=entry.rule.header if len(entry.forms) > 1 else "",
            )
            if entry.usable
            else Got(entry.sentence.forms, in_english=True)
            for id_, entry in catalogue.entries.items()
        }
    return _Said(edition, sentences, got)


def _changed(old: _Said, new: _Said, tag: str) -> Iterable[Change]:
    """Yield what changes in a language, critical sentences first, and last what goes."""
    both = {**new.sentences, **old.sentences, **new.sentences}
    had, get = old.got.get(tag, {}), new.got.get(tag, {})
    for id_ in sorted(both, key=lambda id_: not both[id_].critical):
        if had.get(id_) != get.get(id_):
            reads = (each.reads(tag, id_) for each in (old, new) if old.edition)
            sides = tuple(map(Side._make, zip_longest(*reads, fillvalue="")))
            yield Change(id_, both[id_].critical, had.get(id_), get.get(id_), sides)


def _facts(before: _Said, after: _Said) -> Iterable[tuple[str, str, str]]:
    if before.edition is None:
        return
    old, new = before.values(ENGLISH), after.values(ENGLISH)
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name):
            yield name, old.get(name, ""), new.get(name, "")


def _built(before: Edition, after: Edition) -> Iterable[str]:
    """Yield what is built in another way, apart from the words of sentences."""
    old, new = before.report, after.report
    if before.catalogues.languages != after.catalogues.languages:
        yield "the list of languages"
    for name in dict.fromkeys((*new.pages, *old.pages)):
        then, now = old.pages.get(name), new.pages.get(name)
        if then is None and now:
            yield f"a new page: {now.title.text}"
        elif now is None and then:
            yield f"a page that goes: {then.title.text}"
        elif now and _bones(then) != _bones(now):
            yield f"the page ‘{now.title.text}’: sections, order, links or sources"
    for name, told in _PARTS.items():
        if _bones(getattr(old, name)) != _bones(getattr(new, name)):
            yield told


def _bones(part: object) -> object:
    """Return a part of a report without the words of its sentences."""
    match part:
        case Sentence():
            return (part.id, part.source, part.paragraphs, part.critical)
        case Site():
            return _bones((part.name, part.leave, part.menu, part.order))  # its day is a fact
        case Struct():
            return [_bones(getattr(part, field)) for field in part.__struct_fields__]
        case tuple():
            return [_bones(each) for each in part]
    return part
