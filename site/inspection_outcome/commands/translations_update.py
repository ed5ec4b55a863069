"""`flask translations update`: follow the English and, if asked, another site's translations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from inspection_outcome.commands.translations_check import INDENT
from inspection_outcome.commands.workspace import (
    Workspace,
    errors_as_messages,
    read_settings_to_translate,
)
from inspection_outcome.i18n import glossary, merge
from inspection_outcome.i18n.extract import write_template
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.three_way import Taken, Theirs
from inspection_outcome.i18n.upstream import GlossaryState, Upstream, follow, follow_glossary
from inspection_outcome.report.errors import ContentError, shown, visible
from inspection_outcome.report.files import FileError

MARK = "fuzzy"
"""The flag by which other tools mark a sentence whose English has changed."""
UNMARK = (
    "When the translation fits, delete the line '#, fuzzy' (in Poedit: switch 'Needs work' off)."
)


@click.command("update")
@click.option(
    "--from",
    "other",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="also take what is new in another translations folder",
)
@click.option(
    "--take",
    "asked",
    multiple=True,
    metavar="ID",
    help="with --from: take this sentence, or page, though it was changed here; may be repeated",
)
@errors_as_messages()
def update_command(other: Path | None, asked: tuple[str, ...]) -> None:
    """Bring every language's file in line with the English.

    It keeps every translation, under its sentence.

    With --from, it also takes the translations that were mended or added in another folder, such as
    that of the project that you follow, for sentences whose English is the same. What was changed
    or accepted here stays.

    Exit code 1 if a file cannot be read, holds less than it says, or cannot be written: that one is
    left as it is, and named; the others are brought in line.
    """
    workspace = Workspace.read(read_settings_to_translate().folders)
    _check_asked(workspace, other, asked)
    done: list[str] = []  # told at the end, so that a console cannot stop the work half-way
    failed: list[str] = []

    def attempt(step: Callable[[], Iterable[str]]) -> None:
        try:
            done.extend(step())
        except (CatalogueError, ContentError, FileError) as error:
            failed.append(str(error))

    with locked(workspace.folder):
        source = (
            Upstream.read(other, workspace.folder, workspace.messages, asked)
            if other
            else Upstream({}, (), ())
        )
        attempt(partial(_template, workspace))
        for language in workspace.translated:
            attempt(partial(_update, workspace, language, source.theirs.get(language.tag)))
        if other:
            attempt(partial(_glossary, workspace, other))
    for line in (*done, *_not_offered(source.only_there)):
        click.echo(line)
    if failed := [*source.refused, *failed]:
        raise click.ClickException("\n".join(failed))


def _check_asked(workspace: Workspace, other: Path | None, asked: Sequence[str]) -> None:
    """Raise UsageError for a sentence or page that cannot be taken."""
    known = {each.page for each in workspace.messages} | {each.id for each in workspace.sentences}
    for each in asked:
        if other is None:
            raise click.UsageError("--take needs --from FOLDER, to say where to take it from.")
        if each not in known:
            raise click.BadParameter(f"there is no sentence or page '{each}'.", param_hint="--take")


def _template(workspace: Workspace) -> list[str]:
    write_template(workspace.folder, workspace.messages)
    return []


def _update(workspace: Workspace, language: Language, theirs: Theirs | None) -> Iterator[str]:
    """Bring a language's file in line with the English, and yield what is told of it.

    Raise CatalogueError if a file cannot be read, and FileError if it cannot be written.
    """
    path, name = workspace.po_path(language), workspace.po_name(language)
    if theirs is None:
        merged, done = merge.update(path, language, workspace.messages), Taken({})
    else:
        merged, done = follow(path, theirs)
    changed = [change for change in merged.changed if change.id not in done.taken]
    taken = f", {len(done.taken)} taken over" if theirs else ""
    yield (
        f"{language.name} ({language.tag}): {len(merged.new)} new, "
        f"{len(changed)} with changed English, {len(merged.gone)} no longer used{taken}"
    )
    for change in changed:
        yield f"{INDENT}{change.id}"
        yield f"{INDENT * 2}{visible(change.words())}"
    if changed:
        yield f"{INDENT}They are marked '{MARK}' in {name}. {UNMARK}"
    for each in done.kept:
        yield f"{INDENT}{each.id} differs there, and stays as it is here:"
        yield from (f"{INDENT * 2}Here:  {visible(form)}" for form in each.ours)
        yield from (f"{INDENT * 2}There: {visible(form)}" for form in each.theirs)
    if done.kept:
        yield (
            f"{INDENT}To have one as it is there, add its id to the command, like: "
            f"--take {done.kept[0].id}"
        )
    if done.misfits:
        yield (
            f"{INDENT}Not taken, as its plural forms are for other numbers than those of {name}: "
            f"{', '.join(done.misfits)}. Translate it there by hand."
        )


def _glossary(workspace: Workspace, other: Path) -> Iterator[str]:
    """Take the glossary, and yield what is told of it. Raise ContentError or FileError."""
    state, name = follow_glossary(other, workspace.folder), glossary.FILE
    if state is GlossaryState.TAKEN:
        yield f"{name}: taken over"
    if state is GlossaryState.KEPT:
        both = " ".join(shown(folder / name) for folder in (workspace.folder, other))
        yield (
            f"{name}: it differs there, and stays as it is here. "
            f"Compare: git diff --no-index {both}"
        )


def _not_offered(languages: Sequence[Language]) -> Iterator[str]:
    if languages:
        names = ", ".join(f"{visible(each.name)} ({each.tag})" for each in languages)
        yield (
            f"Offered there and not here: {names}. To offer one: "
            f"flask translations add {languages[0].tag}. Then run this command again."
        )
