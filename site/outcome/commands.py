"""`flask content …`: thin shells over plain functions. They work when the app cannot start."""

import os

import click

from outcome.edition import Folders
from outcome.report import load
from outcome.report.faults import ContentError, Fault
from outcome.report.style import style
from outcome.settings import Settings, SettingsError
from outcome.words import interface, languages
from outcome.words.languages import ENGLISH
from outcome.words.say import Voice


@click.group()
def content() -> None:
    """Look after the facts and the English words."""


@content.command()
def check() -> None:
    """Report every fault in the content, with file, field and what to do. Exit code 1 if there is one."""
    try:
        settings = Settings.read(os.environ)
        faults = check_content(Folders(settings.content, settings.translations))
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException(f"{len(faults)} to mend.")
    click.echo("No faults.")


def check_content(folders: Folders) -> list[Fault]:
    """Give the faults of truth; if there are none, the faults of style."""
    try:
        report = load.load(folders.content)
        words = interface.load(report, folders.look / "words" / "interface.toml")
        offered = languages.load(folders.translations)
    except ContentError as error:
        return list(error.faults)
    english = next(language for language in offered if language.tag == ENGLISH)
    return style(report, Voice(english, words, report.facts, address=str).plain)
