"""Files for phones: every page of a language for offline reading, and the web app manifest."""

import gzip
import json
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from inspection_outcome.i18n.render import WITHOUT_ISOLATES, PageTranslator
from inspection_outcome.pages.urls import HOME, ICONS, MARK, ROOT, WORKER, page_address
from inspection_outcome.report.facts import Size
from inspection_outcome.report.sentence import Sentence

_PAPER, _ACCENT = "#fffdf8", "#4527a0"  # as in static/styles/1-tokens.css

LIMIT = Size(300)
"""More than the file of any language: tests/content/test_pages.py measures them."""
_LEVEL = 7
"""Compression level of gzip: 9 takes three times as long, for 0.3 % less."""


class File(Struct, frozen=True):
    """A file that a page needs: its media type and its text."""

    type: str
    text: str


def contents(home: str, pages: Mapping[str, str], files: Mapping[str, File]) -> bytes:
    """Return pages and files by address, and the address to show first, as JSON.

    It is a single file so that a phone stores everything or nothing, and little data. static/sw.js
    reads it.
    """
    kept = {address: File("text/html; charset=utf-8", html) for address, html in pages.items()}
    kept |= {address: file for address, file in files.items() if address != WORKER}
    return msgspec.json.encode({"home": home, "files": kept})


def pack(json_: bytes) -> bytes:
    """Return the contents of a pack compressed with gzip: the same bytes each time."""
    return gzip.compress(json_, _LEVEL, mtime=0)


def manifest(page_translator: PageTranslator, name: Sentence, tag: str) -> str:
    """Return the web app manifest (W3C) of a language as JSON; `name` is the name of the site."""
    home = page_address(HOME, tag)
    icons = [{"src": MARK, "type": "image/svg+xml", "sizes": "any"}]
    icons += [
        {"src": src, "type": "image/png", "sizes": f"{width}x{width}", "purpose": "any maskable"}
        for width, src in ICONS.items()
    ]
    return json.dumps(
        {
            "id": home,
            "start_url": home,
            "scope": ROOT,
            "name": page_translator.plain(name).translate(WITHOUT_ISOLATES),
            "short_name": page_translator.plain("ui.short-name").translate(WITHOUT_ISOLATES),
            "lang": page_translator.language.tag,
            "dir": page_translator.language.direction,
            "display": "minimal-ui",
            "background_color": _PAPER,
            "theme_color": _ACCENT,
            "icons": icons,
        },
        ensure_ascii=False,
    )
