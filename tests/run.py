"""Run everything that must pass: a browser is installed, lint, format, types, every test.

`--quick` leaves out what takes long: browsers, servers, and every language but English.
`--only NAME` runs one step: browser, lint, format, types or tests. Every step runs, even
after a failure. A test that fails is run once more, alone; the step fails if it fails again.
The end says how far each language is, and names the failed steps.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import find_browser
import pytest

ROOT = Path(__file__).parent.parent
_PARALLEL = ["-n", "auto", "--dist", "worksteal"]
STEPS = {
    "browser": ["tests/find_browser.py"],
    "lint": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "tests": ["-m", "pytest", "-q", "-rs", *_PARALLEL, "--durations", "10"],
}
AGAIN = ["-m", "pytest", "-v", "--last-failed", "--maxfail", "3"]
"""On a busy computer, a browser now and then does not answer in time: that breaks no promise."""
QUICK = ["--quick", "tests/unit", "tests/web", "tests/content"]
LANGUAGES = ["-m", "flask", "translations", "status"]
"""Tells how far each language is. A language that lags is no failure: readers get the English."""


def main() -> int:
    """Run the chosen steps; return 0 if every one passed, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="without browsers, servers and other languages"
    )
    parser.add_argument("--only", choices=STEPS, metavar="NAME", help=f"one of: {', '.join(STEPS)}")
    chosen = parser.parse_args()
    steps = {chosen.only: STEPS[chosen.only]} if chosen.only else dict(STEPS)
    if chosen.quick:
        steps.pop("browser", None)
        steps = {
            name: [*arguments, *(QUICK if name == "tests" else ())]
            for name, arguments in steps.items()
        }
    failed = []
    for name, arguments in steps.items():
        status = _run(name, arguments)
        if name == "tests" and status == pytest.ExitCode.TESTS_FAILED:
            quick = QUICK if chosen.quick else []
            status = _run("tests that failed, once more", [*AGAIN, *quick])
        if status:
            failed.append(name)
    if not chosen.only:
        _run("languages", LANGUAGES)
    if not chosen.quick:
        for what_to_do in find_browser.missing().values():
            print(f"--- skipped: {what_to_do}")
    print(f"--- failed: {', '.join(failed)}" if failed else "--- all passed", flush=True)
    return 1 if failed else 0


def _run(title: str, arguments: list[str]) -> int:
    """Run Python with these arguments, below a title; return its exit status."""
    print(f"--- {title}", flush=True)
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 (fixed commands)


if __name__ == "__main__":
    sys.exit(main())
