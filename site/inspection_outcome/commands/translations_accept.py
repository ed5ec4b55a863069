"""`flask translations accept`: a speaker says of each translation whether it is right."""

import datetime as dt

import click

from inspection_outcome.commands.translations_check import show
from inspection_outcome.commands.workspace import Workspace, errors_as_messages, read_settings
from inspection_outcome.i18n.accept_page import PageCheck
from inspection_outcome.i18n.states import LONGEST_NAME, Checked, State, check_name


@click.command("accept")
@click.argument("language")
@click.argument("page")
@click.option(
    "--by",
    "who",
    required=True,
    metavar="NAME",
    help=f"who checks; at most {LONGEST_NAME} characters",
)
@errors_as_messages()
def accept_command(language: str, page: str, who: str) -> None:
    """Let a speaker say of each sentence of a PAGE that its translation into LANGUAGE is right.

    Critical sentences (danger, help, rights) are always asked one at a time. What was accepted is
    kept at once, also if you stop half-way. `flask translations status` names the pages that wait.
    Close the file in other programs first.
    """
    workspace = Workspace.read(read_settings().folders)
    spoken = workspace.language(language)
    sentences = workspace.sentences_of(page)
    try:
        check_name(who)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--by") from None
    by = Checked(who, dt.date.today())  # noqa: DTZ011 (the speaker's local date)
    needed = [sentence.id for sentence in workspace.sentences]
    check = PageCheck.begin(workspace.po_path(spoken), spoken, sentences, by, needed)
    try:
        _ask_each(check)
    finally:
        _tell(check, workspace.po_name(spoken))


def _ask_each(check: PageCheck) -> None:
    """Ask whether each translation is right, and record the answers, until the speaker stops."""
    all_the_rest = False
    for entry in check.to_ask:
        critical = entry.sentence.critical
        click.echo(f"\n{entry.sentence.id}{' (critical)' if critical else ''}")
        show(entry)
        answer = "yes" if all_the_rest and not critical else _ask(critical=critical)
        if answer == "q":
            return
        all_the_rest = all_the_rest or answer == "all"
        if answer in {"n", "no"}:
            check.refuse(entry)
        elif not check.accept(entry):
            raise click.ClickException(
                f"{entry.sentence.id} was changed in the file meanwhile. Start again."
            )


def _ask(*, critical: bool) -> str:
    choices = ["y", "yes", "n", "no", "q"] if critical else ["y", "yes", "n", "no", "all", "q"]
    rest = "" if critical else "all = this and the rest of the page but critical ones, "
    question = f"y = right, n = not right, {rest}q = stop"
    answer: str = click.prompt(
        question, type=click.Choice(choices, case_sensitive=False), show_choices=False
    )
    return answer


def _tell(check: PageCheck, file: str) -> None:
    """Print what was accepted, and what is left to do on this page."""
    click.echo(
        f"\n{len(check.accepted)} accepted and kept; {check.left} of this page still need checking."
    )
    if check.refused:
        click.echo(
            f"Not right: {', '.join(check.refused)}. Mend them in {file}, then accept again."
        )
    for state in (State.BROKEN, State.ENGLISH_CHANGED, State.NOT_TRANSLATED):
        if number := check.catalogue.counts[state]:
            click.echo(f"{state.value}: {number} of this page. See: flask translations status")
