"""`flask content check` tells what to look at, though it may be right.

Such as what is gone since the translations were last brought up to date, and what is named like
another council.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from inspection_outcome.commands import content_check
from inspection_outcome.commands.content import content
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n.languages import Language

Spoil = Callable[[str, str, str], Path]
POLISH = Language("pl", "Polski")


def test_a_page_that_was_cut_off_between_two_lines_is_told(small: Path, tmp_path: Path) -> None:
    """It is still valid TOML, and every reference in it is right."""
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, (POLISH,), pseudo_locales.messages(small))
    environ = {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(folder)}
    run = CliRunner(env=environ).invoke
    assert run(translations, ["update"]).exit_code == 0
    assert "gone" not in run(content, ["check"]).output

    page = small / "home.toml"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole[: whole.rindex("[[section")], encoding="utf-8")
    cut = run(content, ["check"])

    assert cut.exit_code == 0
    assert "Sentences are gone since the last 'flask translations update'" in cut.output
    assert run(translations, ["update"]).exit_code == 0
    assert "gone" not in run(content, ["check"]).output


OLD = """
# As in Northmarsh
#| msgid "Northmarsh"
msgctxt "home.gone"
msgid "Here"
msgstr "Tu"

#~ msgid "Northmarsh"
#~ msgstr "Northmarsh"
"""


@pytest.fixture
def check(
    small: Path, tmp_path: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Result]:
    """Return a function that checks a site whose files name Northmarsh, another council."""
    monkeypatch.setattr(content_check, "_TO_COPY", (pseudo_locales.NORTHMARSH,))
    spoil("report.toml", '"example.org/report"', '"northmarsh.example/report"')
    spoil("home.toml", "[title]", "# As in NORTHMARSH\n[title]")
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, (POLISH,), pseudo_locales.messages(small))
    (folder / "glossary.toml").write_text('same = ["northmarsh.example"]', encoding="utf-8")
    po = folder / "pl" / "LC_MESSAGES" / "messages.po"
    po.write_text(po.read_text(encoding="utf-8") + OLD, encoding="utf-8")
    shutil.copy(po, folder / "old.po")  # no language has this file
    environ = {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(folder)}
    return lambda: CliRunner(env=environ).invoke(content, ["check"])


def places(told: Result) -> list[str]:
    """Return the file of each line that is told."""
    return [line.split(" line ")[0].strip() for line in told.output.split("\n") if " line " in line]


def test_lines_that_name_another_council_are_told_and_are_no_fault(
    check: Callable[[], Result],
) -> None:
    """With Polish, as the languages of the list are looked through; what is unused there is not."""
    told = check()

    assert told.exit_code == 0
    assert "These lines name Northmarsh. Look whether each is about you:" in told.output
    assert "home.toml line 4: # As in NORTHMARSH" in told.output
    assert places(told) == [
        *("home.toml", "report.toml", "glossary.toml"),
        "pl/LC_MESSAGES/messages.po",
    ]


def test_of_many_such_lines_ten_are_told(check: Callable[[], Result], spoil: Spoil) -> None:
    spoil("home.toml", "[title]", "# Northmarsh\n" * 20 + "[title]")
    told = check()

    assert places(told) == ["home.toml"] * 10
    assert "… and 14 more" in told.output


def test_a_council_with_the_others_name_in_its_own_is_asked_of_all_but_its_own(
    check: Callable[[], Result], spoil: Spoil
) -> None:
    spoil("report.toml", 'name = "Anyshire"', 'name = "East Northmarsh"')

    told = check()

    assert "home.toml line 4: # As in NORTHMARSH" in told.output
    assert "East" not in told.output.partition("These lines name")[2]
