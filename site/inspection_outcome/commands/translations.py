"""`flask translations …`: for staff who maintain translations; messages use their terms.

`update`, `check` and `accept` are in modules of their own, such as translations_update.py.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import click

from inspection_outcome.commands.translations_accept import accept_command
from inspection_outcome.commands.translations_check import INDENT, check_command
from inspection_outcome.commands.translations_receive import receive_command
from inspection_outcome.commands.translations_send import send_command
from inspection_outcome.commands.translations_update import MARK, UNMARK, update_command
from inspection_outcome.commands.workspace import (
    Workspace,
    errors_as_messages,
    read_settings,
    read_settings_to_translate,
)
from inspection_outcome.i18n import languages, merge, new_language, po_file
from inspection_outcome.i18n.catalogues import Catalogue, assess_all
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.states import State
from inspection_outcome.report.files import FileError


@click.group()
def translations() -> None:
    """Look after the translations."""


translations.add_command(check_command)
translations.add_command(accept_command)
translations.add_command(update_command)
translations.add_command(send_command)
translations.add_command(receive_command)


@translations.command()
@errors_as_messages()
def status() -> None:
    """Tell how far each language is, and what to do next.

    Exit code 1 if a language's file cannot be read.
    """
    workspace = Workspace.read(read_settings().folders)
    if not workspace.translated:
        click.echo(
            f"English is the only language in {languages.FILE}, so there is nothing to translate. "
            "To add one, such as Polish: flask translations add pl"
        )
    unreadable = False
    for language in workspace.translated:
        note = "" if language.shown else ", not shown to readers yet"
        click.echo(f"{language.name} ({language.tag}){note}")
        try:
            lines = list(_status(workspace, language))
        except CatalogueError as error:
            unreadable, lines = True, str(error).splitlines()
        for line in lines:
            click.echo(INDENT + line)
    if unreadable:
        raise click.exceptions.Exit(1)


def _status(workspace: Workspace, language: Language) -> Iterator[str]:
    said = workspace.said(language)
    made = assess_all(language, workspace.sentences, said)
    critical = Counter(entry.state for entry in made.entries.values() if entry.sentence.critical)
    for state, number in ((state, made.counts[state]) for state in State):
        note = f", {critical[state]} of them critical" if critical[state] else ""
        yield f"{state.value + ':':<21}{number:>5}{note}"
    waiting = _waiting(workspace, made)
    if waiting:
        yield f"Pages to check: {', '.join(f'{page} {number}' for page, number in waiting.items())}"
    yield f"Next: {_next(workspace, made, said, next(iter(waiting), ''))}"


def _waiting(workspace: Workspace, made: Catalogue) -> dict[str, int]:
    """Return the pages that wait for a speaker, each with how many sentences `accept` asks."""
    if not made.counts[State.NEEDS_CHECKING]:
        return {}
    numbers = {
        page: sum(made.entries[id_].state is State.NEEDS_CHECKING for id_ in ids)
        for page, ids in workspace.pages(made).items()
    }
    return {page: number for page, number in numbers.items() if number}


def _next(workspace: Workspace, made: Catalogue, said: Mapping[str, Translation], page: str) -> str:
    counts, tag, file = made.counts, made.language.tag, workspace.po_name(made.language)
    rewritten = (
        id_ not in said or not said[id_].is_of(entry.sentence)
        for id_, entry in made.entries.items()
    )
    if any(rewritten):
        return "the English has changed since. Run: flask translations update"
    if counts[State.BROKEN]:
        return f"see what is broken. Run: flask translations check {tag}"
    if counts[State.ENGLISH_CHANGED]:
        return f"open {file} and go through the entries marked '{MARK}'. {UNMARK}"
    if counts[State.NOT_TRANSLATED]:
        return f"open {file}, for example with Poedit, and translate; the critical ones first."
    if counts[State.NEEDS_CHECKING]:
        return (
            "let a speaker check it page by page. "
            f"Run: flask translations accept {tag} {page} --by NAME"
        )
    return "nothing to do."


@translations.command()
@click.argument("tag")
@click.option(
    "--locale",
    default="",
    help="how dates and numbers are written, if not as the tag says, like pt_PT",
)
@errors_as_messages()
def add(tag: str, locale: str) -> None:
    """Add a language by its TAG, like lt or ckb: its file, and its line in the list.

    It is not shown to readers yet.

    For a language of the list that has no file, it makes the file. To undo it, delete its folder
    and its line.
    """
    folders = read_settings_to_translate().folders
    with locked(folders.translations):
        workspace = Workspace.read(folders)
        language = _add(workspace, tag, locale)
    click.echo(
        f"Added {language.name} ({language.tag}), with {language.plural_rule.forms} plural forms."
    )
    click.echo(f"Translate {workspace.po_name(language)}. To see it, open /{language.tag}/.")
    if not language.shown:
        click.echo(
            f"To lead readers there, take 'shown = false' out of its line in {languages.FILE}."
        )


def _add(workspace: Workspace, tag: str, locale: str) -> Language:
    """Write a language's line and file, whichever is not there, and return the language."""
    asked = tag.lower().replace("_", "-")
    language = next((each for each in workspace.translated if each.tag == asked), None)
    if language is None or workspace.po_path(language).exists():
        try:
            language = new_language.new_language(tag, locale, workspace.languages)
            new_language.enlist(workspace.folder / languages.FILE, language)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    path = workspace.po_path(language)
    if not path.exists():
        try:
            fresh, _ = merge.merge(po_file.new(language), language, workspace.messages)
            po_file.write(fresh, path)
        except FileError as error:  # the same command again then makes the file alone
            raise click.ClickException(
                f"{error}\nThe line of {language.tag} is in {languages.FILE}."
            ) from None
    return language
