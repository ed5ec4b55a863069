"""Load settings, content and translations for commands, or fail with a message on what to mend."""

import io
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import click

from inspection_outcome.edition import Edition, Folders
from inspection_outcome.i18n import languages, po_file, ui
from inspection_outcome.i18n.catalogues import Catalogue, Catalogues
from inspection_outcome.i18n.extract import Message, extract
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.i18n.translator import Translator
from inspection_outcome.pages.load import load
from inspection_outcome.pages.urls import ALL, page_at
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.errors import ContentError, shown, visible
from inspection_outcome.report.files import FileError
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.report.todo import is_todo
from inspection_outcome.report.toml import Reader
from inspection_outcome.settings import Settings, SettingsError, environment, not_named
from inspection_outcome.shown import shown as what_is_shown
from inspection_outcome.theme import Theme

FOLDERS = {"OUTCOME_CONTENT": "site/content", "OUTCOME_TRANSLATIONS": "translations"}
"""The shipped folders, by the setting that names another."""
_OF_THE_DESK = {"flask_wtf", "xlsxwriter", "openpyxl", "defusedxml"}
"""Libraries of the extra 'desk'."""
FILE = "report.toml"
"""The content file that names the council, and that `add-update` writes into."""


@contextmanager
def errors_as_messages() -> Iterator[None]:
    """Report an error in settings, content, a catalogue, a file or the console as a message.

    There is no stack trace, and the exit code is 1. Every command has this as its decorator.
    """
    _replace_what_the_console_lacks()
    try:
        yield
    except (ContentError, SettingsError, CatalogueError, FileError) as error:
        raise click.ClickException(str(error)) from None
    except ModuleNotFoundError as error:  # a server is installed without these extras
        extra = "desk" if error.name in _OF_THE_DESK else "staff"
        pip = r".venv\Scripts\pip" if sys.platform == "win32" else ".venv/bin/pip"
        raise click.ClickException(
            f"{error.name} is not installed. "
            f"Run: {pip} install -c tests/constraints.txt -e '.[{extra}]'"
        ) from None
    except BrokenPipeError:  # as in `| head`: click then ends quietly
        raise
    except OSError as error:
        raise click.ClickException(
            f"{error}. Look whether the disk is full, and whether you may read and write there."
        ) from None
    except UnicodeError as error:  # not of a file: whatever reads one reports that itself
        raise click.ClickException(
            f"What was typed is not text in the encoding of this console: {error}. "
            "Set the console to UTF-8 (in PowerShell: $env:PYTHONUTF8 = 1), and start again."
        ) from None


def _replace_what_the_console_lacks() -> None:
    """Print an escape in place of each letter that standard output cannot encode.

    Else a command would stop half-way where output is not UTF-8, such as cp1252 when it is
    redirected on Windows. Standard error does so by default.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def read_settings() -> Settings:
    """Return the settings, and tell which council's site they name, and where it is.

    Every command calls this once, first: so nobody works on another site for want of a setting. It
    is told on standard error, as it is no part of what was asked for. Raise SettingsError if a
    setting is wrong.
    """
    environ = environment()
    settings = Settings.read(environ)
    tell_whose(settings, environ)
    return settings


def tell_whose(settings: Settings, environ: Mapping[str, str]) -> None:
    """Tell on standard error which council's site the settings name, and where it is."""
    content, translations = map(shown, (settings.content, settings.translations))
    council = _council(settings.content)
    begin = f"{council}: content" if council else "Content"
    with suppress(OSError):  # of a console; a command does its work all the same
        also = "".join(
            f" There is also {shown(other)}, but no setting names it: see .env."
            for other in not_named(environ)
        )
        click.echo(f"{begin} in {content}, translations in {translations}.{also}", err=True)


def read_settings_to_translate() -> Settings:
    """Return the settings, for a command that writes English into translations.

    With one folder set, the other is of the shipped site: the English of one council would be
    written into the translations of another. Raise SettingsError then; who means it sets both.
    """
    environ = environment()
    named = [name for name in FOLDERS if environ.get(name)]
    if len(named) == 1:
        (other,) = FOLDERS.keys() - set(named)
        raise SettingsError(
            f"{named[0]} is set, and {other} is not: they may be of two sites, so nothing was "
            f"written. Set {other}, too; that of the shipped site is '{FOLDERS[other]}'."
        )
    return read_settings()


