"""The commands `send` and `receive` of `flask translations`, as staff see and use them."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.languages import Language
from sheets import damaged, fill

pytestmark = pytest.mark.slow

Run = Callable[..., Result]
LONG = pseudo_locales.LONG
ID, OTHER = "home.title", "help.title"
NEW = "Nowy tytuł"


@pytest.fixture
def folder(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a translations folder in which all but the title of home is translated."""
    told = pseudo_locales.messages(small)
    folder = pseudo_locales.folder(tmp_path / "translations", (LONG,), told)
    pseudo_locales.write(folder, LONG, told, lambda sentence: sentence.id != ID)
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def run(folder: Path) -> Run:
    assert folder.is_dir()
    return lambda *arguments: CliRunner().invoke(translations, arguments)


def said(folder: Path, id_: str, language: Language = LONG) -> tuple[str, ...]:
    po = po_file.read(po_file.path_of(folder, language), language)
    return po_file.translations(po)[id_].forms


def test_what_needs_translating_goes_out_and_what_is_new_comes_in(run: Run, folder: Path) -> None:
    sent = run("send", LONG.tag, "out.xlsx")
    file = Path("out.xlsx")
    file.write_bytes(damaged(file.read_bytes(), fill(ID, NEW)))

    tried = run("receive", LONG.tag, "out.xlsx")
    before = said(folder, ID)
    taken = run("receive", LONG.tag, "out.xlsx", "--write")

    assert (sent.exit_code, sent.stdout) == (0, "out.xlsx: 1 sentences, 5 English words.\n")
    assert tried.exit_code == taken.exit_code == 0
    assert f"Theirs: {NEW}" in tried.stdout
    assert tried.stdout.endswith("Nothing is written yet. To take 1, add --write.\n")
    assert before == ("",)
    assert taken.stdout.splitlines()[0] == "New: 1"
    assert taken.stdout.splitlines()[-1].startswith("1 taken, in translations/cs/")
    assert said(folder, ID) == (NEW,)


def test_a_choice_is_taken_if_it_is_asked_for(run: Run, folder: Path) -> None:
    run("send", LONG.tag, "out.xlsx", "--state", "needs checking", "--page", "help")
    file = Path("out.xlsx")
    file.write_bytes(damaged(file.read_bytes(), fill(OTHER, "{wizyta}")))

    told = run("receive", LONG.tag, "out.xlsx", "--write")
    unknown = run("receive", LONG.tag, "out.xlsx", "--take", ID)
    asked = run("receive", LONG.tag, "out.xlsx", "--take", OTHER, "--write")

    assert f"{OTHER}: Broken" in told.stdout
    assert "the English has no {wizyta}" in told.stdout
    assert "there is nothing to choose for 'home.title'" in unknown.stderr
    assert asked.exit_code == 0
    assert said(folder, OTHER) == ("{wizyta}",)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["send", "qaa", "out.ods"], "name it like lingua.xlsx"),
        (["send", "qaa", "there.xlsx"], "there.xlsx is there already"),
        (["send", "qaa", "out.xlsx", "--state", "broken"], "Nothing is in these states"),
        (["send", "qaa", "out.xlsx", "--page", "no"], "there is no page 'no'. Known: home, help"),
        (["receive", "qaa", "there.xlsx"], "It is no .xlsx file, or was cut off. Open it"),
        (["receive", "xx", "there.xlsx"], "there is no language 'xx'"),
    ],
    ids=lambda each: each if isinstance(each, str) else " ".join(each),
)
def test_what_cannot_be_done_is_told(command: list[str], told: str, run: Run) -> None:
    Path("there.xlsx").write_text("x", encoding="utf-8")

    result = run(*command)

    assert result.exit_code in {1, 2}
    assert told in result.stderr
    assert not Path("out.xlsx").exists()


@pytest.mark.parametrize("library", ["xlsxwriter", "openpyxl", "defusedxml"])
def test_a_missing_library_is_told_with_its_extra(
    library: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("send", LONG.tag, "out.xlsx")
    shutil.copy("out.xlsx", "back.xlsx")
    Path("out.xlsx").unlink()
    monkeypatch.setitem(sys.modules, library, None)

    results = [run("send", LONG.tag, "out.xlsx"), run("receive", LONG.tag, "back.xlsx")]

    failed = [each for each in results if each.exit_code]
    assert len(failed) == 1
    assert f"{library} is not installed. Run: " in failed[0].stderr
    assert ".[desk]" in failed[0].stderr
