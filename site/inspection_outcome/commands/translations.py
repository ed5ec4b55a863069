"""`flask translations …`: for staff who maintain translations; messages use their terms."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import click

from inspection_outcome.commands.workspace import Workspace, errors_as_messages
from inspection_outcome.i18n import checks, glossary, languages, new_language, po_file
from inspection_outcome.i18n.catalogues import Catalogue, assess_all
from inspection_outcome.i18n.checks import Problem
from inspection_outcome.i18n.extract import template
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.merge import merge
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.po_file import CatalogueError, Translation
from inspection_outcome.i18n.states import LONGEST_NAME, Entry, State, accept, sign
from inspection_outcome.report.errors import visible

_INDENT = "  "
_MARK = "fuzzy"
"""The flag by which other tools mark a sentence whose English has changed."""
_UNMARK = (
    "When the translation fits, delete the line '#, fuzzy' (in Poedit: switch 'Needs work' off)."
)


@click.group()
def translations() -> None:
    """Look after the translations."""


@translations.command()
def status() -> None:
    """Tell how far each language is, and what to do next.

    Exit code 1 if a language's file cannot be read.
    """
    with errors_as_messages():
        workspace = Workspace.read()
    unreadable = False
    for language in workspace.translated:
        note = "" if language.shown else ", not shown to readers yet"
        click.echo(f"{language.name} ({language.tag}){note}")
        try:
            lines = list(_status(workspace, language))
        except CatalogueError as error:
            unreadable, lines = True, str(error).splitlines()
        for line in lines:
            click.echo(_INDENT + line)
    if unreadable:
        raise click.exceptions.Exit(1)


def _status(workspace: Workspace, language: Language) -> Iterator[str]:
    said = po_file.translations(
        po_file.read(po_file.path_of(workspace.folder, language), language, complete=True)
    )
    made = assess_all(language, [each.sentence for each in workspace.messages], said)
    critical = Counter(entry.state for entry in made.entries.values() if entry.sentence.critical)
    for state, number in ((state, made.counts[state]) for state in State):
        note = f", {critical[state]} of them critical" if critical[state] else ""
        yield f"{state.value + ':':<21}{number:>5}{note}"
    waiting = Counter(
        each.page
        for each in workspace.messages
        if made.entries[each.sentence.id].state is State.NEEDS_CHECKING
    )
    if waiting:
        yield f"Pages to check: {', '.join(f'{page} {number}' for page, number in waiting.items())}"
    yield f"Next: {_next(workspace, made, said, next(iter(waiting), ''))}"


def _next(workspace: Workspace, made: Catalogue, said: Mapping[str, Translation], page: str) -> str:
    counts, tag, file = made.counts, made.language.tag, _file(workspace, made.language)
    rewritten = (
        id_ not in said or said[id_].english != entry.sentence.forms
        for id_, entry in made.entries.items()
    )
    if any(rewritten):
        return "the English has changed since. Run: flask translations update"
    if counts[State.BROKEN]:
        return f"see what is broken. Run: flask translations check {tag}"
    if counts[State.ENGLISH_CHANGED]:
        return f"open {file} and go through the entries marked '{_MARK}'. {_UNMARK}"
    if counts[State.NOT_TRANSLATED]:
        return f"open {file}, for example with Poedit, and translate; the critical ones first."
    if counts[State.NEEDS_CHECKING]:
        return (
            "let a speaker check it page by page. "
            f"Run: flask translations accept {tag} {page} --by NAME"
        )
    return "nothing to do."


def _file(workspace: Workspace, language: Language) -> str:
    return (
        po_file.path_of(workspace.folder, language).relative_to(workspace.folder.parent).as_posix()
    )


@translations.command("update")
def update_command() -> None:
    """Bring every language's file in line with the English.

    It keeps every translation, under its sentence.

    Exit code 1 if a file cannot be read, or holds less than it says: that one is left as it is.
    """
    with errors_as_messages():
        workspace = Workspace.read()
        po_file.write(template(workspace.messages), workspace.folder / po_file.POT)
    unreadable = [
        str(error)
        for error in (_update(workspace, language) for language in workspace.translated)
        if error
    ]
    if unreadable:
        raise click.ClickException("\n".join(unreadable))


def _update(workspace: Workspace, language: Language) -> CatalogueError | None:
    path = po_file.path_of(workspace.folder, language)
    try:
        old = po_file.read(path, language, complete=True)
    except CatalogueError as error:
        return error
    fresh, updated = merge(old, language, workspace.messages)
    po_file.write(fresh, path)
    click.echo(
        f"{language.name} ({language.tag}): {len(updated.new)} new, "
        f"{len(updated.changed)} with changed English, {len(updated.gone)} no longer used"
    )
    for change in updated.changed:
        click.echo(f"{_INDENT}{change.id}\n{_INDENT * 2}{visible(change.words())}")
    if updated.changed:
        click.echo(f"{_INDENT}They are marked '{_MARK}' in {_file(workspace, language)}. {_UNMARK}")
    return None


@translations.command("check")
@click.argument("language", required=False)
def check_command(language: str | None) -> None:
    """Report each problem of one LANGUAGE or of all.

    Exit code 1 if a translation is broken: readers do not see it.
    """
    broken = 0
    left: list[str] = []
    with errors_as_messages():
        workspace = Workspace.read()
        terms = glossary.load(workspace.folder)
        for each in (workspace.language(language),) if language else workspace.translated:
            po = po_file.read(po_file.path_of(workspace.folder, each), each, complete=True)
            lines = {entry.msgctxt: entry.linenum for entry in po if not entry.obsolete}
            made = assess_all(
                each,
                [message.sentence for message in workspace.messages],
                po_file.translations(po),
            )
            for message in workspace.messages:
                entry = made.entries[message.sentence.id]
                warnings = (
                    checks.warnings(Pair.of(entry.sentence, entry.forms, each, terms))
                    if entry.usable
                    else ()
                )
                if problems := entry.problems or warnings:
                    click.echo(f"{each.tag}, page {message.page}, {entry.sentence.id}", nl=False)
                    click.echo(f" ({_file(workspace, each)}:{lines[entry.sentence.id]})")
                    _tell(entry, problems)
            broken += made.counts[State.BROKEN]
            states = (State.ENGLISH_CHANGED, State.NOT_TRANSLATED)
            left += [
                f"{each.tag}: {state.value}: {made.counts[state]}"
                for state in states
                if made.counts[state]
            ]
    if broken:
        raise click.ClickException(
            f"{broken} broken: readers get the English of these. Mend them where it says."
        )
    click.echo("; ".join(["Nothing is broken", *left]) + ".")


def _tell(entry: Entry, problems: Iterable[Problem]) -> None:
    _show(entry)
    for problem in problems:
        click.echo(
            f"{_INDENT}{'Broken:' if problem.error else 'Look at:':<13}{visible(problem.problem)}"
        )
        click.echo(f"{_INDENT}{'To mend:':<13}{visible(problem.remedy)}")
    click.echo()


def _show(entry: Entry) -> None:
    for label, texts in (("English:", entry.sentence.forms), ("Translation:", entry.forms)):
        for text in texts:
            click.echo(f"{_INDENT}{label:<13}{visible(text)}")


@translations.command("accept")
@click.argument("language")
@click.argument("page")
@click.option(
    "--by",
    "who",
    required=True,
    metavar="NAME",
    help=f"who checks; at most {LONGEST_NAME} characters",
)
def accept_command(language: str, page: str, who: str) -> None:
    """Let a speaker say of each sentence of a PAGE that its translation into LANGUAGE is right.

    Critical sentences (danger, help, rights) are always asked one at a time. What was accepted is
    kept at once, also if you stop half-way. `flask translations status` names the pages that wait.
    Close the file in other programs first.
    """
    with errors_as_messages():
        workspace = Workspace.read()
        spoken = workspace.language(language)
        sentences = [each.sentence for each in workspace.messages if each.page == page]
        if not sentences:
            pages = ", ".join(dict.fromkeys(each.page for each in workspace.messages))
            raise click.BadParameter(f"there is no page '{page}'. Known: {pages}.")
        today = dt.date.today()  # noqa: DTZ011 (the speaker's local date)
        try:
            sign(spoken, sentences[0], (), who, today)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--by") from None
        path = po_file.path_of(workspace.folder, spoken)
        made = assess_all(
            spoken, sentences, po_file.translations(po_file.read(path, spoken, complete=True))
        )
        waiting = [entry for entry in made.entries.values() if entry.state is State.NEEDS_CHECKING]
        refused: list[str] = []
        accepted = 0
        try:
            for entry in _right(waiting, refused):
                if not accept(path, spoken, entry, who, today):
                    raise click.ClickException(
                        f"{entry.sentence.id} was changed in the file meanwhile. Start again."
                    )
                accepted += 1
        finally:
            click.echo(
                f"\n{accepted} accepted and kept; "
                f"{len(waiting) - accepted} of this page still need checking."
            )
            if refused:
                click.echo(
                    f"Not right: {', '.join(refused)}. "
                    f"Mend them in {_file(workspace, spoken)}, then accept again."
                )
            for state in (State.BROKEN, State.ENGLISH_CHANGED, State.NOT_TRANSLATED):
                if made.counts[state]:
                    click.echo(
                        f"{state.value}: {made.counts[state]} of this page. "
                        "See: flask translations status"
                    )


def _right(waiting: Iterable[Entry], refused: list[str]) -> Iterator[Entry]:
    """Ask whether each entry is right; yield those that are, and add the other ids to `refused`."""
    all_the_rest = False
    for entry in waiting:
        critical = entry.sentence.critical
        click.echo(f"\n{entry.sentence.id}{' (critical)' if critical else ''}")
        _show(entry)
        if all_the_rest and not critical:
            yield entry
            continue
        choices = ["y", "yes", "n", "no", "q"] if critical else ["y", "yes", "n", "no", "all", "q"]
        rest = "" if critical else "all = this and the rest of the page but critical ones, "
        question = f"y = right, n = not right, {rest}q = stop"
        answer = click.prompt(
            question, type=click.Choice(choices, case_sensitive=False), show_choices=False
        )
        if answer == "q":
            return
        all_the_rest = all_the_rest or answer == "all"
        if answer in {"n", "no"}:
            refused.append(entry.sentence.id)
        else:
            yield entry


@translations.command()
@click.argument("tag")
@click.option(
    "--locale",
    default="",
    help="how dates and numbers are written, if not as the tag says, like pt_PT",
)
def add(tag: str, locale: str) -> None:
    """Add a language by its TAG, like lt or ckb: its file, and its line in the list.

    It is not shown to readers yet.

    For a language of the list that has no file, it makes the file. To undo it, delete its folder
    and its line.
    """
    with errors_as_messages():
        workspace = Workspace.read()
        language = next((each for each in workspace.translated if each.tag == tag.lower()), None)
        if language is None or po_file.path_of(workspace.folder, language).exists():
            try:
                language = new_language.new_language(tag, locale, workspace.languages)
                new_language.enlist(workspace.folder / languages.FILE, language)
            except ValueError as error:
                raise click.BadParameter(str(error)) from None
        path = po_file.path_of(workspace.folder, language)
        if not path.exists():
            po_file.write(merge(po_file.new(language), language, workspace.messages)[0], path)
    click.echo(
        f"Added {language.name} ({language.tag}), with {language.plural_forms} plural forms."
    )
    click.echo(f"Translate {_file(workspace, language)}. To see it, open /{language.tag}/.")
    if not language.shown:
        click.echo(
            f"To lead readers there, take 'shown = false' out of its line in {languages.FILE}."
        )
