"""`flask content …`: for staff who maintain the facts and the English words."""

import click

from inspection_outcome.commands.content_check import check_content, check_taken_over, gone
from inspection_outcome.commands.updates import add_update
from inspection_outcome.commands.workspace import errors_as_messages, read_settings


@click.group()
def content() -> None:
    """Look after the facts and the English words."""


content.add_command(add_update)


@content.command()
@errors_as_messages()
def check() -> None:
    """Report every fault in the content, with file, field and what to do.

    Exit code 1 if there is one.
    """
    where = read_settings().folders
    faults = [*check_taken_over(where.content), *check_content(where)]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException(f"{len(faults)} to mend.")
    if ids := gone(where):
        click.echo(
            f"Sentences are gone since the last 'flask translations update': {len(ids)}, such as "
            f"{ids[-1]}. If nobody took them out, a file was cut off: put it back. "
            "Else run: flask translations update"
        )
    click.echo("No faults.")