def _council(content: Path) -> str:
    """Return the council's name, even if the content is faulty; empty if it cannot be read."""
    tables = Reader(FILE).parse(content / FILE) or {}
    council = tables.get("council")
    name = council.get("name") if isinstance(council, dict) else None
    return visible(name) if isinstance(name, str) else ""


class Workspace(NamedTuple):
    """The content and translations that commands work on."""

    folder: Path
    languages: tuple[Language, ...]
    messages: Sequence[Message]
    """Every sentence to translate; not those that are still to be written."""
    report: Report
    words: Mapping[str, Sentence]
    theme: Path

    @classmethod
    def read(cls, where: Folders) -> "Workspace":
        """Return what is on disk. Raise ContentError if it is faulty."""
        report = load(where.content)
        words = ui.load(report, where.ui)
        return cls(
            where.translations,
            languages.load(where.translations),
            [each for each in extract(report, words) if not is_todo(each.sentence)],
            report,
            words,
            where.theme,
        )

    @property
    def translated(self) -> tuple[Language, ...]:
        """Return every language except English, shown or not."""
        return tuple(language for language in self.languages if language.tag != ENGLISH)

    @property
    def _english(self) -> Language:
        return next(language for language in self.languages if language.tag == ENGLISH)

    @property
    def plain(self) -> Callable[[Sentence], str]:
        """Return a function that renders a sentence in English, without markup."""
        translator = Translator(self._english, self.words, self.report.facts, address=str)
        return PageTranslator(translator, translator).plain

    @property
    def sentences(self) -> list[Sentence]:
        """Return every sentence to translate, in site order."""
        return [message.sentence for message in self.messages]

    def pages(self, catalogue: Catalogue) -> dict[str, list[str]]:
        """Return the ids of all that each page shows in a language, by the page's name.

        After the pages: the words of the site itself, those of the report, and those of the page
        that has all others, each without what else stands there.
        """
        offered = (self._english, catalogue.language)
        made = Catalogues(offered, {catalogue.language.tag: catalogue}, {}, whole=True)
        edition = Edition(self.report, self.words, made, Theme.read(self.theme), "")
        renderer, found = Renderer(edition), {}
        own: dict[str, list[str]] = defaultdict(list)
        for message in self.messages:
            own[message.page].append(message.sentence.id)
        for name in self.report.site.order:
            if name != ALL:
                page = what_is_shown(renderer, name, catalogue.language.tag, catalogue.entries)
                found[name] = [*page.seen, *page.unseen]
        return found | {name: ids for name, ids in own.items() if name not in found}

    def page(self, asked: str, pages: Iterable[str]) -> str:
        """Return the page of an address or a name. Raise BadParameter if there is no such page."""
        pages = tuple(pages)
        found = page_at(asked, pages, (language.tag for language in self.languages))
        if found is None:
            raise click.BadParameter(f"there is no page '{asked}'. Known: {', '.join(pages)}.")
        return found

    def said(self, language: Language) -> dict[str, Translation]:
        """Return what a language's file says. Raise CatalogueError if it cannot be read."""
        needed = [sentence.id for sentence in self.sentences]
        return po_file.translations(po_file.read(self.po_path(language), language, needed))

    def po_path(self, language: Language) -> Path:
        """Return the path of a language's PO file."""
        return po_file.path_of(self.folder, language)

    def po_name(self, language: Language) -> str:
        """Return the path as staff are told it, like translations/pl/LC_MESSAGES/messages.po."""
        return shown(self.po_path(language))

    def language(self, tag: str) -> Language:
        """Return the language with this tag. Raise BadParameter if it is English or unknown."""
        for language in self.translated:
            if language.tag == tag:
                return language
        known = ", ".join(language.tag for language in self.translated)
        raise click.BadParameter(f"there is no language '{tag}' to translate into. Known: {known}.")
