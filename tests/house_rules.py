"""Rules for every page, each worded as what to do.

tests/web/test_house_rules.py makes each rule fail.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

import brotli
from justhtml import JustHTML, QueryMatch
from werkzeug.datastructures import Headers

Get = Callable[..., JustHTML]
"""Fetches a page and checks it against these rules: the fixture `get` of tests/web."""
MOST_BYTES = 14 * 1024  # compressed: what the first network round trip carries
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ISOLATES = {0x2068: None, 0x2069: None}
"""Characters that isolate a fact's text direction where no element is allowed."""
_LOADING = {"src", "srcset", "data", "poster", "action", "formaction", "background"}


def attributes(element: QueryMatch) -> dict[str, str | None]:
    """Return an element's attributes; a comment has none."""
    return element.attrs or {}


def attribute(element: QueryMatch, name: str) -> str:
    """Return an attribute of an element, or an empty string."""
    return attributes(element).get(name) or ""


def text_of(element: QueryMatch) -> str:
    """Return an element's text with white space collapsed to single spaces."""
    return " ".join(element.to_text().split())


def broken(html: str, headers: Mapping[str, str] | Headers, *, large: bool = False) -> list[str]:
    """Return what to do about each rule that a page breaks."""
    return inspect(html, headers, large=large)[1]


def inspect(
    html: str, headers: Mapping[str, str] | Headers, *, large: bool = False
) -> tuple[JustHTML, list[str]]:
    """Return a parsed page, and what to do about each rule that it breaks.

    `large`: whether the size limit does not apply to it.
    """
    page = JustHTML(html, collect_errors=True, sanitize=False)
    elements = page.query("*")  # one walk for all rules: a query takes longer than parsing
    return page, [
        *(f"line {error.line}: mend the HTML: {error.code}" for error in page.errors),
        *_outline(elements),
        *_ids(elements),
        *_landmarks(elements),
        *_requests(elements),
        *_inline(elements, headers.get("Content-Security-Policy", "")),
        *([] if large else _size(html)),
        *(f"send {name}: {value}" for name, value in HEADERS.items() if headers.get(name) != value),
        *(["send no cookie"] if "Set-Cookie" in headers else []),
    ]


def _outline(elements: Sequence[QueryMatch]) -> Iterator[str]:
    headings = [element for element in elements if re.fullmatch("h[1-6]", element.name)]
    tops = [heading for heading in headings if heading.name == "h1"]
    title = next((_text(element) for element in elements if element.name == "title"), "")
    if len(tops) != 1:
        yield f"have one h1, not {len(tops)}"
    elif not title.translate(_ISOLATES).startswith(_text(tops[0])):
        yield "begin the title with the h1"
    for first, second in pairwise(headings):
        if int(second.name[1]) > int(first.name[1]) + 1:
            yield f"do not skip a level before '{second.to_text()}'"
    if any(not heading.to_text().strip() for heading in headings):
        yield "give each heading text"
    if not title.strip():
        yield "give the page a title"
    html = next(element for element in elements if element.name == "html")
    if not attribute(html, "lang") or attribute(html, "dir") not in {"ltr", "rtl"}:
        yield "set lang and dir on html"


def _ids(elements: Sequence[QueryMatch]) -> Iterator[str]:
    ids = Counter(
        str(attributes(element)["id"]) for element in elements if "id" in attributes(element)
    )
    yield from (f"use the id '{id_}' once" for id_, number in ids.items() if number > 1)
    for element in elements:
        href = attribute(element, "href") if element.name == "a" else ""
        if href.startswith("#") and href[1:] not in ids:
            yield f"let {href} lead to something"
        for name in ("aria-labelledby", "aria-describedby", "for"):
            yield from (
                f"let {name} name an id"
                for id_ in attribute(element, name).split()
                if id_ not in ids
            )


def _landmarks(elements: Sequence[QueryMatch]) -> Iterator[str]:
    tops = Counter(each.name for each in elements if each.parent and each.parent.name == "body")
    yield from (f"have one {name}" for name in ("header", "main", "footer") if tops[name] != 1)
    names = Counter(element.to_text() for element in elements if element.name == "summary")
    yield from (
        f"let one summary alone say '{name}'" for name, number in names.items() if number > 1
    )
    for element in elements:
        label = attribute(element, "aria-label")
        if element.name == "nav" and not label:
            yield "label each nav"
        if element.name in {"a", "button"} and not label and not element.to_text().strip():
            yield "give each link and button a name"
        if element.name == "svg" and not label and attribute(element, "aria-hidden") != "true":
            yield "hide each picture from screen readers, or name it"


def _requests(elements: Sequence[QueryMatch]) -> Iterator[str]:
    for element in elements:
        for name, value in attributes(element).items():
            loads = name in _LOADING or (name in {"href", "xlink:href"} and _loads_href(element))
            if loads and urlsplit(str(value)).netloc:
                yield f"load nothing from another host: {value}"
        if element.name == "style" and re.search(r"@import|url\(", element.to_text()):
            yield "load nothing from a style"


def _loads_href(element: QueryMatch) -> bool:
    """Return whether the browser loads the href: not for links to follow, nor for metadata."""
    rel = attribute(element, "rel").split()
    return element.name not in {"a", "area"} and not {"canonical", "alternate"} & set(rel)


def _inline(elements: Sequence[QueryMatch], policy: str) -> Iterator[str]:
    if (
        "unsafe" in policy
        or "default-src 'none'" not in policy
        or "script-src 'self';" not in policy
    ):
        yield "send a strict Content-Security-Policy"
    for element in elements:
        own = attributes(element)
        for name, value in own.items():
            if name.startswith("on") or name == "style":
                yield f"have no {name} attribute"
            runs = re.match(r"\s*(javascript|data|vbscript):", str(value), re.IGNORECASE)
            if name == "href" and runs:
                yield "link to no script"
        if element.name == "style" or (element.name == "script" and "src" not in own):
            text = element.to_text(separator="", strip=False)
            digest = hashlib.sha256(text.encode()).digest()
            if f"'sha256-{base64.b64encode(digest).decode()}'" not in policy:
                yield f"allow the {element.name} by its hash"


def _size(html: str) -> Iterator[str]:
    if len(brotli.compress(html.encode(), quality=5)) <= MOST_BYTES:
        return  # so it is at most that as it is sent, which takes much longer
    size = len(brotli.compress(html.encode()))
    if size > MOST_BYTES:
        yield f"send at most {MOST_BYTES} bytes, not {size}"


def _text(element: QueryMatch) -> str:
    return " ".join(element.to_text(separator="", strip=False).split())
