"""Run everything that must pass: a browser is installed, lint, format, types, every test.

`--quick` leaves out what takes long: browsers, servers, and every language but English.
`--only NAME` runs one step: browser, lint, format, types or tests. Every step runs, even
after a failure. The end says how far each language is, and names the failed steps.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import find_browser

ROOT = Path(__file__).parent.parent
_PARALLEL = ["-n", "auto", "--dist", "worksteal"]
STEPS = {
    "browser": ["tests/find_browser.py"],
    "lint": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "tests": ["-m", "pytest", "-q", "-rs", *_PARALLEL, "--durations", "10"],
}
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
        print(f"--- {name}", flush=True)
        done = subprocess.run(  # noqa: S603 (fixed commands)
            [sys.executable, *arguments], cwd=ROOT, check=False
        )
        if done.returncode:
            failed.append(name)
    if not chosen.only:
        print("--- languages", flush=True)
        subprocess.run([sys.executable, *LANGUAGES], cwd=ROOT, check=False)  # noqa: S603 (fixed)
    if not chosen.quick:
        for what_to_do in find_browser.missing().values():
            print(f"--- skipped: {what_to_do}")
    print(f"--- failed: {', '.join(failed)}" if failed else "--- all passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
