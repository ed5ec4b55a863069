"""What says TODO is told first and once, shown in a preview, and never published or translated."""

from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from click import Command
from click.testing import CliRunner, Result
from inspection_outcome import create_app
from inspection_outcome.commands import content_check
from inspection_outcome.commands.content import content
from inspection_outcome.commands.publish import publish
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n.languages import Language

Spoil = Callable[[str, str, str], Path]
LINE = 'text = "How good the help is."'
TODO = 'text = "TODO: what this page is about"'


@pytest.fixture
def environ(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return settings for the small content, compared with no other: staff change the shipped."""
    monkeypatch.setattr(content_check, "_TO_COPY", (small / "none",))
    folder = pseudo_locales.folder(
        tmp_path / "translations", (Language("pl", "Polski"),), pseudo_locales.messages(small)
    )
    return {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(folder)}


@pytest.fixture
def run(environ: dict[str, str]) -> Callable[..., Result]:
    def invoke(command: Command, *arguments: str) -> Result:
        return CliRunner(env=environ).invoke(command, arguments)

    return invoke


def test_each_line_is_told_once_and_first_though_the_content_cannot_be_read(
    run: Callable[..., Result], spoil: Spoil
) -> None:
    """A value that has still to be written is no valid one: that is not told again."""
    note = '# TODO: read this, and "that"\n'
    spoil("report.toml", "# A made-up report", f"{note}# A made-up report")
    spoil("report.toml", 'grade = "requires-improvement"', 'grade = "TODO: good, or another"')
    spoil("report.toml", "value = 2025-02-03", 'value = "TODO: a day"')
    spoil("report.toml", "value = 12", 'value = "twelve"')
    spoil("home.toml", LINE, TODO)

    told = run(content, "check")

    assert told.exit_code == 1
    assert [line for line in told.stdout.split("\n") if " line " in line][:4] == [
        'report.toml line 1: TODO: read this, and "that"',
        "report.toml line 23: TODO: a day",
        "report.toml line 52: TODO: good, or another",
        "home.toml line 16: TODO: what this page is about",
    ]
    assert told.stdout.count(" line ") == 5
    assert "facts.schools.value: a whole number belongs here" in told.stdout
    assert "4 to write, 1 to mend." in told.output


def test_no_fault_is_told_of_words_that_are_still_to_come(
    run: Callable[..., Result], spoil: Spoil
) -> None:
    """They may have digits and a grade, and nobody can say how plain they will be."""
    spoil("home.toml", LINE, 'text = "TODO: in 20 words, was it Good? LAC"')
    spoil("home.toml", "You can [talk", "LAC can [talk")
    spoil("help.toml", 'text = "People"', 'text = "LAC"')
    told = run(content, "check")
    assert "1 to write." in told.output

    spoil("home.toml", "in 20 words, was it Good? LAC", "say more")
    told = run(content, "check")
    assert "help.people: 'LAC'" in told.stdout
    assert "1 to write, 1 to mend." in told.output


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ('text = "Say how many. TODO"', "Say how many."),
        ('text = "Say how many. TODO."', "Say how many."),
        ("# Say how many: TODO", "Say how many:"),
        ('text = "Say. TODO: how many"', "how many"),
        ('text = "TODO"', ""),
    ],
)
def test_at_the_end_of_a_text_the_text_is_told(
    line: str, asked: str, run: Callable[..., Result], spoil: Spoil
) -> None:
    spoil("home.toml", LINE, f"{line}\n{LINE}" if line.startswith("#") else line)

    told = run(content, "check").stdout.splitlines()[0]
    assert told == f"home.toml line 16: TODO: {asked}"


def test_the_word_within_a_word_is_none(run: Callable[..., Result], spoil: Spoil) -> None:
    spoil("home.toml", "[title]", "# MASTODON, todo, TODOS\n[title]")

    assert run(content, "check").exit_code == 0


def test_nothing_is_published_while_a_line_is_left(
    run: Callable[..., Result], spoil: Spoil, tmp_path: Path
) -> None:
    folder = tmp_path / "public"
    assert run(publish, str(folder)).exit_code == 0
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    spoil("home.toml", LINE, TODO)

    told = run(publish, str(folder))

    assert told.exit_code == 1
    assert (
        "1 line of the content says TODO. The first: home.toml line 16: TODO: what" in told.output
    )
    assert "Nothing was published" in told.output
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_translators_do_not_get_it_and_the_preview_shows_it(
    run: Callable[..., Result], environ: dict[str, str], spoil: Spoil
) -> None:
    spoil("home.toml", 'text = "How good is the help?"', 'text = "TODO: ask a question"')
    folder = Path(environ["OUTCOME_TRANSLATIONS"])

    assert run(translations, "update").exit_code == 0
    for path in (folder / "messages.pot", folder / "pl" / "LC_MESSAGES" / "messages.po"):
        assert "TODO" not in path.read_text(encoding="utf-8"), path
    page = create_app(environ, watch=False).test_client().get("/pl/").text
    assert "TODO: ask a question" in page
