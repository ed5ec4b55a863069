"""Everything that must pass: a browser is there, lint, types, and every test. Runs all of it, then says what failed."""

import subprocess
import sys
from pathlib import Path

import find_browser

ROOT = Path(__file__).parent.parent
STEPS = {
    "browser": ["tests/find_browser.py"],
    "lint": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "content": ["-m", "flask", "content", "check"],
    "tests": ["-m", "pytest", "-q", "-rs"],
}


def main() -> int:
    """Give 0 if every step passed, else 1."""
    failed = []
    for name, arguments in STEPS.items():
        print(f"--- {name}", flush=True)
        if subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode:  # noqa: S603 (fixed commands)
            failed.append(name)
    for what_to_do in find_browser.missing().values():
        print(f"--- skipped: {what_to_do}")
    print(f"--- failed: {', '.join(failed)}" if failed else "--- all passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
