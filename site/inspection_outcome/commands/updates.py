"""`flask content add-update`: for staff who have read a new report on an action."""

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from msgspec import structs

from inspection_outcome.commands.content_check import check_content
from inspection_outcome.commands.workspace import Workspace, errors_as_messages, folders, plain
from inspection_outcome.edition import Folders, today
from inspection_outcome.report import progress
from inspection_outcome.report.edit import sentence_id, update_id, with_update
from inspection_outcome.report.errors import Fault, visible
from inspection_outcome.report.files import write_whole
from inspection_outcome.report.model import Status, Update
from inspection_outcome.report.sentence import Sentence

NO_STATUS = "none"
_FILE = "report.toml"


class Day(click.ParamType[dt.date | None]):
    """A date that is not in the future in the United Kingdom; or None, if `optional`."""

    name = "day"

    def __init__(self, *, optional: bool = False) -> None:
        self.optional = optional

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date | None:
        """Return the date. Fail, with a message for people, if it is no date or in the future."""
        if not value and self.optional:
            return None
        try:
            day = dt.datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 (only a date)
        except ValueError:
            self.fail(
                f"'{value}' is no day. Write it as year-month-day, like 2026-03-31.", param, ctx
            )
        if day > today():
            self.fail(f"{value} is still to come. Give a day up to today.", param, ctx)
        return day


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
def add_update(yes: bool, **given: Any) -> None:  # noqa: FBT001 (click passes it by name)
    """Add what a new report says of an action, the newest first. Asks for what is not given.

    A document without a date gives no status: it is information. A document that is not in
    report.toml yet must be added there first, as a [[source]].
    """
    with errors_as_messages():
        where = folders()
        workspace = Workspace.read()
        path = (where.content / _FILE).resolve()  # so that writing does not replace a symbolic link
        click.echo(f"This adds to {path}.")
        before = _text(path)
        update = _asked(workspace, given)
        if twin := next((each for each in workspace.report.updates if _same(each, update)), None):
            raise click.ClickException(f"This is there already, as {twin.id}. Nothing was written.")
        text, faults = propose(where, before, update)
        while given["text"] is None and _only_of(update, faults):
            _tell(faults)
            update = structs.replace(
                update, text=structs.replace(update.text, text=_sentence(workspace))
            )
            text, faults = propose(where, before, update)
        if faults:
            _tell(faults)
            raise click.ClickException("Nothing was written.")
        _show(workspace, update)
        if not yes and not click.confirm("Write it?"):
            raise click.ClickException("Nothing was written.")
        if _text(path) != before:
            raise click.ClickException(
                f"{_FILE} was changed meanwhile. Nothing was written: start again."
            )
        write_whole(path, text)
        click.echo(f"Written into {path}.")
        _tell_what_to_look_at(workspace)
        _tell_languages(workspace)


def _text(path: Path) -> str:
    """Return the text of a file, its line endings unchanged."""
    return path.read_bytes().decode()


def propose(where: Folders, before: str, update: Update) -> tuple[str, Sequence[Fault]]:
    """Try an update on a copy of the content; return the text to write and the faults that it adds.

    Raise ClickException if it cannot be added without other changes.
    """
    try:
        text = with_update(before, update, today())
    except ValueError as error:
        raise click.ClickException(f"{_FILE}: {error}") from None
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in where.content.rglob("*.toml"):
            (copy / path.relative_to(where.content)).parent.mkdir(parents=True, exist_ok=True)
            (copy / path.relative_to(where.content)).write_bytes(path.read_bytes())
        write_whole(copy / _FILE, text)
        # Compare faults by remedy, not by problem: a problem may hold a number, such as a grade,
        # that the update changes.
        known = {(fault.file, fault.field, fault.remedy) for fault in check_content(where)}
        found = check_content(replace(where, content=copy))
    return text, [each for each in found if (each.file, each.field, each.remedy) not in known]


