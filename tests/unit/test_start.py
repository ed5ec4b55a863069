"""Starting the site or checking the content with a mistake shows a message, not a stack trace."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from granian_server import environ

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]
Spoil = Callable[[str, str, str], Path]
TOLD = (
    "report.toml line 51: judgement[overall].grade: there is no value 'great'\n"
    "    Use one of: inadequate, requires-improvement, good, outstanding.\n"
)


@pytest.fixture
def run(small: Path, english: Path) -> Run:
    """Return a function that runs Python in the project's root, as staff do, on the small content.

    It takes Python's arguments and OUTCOME_ variables, and returns the process.
    """

    def start(*command: str, **settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 (fixed commands)
            [sys.executable, *command],
            cwd=ROOT,
            env=environ(**{"content": small, "translations": english} | settings),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return start


@pytest.fixture
def broken(spoil: Spoil) -> Path:
    return spoil("report.toml", 'grade = "requires-improvement"', 'grade = "great"')


def test_content_check_says_that_all_is_well(run: Run) -> None:
    checked = run("-m", "flask", "content", "check")

    assert (checked.returncode, checked.stdout) == (0, "No faults.\n")
    assert len(checked.stderr.splitlines()) == 1  # which site it is: see test_console.py


@pytest.mark.usefixtures("broken")
def test_content_check_tells_faults_when_the_app_cannot_start(run: Run) -> None:
    checked = run("-m", "flask", "content", "check")

    assert (checked.returncode, checked.stdout) == (1, TOLD)
    assert checked.stderr.splitlines()[1:] == ["Error: 1 to mend."]


def test_content_check_tells_of_a_folder_that_is_not_there(run: Run) -> None:
    checked = run("-m", "flask", "content", "check", content="/nowhere")

    assert checked.returncode == 1
    assert checked.stderr.startswith("Error: OUTCOME_CONTENT: there is no folder '/nowhere'.")


def test_a_start_tells_first_whose_site_it_is(run: Run) -> None:
    assert run("wsgi.py").stderr.startswith("Anyshire: content in ")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    "command", [["wsgi.py"], ["-m", "flask", "run", "--port", "0"]], ids=["wsgi", "flask run"]
)
def test_a_fault_of_truth_stops_a_start_with_the_same_message(command: list[str], run: Run) -> None:
    started = run(*command)

    assert started.returncode == 1
    assert started.stderr == f"The site cannot start.\n{TOLD}"


def test_a_setting_that_is_wrong_stops_a_start_with_a_message(run: Run) -> None:
    started = run("wsgi.py", public_url="results.example.org")

    assert started.returncode == 1
    assert started.stderr == (
        "The site cannot start.\nOUTCOME_PUBLIC_URL: 'results.example.org' is not a web address. "
        "Write it like https://results.example.gov.uk.\n"
    )
