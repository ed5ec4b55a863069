"""Where pages are. The only place that knows the form of an address."""

from inspection_outcome.report.model import Report

HOME = "home"
WORDS = "words"
ALL = "all"
PREVIEW = "/preview.png"
DATASET = "/report.json"
SCHEMA = "/report.schema.json"
SCRIPT = "/tools.js"
WORKER = "/sw.js"
PICTURES = "/pictures.svg"
MARK = "/favicon.svg"
ICONS = {192: "/icon-192.png", 512: "/icon-512.png"}
"""The site's mark on a phone's home screen, by its width in pixels."""


def page_address(name: str, tag: str) -> str:
    """Give the path of a page in a language: /en/ for home, /en/results/ for results."""
    return f"/{tag}/" if name == HOME else f"/{tag}/{name}/"


def target_address(target: str, tag: str) -> str:
    """Give the path that a link's target stands for: page:results#in-care is /en/results/#in-care."""
    kind, _, rest = target.partition(":")
    if kind == "word":
        return f"{page_address(WORDS, tag)}#{rest}"
    name, hash_, section = rest.partition("#")
    return page_address(name, tag) + hash_ + section


def feed_address(tag: str) -> str:
    """Give the path of a language's feed of updates: /en/progress.atom."""
    return f"/{tag}/progress.atom"


def missing_address(tag: str = "") -> str:
    """Give the path of the published page that tells that there is none, in a language: /en/404.html, or /404.html."""
    return f"/{tag}/404.html" if tag else "/404.html"


def offline_address(tag: str) -> str:
    """Give the path of the file that a phone keeps of a language: /en/kept.gz."""
    return f"/{tag}/kept.gz"


def manifest_address(tag: str) -> str:
    """Give the path of a language's web app manifest: /en/site.webmanifest."""
    return f"/{tag}/site.webmanifest"


def update_anchor(id_: str) -> str:
    """Give the anchor of an update. No section has it: names in the content hold no underscore."""
    return f"update_{id_}"


def page_that_shows(report: Report, shows: str) -> str:
    """Give the name of the first page, in the site's order, with a section that shows this; empty if none does."""
    pages = (report.pages[name] for name in report.site.order)
    return next((page.name for page in pages if any(section.shows == shows for section in page.section)), "")
