"""Make everything that readers get of an edition: pages, feed, dataset, pictures, offline packs."""

import datetime as dt
import hashlib
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from inspection_outcome.edition import Edition, Folders, today
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.i18n.states import Entry
from inspection_outcome.i18n.translator import Translator
from inspection_outcome.pages.context import styles
from inspection_outcome.pages.dataset import encode
from inspection_outcome.pages.layout import Layout, error_layout, page_layout, root_layout
from inspection_outcome.pages.offline import contents, manifest, pack
from inspection_outcome.pages.page_context import build, build_all
from inspection_outcome.pages.social_card import preview
from inspection_outcome.pages.urls import ALL, HOME, page_address, page_that_shows, target_address
from inspection_outcome.report.facts import Date
from inspection_outcome.theme import Theme

ERRORS = (400, 404, 405, 500)
"""The HTTP statuses with texts of their own; other statuses get the text of 400 or 500."""
_NO_DAY = dt.date.min


class Renderer:
    """Renders one edition: always the same for the same page, language and day.

    Every `name` is a page's, and every `tag` a language's, that the edition has.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._translators = {
            language.tag: translators(edition, language, edition.catalogues.entries(language))
            for language in edition.catalogues.languages
        }
        self._packs: dict[str, tuple[dt.date, bytes]] = {}
        self.versions: dict[str, str] = {}
        """Of offline packs, by language tag, as far as they were asked for."""
        self.exported: dict[tuple[str, str], str] = {}
        """Exported pages that were rendered, by name and language tag."""
        self._packing = threading.Lock()

    @classmethod
    def build(
        cls,
        folders: Folders,
        public_url: str = "",
        last: Edition | None = None,
        theme: Theme | None = None,
    ) -> "Renderer":
        """Read an edition (see `Edition.read`), and render each page that the last one had not so.

        So no reader is the first to meet a fault. Raise what `Edition.read` raises, and any error
        of a template.
        """
        renderer = cls(Edition.read(folders, public_url, last, theme))
        renderer.try_each_page(renderer.edition.same_pages(last, ENGLISH) if last else ())
        return renderer

    def take_over(self, last: "Renderer") -> None:
        """Take over the exported pages of another edition that are the same in this one."""
        for tag in self._translators:
            same = self.edition.same_pages(last.edition, tag)
            if tag in last.versions and same == {*self.edition.report.pages}:
                self.versions[tag] = last.versions[tag]
            for name in same:
                if (name, tag) in last.exported:
                    self.exported[name, tag] = last.exported[name, tag]

    def try_each_page(self, tried: Collection[str] = ()) -> None:
        """Render in English each page, one as in an offline pack, error pages and the root page.

        `tried`: the names of pages that were rendered before.
        """
        report = self.edition.report
        for name in report.pages:
            if name not in tried:
                self.page(name, ENGLISH, dt.date.max)
        self.saved_page(page_that_shows(report, "progress") or HOME, ENGLISH, today())
        for status in ERRORS:
            self.error_page(status, ENGLISH)
        self.root_page()

    def page(
        self,
        name: str,
        tag: str,
        today: dt.date | None = None,
        translator: PageTranslator | None = None,
    ) -> str:
        """Return the HTML of a page.

        `today`: the day in the United Kingdom for a live page; None for an exported page, which
        states no ages, and is kept for the next export. `translator`: renders the sentences, in
        place of the page's own.
        """
        if today or translator:
            return self._page(name, self._layout(name, tag), today, translator)
        if (name, tag) not in self.exported:
            self.exported[name, tag] = self._page(name, self._layout(name, tag))
        return self.exported[name, tag]

    def saved_page(self, name: str, tag: str, day: dt.date) -> str:
        """Return the HTML of a page in the offline pack of a day, which it states."""
        return self._page(name, replace(self._layout(name, tag), saved_on=Date(day)))

    def error_page(self, status: int, tag: str) -> str:
        """Return the HTML of an error page, which says where to go from here."""
        edition = self.edition
        known = status if status in ERRORS else ERRORS[0] if status < ERRORS[-1] else ERRORS[-1]
        title, text = (edition.ui[f"ui.error-{known}-{part}"] for part in ("title", "text"))
        layout = error_layout(edition.report, edition.catalogues.shown, self._language(tag), title)
        return self._html("pages/error.html", layout, text=text)

    def root_page(self) -> str:
        """Return the HTML of the list of languages, for hosts that cannot redirect by language."""
        edition, name = self.edition, self.edition.report.site.name
        languages = edition.catalogues.shown
        english, title = edition.catalogues.english, edition.ui["ui.root-title"]
        layout = root_layout(edition.report, languages, english, title, edition.public_url)
        translators = {language.tag: self._translator(language.tag) for language in languages}
        asked = {
            tag: translator.plain(name) if translator.has(name) else ""
            for tag, translator in translators.items()
        }
        return self._html("pages/root.html", layout, asked=asked)

    def layouts(self) -> Iterator[Layout]:
        """Yield the layout of each page, with its addresses, in each language shown to readers."""
        for language in self.edition.catalogues.shown:
            for name in self.edition.report.pages:
                yield self._layout(name, language.tag)

    def feed(self, tag: str) -> str:
        """Return the Atom feed of updates; empty if no page shows any."""
        from inspection_outcome.pages.feed import feed  # noqa: PLC0415 (keeps the start fast)

        _, english = self._translators[tag]
        return feed(
            self.edition.report,
            self.edition.public_url,
            self._translator(tag),
            PageTranslator(english, english),
        )

    def dataset(self) -> bytes:
        """Return the report as JSON, for programs."""
        return encode(self.edition.report, self._translator(ENGLISH).plain, self.edition.public_url)

    def preview(self) -> bytes:
        """Return the PNG for link previews."""
        report = self.edition.report
        shown = report.pages[HOME].cards or ("overall",)
        return preview([report.judgement(id_).grade for id_ in shown])

    def manifest(self, tag: str) -> str:
        """Return the web app manifest of a language, as JSON."""
        name, translator = self.edition.report.site.name, self._translator(tag)
        if not translator.has(name, "ui.short-name"):
            translator = self._translator(ENGLISH)
        return manifest(translator, name, tag)

    def offline_pack(self, tag: str, day: dt.date) -> bytes:
        """Return the offline pack of a language, dated `day`: see `pages.offline`.

        The pack of the last day asked for is kept. To make one is to render every page, so a lock
        lets the first of many requests do it, while the others wait.
        """
        with self._packing:
            made, packed = self._packs.get(tag, (None, b""))
            if made != day:
                packed = pack(self._contents(tag, day))
                self._packs[tag] = day, packed
            return packed

    def offline_version(self, tag: str) -> str:
        """Return a hash of a language's offline pack that ignores the day of the pack."""
        with self._packing:
            if tag not in self.versions:
                self.versions[tag] = hashlib.sha256(self._contents(tag, _NO_DAY)).hexdigest()[:16]
            return self.versions[tag]

    def _contents(self, tag: str, day: dt.date) -> bytes:
        names = self.edition.report.pages
        pages = {page_address(name, tag): self.saved_page(name, tag, day) for name in names}
        return contents(page_address(HOME, tag), pages, self.edition.theme.files)

    def _page(
        self,
        name: str,
        layout: Layout,
        today: dt.date | None = None,
        translator: PageTranslator | None = None,
    ) -> str:
        report, language, catalogues = self.edition.report, layout.language, self.edition.catalogues
        if name == ALL:
            lead, chapters = report.pages[ALL].lead, build_all(report, language, catalogues, today)
            needed = styles(section for chapter in chapters for section in chapter.sections)
            shown = {"lead": lead, "chapters": chapters, "styles": needed}
            return self._html("pages/all.html", layout, translator, **shown)
        page = build(report, name, language, catalogues, today)
        return self._html("pages/page.html", layout, translator, page=page)

    def _layout(self, name: str, tag: str) -> Layout:
        edition, language = self.edition, self._language(tag)
        return page_layout(
            edition.report, edition.catalogues.shown, language, name, edition.public_url
        )

    def _html(
        self,
        template: str,
        layout: Layout,
        translator: PageTranslator | None = None,
        **shown: object,
    ) -> str:
        translator = translator or self._translator(layout.language.tag)
        return self.edition.theme.templates.get_template(template).render(
            page_translator=translator, layout=layout, **shown
        )

    def _language(self, tag: str) -> Language:
        return self._translators[tag][0].language

    def _translator(self, tag: str) -> PageTranslator:
        return PageTranslator(*self._translators[tag])


def translators(
    edition: Edition, language: Language, entries: Mapping[str, Entry] | None
) -> tuple[Translator, Translator]:
    """Return the translator of a language with these entries, and one for what it lacks: English.

    Both lead to pages in that language.
    """

    def address(target: str) -> str:
        return target_address(target, language.tag)

    ui, facts = edition.ui, edition.report.facts
    return (
        Translator(language, ui, facts, address, entries),
        Translator(edition.catalogues.english, ui, facts, address),
    )
