"""`flask translations …`: for staff who look after translations, in their words."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

import click

from outcome.commands.work import Work, told
from outcome.words import catalogue, check, glossary, languages, start
from outcome.words.catalogue import CatalogueError
from outcome.words.check import Pair, Problem
from outcome.words.gather import Gathered, template, update
from outcome.words.languages import Language
from outcome.words.states import LONGEST_NAME, Catalogue, Entry, State, accept, assess, sign

_INDENT = "  "


@click.group()
def translations() -> None:
    """Look after the translations."""


@translations.command()
def status() -> None:
    """Tell how far each language is, and what to do next."""
    with told():
        work = Work.read()
    for language in work.translated:
        click.echo(f"{language.name} ({language.tag}){'' if language.shown else ', not shown to readers yet'}")
        for line in _status(work, language):
            click.echo(_INDENT + line)


def _status(work: Work, language: Language) -> Iterator[str]:
    path = catalogue.path_of(work.folder, language)
    try:
        said = catalogue.translations(catalogue.read(path))
    except CatalogueError as error:
        yield from str(error).splitlines()
        return
    made = assess(language, [each.sentence for each in work.gathered], said)
    critical = Counter(entry.state for entry in made.entries.values() if entry.sentence.critical)
    for state, number in ((state, made.counts[state]) for state in State):
        note = f", {critical[state]} of them critical" if critical[state] else ""
        yield f"{state.value + ':':<21}{number:>5}{note}"
    yield f"Next: {_next(work, made, set(said))}"


def _next(work: Work, made: Catalogue, in_file: set[str]) -> str:
    counts, tag = made.counts, made.language.tag
    file = catalogue.path_of(work.folder, made.language).relative_to(work.folder.parent)
    if made.entries.keys() - in_file:
        return "sentences are missing from the file. Run: flask translations update"
    if counts[State.BROKEN]:
        return f"see what is broken. Run: flask translations check {tag}"
    if counts[State.ENGLISH_CHANGED]:
        return f"open {file} and bring the ones marked 'fuzzy' in line with the new English."
    if counts[State.NOT_TRANSLATED]:
        return f"open {file}, for example with Poedit, and translate; the critical ones first."
    if counts[State.NEEDS_CHECKING]:
        entry = next(entry for entry in made.entries.values() if entry.state is State.NEEDS_CHECKING)
        page = next(each.page for each in work.gathered if each.sentence is entry.sentence)
        return f"let a speaker check it page by page. Run: flask translations accept {tag} {page} --by NAME"
    return "nothing to do."


@translations.command("update")
def update_command() -> None:
    """Bring every language's file in line with the English. Nothing that anybody translated is lost."""
    with told():
        work = Work.read()
        catalogue.write(template(work.gathered), work.folder / catalogue.POT)
    unreadable = [str(error) for error in (_update(work, language) for language in work.translated) if error]
    if unreadable:
        raise click.ClickException("\n".join(unreadable))


def _update(work: Work, language: Language) -> CatalogueError | None:
    path = catalogue.path_of(work.folder, language)
    try:
        old = catalogue.read(path) if path.exists() else catalogue.new(language)
    except CatalogueError as error:
        return error
    fresh, updated = update(old, language, work.gathered)
    catalogue.write(fresh, path)
    click.echo(
        f"{language.name} ({language.tag}): {len(updated.new)} new, {len(updated.changed)} with changed English, "
        f"{len(updated.gone)} no longer used"
    )
    for change in updated.changed:
        click.echo(f"{_INDENT}{change.id}\n{_INDENT * 2}{change.words()}")
    return None


@translations.command("check")
@click.argument("language", required=False)
def check_command(language: str | None) -> None:
    """Report each problem of one LANGUAGE or of all. Exit code 1 if readers do not see a translation because of it."""
    broken = 0
    with told():
        work = Work.read()
        terms = glossary.load(work.folder)
        for each in (work.language(language),) if language else work.translated:
            said = catalogue.translations(catalogue.read(catalogue.path_of(work.folder, each)))
            for gathered in work.gathered:
                found = said.get(gathered.sentence.id)
                if found is None or found.changed or not any(form.strip() for form in found.forms):
                    continue
                pair = Pair.of(gathered.sentence, found.forms, each, terms)
                errors = check.errors(pair)
                broken += bool(errors)
                _tell(each, gathered, found.forms, errors or check.warnings(pair))
    if broken:
        raise click.ClickException(f"{broken} broken: readers get the English of these. Mend them in the file.")
    click.echo("Nothing is broken.")


