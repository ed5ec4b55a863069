"""`flask translations send`: write the spreadsheet that goes to a translator."""

from collections.abc import Sequence
from pathlib import Path

import click

from inspection_outcome.commands.workspace import Workspace, errors_as_messages, read_settings
from inspection_outcome.edition import Edition, Folders
from inspection_outcome.i18n import glossary, sheet_out
from inspection_outcome.i18n.states import State
from inspection_outcome.outgoing import STATES, Site, job
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.errors import shown
from inspection_outcome.report.files import FileError, write_whole

_STATES = {state.value.casefold(): state for state in State}


@click.command("send")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([*_STATES], case_sensitive=False),
    help="only sentences in this state; may be repeated. Without it: all that need translating",
)
@click.option(
    "--page",
    "pages",
    multiple=True,
    metavar="PAGE",
    help="only what this page shows, like help; may be repeated",
)
@errors_as_messages()
def send_command(language: str, file: Path, states: Sequence[str], pages: Sequence[str]) -> None:
    """Write the sentences of a LANGUAGE into a spreadsheet, FILE, for a translator.

    Bring it back with `flask translations receive`.
    """
    folders = read_settings().folders
    workspace = Workspace.read(folders)
    spoken = workspace.language(language)
    if file.suffix.lower() != ".xlsx":
        raise click.BadParameter("name it like lingua.xlsx.", param_hint="FILE")
    if file.exists():
        raise click.BadParameter(f"{shown(file)} is there already.", param_hint="FILE")
    made = job(
        _site(folders, workspace),
        spoken.tag,
        [_STATES[each.casefold()] for each in states] or STATES,
        [_page(workspace, page) for page in pages],
    )
    if not made.lines:
        raise click.ClickException("Nothing is in these states. See: flask translations status")
    try:
        write_whole(file, sheet_out.write(made))
    except FileError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{shown(file)}: {len(made.lines):,} sentences, {made.words:,} English words.")


def _site(folders: Folders, workspace: Workspace) -> Site:
    messages = {each.sentence.id: each for each in workspace.messages}
    return Site(Renderer(Edition.read(folders)), messages, glossary.load(folders.translations))


def _page(workspace: Workspace, name: str) -> str:
    pages = workspace.report.site.order
    if name not in pages:
        raise click.BadParameter(f"there is no page '{name}'. Known: {', '.join(pages)}.")
    return name
