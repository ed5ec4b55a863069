"""What a message tells staff to do mends what it is about; for the content: see faults.toml."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pseudo_locales
import pytest
from click.testing import CliRunner, Result
from inspection_outcome.commands.translations import translations
from inspection_outcome.i18n import checks, po_file
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.report.sentence import Sentence

POLISH = Language("pl", "Polski")
PLAIN = Sentence("t.plain", "Most children feel safe.", "site")
NAMED = Sentence("t.named", "In {council} and {county}, see [the words](word:audit).", "site")
COUNT = Sentence("t.count", "{homes} home", "site", plural="{homes} homes")
WORDS = "[słowa](word:audit)"


@pytest.mark.parametrize(
    ("sentence", "broken", "remedy", "mended"),
    [
        (PLAIN, ["24 dzieci."], "if it has none, write it in words", ["Sto dzieci."]),
        (PLAIN, ["Dzieci {one."], "Take the braces out: the English has none", ["Dzieci."]),
        (PLAIN, ["{county} dzieci."], "Take it out", ["Dzieci."]),
        (PLAIN, ["<b>Dzieci</b>"], "write **words** for strong", ["**Dzieci**"]),
        (PLAIN, ["…"], "Write the translation", ["Dzieci…"]),
        (PLAIN, ["Dzie\u202eci"], "Delete it, and type that place again", ["Dzieci"]),
        (
            NAMED,
            [f"{{council}}{{county}} {WORDS}."],
            "Write a space or a word between",
            [f"{{council}} {{county}} {WORDS}."],
        ),
        (
            NAMED,
            [f"{{council}}, {WORDS}."],
            "Put {county} where its value belongs, with the braces",
            [f"{{council}}, {{county}}, {WORDS}."],
        ),
        (
            NAMED,
            [f"{{ council }}, {{council}}, {{county}}, {WORDS}."],
            "Copy the names with their braces: {council} {county}.",
            [f"{{council}}, {{council}}, {{county}}, {WORDS}."],
        ),
        (
            NAMED,
            ["{council}, {county}, słowa."],
            "Keep what stands in round brackets: [words](word:audit).",
            ["{council}, {county}, [słowa](word:audit)."],
        ),
        (COUNT, ["{homes} dom", "", "{homes} domów"], "Fill in each form", ["{homes} dom"] * 3),
        (COUNT, ["{homes} dom"] * 2, "from msgstr[0] to msgstr[2]", ["{homes} dom"] * 3),
        (COUNT, ["{homes} dom"] * 5, "delete msgstr[3] and any higher", ["{homes} dom"] * 3),
    ],
)
def test_what_is_said_of_a_broken_translation_mends_it(
    sentence: Sentence, broken: list[str], remedy: str, mended: list[str]
) -> None:
    told = checks.errors(Pair.of(sentence, broken, POLISH))

    assert [remedy in each.remedy for each in told] == [True], told
    assert checks.errors(Pair.of(sentence, mended, POLISH)) == ()


@pytest.fixture
def repository(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a git repository with the small content in Polish, all of it committed."""
    folder = tmp_path / "translations"
    pseudo_locales.folder(folder, (POLISH,), pseudo_locales.messages(small))
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(folder))
    git(tmp_path, "init -q -b main .")
    commit(tmp_path)
    return tmp_path


def git(repository: Path, command: str, *, status: int = 0) -> None:
    """Run a git command in the repository."""
    who = ["-c", "user.name=Jo", "-c", "user.email=jo@example.org"]
    done = subprocess.run(  # noqa: S603 (fixed commands, and those of messages)
        [str(shutil.which("git")), *who, *shlex.split(command)],
        cwd=repository,
        check=False,
        capture_output=True,
    )
    assert done.returncode == status, (command, done.stdout, done.stderr)


def commit(repository: Path) -> None:
    git(repository, "add .")
    git(repository, "commit -q -m x")


def update() -> Result:
    return CliRunner().invoke(translations, ["update"])


def rename_the_page(repository: Path, name: str) -> None:
    path = po_file.path_of(repository / "translations", POLISH)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(?<=msgid "Home"\nmsgstr ").*(?=")', name, text), encoding="utf-8")
    commit(repository)


def merge_in_conflict(repository: Path) -> None:
    """Merge a branch in which the same translation is another."""
    git(repository, "checkout -q -b other")
    rename_the_page(repository, "Dom")
    git(repository, "checkout -q main")
    rename_the_page(repository, "Strona")
    git(repository, "merge -q other", status=1)


def cut_off(repository: Path) -> None:
    path = po_file.path_of(repository / "translations", POLISH)
    path.write_bytes(path.read_bytes()[:-100])


def delete(repository: Path) -> None:
    po_file.path_of(repository / "translations", POLISH).unlink()


def cut_off_in_a_merge(repository: Path) -> None:
    merge_in_conflict(repository)
    cut_off(repository)
    path = po_file.path_of(repository / "translations", POLISH)
    marks = re.compile(r"^(<<<<<<<|=======|>>>>>>>).*\n", re.MULTILINE)
    path.write_text(marks.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("spoil", [delete, cut_off, merge_in_conflict, cut_off_in_a_merge])
def test_the_git_command_that_is_told_brings_a_file_back(
    spoil: Callable[[Path], None], repository: Path
) -> None:
    """Also half-way through a merge, where `git restore FILE` fails."""
    spoil(repository)
    told = update()
    assert told.exit_code == 1

    found = re.search(r"git ((?:checkout|restore) (?:\S+ )*?\S+messages\.po)", told.stderr)
    assert found, told.stderr
    git(repository, found[1])

    assert update().exit_code == 0
    commit(repository)
