"""Rules for every page, each worded as what to do.

tests/web/test_house_rules.py makes each rule fail.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from urllib.parse import urlsplit

import brotli
from justhtml import JustHTML, QueryMatch
from werkzeug.datastructures import Headers

Get = Callable[..., JustHTML]
"""Fetches a page and checks it against these rules: the fixture `get` of tests/web."""
PAGES = [
    "/en/",
    "/en/easy-read/",
    "/en/results/",
    "/en/progress/",
    "/en/inspection/",
    "/en/for/care-leavers/",
    "/en/for/in-care/",
    "/en/for/came-alone/",
    "/en/for/at-home/",
    "/en/for/parents/",
    "/en/for/carers/",
    "/en/words/",
    "/en/help/",
    "/en/about/",
    "/en/accessibility/",
]
TRANSLATED = {"pl": "ltr", "lt": "ltr", "ro": "ltr", "ar": "rtl"}
"""The shipped languages other than English, with their text direction."""
ALL = "/en/all/"
"""All pages on one, for printing, so the size limit does not apply."""
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
    page = JustHTML(html, collect_errors=True, sanitize=False)
    return [
        *(f"line {error.line}: mend the HTML: {error.code}" for error in page.errors),
        *_outline(page),
        *_ids(page),
        *_landmarks(page),
        *_requests(page),
        *_inline(page, headers.get("Content-Security-Policy", "")),
        *([] if large else _size(html)),
        *(f"send {name}: {value}" for name, value in HEADERS.items() if headers.get(name) != value),
        *(["send no cookie"] if "Set-Cookie" in headers else []),
    ]


def _outline(page: JustHTML) -> Iterator[str]:
    headings = page.query("h1, h2, h3, h4, h5, h6")
    tops = [heading for heading in headings if heading.name == "h1"]
    if len(tops) != 1:
        yield f"have one h1, not {len(tops)}"
    elif not _text(page, "title").translate(_ISOLATES).startswith(_text(page, "h1")):
        yield "begin the title with the h1"
    for first, second in pairwise(headings):
        if int(second.name[1]) > int(first.name[1]) + 1:
            yield f"do not skip a level before '{second.to_text()}'"
    if any(not heading.to_text().strip() for heading in headings):
        yield "give each heading text"
    if not _text(page, "title").strip():
        yield "give the page a title"
    html = attributes(page.query("html")[0])
    if not html.get("lang") or html.get("dir") not in {"ltr", "rtl"}:
        yield "set lang and dir on html"


def _ids(page: JustHTML) -> Iterator[str]:
    ids = Counter(str(attributes(element)["id"]) for element in page.query("[id]"))
    yield from (f"use the id '{id_}' once" for id_, number in ids.items() if number > 1)
    for link in page.query("a[href]"):
        href = str(attributes(link)["href"])
        if href.startswith("#") and href[1:] not in ids:
            yield f"let {href} lead to something"
    for element in page.query("[aria-labelledby], [aria-describedby], [for]"):
        for name in ("aria-labelledby", "aria-describedby", "for"):
            yield from (
                f"let {name} name an id"
                for id_ in str(attributes(element).get(name) or "").split()
                if id_ not in ids
            )


def _landmarks(page: JustHTML) -> Iterator[str]:
    for name in ("header", "main", "footer"):
        if len(page.query(f"body > {name}")) != 1:
            yield f"have one {name}"
    for nav in page.query("nav"):
        if not attributes(nav).get("aria-label"):
            yield "label each nav"
    names = Counter(summary.to_text() for summary in page.query("summary"))
    yield from (
        f"let one summary alone say '{name}'" for name, number in names.items() if number > 1
    )
    for link in page.query("a, button"):
        if not link.to_text().strip() and not attributes(link).get("aria-label"):
            yield "give each link and button a name"
    for picture in page.query("svg"):
        own = attributes(picture)
        if own.get("aria-hidden") != "true" and not own.get("aria-label"):
            yield "hide each picture from screen readers, or name it"


def _requests(page: JustHTML) -> Iterator[str]:
    for element in page.query("*"):
        for name, value in attributes(element).items():
            loads = name in _LOADING or (name in {"href", "xlink:href"} and _loads_href(element))
            if loads and urlsplit(str(value)).netloc:
                yield f"load nothing from another host: {value}"
    for style in page.query("style"):
        if re.search(r"@import|url\(", style.to_text()):
            yield "load nothing from a style"


def _loads_href(element: QueryMatch) -> bool:
    """Return whether the browser loads the href: not for links to follow, nor for metadata."""
    rel = str(attributes(element).get("rel") or "").split()
    return element.name not in {"a", "area"} and not {"canonical", "alternate"} & set(rel)


def _inline(page: JustHTML, policy: str) -> Iterator[str]:
    for element in page.query("*"):
        for name, value in attributes(element).items():
            if name.startswith("on") or name == "style":
                yield f"have no {name} attribute"
            runs = re.match(r"\s*(javascript|data|vbscript):", str(value), re.IGNORECASE)
            if name == "href" and runs:
                yield "link to no script"
    if (
        "unsafe" in policy
        or "default-src 'none'" not in policy
        or "script-src 'self';" not in policy
    ):
        yield "send a strict Content-Security-Policy"
    for element in page.query("style, script:not([src])"):
        digest = hashlib.sha256(element.to_text(separator="", strip=False).encode()).digest()
        if f"'sha256-{base64.b64encode(digest).decode()}'" not in policy:
            yield f"allow the {element.name} by its hash"


def _size(html: str) -> Iterator[str]:
    size = len(brotli.compress(html.encode()))
    if size > MOST_BYTES:
        yield f"send at most {MOST_BYTES} bytes, not {size}"


def _text(page: JustHTML, selector: str) -> str:
    found = page.query(selector)
    return " ".join(found[0].to_text(separator="", strip=False).split()) if found else ""
