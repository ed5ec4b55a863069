"""Ask for what is not given of an update that `flask content add-update` adds."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import click

from inspection_outcome.authoring.typed import day
from inspection_outcome.authoring.updates import NO_STATUS, choices, make, still_to_come
from inspection_outcome.commands.workspace import FILE, Workspace
from inspection_outcome.edition import today
from inspection_outcome.report.model import Update
from inspection_outcome.report.references import OF_THE_SITE


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
        if (found := day(str(value))) is None:
            self.fail(
                f"'{value}' is no day. Write it as year-month-day, like 2026-03-31.", param, ctx
            )
        if still_to_come(found):
            self.fail(f"{value} is still to come. Give a day up to today.", param, ctx)
        return found


def ask_update(workspace: Workspace, given: Mapping[str, Any]) -> Update:
    """Return an update made of the given options, and prompt for the others.

    Raise BadParameter for an unknown name, and ClickException if none is known.
    """
    report = workspace.report
    known = choices(report, workspace.plain)
    for name, names in known.items():
        _must_be_known(name, given[name], names)
    action = given["action"] or _choose("action", known["action"])
    source = given["source"] or _choose("source", known["source"])
    date, seen = given["date"], given["seen"]
    if date is None and seen is None:
        date, seen = _ask_day(report.source(source).date)
    status = given["status"] or (NO_STATUS if seen else _choose("status", known["status"]))
    text = given["text"] if given["text"] is not None else ask_sentence(workspace)
    return make(
        report, action=action, source=source, status=status, text=text, date=date, seen=seen
    )


def _must_be_known(name: str, given: str | None, known: Mapping[str, str]) -> None:
    if not known:
        raise click.ClickException(
            f"there is no {name} in {FILE} yet. Add it there first, as a [[{name}]]."
        )
    if given is not None and given not in known:
        remedy = f" Add it to {FILE} first, as a [[source]]." if name == "source" else ""
        message = f"there is no {name} '{given}'. Known: {', '.join(known)}.{remedy}"
        raise click.BadParameter(message, param_hint=f"--{name}")


def _choose(name: str, known: Mapping[str, str]) -> str:
    click.echo(f"\nWhich {name}?")
    for id_, text in known.items():
        click.echo(f"  {id_}{': ' if text else ''}{text}")
    if name == "source":
        click.echo(f"  (If it is not here, stop, and add it to {FILE} as a [[source]].)")
    return str(click.prompt(name.capitalize(), type=click.Choice(list(known)), show_choices=False))


def _ask_day(of_source: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the day that the document bears; or, if it bears none, when it was read.

    The day of its source, if there is one, is offered.
    """
    question = (
        "Day that the document bears"
        if of_source
        else "Day that the document bears (empty if none)"
    )
    date: dt.date | None = click.prompt(
        question, of_source or "", type=Day(optional=True), show_default=bool(of_source)
    )
    if date:
        return date, None
    return None, click.prompt("Day on which you read it", today(), type=Day())


def ask_sentence(workspace: Workspace) -> str:
    """Prompt for the sentence of an update; show by an example how a fact goes in."""
    facts = workspace.report.facts.items()
    example = next(
        (
            f", like {{{name}}}"
            for name, fact in facts
            if fact.family == "date" and fact.source not in OF_THE_SITE
        ),
        "",
    )
    click.echo(
        "\nWhat does it say? Short sentences, plain English. "
        f"Days and numbers go in by name{example}."
    )
    return str(click.prompt("Sentence"))
