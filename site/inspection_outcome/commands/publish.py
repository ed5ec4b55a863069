"""`flask publish`: write the whole site as plain files."""

import os
from pathlib import Path

import click

from inspection_outcome.commands.workspace import errors_as_messages, folders
from inspection_outcome.export.export import PublishError
from inspection_outcome.export.export import publish as write
from inspection_outcome.renderer import Renderer
from inspection_outcome.settings import Settings


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def publish(folder: Path) -> None:
    """Write the whole site into the folder DIR, as plain files for any host.

    It is made beside DIR and swapped in when all of it is right; what did not change is not
    written. Exit code 1 if something is wrong: then DIR stays as it was.
    """
    with errors_as_messages():
        renderer = Renderer.build(folders(), Settings.read(os.environ).public_url)
        try:
            made = write(renderer, folder)
        except (PublishError, OSError) as error:  # such as a full disk
            raise click.ClickException(
                f"{error}\nNothing was published: what was there is as it was."
            ) from None
    if not made.changed:
        click.echo(f"Nothing changed: {folder} stays as it is.")
        return
    click.echo(f"{folder}: {made.pages} pages, {made.changed} files new, other or gone.")
    if made.reload:
        click.echo("The headers are other than before: let nginx load them (nginx -s reload).")