def _tell(language: Language, gathered: Gathered, forms: tuple[str, ...], problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(f"{language.tag}, page {gathered.page}, {gathered.sentence.id}")
        _show(gathered.sentence.forms, forms)
        click.echo(f"{_INDENT}{'Broken:' if problem.error else 'Look at:':<13}{problem.what}")
        click.echo(f"{_INDENT}{'To mend:':<13}{problem.mend}\n")


def _show(english: Iterable[str], forms: Iterable[str]) -> None:
    for label, texts in (("English:", english), ("Translation:", forms)):
        for text in texts:
            click.echo(f"{_INDENT}{label:<13}{text}")


@translations.command("accept")
@click.argument("language")
@click.argument("page")
@click.option("--by", "who", required=True, metavar="NAME", help=f"who checks; at most {LONGEST_NAME} characters")
def accept_command(language: str, page: str, who: str) -> None:
    """Let a speaker say of each sentence of a PAGE that its translation into LANGUAGE is right.

    Critical sentences are always asked one at a time. What was accepted is kept at once, also if you stop half-way.
    """
    with told():
        work = Work.read()
        spoken = work.language(language)
        sentences = [each.sentence for each in work.gathered if each.page == page]
        if not sentences:
            pages = ", ".join(dict.fromkeys(each.page for each in work.gathered))
            raise click.BadParameter(f"there is no page '{page}'. Known: {pages}.")
        path = catalogue.path_of(work.folder, spoken)
        made = assess(spoken, sentences, catalogue.translations(catalogue.read(path)))
        try:
            sign(sentences[0], (), who, dt.date.today())  # noqa: DTZ011 (the day where the speaker is)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--by") from None
        waiting = [entry for entry in made.entries.values() if entry.state is State.NEEDS_CHECKING]
        accepted = 0
        for entry in _right(waiting):
            if not accept(path, entry, who, dt.date.today()):  # noqa: DTZ011
                raise click.ClickException(f"{entry.sentence.id} has been changed in the file meanwhile. Start again.")
            accepted += 1
    click.echo(f"{accepted} accepted; {len(waiting) - accepted} of this page still need checking.")


def _right(waiting: Iterable[Entry]) -> Iterator[Entry]:
    """Ask of each entry whether it is right, and give those that are."""
    all_the_rest = False
    for entry in waiting:
        critical = entry.sentence.critical
        if all_the_rest and not critical:
            yield entry
            continue
        click.echo(f"\n{entry.sentence.id}{' (critical)' if critical else ''}")
        _show(entry.sentence.forms, entry.forms)
        choices = ["y", "n", "q"] if critical else ["y", "n", "all", "q"]
        question = "Right? yes, no, quit" if critical else "Right? yes, no, all that follow but critical ones, quit"
        answer = click.prompt(question, type=click.Choice(choices))
        if answer == "q":
            return
        all_the_rest = all_the_rest or answer == "all"
        if answer != "n":
            yield entry


@translations.command()
@click.argument("tag")
@click.option("--locale", default="", help="how dates and numbers are written, if not as the tag says, like pt_PT")
def add(tag: str, locale: str) -> None:
    """Add a language by its TAG, like lt or ckb: its file, and its line in the list. It is not shown to readers yet."""
    with told():
        work = Work.read()
        try:
            language = start.new_language(tag, locale, work.languages)
            start.enlist(work.folder / languages.FILE, language)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
        path = catalogue.path_of(work.folder, language)
        if not path.exists():
            catalogue.write(update(catalogue.new(language), language, work.gathered)[0], path)
    click.echo(f"Added {language.name} ({language.tag}), with {language.plural_forms} plural forms: {path}")
    click.echo(f"Translate that file. To lead readers to /{language.tag}/, take 'shown = false' out of its line.")
