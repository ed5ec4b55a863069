"""The site that is shipped, or the one that the environment or `.env` names, as for every command.

Nothing of it is typed into a test, except facts of 2023: what a test expects of it is read from it.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pseudo_locales
import pytest
from inspection_outcome.commands.workspace import Workspace
from inspection_outcome.i18n import languages
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.report.errors import ContentError
from inspection_outcome.settings import Settings, environment
from pseudo_locales import pages_of

with pytest.MonkeyPatch.context() as patch:
    patch.delenv("FLASK_SKIP_DOTENV", raising=False)  # set by conftest.py
    SETTINGS = Settings.read(environment())
IS_SHIPPED = Settings().content == SETTINGS.content
"""Whether it is the shipped one, and not that of a council."""
ALL = "/en/all/"
"""All pages on one, for printing, so the size limit does not apply."""
EVERY = pages_of(SETTINGS.content)
PAGES = [path for path in EVERY if path != ALL]
TRANSLATED = [
    language
    for language in languages.load(SETTINGS.translations)
    if language.shown and language.tag != ENGLISH
]
"""The languages other than English that readers are led to."""


def environ(translations: Path = SETTINGS.translations) -> dict[str, str]:
    """Return the settings of the shipped site; another translations folder may replace its own."""
    return {"OUTCOME_CONTENT": str(SETTINGS.content), "OUTCOME_TRANSLATIONS": str(translations)}


@cache
def workspace() -> Workspace:
    """Return the shipped content and languages. Fail, with every fault, if the content has one."""
    try:
        return Workspace.read(SETTINGS.folders)
    except ContentError as error:
        pytest.fail(str(error), pytrace=False)


def beside_pseudo_locales(into: Path) -> Path:
    """Make and return a translations folder with the shipped languages and the pseudo-locales."""
    return pseudo_locales.beside(
        SETTINGS.translations, into, pseudo_locales.messages(SETTINGS.content)
    )


def tell(problems: Iterable[str], remedy: str) -> None:
    """Fail with each problem and what to do about it, without a stack trace, if there is one."""
    if told := list(problems):
        pytest.fail("\n".join([*told, "", f"What to do: {remedy}"]), pytrace=False)
