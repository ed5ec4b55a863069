"""`flask content add-update`: for staff who have read a new report on an action."""

from collections.abc import Sequence
from typing import Any

import click
from msgspec import structs

from inspection_outcome.authoring.faults import tried
from inspection_outcome.authoring.updates import NO_STATUS, not_known, statuses, twin
from inspection_outcome.commands.update_questions import Day, ask_sentence, ask_update
from inspection_outcome.commands.workspace import (
    FILE,
    Workspace,
    errors_as_messages,
    read_settings,
)
from inspection_outcome.edition import Folders, today
from inspection_outcome.report.edit import with_update
from inspection_outcome.report.errors import Fault, visible
from inspection_outcome.report.files import stamp, write_whole
from inspection_outcome.report.model import Update


@click.command("add-update")
@click.option("--action", help="the id of the action that it is about")
@click.option("--date", type=Day(), help="the day that the document bears, like 2026-03-31")
@click.option("--seen", type=Day(), help="for a document that bears no day: when you read it")
@click.option(
    "--status", help=f"how far the action has got, or '{NO_STATUS}' if the document does not say"
)
@click.option("--source", help="the id of the document, as in report.toml")
@click.option("--text", help="one or two short sentences in plain English")
@click.option("--yes", is_flag=True, help="write it without asking")
@errors_as_messages()
def add_update(yes: bool, **given: Any) -> None:  # noqa: FBT001 (click passes it by name)
    """Add what a new report says of an action, the newest first. Asks for what is not given.

    A document without a date gives no status: it is information. A document that is not in
    report.toml yet must be added there first, as a [[source]].
    """
    where = read_settings().folders
    workspace = Workspace.read(where)
    path = where.content / FILE
    since, before = stamp(path), path.read_bytes().decode()  # its line ends unchanged
    update = ask_update(workspace, given)
    if there := twin(workspace.report, update):
        raise click.ClickException(f"This is there already, as {there.id}. Nothing was written.")
    text, faults = propose(where, before, update)
    while given["text"] is None and _only_of(update, faults):
        _tell(faults)
        update = structs.replace(
            update, text=structs.replace(update.text, text=ask_sentence(workspace))
        )
        text, faults = propose(where, before, update)
    if faults:
        _tell(faults)
        raise click.ClickException("Nothing was written.")
    _show(workspace, update)
    if not yes and not click.confirm("Write it?"):
        raise click.ClickException("Nothing was written.")
    if not write_whole(path, text, since):
        raise click.ClickException(
            f"{FILE} was changed meanwhile. Nothing was written: start again."
        )
    click.echo(f"Written into {path}.")
    _tell_what_to_look_at(workspace)
    _tell_languages(workspace)


def propose(where: Folders, before: str, update: Update) -> tuple[str, Sequence[Fault]]:
    """Try an update on a copy of the content; return the text to write and the faults that it adds.

    Raise ClickException if it cannot be added without other changes.
    """
    try:
        text = with_update(before, update, today())
    except ValueError as error:
        raise click.ClickException(f"{FILE}: {error}") from None
    return text, tried(where, {FILE: text}).faults


def _only_of(update: Update, faults: Sequence[Fault]) -> bool:
    """Return whether there are faults, and another sentence could mend them all."""
    return bool(faults) and all(fault.field in {"", update.text.id} for fault in faults)


def _tell(faults: Sequence[Fault]) -> None:
    for fault in faults:
        click.echo(fault, err=True)


def _show(workspace: Workspace, update: Update) -> None:
    """Show the update as readers will see it, and what it changes."""
    report, say = workspace.report, workspace.plain
    action = next(each for each in report.actions if each.id == update.action)
    old, new = (each.value for each in statuses(report, update))
    click.echo(f"\n  Action:  {say(action.text)}")
    click.echo(f"  Day:     {update.date or f'none; read on {update.seen}'}")
    click.echo(f"  Says:    {say(update.text)}")
    click.echo(f"  Source:  {say(report.source(update.text.source).name)}")
    click.echo(f"  Status:  {f'{old}, and now {new}' if new != old else f'{new}, as before'}\n")


def _tell_what_to_look_at(workspace: Workspace) -> None:
    """Print every sentence about what is not known: this update may have made it wrong."""
    unknown = [*not_known(workspace.report)]
    if unknown:
        click.echo("Is all of this still true?")
    for file, sentence in unknown:
        click.echo(f"  {file}, {sentence.id}: {workspace.plain(sentence)}")


def _tell_languages(workspace: Workspace) -> None:
    names = ", ".join(
        f"{visible(language.name)} ({language.tag})" for language in workspace.translated
    )
    if names:
        click.echo(
            f"It now needs a translation into: {names}. "
            "Until then, readers get the English, marked."
        )
        click.echo("Next: flask translations update")
