"""All that the desk knows of the files: one snapshot for each request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from inspection_outcome.desk import reading
from inspection_outcome.desk.reading import Content
from inspection_outcome.edition import Folders
from inspection_outcome.i18n import checks, glossary, po_file, review
from inspection_outcome.i18n.catalogues import Catalogue, Catalogues
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.extract import Message
from inspection_outcome.i18n.glossary import Choice, Glossary
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.scripts import composed
from inspection_outcome.i18n.states import Entry, assess
from inspection_outcome.pages.urls import ALL
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.errors import ContentError
from inspection_outcome.shown import Shown, fact_values, shown


class Trouble(Struct, frozen=True):
    """A file that cannot be read: `tag` of its language (empty: another file), and what to do."""

    tag: str
    told: str


@dataclass(frozen=True, eq=False)
class Stock:
    """The files as they were at one moment. Immutable for its users, and safe for threads.

    Every `tag` is of one of `languages` (or English, where that is said), every `name` one of
    `pages`, every `id_` one of `messages`; others raise KeyError.
    """

    folders: Folders
    renderer: Renderer
    messages: Mapping[str, Message]
    """Every sentence to translate, by id, in site order (those still to be written left out)."""
    glossary: Glossary
    troubles: tuple[Trouble, ...]
    """Files that cannot be read. The others work; of these, the last good version is used."""
    read_of: Mapping[str, tuple[int, ...]]
    """The stamps of the files of the content, by path."""
    refused: Mapping[str, review.Refused]
    """What speakers said no to, and nobody has changed since, by language."""
    rendered: dict[tuple[str, str], Shown] = field(default_factory=dict)
    """What pages were found to show, by language and name: see `shown`."""
    looked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By language: see `warned`."""

    @classmethod
    def read(cls, folders: Folders, last: "Stock | None" = None) -> "Stock":
        """Return what is on disk; what has not changed is not read again.

        Faulty content is a trouble if there is a `last` stock; else raise ContentError.
        """
        troubles: list[Trouble] = []
        try:
            before = Content(last.renderer.edition, last.messages, last.read_of) if last else None
            edition, messages, read_of = reading.read(folders, before)
        except (ContentError, OSError) as error:
            if last is None:
                raise
            troubles.append(Trouble("", str(error)))
            edition, messages, read_of = last.renderer.edition, last.messages, {}
        known = last.renderer.edition.catalogues if last else None
        try:
            sentences = [each.sentence for each in messages.values()]
            catalogues = Catalogues.read(folders.translations, sentences, known)
            terms = glossary.load(folders.translations)
        except (ContentError, OSError) as error:
            if last is None or known is None:
                raise
            troubles.append(Trouble("", str(error)))
            catalogues, terms = known, last.glossary
        troubles += [Trouble(tag, why) for tag, why in catalogues.refused.items()]
        known_refused = last.refused if last else {}
        refused, faults = review.read_all(folders.translations, catalogues.by_tag, known_refused)
        troubles += [Trouble("", why) for why in faults]
        renderer = Renderer(replace(edition, catalogues=catalogues))
        made = cls(folders, renderer, messages, terms, tuple(troubles), read_of, refused)
        if last and catalogues.languages == last.renderer.edition.catalogues.languages:
            made._keep(last)
        return made

    def _keep(self, last: "Stock") -> None:
        """Take over what was found of the last stock, where no sentence of it has changed since.

        A page that tells how far each language is changes with every sentence.
        """
        now, then = (each.renderer.edition.catalogues.by_tag for each in (self, last))
        changed = {tag: now[tag].other_than(then[tag]) for tag in now}
        if self.glossary == last.glossary:
            for tag, warned in last.looked.items():
                still = frozenset(warned) - changed[tag]
                self.looked[tag] = self._warned(tag, changed[tag], still)
        if self.messages is not last.messages:
            return
        for (tag, name), page in [*last.rendered.items()]:
            sections = self.renderer.edition.report.pages[name].section
            tells_how_far = any(section.shows == "translations" for section in sections)
            lost = changed.get(tag, frozenset())
            if not tells_how_far and lost.isdisjoint((*page.seen, *page.unseen)):
                self.rendered[tag, name] = page

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """Every language but English, shown or not, by tag, in the order of the list."""
        listed = self.renderer.edition.catalogues.languages
        return {each.tag: each for each in listed if each.tag != ENGLISH}

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of all pages, in site order, without the one that has all the others."""
        report = self.renderer.edition.report
        return tuple(name for name in report.site.order if name != ALL)

    def lags(self, tag: str) -> bool:
        """Return whether a language's file that can be read has not the English of today."""
        catalogues = self.renderer.edition.catalogues
        said = catalogues.files[tag].said
        sentences = (each.sentence for each in self.messages.values())
        return tag not in catalogues.refused and not all(
            (there := said.get(each.id)) and there.is_of(each) for each in sentences
        )

    def path(self, tag: str) -> Path:
        """Return the path of a language's PO file."""
        return po_file.path_of(self.folders.translations, self.languages[tag])

    def catalogue(self, tag: str) -> Catalogue:
        """Return a language's entries, with the number in each state."""
        return self.renderer.edition.catalogues.by_tag[tag]

    def entry(self, tag: str, id_: str) -> Entry:
        """Return one sentence in one language."""
        return self.catalogue(tag).entries[id_]

    def shown(self, tag: str, name: str) -> Shown:
        """Return what a page shows in a language, or in English; the first call renders the page.

        Sentences that are still to be written are left out.
        """
        if (tag, name) not in self.rendered:
            self.rendered[tag, name] = shown(self.renderer, name, tag, self.messages)
        return self.rendered[tag, name]

    def on_pages(self, id_: str) -> list[str]:
        """Return the names of the pages that have a sentence in English, seen or unseen."""
        found = ((name, self.shown(ENGLISH, name)) for name in self.pages)
        return [name for name, page in found if id_ in page.seen or id_ in page.unseen]

    def everywhere(self, tag: str) -> list[str]:
        """Return the ids of the words that stand on every page, in reading order."""
        on = [self.shown(tag, name) for name in self.pages]
        common = set(self.messages).intersection(*({*page.seen, *page.unseen} for page in on))
        return [id_ for id_ in (*on[0].seen, *on[0].unseen) if id_ in common]

    def elsewhere(self, tag: str) -> list[str]:
        """Return the ids of what stands on no page: on error pages, in the feed, in scripts."""
        on = (self.shown(tag, name) for name in self.pages)
        there = {id_ for page in on for id_ in (*page.seen, *page.unseen)}
        return [id_ for id_ in self.messages if id_ not in there]

    def same_english(self, id_: str) -> list[str]:
        """Return the ids of other sentences with the same English."""
        forms = self.messages[id_].sentence.forms
        same = (each for each, said in self.messages.items() if said.sentence.forms == forms)
        return [each for each in same if each != id_]

    def draft(self, tag: str, id_: str, forms: Sequence[str]) -> Entry:
        """Return the entry that a sentence would have with these forms. Nothing is saved."""
        language, sentence = self.languages[tag], self.messages[id_].sentence
        english = tuple(map(composed, sentence.forms))
        forms = tuple(composed(each.strip()) for each in forms)
        rule = self.rule(tag, id_)
        if sentence.plural is not None:
            forms = (*forms, *[""] * rule.forms)[: rule.forms]
        return assess(language, sentence, Translation(english, forms, rule))

    def warned(self, tag: str) -> tuple[str, ...]:
        """Return the ids of the translations that readers see, and staff should look at again."""
        if tag not in self.looked:
            self.looked[tag] = self._warned(tag, frozenset(self.messages), frozenset())
        return self.looked[tag]

    def _warned(self, tag: str, asked: frozenset[str], known: frozenset[str]) -> tuple[str, ...]:
        """Return those that are `known`, and of those that are `asked`, in site order."""
        return tuple(
            id_
            for id_, entry in self.catalogue(tag).entries.items()
            if id_ in known
            or (id_ in asked and entry.usable and self.problems(tag, id_, entry.forms))
        )

    def problems(self, tag: str, id_: str, forms: Sequence[str]) -> tuple[Problem, ...]:
        """Return what is wrong with a translation, saved or not: errors, or else warnings."""
        pair = self.pair(tag, id_, forms)
        return checks.errors(pair) or checks.warnings(pair)

    def pair(self, tag: str, id_: str, forms: Sequence[str]) -> Pair:
        """Return what checks ask for: a sentence with a translation, saved or not."""
        sentence, language = self.messages[id_].sentence, self.languages[tag]
        return Pair.of(sentence, forms, language, self.glossary, self.rule(tag, id_))

    def forms(self, tag: str, id_: str) -> int:
        """Return how many forms a translation of this sentence has in the language's file."""
        return 1 if self.messages[id_].sentence.plural is None else self.rule(tag, id_).forms

    def rule(self, tag: str, id_: str) -> PluralRule:
        """Return the plural rule of a language's file, which an entry that is empty has not."""
        said = self.renderer.edition.catalogues.files[tag].said.get(id_)
        return said.rule if said else self.languages[tag].plural_rule

    def terms(self, tag: str, id_: str) -> list[tuple[str, Choice]]:
        """Return each term of the glossary in a sentence's English, with the language's word."""
        english = " ".join(self.messages[id_].sentence.forms)
        terms = (term for term in self.glossary.terms if tag in term.words)
        return [(term.english, term.words[tag]) for term in terms if term.is_in(english)]

    def facts(self, tag: str, id_: str) -> Mapping[str, str]:
        """Return the value of each fact of a sentence: see `shown.fact_values`."""
        return fact_values(self.renderer.edition, tag, self.messages[id_].sentence)
