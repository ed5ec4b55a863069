"""What readers will see change between two editions, sentence by sentence."""

import hashlib
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import NamedTuple

import msgspec
from msgspec import Struct

from inspection_outcome.edition import Edition
from inspection_outcome.i18n.extract import extract
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.renderer import translators
from inspection_outcome.report.model import Site
from inspection_outcome.report.sentence import Sentence

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


class Change(Struct, frozen=True):
    """A sentence that readers get in another way."""

    id: str
    critical: bool
    before: Got | None
    """None if the sentence is new."""
    after: Got | None
    """None if it goes."""


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


class _Said(NamedTuple):
    """An edition's sentences, and what readers get of each, by language tag and id."""

    sentences: Mapping[str, Sentence]
    got: Mapping[str, Mapping[str, Got]]


def changes(before: Edition | None, after: Edition) -> Changes:
    """Return what changes for readers if one edition takes the place of another, or of none."""
    old, new = _said(before) if before else _Said({}, {}), _said(after)
    gone = {id_: each for id_, each in old.sentences.items() if id_ not in new.sentences}
    both = {**new.sentences, **gone}
    order = sorted(both, key=lambda id_: not both[id_].critical)
    found = {
        tag: tuple(_changed(both, order, old.got.get(tag, {}), new.got.get(tag, {})))
        for tag in dict.fromkeys((*new.got, *old.got))
    }
    said = {tag: each for tag, each in found.items() if each}
    facts, built = _facts(before, after), tuple(_built(before, after)) if before else ()
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
    return _Said(sentences, got)


def _changed(
    sentences: Mapping[str, Sentence],
    order: Iterable[str],
    old: Mapping[str, Got],
    new: Mapping[str, Got],
) -> Iterable[Change]:
    for id_ in order:
        if old.get(id_) != new.get(id_):
            yield Change(id_, sentences[id_].critical, old.get(id_), new.get(id_))


def _facts(before: Edition | None, after: Edition) -> tuple[tuple[str, str, str], ...]:
    if before is None or before.report.facts == after.report.facts:
        return ()
    old, new = _values(before), _values(after)
    names = dict.fromkeys((*new, *old))
    found = ((name, old.get(name, ""), new.get(name, "")) for name in names)
    return tuple(each for each in found if each[1] != each[2])


def _values(edition: Edition) -> dict[str, str]:
    """Return the value of each fact in English, by name."""
    say = PageTranslator(*translators(edition, edition.catalogues.english, None))
    return {name: say.fact(fact).striptags() for name, fact in edition.report.facts.items()}


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
    for field, told in _PARTS.items():
        if _bones(getattr(old, field)) != _bones(getattr(new, field)):
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


class Side(NamedTuple):
    """The forms of one sentence before and after, for two lines of a screen."""

    before: str
    after: str


def sides(change: Change) -> list[Side]:
    """Return each form of a sentence before and after; empty where there is none."""
    old, new = (each.forms if each else () for each in (change.before, change.after))
    return [Side(*pair) for pair in zip_longest(old, new, fillvalue="")]
