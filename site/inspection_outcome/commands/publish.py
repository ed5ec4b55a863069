"""`flask publish`: write the whole site as plain files."""

from collections.abc import Iterator
from pathlib import Path

import click

from inspection_outcome.commands.content_check import check_taken_over
from inspection_outcome.commands.workspace import errors_as_messages, read_settings
from inspection_outcome.export.errors import PublishError
from inspection_outcome.export.export import publish as write
from inspection_outcome.export.ready import ready
from inspection_outcome.renderer import Renderer

_UNCHANGED = "Nothing was published: what was there is as it was."


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--other-council", is_flag=True, help="replace the site of another council")
@errors_as_messages()
def publish(folder: Path, other_council: bool) -> None:  # noqa: FBT001 (click passes it by name)
    """Write the whole site into the folder DIR, as plain files for any host.

    It is made beside DIR and swapped in when all of it is right; what did not change is not
    written. What you put into DIR yourself stays there.

    Exit code 1 if something is wrong: then DIR stays as it was.
    """
    settings = read_settings()
    where = settings.folders
    try:
        renderer = ready(where, settings.public_url)
    except PublishError as error:
        raise click.ClickException(f"{error}\n{_UNCHANGED}") from None
    try:
        made = write(renderer, folder, other_council=other_council)
    except PublishError as error:
        raise click.ClickException(f"{error}\n{_UNCHANGED}") from None
    except OSError as error:
        raise click.ClickException(
            f"{error}. Look whether the disk is full, and whether a program has a file open there."
            f"\n{_UNCHANGED}"
        ) from None
    for line in _notices(renderer, where.content):
        click.echo(line, err=True)
    if not made.changed:
        click.echo(f"Nothing changed: {folder} stays as it is.")
        return
    click.echo(f"{folder}: {made.pages} pages, {made.changed} files new, other or gone.")
    if made.reload:
        click.echo("The headers are other than before: let nginx load them (nginx -s reload).")


def _notices(renderer: Renderer, content: Path) -> Iterator[str]:
    """Yield what may be wrong or missing, and may be meant."""
    if taken := len(check_taken_over(content)):
        yield f"{taken} things are as another council's site has them. See: flask content check"
    if not renderer.edition.report.council.publisher:
        yield "Each page says that nobody answers for it: report.toml has no 'publisher'."
    if not renderer.edition.public_url:
        yield "OUTCOME_PUBLIC_URL is not set: there is no sitemap, and addresses are not whole."
