"""`flask content start`: another council's own site, to be written on."""

import os
import shutil
import tempfile
from pathlib import Path

import click

from inspection_outcome.commands.workspace import FILE, Workspace, errors_as_messages
from inspection_outcome.edition import PACKAGE, Folders, today
from inspection_outcome.i18n import upstream
from inspection_outcome.report import starter
from inspection_outcome.report.errors import visible
from inspection_outcome.report.files import make_folder, write_whole
from inspection_outcome.report.forms import Name
from inspection_outcome.report.toml import Reader
from inspection_outcome.settings import with_settings

_PROJECT = PACKAGE.parents[1]
_SHIPPED = Folders(PACKAGE.parent / "content", _PROJECT / "translations")
_TEMPLATES = PACKAGE / "start"
_PARTS = {"OUTCOME_CONTENT": "content", "OUTCOME_TRANSLATIONS": "translations"}
"""The folders that are made, by the setting that names each."""


def _council(_: click.Context, option: click.Parameter, given: str) -> str:
    """Return the name of the place. Raise BadParameter if it is not as `council.name` must be."""
    reader = Reader(FILE)
    name = reader.value(Name, given.strip(), str(option.name))
    for fault in reader.faults:
        raise click.BadParameter(visible(f"{fault.problem}. {fault.remedy}"))
    if "council" in str(name).casefold().split():
        raise click.BadParameter(
            f"'{visible(str(name))}' is a council. Give the place alone, like Northmarsh: "
            "sentences say 'children in Northmarsh'."
        )
    return str(name)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--council",
    required=True,
    callback=_council,
    help="the name of the place, without the word Council",
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(starter.PARTS),
    help="a grade that your report does not have; give it once for each",
)
@errors_as_messages()
def start(folder: Path, council: str, without: tuple[str, ...]) -> None:
    """Start the site of another council in FOLDER, which must be new or empty.

    It gets content that is true of every council, with a line that says TODO for each thing that is
    to be written, and the translations that hold. The file .env then names both folders.

    Exit code 1 if something is wrong: then nothing is made.
    """
    if not _SHIPPED.content.is_dir():  # it is no part of the package
        raise click.ClickException("'pip install' ran without -e: see README.md.")
    top = _free(folder)
    files = starter.content(council, today(), _TEMPLATES, _SHIPPED.content, without)
    settings = {name: _as_setting(top / part) for name, part in _PARTS.items()}
    env = _PROJECT / ".env"
    text = with_settings(env, settings)
    _make(top, files, env, text)
    content, translations = (folder / part for part in _PARTS.values())
    click.echo(f"Made {content} and {translations}{'' if text is None else ', and wrote .env'}.")
    if text is None:
        lines = " and ".join(f"{name}={value}" for name, value in settings.items())
        click.echo(f"{env} names another site. To work on this one, write there: {lines}")
    for name in settings.keys() & os.environ.keys() if text is not None else ():
        click.echo(f"In this terminal, {name} is set, and wins over .env: take it away.")
    click.echo(f"1. In {content / FILE}, write the first lines with TODO.")
    click.echo("2. Then 'flask run' shows your site, and 'flask content check' what is to be done.")
    click.echo("3. How to go on: site/content/README.md, 'Start a site for another council'.")


def _free(folder: Path) -> Path:
    """Return the whole path of a folder. Raise ClickException if no site can be started there."""
    top = Path(os.path.realpath(folder))  # Path.resolve raises RuntimeError for a loop of links
    if top.exists() and not (top.is_dir() and not any(top.iterdir())):
        raise click.ClickException(
            f"{folder} is not empty. Name a new folder, and nothing is lost."
        )
    if not top.parent.is_dir():
        raise click.ClickException(f"There is no folder {folder.parent} to make {folder.name} in.")
    for taken in (_SHIPPED.content, _SHIPPED.translations, PACKAGE):
        if top.is_relative_to(os.path.realpath(taken)):
            raise click.ClickException(f"{folder} is inside {taken}. Name a folder outside of it.")
    return top


def _as_setting(path: Path) -> str:
    """Return a path as `.env` has it: from the project's folder, if it is in there."""
    project = os.path.realpath(_PROJECT)
    return (path.relative_to(project) if path.is_relative_to(project) else path).as_posix()


def _make(top: Path, files: dict[str, str], env: Path, text: str | None) -> None:
    """Make the folders and write `.env`, unless its text is None; all of it or nothing."""
    new = not top.exists()
    moved: list[Path] = []
    make_folder(top)
    try:
        with tempfile.TemporaryDirectory(prefix=".", suffix=".part", dir=top) as beside:
            for part in _fill(Path(beside), files):
                moved += [part.rename(top / part.name)]
        if text is not None:
            write_whole(env, text)
    except BaseException:
        for part in moved:
            shutil.rmtree(part)
        if new:
            top.rmdir()
        raise


def _fill(made: Path, files: dict[str, str]) -> list[Path]:
    """Write content and translations into a folder, and return the folders in it.

    Which sentences are to be translated is only known of content that can be loaded.
    """
    content, translations = (made / part for part in _PARTS.values())
    loadable = made / "loadable"
    for name, text in files.items():
        write_whole(content / name, text)
        write_whole(loadable / name, starter.with_values(text))
    messages = Workspace.read(Folders(loadable, _SHIPPED.translations)).messages
    upstream.begin(_SHIPPED.translations, translations, messages)
    return [content, translations]
