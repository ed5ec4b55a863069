"""Where pages are. The only place that knows the form of an address."""

from outcome.report.model import Report

HOME = "home"
WORDS = "words"
ALL = "all"
PREVIEW = "/preview.png"
DATASET = "/report.json"
SCHEMA = "/report.schema.json"


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


def update_anchor(id_: str) -> str:
    """Give the anchor of an update. No section has it: names in the content hold no underscore."""
    return f"update_{id_}"


def page_that_shows(report: Report, shows: str) -> str:
    """Give the name of the first page, in the site's order, with a section that shows this; empty if none does."""
    pages = (report.pages[name] for name in report.site.order)
    return next((page.name for page in pages if any(section.shows == shows for section in page.section)), "")
