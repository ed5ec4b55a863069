"""Measure the desk: `python tests/bench/desk.py`. 16 languages of the shipped site, on one core.

It makes each request as a browser does, but for the network, and tells the median of ten.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import pseudo_locales
import shipped_site
from desk_client import HOST, Person
from inspection_outcome.desk import create_desk
from inspection_outcome.desk.access import OwnComputer
from inspection_outcome.edition import Folders
from inspection_outcome.i18n.languages import Language

_TAGS = "cs pl lt ro ar fa uk ru sk sl hr bg de fr es tr".split()  # noqa: SIM905 (readable)
_ROUNDS = 10
_LIMITS = {
    "Today": 300,
    "Sentence": 150,
    "Save, with its commit": 500,
    "Show in the page": 300,
    "Find": 300,
}
"""Milliseconds."""
_MEMORY = 150  # MB
_ID, _TAG = "help.no-messages", "cs"


def main() -> int:
    """Measure, print a table, and return 1 if something is over its limit."""
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as folder:
        person = _desk(Path(folder))
        screen = f"/{_TAG}/sentence/{_ID}/"
        draft = {"sentence": _ID, "form-0": "A draft."}
        made = {
            "Today": _median(lambda _: person.get("/")),
            "Sentence": _median(lambda _: person.get(screen)),
            "Save, with its commit": _saves(person),
            "Show in the page": _posts(person, f"/{_TAG}/preview/help/", draft),
            "Find": _median(lambda turn: person.get(f"/{_TAG}/?seen=péeople+hée{turn}")),
        }
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    over = memory > _MEMORY
    for name, limit in _LIMITS.items():
        over = over or made[name] > limit
        print(f"{name:<24}{made[name]:>6.0f} ms of {limit}")
    print(f"{'Memory':<24}{memory:>6.0f} MB of {_MEMORY}")
    return int(over)


def _desk(folder: Path) -> Person:
    """Return somebody at a desk of 16 languages, with a history."""
    languages = tuple(Language(tag, f"Language {number}", tag) for number, tag in enumerate(_TAGS))
    content = shipped_site.SETTINGS.content
    translations = pseudo_locales.folder(folder, languages, pseudo_locales.messages(content))
    access = OwnComputer(print)
    person = Person(create_desk(Folders(content, translations), access))
    person.get(access.address(HOST).removeprefix(f"http://{HOST}"), 303)
    person.post("/name", {"name": "Bench"}, 303, form="/name")
    person.post("/history", {}, 303)
    return person


def _median(step: Callable[[int], object]) -> float:
    """Return how long a step takes, in milliseconds; the first is not counted."""
    step(-1)
    took = []
    for turn in range(_ROUNDS):
        began = time.perf_counter()
        step(turn)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def _saves(person: Person) -> float:
    """Return how long a save takes, without the reading of the form before it."""
    screen, took = f"/{_TAG}/sentence/{_ID}/", []
    for turn in range(_ROUNDS):
        token, seen = (person.field(name, screen) for name in ("csrf_token", "seen"))
        data = {"csrf_token": token, "seen": seen, "form-0": f"Saved {'again ' * turn}."}
        began = time.perf_counter()
        person.client.post(screen, base_url=f"http://{HOST}", data=data)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def _posts(person: Person, path: str, data: dict[str, str]) -> float:
    """Return how long a form takes, without the reading of the screen before it."""
    token = {"csrf_token": person.field("csrf_token", "/name")}
    return _median(lambda _: person.client.post(path, base_url=f"http://{HOST}", data=token | data))


if __name__ == "__main__":
    sys.exit(main())
