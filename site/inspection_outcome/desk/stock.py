"""All that the desk knows of the files: one snapshot for each request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from inspection_outcome.edition import Edition, Folders
from inspection_outcome.i18n import checks, glossary, po_file, review, ui
from inspection_outcome.i18n.catalogues import Catalogue, Catalogues
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.extract import Message, extract
from inspection_outcome.i18n.glossary import Choice, Glossary
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.scripts import composed
from inspection_outcome.i18n.states import Entry, assess
from inspection_outcome.pages.load import load
from inspection_outcome.pages.urls import ALL
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.files import find, stamp
from inspection_outcome.report.todo import is_todo
from inspection_outcome.shown import Shown, fact_values, shown
from inspection_outcome.theme import Theme

_Stamp = tuple[int, ...]


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
    read_of: Mapping[str, _Stamp]
    """The stamps of the files of the content, by path."""
    refused: Mapping[str, review.Refused]
    """What speakers said no to, and nobody has changed since, by language."""
    rendered: dict[tuple[str, str], Shown] = field(default_factory=dict)
    """What pages were found to show, by language and name: see `shown`."""

    @classmethod
    def read(cls, folders: Folders, last: "Stock | None" = None) -> "Stock":
        """Return what is on disk; what has not changed is not read again.

        Faulty content is a trouble if there is a `last` stock; else raise ContentError.
        """
        troubles: list[Trouble] = []
        try:
            edition, messages, read_of = _content(folders, last)
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
        if last and last.messages is messages:
            made._keep_pages(last)
        return made

    def _keep_pages(self, last: "Stock") -> None:
        """Take over what pages show, where none of their sentences has changed since.

        A page that tells how far each language is changes with every sentence.
        """
        now, then = (each.renderer.edition.catalogues for each in (self, last))
        if now.languages != then.languages:
            return
        changed = {tag: now.by_tag[tag].other_than(then.by_tag[tag]) for tag in now.by_tag}
        for (tag, name), page in [*last.rendered.items()]:
            sections = self.renderer.edition.report.pages[name].section
            tells_how_far = any(section.shows == "translations" for section in sections)
            ids = changed.get(tag, frozenset())
            if not tells_how_far and ids.isdisjoint(page.seen) and ids.isdisjoint(page.unseen):
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

    def problems(self, tag: str, id_: str, forms: Sequence[str]) -> tuple[Problem, ...]:
        """Return what is wrong with a translation, saved or not: errors, or else warnings."""
        sentence = self.messages[id_].sentence
        pair = Pair.of(sentence, forms, self.languages[tag], self.glossary, self.rule(tag, id_))
        return checks.errors(pair) or checks.warnings(pair)

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


def _content(
    folders: Folders, last: Stock | None
) -> tuple[Edition, Mapping[str, Message], Mapping[str, _Stamp]]:
    """Return the content, its sentences and the stamps of its files, read only if one changed."""
    paths = [*map(Path, find(folders.content, ".toml")), folders.ui]
    read_of = {str(path): stamp(path) for path in paths}
    if last and last.read_of == read_of:
        return last.renderer.edition, last.messages, read_of
    report = load(folders.content)
    words = ui.load(report, folders.ui)
    theme = last.renderer.edition.theme if last else Theme.read(folders.theme)
    found = [each for each in extract(report, words) if not is_todo(each.sentence)]
    nothing = Catalogues((), {}, {}, whole=True)
    return (
        Edition(report, words, nothing, theme, ""),
        {each.sentence.id: each for each in found},
        read_of,
    )
