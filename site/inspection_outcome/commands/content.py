"""`flask content …`: for staff who maintain the facts and the English words."""

import click

from inspection_outcome.authoring.faults import check_content
from inspection_outcome.commands.content_check import (
    check_taken_over,
    gone,
    names_of_others,
    said_later,
)
from inspection_outcome.commands.start import start
from inspection_outcome.commands.updates import add_update
from inspection_outcome.commands.workspace import errors_as_messages, read_settings
from inspection_outcome.report.todo import REMEDY, todos


@click.group()
def content() -> None:
    """Look after the facts and the English words."""


content.add_command(add_update)
content.add_command(start)


@content.command()
@errors_as_messages()
def check() -> None:
    """Report every TODO and every fault in the content, with its place and what to do.

    Exit code 1 if there is one.
    """
    where = read_settings().folders
    taken, left = check_taken_over(where.content), todos(where.content)
    copies = [fault for fault in taken if not fault.field]  # of all that is in a file
    for fault in copies:
        click.echo(fault)
    for todo in left:
        click.echo(todo)
    if left:
        click.echo(f"    {REMEDY}")
    files = {fault.file for fault in copies}
    others = [each for each in (*taken, *check_content(where)) if each.file not in files]
    for fault in others:
        click.echo(fault)
    faults = [*copies, *others]
    if left or faults:
        numbers = {"to write": len(left), "to mend": len(faults)}
        told = (f"{number} {what}" for what, number in numbers.items() if number)
        raise click.ClickException(f"{', '.join(told)}.")
    for line in (*names_of_others(where), *said_later(where.content)):
        click.echo(line)
    if ids := gone(where):
        click.echo(
            f"Sentences are gone since the last 'flask translations update': {len(ids)}, such as "
            f"{ids[-1]}. If nobody took them out, a file was cut off: put it back. "
            "Else run: flask translations update"
        )
    click.echo("No faults.")
