"""Checks that each link within a published site leads to a file, and to an id that the file has."""

from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

_LEADING = {"href", "src", "xlink:href"}


_MOST_KEPT = 500
"""Pages and pictures whose parts are kept, for the next publish of the same process."""


class _Parts(HTMLParser):
    """The ids and the links of a page or picture."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids |= {value for name, value in attrs if name == "id" and value}
        self.links |= {value for name, value in attrs if name in _LEADING and value}


_parts = lru_cache(_MOST_KEPT)(_Parts)


def broken(folder: Path, public_url: str = "") -> Iterator[str]:
    """Yield a message for each broken link, with its page.

    Links to other hosts are not checked.
    """
    files = {_address(folder, path): path for path in sorted(folder.rglob("*")) if path.is_file()}
    parts = {
        address: _parts(path.read_text(encoding="utf-8"))
        for address, path in files.items()
        if path.suffix in {".html", ".svg"}
    }
    for page, its in parts.items():
        for link in sorted(its.links):
            address, fragment = _target(page, link, public_url)
            if address is None:
                continue
            if address not in files:
                yield f"{page}: {link} leads to no page"
            elif fragment and address in parts and fragment not in parts[address].ids:
                yield f"{page}: {link} leads to no part of that page"


def _target(page: str, link: str, public_url: str) -> tuple[str | None, str]:
    """Return the address that a link leads to, without host, and the id there; empty if none.

    The address is None if it is on another host than `public_url`.
    """
    url = urljoin(page, link)
    if public_url and (url == public_url or url.startswith(f"{public_url}/")):
        url = url.removeprefix(public_url) or "/"
    address, fragment = urldefrag(url)
    is_here = address.startswith("/") and not address.startswith("//")
    return address if is_here else None, unquote(fragment)


def _address(folder: Path, path: Path) -> str:
    return "/" + path.relative_to(folder).as_posix().removesuffix("index.html")
