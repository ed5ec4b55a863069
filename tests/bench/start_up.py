"""How long a start takes with many languages: `taskset -c 0 python tests/bench/start_up.py`, on one core.

A whole start, in a process of its own: Python's imports, content, catalogues, templates, every English page made once.
Told as seconds, and as a ratio to the same start with English alone, measured in turn in the same run.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import made_up
from inspection_outcome.settings import Settings
from inspection_outcome.words.languages import Language

LANGUAGES = 20
SENTENCES = 800
LIMIT = 1.0  # second
RUNS = 7
LOCALES = [
    "pl",
    "lt",
    "ro",
    "ar",
    "ckb",
    "lv",
    "ru",
    "bg",
    "ps",
    "ti",
    "vi",
    "fa",
    "pt_PT",
    "hu",
    "uk",
    "es",
    "fr",
    "de",
    "it",
    "tr",
]


def content(into: Path) -> Path:
    """Make the shipped content as long as the benchmark wants it, with texts of its own once more."""
    folder = Path(shutil.copytree(Settings().content, into))
    shipped = made_up.shipped()
    texts = [each.sentence.text for each in shipped if each.page == "results"]
    with (folder / "about.toml").open("a", encoding="utf-8") as about:
        about.write('\n[[section]]\nid = "bench"\nheading = { id = "about.bench", text = "Bench", source = "site" }\n')
        for number in range(SENTENCES - len(shipped) - 1):
            text = texts[number % len(texts)]
            about.write(f'[[section.text]]\nid = "about.bench-{number}"\nsource = "site"\ntext = """{text}"""\n')
    return folder


def start(folder: Path, translations: Path) -> float:
    """Give the seconds from the start of a process until its app is ready."""
    environ = {**os.environ, "OUTCOME_CONTENT": str(folder), "OUTCOME_TRANSLATIONS": str(translations)}
    code = "import inspection_outcome; inspection_outcome.create_app(); print('ready', flush=True)"
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code], env=environ, stdout=subprocess.PIPE) as process:  # noqa: S603 (a fixed command)
        assert process.stdout is not None
        ready = process.stdout.readline()
        took = time.perf_counter() - began
    assert ready == b"ready\n", "the app did not start"
    return took


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = content(Path(temporary) / "content")
        gathered = made_up.shipped(folder)
        languages = tuple(Language(f"qa{chr(97 + n)}", f"Made up {n}", LOCALES[n]) for n in range(LANGUAGES))
        many = made_up.folder(Path(temporary) / "many", languages, gathered)
        alone = made_up.folder(Path(temporary) / "alone", (), gathered)
        start(folder, many)  # compiles the modules
        times = [(start(folder, many), start(folder, alone)) for _ in range(RUNS)]
    with_all, without = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{LANGUAGES} languages of {len(gathered)} sentences: {with_all:.2f} s (limit {LIMIT:.0f} s)")
    print(f"English alone: {without:.2f} s; ratio {with_all / without:.2f}")


if __name__ == "__main__":
    main()