def _asked(workspace: Workspace, given: dict[str, Any]) -> Update:
    """Return an update made of the given options, and prompt for the others.

    Raise BadParameter for an unknown name.
    """
    report, say = workspace.report, _plain(workspace)
    known = {
        "action": {each.id: say(each.text) for each in report.actions},
        "source": {each.id: say(each.name) for each in report.sources},
        "status": {each.value: "" for each in Status} | {NO_STATUS: "the document does not say"},
    }
    for name, choices in known.items():
        if not choices:
            raise click.ClickException(
                f"there is no {name} in {_FILE} yet. Add it there first, as a [[{name}]]."
            )
        _must_be_known(name, given[name], choices)
    action = given["action"] or _choose("action", known["action"])
    source = given["source"] or _choose("source", known["source"])
    date, seen = given["date"], given["seen"]
    if date is None and seen is None:
        day = report.source(source).date
        question = (
            "Day that the document bears" if day else "Day that the document bears (empty if none)"
        )
        date = click.prompt(question, day or "", type=Day(optional=True), show_default=bool(day))
        seen = None if date else click.prompt("Day on which you read it", today(), type=Day())
    status = given["status"] or (NO_STATUS if seen else _choose("status", known["status"]))
    id_ = update_id(report, action, date or seen)
    text = given["text"] if given["text"] is not None else _sentence(workspace)
    said = Sentence(id=sentence_id(id_), text=text, source=source)
    return Update(id_, action, said, date, seen, None if status == NO_STATUS else Status(status))


def _must_be_known(name: str, given: str | None, known: Mapping[str, str]) -> None:
    if given is not None and given not in known:
        remedy = f" Add it to {_FILE} first, as a [[source]]." if name == "source" else ""
        message = f"there is no {name} '{given}'. Known: {', '.join(known)}.{remedy}"
        raise click.BadParameter(message, param_hint=f"--{name}")


def _choose(name: str, known: Mapping[str, str]) -> str:
    click.echo(f"\nWhich {name}?")
    for id_, text in known.items():
        click.echo(f"  {id_}{': ' if text else ''}{text}")
    if name == "source":
        click.echo(f"  (If it is not here, stop, and add it to {_FILE} as a [[source]].)")
    return str(click.prompt(name.capitalize(), type=click.Choice(list(known)), show_choices=False))


def _same(one: Update, other: Update) -> bool:
    """Return whether two updates say the same, whatever their ids and paragraph numbers."""
    text = structs.replace(one.text, id=other.text.id, paragraphs=other.text.paragraphs)
    return structs.replace(one, id=other.id, text=text) == other


def _only_of(update: Update, faults: Sequence[Fault]) -> bool:
    """Return whether there are faults, and another sentence could mend them all."""
    return bool(faults) and all(fault.field in {"", update.text.id} for fault in faults)


def _sentence(workspace: Workspace) -> str:
    facts = workspace.report.facts.items()
    example = next(
        (
            f", like {{{name}}}"
            for name, fact in facts
            if fact.family == "date" and fact.source != "site"
        ),
        "",
    )
    click.echo(
        "\nWhat does it say? Short sentences, plain English. "
        f"Days and numbers go in by name{example}."
    )
    return str(click.prompt("Sentence"))


def _plain(workspace: Workspace) -> Callable[[Sentence], str]:
    return plain(workspace.languages, workspace.report, workspace.words)


def _tell(faults: Sequence[Fault]) -> None:
    for fault in faults:
        click.echo(fault, err=True)


def _show(workspace: Workspace, update: Update) -> None:
    """Show the update as readers will see it, and what it changes."""
    report, say = workspace.report, _plain(workspace)
    after = structs.replace(report, updates=(update, *report.updates))
    action = next(each for each in report.actions if each.id == update.action)
    old, new = (progress.status(each, action).value for each in (report, after))
    click.echo(f"\n  Action:  {say(action.text)}")
    click.echo(f"  Day:     {update.date or f'none; read on {update.seen}'}")
    click.echo(f"  Says:    {say(update.text)}")
    click.echo(f"  Source:  {say(report.source(update.text.source).name)}")
    click.echo(f"  Status:  {f'{old}, and now {new}' if new != old else f'{new}, as before'}\n")


def _tell_what_to_look_at(workspace: Workspace) -> None:
    """Print every sentence about what is not known: this update may have made it wrong."""
    report, say = workspace.report, _plain(workspace)
    unknown = [(_FILE, sentence) for area in report.areas for sentence in area.not_known]
    unknown += [(_FILE, sentence) for action in report.actions for sentence in action.not_known]
    unknown += [
        (f"{name}.toml", sentence)
        for name, page in report.pages.items()
        for section in page.section
        for sentence in section.not_known
    ]
    if unknown:
        click.echo("Is all of this still true?")
    for file, sentence in unknown:
        click.echo(f"  {file}, {sentence.id}: {say(sentence)}")


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
