"""An edition: immutable, with everything that pages depend on besides language and day."""

import datetime as dt
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.dates import get_timezone
from msgspec import structs

from inspection_outcome.i18n import ui
from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.extract import extract
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.render import PageTranslator, Translator
from inspection_outcome.pages.dataset import encode
from inspection_outcome.pages.layout import Layout, error_layout, page_layout, root_layout
from inspection_outcome.pages.offline import manifest, pack
from inspection_outcome.pages.page_context import build as build_page
from inspection_outcome.pages.page_context import build_all
from inspection_outcome.pages.social_card import preview
from inspection_outcome.pages.urls import ALL, HOME, page_address, page_that_shows, target_address
from inspection_outcome.report import load as content
from inspection_outcome.report.facts import Date
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.theme import Theme

PACKAGE = Path(__file__).parent
ERRORS = (400, 404, 405, 500)
"""The HTTP statuses with texts of their own; other statuses get the text of 400 or 500."""
_WATCHED = (".toml", ".po", ".html", ".css", ".js", ".svg")
_NO_DAY = dt.date.min


@dataclass(frozen=True)
class Folders:
    """The directories of an edition: the report's content, the translations, and the theme."""

    content: Path
    translations: Path
    theme: Path = PACKAGE

    @property
    def ui(self) -> Path:
        """The file with the site's own texts."""
        return self.theme / "i18n" / "ui.toml"

    def state(self) -> frozenset[tuple[object, ...]]:
        """Return a fingerprint that changes when any file of an edition changes.

        A file that is deleted meanwhile counts as absent.
        """
        found: set[tuple[object, ...]] = set()
        for folder in (self.content, self.translations, self.theme):
            for parent, subfolders, files in os.walk(folder):
                for name in (*subfolders, *files):
                    if name.endswith(_WATCHED):
                        path = f"{parent}/{name}"
                        # This runs four times a second, and pathlib takes three times as long.
                        with suppress(OSError):
                            stat = os.stat(path)  # noqa: PTH116 (pathlib is slower)
                            times = (stat.st_mtime_ns, stat.st_ctime_ns)
                            found.add((path, stat.st_ino, stat.st_size, *times))
        return frozenset(found)


def today(now: dt.datetime | None = None) -> dt.date:
    """Return the day in the United Kingdom, now or at another time: ages in pages depend on it."""
    return (now or dt.datetime.now(dt.UTC)).astimezone(get_timezone("Europe/London")).date()


