"""Addresses of pages and files. The only module that knows their form."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from inspection_outcome.report.model import Report

HOME = "home"
WORDS = "words"
ALL = "all"
ROOT = "/"
ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
HEALTH = "/healthz"
PREVIEW = "/preview.png"
DATASET = "/report.json"
SCHEMA = "/report.schema.json"
SCRIPT = "/tools.js"
WORKER = "/sw.js"
PICTURES = "/pictures.svg"
MARK = "/favicon.svg"
FAVICON = "/favicon.ico"
"""The site's mark for browsers that ask for this address whatever a page says."""
ICONS = {192: "/icon-192.png", 512: "/icon-512.png"}
"""The site's mark on a phone's home screen, by its width in pixels."""
OFFLINE_FILE = "kept.gz"
MANIFEST_FILE = "site.webmanifest"


def page_address(name: str, tag: str) -> str:
    """Return the path of a page in a language: /en/ for home, /en/results/ for results."""
    return f"/{tag}/" if name == HOME else f"/{tag}/{name}/"


def page_at(address: str, names: Iterable[str], tags: Iterable[str]) -> str | None:
    """Return which of these pages an address leads to, in one of these languages, or None.

    A page's name counts, too; so does an address with a host. Nothing is fetched.
    """
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:  # such as 'http://['
        return None
    names, tags = tuple(names), tuple(tags)
    if path in names:
        return path
    found = (
        name
        for name in names
        for tag in tags
        if path.rstrip("/") == page_address(name, tag).rstrip("/")
    )
    return next(found, None)


def target_address(target: str, tag: str) -> str:
    """Return the path of a link's target: /en/results/#in-care for page:results#in-care."""
    kind, _, rest = target.partition(":")
    if kind == "word":
        return f"{page_address(WORDS, tag)}#{rest}"
    name, hash_, section = rest.partition("#")
    return page_address(name, tag) + hash_ + section


def feed_address(tag: str) -> str:
    """Return the path of a language's feed of updates: /en/progress.atom."""
    return f"/{tag}/progress.atom"


def missing_address(tag: str = "") -> str:
    """Return the path of the published 404 page: /en/404.html in a language, else /404.html."""
    return f"{page_address(HOME, tag) if tag else ROOT}404.html"


def offline_address(tag: str) -> str:
    """Return the path of a language's file for offline reading: /en/kept.gz."""
    return f"/{tag}/{OFFLINE_FILE}"


def manifest_address(tag: str) -> str:
    """Return the path of a language's web app manifest: /en/site.webmanifest."""
    return f"/{tag}/{MANIFEST_FILE}"


def update_anchor(id_: str) -> str:
    """Return the anchor of an update. No section has the same: content ids have no underscore."""
    return f"update_{id_}"


def page_that_shows(report: Report, shows: str) -> str:
    """Return the name of the first page, in the site's order, with a section that shows `shows`.

    Return an empty string if no page has one.
    """
    pages = (report.pages[name] for name in report.site.order)
    return next(
        (page.name for page in pages if any(section.shows == shows for section in page.section)), ""
    )
