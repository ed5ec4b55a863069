"""The layout around every page: its head, header and footer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgspec import Struct

from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.pages.urls import (
    HOME,
    PREVIEW,
    feed_address,
    manifest_address,
    offline_address,
    page_address,
)
from inspection_outcome.report.facts import Body, Date, Web
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence

HELP = "help"
_READERS = "for/"
"""The folder of the pages that are for one kind of reader."""
OPEN_LICENCE = {
    "licence": Body("Open Government Licence v3.0"),
    "address": Web("www.nationalarchives.gov.uk/doc/open-government-licence/version/3"),
}


class Link(Struct, frozen=True):
    """A link to a page of this site."""

    label: Sentence
    href: str
    current: bool


class LanguageLink(Struct, frozen=True):
    """A link for readers to the same page in one language.

    For a page that exists in no language, such as an error, it leads to that language's home page.
    """

    language: Language
    href: str
    current: bool


class Alternate(Struct, frozen=True):
    """An alternate link for the head: the same page in one language."""

    tag: str
    href: str


@dataclass(frozen=True)
class Layout:
    """The layout of one page in one language. `canonical` is empty without a public address.

    An error page has no description and no alternates, and is not for search engines.
    """

    language: Language
    title: Sentence
    site_name: Sentence
    home: Link
    help: Link
    menu: tuple[Link, ...]
    pages: tuple[tuple[Link, ...], ...]
    """Every page, for the footer: home and the menu, the pages for one reader, and the others."""
    languages: tuple[LanguageLink, ...]
    """Every language that readers are led to."""
    english_address: str
    """The address of this page in English."""
    official: bool
    name: str
    """The name of the page; empty if it is none of the report's."""
    open_licence: bool
    """Whether a source is under the Open Government Licence; every page then names the licence."""
    description: Sentence | None = None
    alternates: tuple[Alternate, ...] = ()
    address: str = ""
    """The address of this page, for print: absolute if there is a public address."""
    canonical: str = ""
    leave: Web | None = None
    next: Link | None = None
    preview: str = ""
    """The address of the image for link previews; empty without a public address."""
    manifest: str = ""
    """The address of the web app manifest."""
    offline_file: str = ""
    """The address of this language's file for offline reading."""
    saved_on: Date | None = None
    """The date of the copy, on a page saved for offline reading."""
    feed: str = ""
    """The address of the feed of updates, on a page that shows them; else empty."""


def page_layout(
    report: Report, languages: tuple[Language, ...], language: Language, name: str, public_url: str
) -> Layout:
    """Return the layout of the page of this name; its addresses are absolute given `public_url`."""
    page = report.pages[name]
    address = public_url + page_address(name, language.tag)
    shows_updates = {"feed", "progress"} & {each.shows for each in page.section}
    return replace(
        _layout(report, languages, language, page.title, name),
        description=page.description,
        alternates=_alternates(languages, name, public_url),
        address=address,
        canonical=address if public_url else "",
        leave=Web(report.site.leave) if name == HELP else None,
        next=_link(report, language, page.next) if page.next else None,
        preview=f"{public_url}{PREVIEW}" if public_url else "",
        manifest=manifest_address(language.tag),
        offline_file=offline_address(language.tag),
        feed=public_url + feed_address(language.tag) if shows_updates else "",
    )


def error_layout(
    report: Report, languages: tuple[Language, ...], language: Language, title: Sentence
) -> Layout:
    """Return the layout of an error page."""
    return _layout(report, languages, language, title)


def root_layout(
    report: Report,
    languages: tuple[Language, ...],
    language: Language,
    title: Sentence,
    public_url: str,
) -> Layout:
    """Return the layout of the list of languages, for hosts that cannot redirect to a language."""
    return replace(
        _layout(report, languages, language, title),
        description=report.pages[HOME].description,
        alternates=_alternates(languages, HOME, public_url),
    )


def _layout(
    report: Report,
    languages: tuple[Language, ...],
    language: Language,
    title: Sentence,
    name: str = "",
) -> Layout:
    """Return what every page has; `name`: of the page, if it is one of the report's."""

    def link(to: str) -> Link:
        return _link(report, language, to, name)

    return Layout(
        language=language,
        title=title,
        site_name=report.site.name,
        home=link(HOME),
        help=link(HELP),
        menu=tuple(map(link, report.site.menu)),
        pages=tuple(tuple(map(link, names)) for names in _groups(report)),
        languages=tuple(
            LanguageLink(each, page_address(name or HOME, each.tag), each == language)
            for each in languages
        ),
        english_address=page_address(name or HOME, ENGLISH),
        official=bool(report.council.publisher),
        name=name,
        open_licence=any(source.licence == "ogl" for source in report.sources),
    )


def _groups(report: Report) -> Iterator[list[str]]:
    """Yield the names of the pages that stand together in the footer, without empty groups."""
    order, main = report.site.order, {HOME, *report.site.menu}
    for group in (
        [name for name in order if name in main],
        [name for name in order if name not in main and name.startswith(_READERS)],
        [name for name in order if name not in main and not name.startswith(_READERS)],
    ):
        if group:
            yield group


def _alternates(
    languages: tuple[Language, ...], name: str, public_url: str
) -> tuple[Alternate, ...]:
    alternates = [
        Alternate(each.tag, public_url + page_address(name, each.tag)) for each in languages
    ]
    return (*alternates, Alternate("x-default", public_url + page_address(name, ENGLISH)))


def _link(report: Report, language: Language, to: str, here: str = "") -> Link:
    return Link(report.pages[to].label, page_address(to, language.tag), current=to == here)
