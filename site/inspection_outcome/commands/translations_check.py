"""`flask translations check`: report each problem of the translations."""

from collections.abc import Iterable

import click

from inspection_outcome.commands.workspace import Workspace, errors_as_messages, read_settings
from inspection_outcome.i18n import glossary
from inspection_outcome.i18n.check_file import check_file
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report.errors import visible

INDENT = "  "


@click.command("check")
@click.argument("language", required=False)
@errors_as_messages()
def check_command(language: str | None) -> None:
    """Report each problem of one LANGUAGE or of all.

    Exit code 1 if a translation is broken: readers do not see it.
    """
    broken = 0
    left: list[str] = []
    workspace = Workspace.read(read_settings().folders)
    terms = glossary.load(workspace.folder)
    for each in (workspace.language(language),) if language else workspace.translated:
        catalogue, findings = check_file(workspace.po_path(each), each, workspace.messages, terms)
        for finding in findings:
            id_, place = finding.entry.sentence.id, f"{workspace.po_name(each)}:{finding.line}"
            click.echo(f"{each.tag}, page {finding.page}, {id_} ({place})")
            _tell(finding.entry, finding.problems)
        broken += catalogue.counts[State.BROKEN]
        left += [
            f"{each.tag}: {state.value}: {catalogue.counts[state]}"
            for state in (State.ENGLISH_CHANGED, State.NOT_TRANSLATED)
            if catalogue.counts[state]
        ]
    if broken:
        raise click.ClickException(
            f"{broken} broken: readers get the English of these. Mend them where it says."
        )
    click.echo("; ".join(["Nothing is broken", *left]) + ".")


def _tell(entry: Entry, problems: Iterable[Problem]) -> None:
    show(entry)
    for problem in problems:
        click.echo(
            f"{INDENT}{'Broken:' if problem.error else 'Look at:':<13}{visible(problem.problem)}"
        )
        click.echo(f"{INDENT}{'To mend:':<13}{visible(problem.remedy)}")
    click.echo()


def show(entry: Entry) -> None:
    """Print a sentence's English and its translation."""
    for label, texts in (("English:", entry.sentence.forms), ("Translation:", entry.forms)):
        for text in texts:
            click.echo(f"{INDENT}{label:<13}{visible(text)}")
