"""Another council starts a site of its own, as the README says, and writes what it asks for.

What it begins with is taken from what is shipped: if that lacks something, a fault says what.
"""

import datetime as dt
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from house_rules import broken
from inspection_outcome import create_app
from inspection_outcome.authoring.faults import check_content
from inspection_outcome.commands.content_check import check_taken_over
from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.report import starter
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.todo import todos
from inspection_outcome.settings import Settings
from pseudo_locales import pages_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SHIPPED = Settings()
NOTES = {
    "publisher": "Eastmoor Council",
    "publisher_email": "hello@eastmoor.example",
    "web": "example.org/report",
    "phone": "01632 960789",
}
lines = partial(re.sub, flags=re.MULTILINE)
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs `flask` with its arguments in the folder of a fresh project."""
    for name in ("site", "tests", "translations", "wsgi.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    own = {
        name: value
        for name, value in os.environ.items()
        if name != "FLASK_SKIP_DOTENV" and not name.startswith("OUTCOME_")
    }

    def flask(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 (fixed commands, and the README's)
            [sys.executable, "-m", "flask", *arguments],
            cwd=tmp_path,
            env=own | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return flask


def change(folder: Path, write: Callable[[str], str]) -> None:
    """Change each content file of a folder."""
    for path in folder.rglob("*.toml"):
        path.write_text(write(path.read_text(encoding="utf-8")), encoding="utf-8")


def first_values(text: str) -> str:
    """Return a file with the values that an officer writes first: those of the examples."""
    text = lines(r'^grade = "TODO: .*', 'grade = "inadequate"', text)
    return lines(r'^(\w+) = "TODO: .* like ([\d-]+), without.*', r"\1 = \2", text)


def all_written(text: str) -> str:
    """Return a file as an officer leaves it: each TODO is done as its line says."""
    text = lines(r'^text = "TODO: .*', 'text = "Somebody wrote this."', text)
    text = lines(
        r'^# (\w+) = "…" *# TODO: .*', lambda each: f'{each[1]} = "{NOTES[each[1]]}"', text
    )
    text = lines(r"^# TODO: when .* write here: (call = true)$", r"\1", text)
    text = lines(
        r"^# TODO: once .* take '# ' off the lines below, and delete this one\n((?:# .*\n)+)",
        lambda each: lines("^# ", "", each[1]),
        text,
    )
    return first_values(lines(r"^# TODO: .*\n", "", text))


def test_a_site_begins_as_the_readme_says(run: Run, tmp_path: Path) -> None:
    """Northmarsh is the name of a site of the tests, so Eastmoor stands for it."""
    readme = (SHIPPED.content / "README.md").read_text(encoding="utf-8")
    steps = readme.partition("## Start a site for another council")[2]
    command = re.findall(r"(?ms)^```sh\n(.*?)^```", steps)[0]
    first = "Northmarsh: content in ours/content, translations in ours/translations."
    assert first in steps

    made = run(*shlex.split(command.replace("Northmarsh", "Eastmoor"))[1:])
    assert (made.returncode, made.stderr) == (0, "")
    early = run("routes")
    change(tmp_path / "ours" / "content", first_values)
    checked = run("content", "check")
    published = run("publish", "public")
    updated = run("translations", "update", "--from", "translations")
    change(tmp_path / "ours" / "content", all_written)
    done = run("content", "check")

    assert "report.toml line 5: inspection.year: it is still to be written" in early.stderr
    assert "Write here: the year in which inspectors came" in early.stderr
    number = len(re.findall(r"(?m) line \d+: TODO: ", checked.stdout))
    assert checked.stderr.splitlines() == [
        first.replace("Northmarsh", "Eastmoor"),
        f"Error: {number} to write.",
    ]
    assert published.returncode == 1
    assert f"{number} lines of the content say TODO" in published.stderr
    assert "(pl): 0 new, 0 with changed English, 0 no longer used" in updated.stdout
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "No faults.")


@pytest.mark.parametrize("without", [(), starter.PARTS, *((part,) for part in starter.PARTS)])
def test_it_may_begin_with_one_to_five_grades(without: tuple[str, ...], tmp_path: Path) -> None:
    """What is left to write keeps no page from being read, and nothing is but that."""
    folder = tmp_path / "content"
    try:
        files = starter.content(
            "Eastmoor", dt.date(2026, 11, 29), PACKAGE / "start", SHIPPED.content, without
        )
    except ContentError as error:
        pytest.fail(str(error), pytrace=False)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    where = Folders(folder, SHIPPED.translations)
    stops = [each for each in check_content(where) if "still to be written" in each.problem]
    assert stops == []  # as `todos` names them
    grades = [each for each in todos(folder) if each.asked.startswith("outstanding, good, ")]
    assert len(grades) == 5 - len(without)

    change(folder, first_values)
    environ = {"OUTCOME_CONTENT": folder, "OUTCOME_TRANSLATIONS": SHIPPED.translations}
    client = create_app({name: str(each) for name, each in environ.items()}, watch=False)
    pages = {path: client.test_client().get(path) for path in pages_of(folder)}
    rules = {
        path: broken(page.text, page.headers, large=path.endswith("/all/"))
        for path, page in pages.items()
    }
    assert len(pages) == 16
    assert {path: each for path, each in rules.items() if each} == {}

    change(folder, all_written)
    assert todos(folder) == []
    assert [str(each) for each in (*check_content(where), *check_taken_over(folder))] == []
    of_lincolnshire = {
        "panel",
        "handbook",
        "Lincolnshire",
        "V4C",
        "Life Links",
        "01522",
        "‘closed’",
    }
    assert [word for word in of_lincolnshire if word in "".join(files.values())] == []
