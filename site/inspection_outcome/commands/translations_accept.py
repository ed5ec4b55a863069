"""`flask translations accept`: a speaker says of each translation whether it is right."""

import datetime as dt

import click

from inspection_outcome.commands.translations_check import show
from inspection_outcome.commands.workspace import Workspace, errors_as_messages, read_settings
from inspection_outcome.i18n.accept_page import PageCheck
from inspection_outcome.i18n.catalogues import assess_all
from inspection_outcome.i18n.states import LONGEST_NAME, Checked, Entry, State, check_name


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
    """Let a speaker say of each sentence that a PAGE shows whether LANGUAGE has it right.

    PAGE is an address, like /pl/help/, or a page's name, like help.

    Critical sentences (danger, help, rights) are always asked one at a time. What was accepted is
    kept at once, also if you stop half-way. `flask translations status` names the pages that wait.
    Close the file in other programs first.
    """
    workspace = Workspace.read(read_settings().folders)
    spoken = workspace.language(language)
    try:
        check_name(who)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--by") from None
    by = Checked(who, dt.date.today())  # noqa: DTZ011 (the speaker's local date)
    known = {sentence.id: sentence for sentence in workspace.sentences}
    pages = workspace.pages(assess_all(spoken, known.values(), workspace.said(spoken)))
    sentences = [known[id_] for id_ in pages[workspace.page(page, pages)]]
    check = PageCheck.begin(workspace.po_path(spoken), spoken, sentences, by, [*known])
    try:
        _ask_each(check)
    finally:
        _tell(check, workspace.po_name(spoken))


def _ask_each(check: PageCheck) -> None:
    """Ask whether each translation is right, and record the answers, until the speaker stops."""
    left = check.to_ask
    while left:
        entry, *left = left
        _show(entry)
        answer = _ask(critical=entry.sentence.critical)
        if answer == "q":
            return
        if answer in {"n", "no"}:
            check.refuse(entry)
            continue
        rest = [each for each in left if not each.sentence.critical] if answer == "all" else []
        left = [each for each in left if each not in rest]
        for each in rest:
            _show(each)
        if changed := check.accept([entry, *rest]):
            told = "was" if len(changed) == 1 else "were"
            raise click.ClickException(
                f"{', '.join(changed)} {told} changed in the file meanwhile. Start again."
            )


def _show(entry: Entry) -> None:
    click.echo(f"\n{entry.sentence.id}{' (critical)' if entry.sentence.critical else ''}")
    show(entry)


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