class Edition:
    """One edition, built with `Edition.build`.

    Its output is always the same for the same page, language and day.
    """

    def __init__(
        self,
        report: Report,
        words: Mapping[str, Sentence],
        catalogues: Catalogues,
        theme: Theme,
        public_url: str,
    ) -> None:
        self.report = report
        self.catalogues = catalogues
        self.style_hash = theme.style_hash
        """The Content-Security-Policy source that allows this edition's one inline style."""
        self.public_url = public_url
        self._ui = words
        self.files = theme.files
        """Scripts and pictures by their address: see `theme`."""
        self._templates = theme.templates
        self._packs: dict[str, tuple[dt.date, bytes]] = {}
        self._versions: dict[str, str] = {}
        self._packing = threading.Lock()
        self._translators = {
            language.tag: Translator(
                language, words, report.facts, _addresses(language), catalogues.entries(language)
            )
            for language in catalogues.languages
        }
        self._fallbacks = {
            language.tag: Translator(catalogues.english, words, report.facts, _addresses(language))
            for language in catalogues.languages
        }

    @classmethod
    def build(
        cls, folders: Folders, public_url: str = "", last: "Edition | None" = None
    ) -> "Edition":
        """Return an edition. Render each page once, so that no reader is the first to meet a fault.

        A catalogue that cannot be read is taken from the last edition, if there is one. Raise
        ContentError with every fault of truth in content, the site's own texts or list of
        languages.
        """
        report = content.load(folders.content)
        words = ui.load(report, folders.ui)
        sentences = [each.sentence for each in extract(report, words)]
        catalogues = Catalogues.read(
            folders.translations, sentences, last.catalogues if last else None
        )
        edition = cls(report, words, catalogues, Theme.read(folders.theme), public_url)
        for name in report.pages:
            edition.page(name, ENGLISH, dt.date.max)
        edition._html(page_that_shows(report, "progress") or HOME, ENGLISH, saved_on=Date(today()))
        for status in ERRORS:
            edition.error_page(status, ENGLISH)
        edition.root_page()
        return edition

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that readers are offered, in order."""
        return self.catalogues.shown

    def language(self, tag: str) -> Language | None:
        """Return the language with this tag, shown or not; None if the site does not have it."""
        return self._translators[tag].language if tag in self._translators else None

    @cached_property
    def preview(self) -> bytes:
        """The PNG for link previews."""
        home = self.report.pages["home"]
        return preview([self.report.judgement(id_).grade for id_ in home.cards or ("overall",)])

    def page(self, name: str, tag: str, today: dt.date | None = None) -> str:
        """Return the HTML of a page that exists, in a language that exists.

        `today`: the day in the United Kingdom for a live page; None for an exported page, which
        states no ages.
        """
        return self._html(name, tag, today)

    def offline_pack(self, tag: str, day: dt.date) -> bytes:
        """Return the offline pack of a language that exists, dated `day`: see `pages.offline`."""
        with self._packing:  # the first of many requests builds the pack, the others wait
            made, packed = self._packs.get(tag, (None, b""))
            if made != day:
                packed = self._packed(tag, day)
                self._packs[tag] = day, packed
            return packed

    def offline_version(self, tag: str) -> str:
        """Return a hash of a language's offline pack that ignores the day of the pack."""
        with self._packing:
            if tag not in self._versions:
                self._versions[tag] = hashlib.sha256(self._packed(tag, _NO_DAY)).hexdigest()[:16]
            return self._versions[tag]

    def manifest(self, tag: str) -> str:
        """Return the web app manifest of a language that exists, as JSON."""
        name, own = self.report.site.name, self._page_translator(tag)
        return manifest(
            own if own.has(name, "ui.short-name") else self._page_translator(ENGLISH), name, tag
        )

    def _packed(self, tag: str, day: dt.date) -> bytes:
        pages = {
            page_address(name, tag): self._html(name, tag, saved_on=Date(day))
            for name in self.report.pages
        }
        return pack(page_address(HOME, tag), pages, self.files)

    def _html(
        self, name: str, tag: str, today: dt.date | None = None, *, saved_on: Date | None = None
    ) -> str:
        """Return the HTML of a page; `saved_on`: the day of a page in the offline pack."""
        layout = structs.replace(
            self._layout(name, self._translators[tag].language), saved_on=saved_on
        )
        if name == ALL:
            chapters = build_all(self.report, layout, self.catalogues, today)
            return self._render(
                "pages/all.html", layout, lead=self.report.pages[ALL].lead, chapters=chapters
            )
        page = build_page(self.report, name, layout, self.catalogues, today)
        return self._render("pages/page.html", layout, page=page)

    def feed(self, tag: str) -> str:
        """Return the Atom feed of updates in a language that exists; empty if no page shows any."""
        from inspection_outcome.pages.feed import feed  # noqa: PLC0415 (keeps the start fast)

        translator, english = self._translators[tag], self._fallbacks[tag]
        return feed(
            self.report,
            self.public_url,
            PageTranslator(translator, english),
            PageTranslator(english, english),
        )

    @cached_property
    def dataset(self) -> bytes:
        """The report as JSON, for programs."""
        translator = self._translators[ENGLISH]
        return encode(self.report, PageTranslator(translator, translator).plain, self.public_url)

    def layouts(self) -> Iterator[Layout]:
        """Yield the layout of each page, with its addresses, in each language of `languages`."""
        for language in self.languages:
            for name in self.report.pages:
                yield self._layout(name, language)

    def error_page(self, status: int, tag: str) -> str:
        """Return the HTML of an error page, which says where to go from here."""
        known = status if status in ERRORS else ERRORS[0] if status < ERRORS[-1] else ERRORS[-1]
        title, text = (self._ui[f"ui.error-{known}-{part}"] for part in ("title", "text"))
        layout = error_layout(self.report, self.languages, self._translators[tag].language, title)
        return self._render("pages/error.html", layout, text=text)

    def root_page(self) -> str:
        """Return the HTML of the list of languages, for hosts that cannot redirect by language."""
        name, title = self.report.site.name, self._ui["ui.root-title"]
        layout = root_layout(
            self.report, self.languages, self.catalogues.english, title, self.public_url
        )
        page_translators = {
            language.tag: self._page_translator(language.tag) for language in self.languages
        }
        asked = {
            tag: page_translator.plain(name) if page_translator.has(name) else ""
            for tag, page_translator in page_translators.items()
        }
        return self._render("pages/root.html", layout, asked=asked)

    def _layout(self, name: str, language: Language) -> Layout:
        return page_layout(self.report, self.languages, language, name, self.public_url)

    def _render(self, template: str, layout: Layout, **shown: object) -> str:
        page_translator = self._page_translator(layout.language.tag)
        return self._templates.get_template(template).render(
            page_translator=page_translator, layout=layout, **shown
        )

    def _page_translator(self, tag: str) -> PageTranslator:
        return PageTranslator(self._translators[tag], self._fallbacks[tag])


def _addresses(language: Language) -> Callable[[str], str]:
    return lambda target: target_address(target, language.tag)
