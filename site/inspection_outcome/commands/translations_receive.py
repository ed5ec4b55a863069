"""`flask translations receive`: take what came back from a translator."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import click

from inspection_outcome.commands.translations_check import INDENT
from inspection_outcome.commands.workspace import (
    Workspace,
    errors_as_messages,
    read_settings_to_translate,
)
from inspection_outcome.i18n import edit_entry, incoming, po_file
from inspection_outcome.i18n.catalogues import assess_all
from inspection_outcome.i18n.edit_entry import fingerprint
from inspection_outcome.i18n.given import LARGEST, File
from inspection_outcome.i18n.incoming import CHOICES, Kind, Row
from inspection_outcome.i18n.lock import locked
from inspection_outcome.report.errors import visible


@click.command("receive")
@click.argument("language")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="write what is new; without it, nothing is written")
@click.option(
    "--take",
    "asked",
    multiple=True,
    metavar="ID",
    help="also take this sentence, which is not taken without being asked for; may be repeated",
)
@errors_as_messages()
def receive_command(language: str, file: Path, write: bool, asked: Sequence[str]) -> None:  # noqa: FBT001 (click passes it by name)
    """Tell what is in a FILE (.xlsx or .po) that came back in a LANGUAGE, and take what is new.

    Nothing that it takes is Checked. Exit code 1 if the file cannot be read.
    """
    workspace = Workspace.read(read_settings_to_translate().folders)
    spoken = workspace.language(language)
    path, needed = workspace.po_path(spoken), [each.id for each in workspace.sentences]
    with file.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    with locked(workspace.folder):
        po = po_file.read(path, spoken, needed)
        ours = assess_all(spoken, workspace.sentences, po_file.translations(po))
        rule = po_file.plural_rule(po)
        found = incoming.read(file.name, data, ours, rule)
        rows = incoming.compare(ours, rule, found.rows)
        _check_asked(rows, asked)
        taken = [row for row in rows if row.kind is Kind.TAKEN or row.given.id in asked]
        edits = [row.edit(rule, fingerprint(row.entry)) for row in taken if row.entry]
        if write:
            edit_entry.save_all(path, spoken, workspace.messages, edits)
    for line in (*_each(rows, taken if write else ()), *_sum(found, rows)):
        click.echo(visible(line))
    if write:
        click.echo(f"{len(edits):,} taken, in {workspace.po_name(spoken)}. Commit it (git commit).")
    else:
        click.echo(f"Nothing is written yet. To take {len(edits):,}, add --write.")


def _check_asked(rows: Iterable[Row], asked: Sequence[str]) -> None:
    """Raise BadParameter for a sentence that there is no choice about."""
    there = {row.given.id for row in rows if row.kind in CHOICES}
    if unknown := [id_ for id_ in asked if id_ not in there]:
        told = f"there is nothing to choose for '{unknown[0]}'."
        raise click.BadParameter(told, param_hint="--take")


def _each(rows: Iterable[Row], taken: Collection[Row]) -> Iterator[str]:
    """Yield what is told of each row that holds something new, and is not taken."""
    for row in rows:
        if row.kind in {Kind.SAME, Kind.EMPTY} or row in taken:
            continue
        yield f"Row {row.given.place}, {row.given.id}: {row.kind.value}"
        if row.kind in {Kind.TAKEN, *CHOICES} and row.entry:
            yield from (f"{INDENT}Ours:   {form}" for form in row.entry.forms)
            yield from (f"{INDENT}Theirs: {form}" for form in row.given.forms)
        yield from (f"{INDENT}{each.problem}. {each.remedy}" for each in row.problems)
        if row.told:
            yield f"{INDENT}{row.told}"


def _sum(found: File, rows: Sequence[Row]) -> Iterator[str]:
    numbers = Counter(row.kind for row in rows)
    yield from (f"{kind.value}: {numbers[kind]:,}" for kind in Kind if numbers[kind])
    if missing := found.missing:
        yield f"Sent out, and not in the file: {missing:,}. They stay as they are."
    if found.cut:
        yield "There are more rows, which are not read. Bring them in as a second file."
    if any(row.kind in CHOICES for row in rows):
        yield "To take one of those that are told above, add its id, like: --take home.title"
