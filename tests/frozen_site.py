"""The site that the code is tested on: a made-up council's, which changes only with the code.

So nobody who edits the shipped content or translations can make these tests fail. What is shipped
is tested in tests/content.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pseudo_locales
from flask import Flask
from inspection_outcome import create_app
from inspection_outcome.edition import Folders
from pseudo_locales import NORTHMARSH, pages_of

ALL = "/en/all/"
"""All pages on one, for printing, so the size limit does not apply."""
PAGES = [path for path in pages_of(NORTHMARSH) if path != ALL]
TRANSLATED = {language.tag: language.direction for language in pseudo_locales.LANGUAGES}
"""The languages other than English, with their text direction."""
DAY = dt.date(2026, 11, 25)
"""The day on which the frozen site is read."""


def create(translations: Path, *, watch: bool = False, **settings: object) -> Flask:
    """Return the app of the frozen site; `public_url="…"` sets OUTCOME_PUBLIC_URL, and so on."""
    chosen: dict[str, Any] = {"content": NORTHMARSH, "translations": translations} | settings
    environ = {f"OUTCOME_{name.upper()}": str(value) for name, value in chosen.items()}
    return create_app(environ, watch=watch, clock=lambda: DAY)


def folders(translations: Path) -> Folders:
    """Return the folders of the frozen site."""
    return Folders(NORTHMARSH, translations)
