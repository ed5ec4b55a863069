"""What every command starts from: settings, content and translations, or a message that says what to mend."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from inspection_outcome.edition import Folders
from inspection_outcome.i18n import languages, ui
from inspection_outcome.i18n.extract import Message, extract
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.po_file import CatalogueError
from inspection_outcome.i18n.render import PageTranslator, Translator
from inspection_outcome.report import load
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.settings import Settings, SettingsError


@contextmanager
def errors_as_messages() -> Iterator[None]:
    """Tell a mistake in settings, content or a catalogue as a message, without a traceback. The exit code is 1."""
    try:
        yield
    except (ContentError, SettingsError, CatalogueError) as error:
        raise click.ClickException(str(error)) from None
    except (OSError, UnicodeError) as error:
        raise click.ClickException(
            f"{error}. Look whether the file is there, is UTF-8 text and may be written."
        ) from None


def folders() -> Folders:
    """Where everything is, as the environment sets it. Raises SettingsError."""
    settings = Settings.read(os.environ)
    return Folders(settings.content, settings.translations)


def plain(offered: Sequence[Language], report: Report, words: Mapping[str, Sentence]) -> Callable[[Sentence], str]:
    """Give what says a sentence in English as readers get it, without markup."""
    english = next(language for language in offered if language.tag == ENGLISH)
    translator = Translator(english, words, report.facts, address=str)
    return PageTranslator(translator, translator).plain


class Workspace(NamedTuple):
    """What commands for translations work on."""

    folder: Path
    languages: tuple[Language, ...]
    messages: Sequence[Message]
    report: Report
    words: Mapping[str, Sentence]

    @classmethod
    def read(cls) -> "Workspace":
        """Read it. Raises ContentError or SettingsError."""
        where = folders()
        report = load.load(where.content)
        words = ui.load(report, where.ui)
        return cls(where.translations, languages.load(where.translations), extract(report, words), report, words)

    @property
    def translated(self) -> tuple[Language, ...]:
        """Every language but English, shown or not."""
        return tuple(language for language in self.languages if language.tag != ENGLISH)

    def language(self, tag: str) -> Language:
        """The language with this tag. Raises BadParameter for any other."""
        for language in self.translated:
            if language.tag == tag:
                return language
        known = ", ".join(language.tag for language in self.translated)
        raise click.BadParameter(f"there is no language '{tag}' to translate into. Known: {known}.")
