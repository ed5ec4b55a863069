"""Where pages are. The only place that knows the form of an address."""

HOME = "home"
WORDS = "words"
ALL = "all"
PREVIEW = "/preview.png"


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
