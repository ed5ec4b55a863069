"""Measure the desk: `python tests/bench/desk.py`. 16 languages of the shipped site, on one core.

It makes each request as a browser does, but for the network, and tells the median of ten. Publish:
five languages, with the plain files, and the median of three.
"""

import io
import os
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import pseudo_locales
import sheets
import shipped_site
from desk_client import HOST, Person
from inspection_outcome.desk import create_desk
from inspection_outcome.desk.access import OwnComputer
from inspection_outcome.desk.publish.publishing import Publishing
from inspection_outcome.desk.stock import Stock
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
    "Check a page": 500,
    "Save what is checked": 800,
    "Send out a file": 800,
    "What is in a file": 800,
    "What English changes": 1500,
    "What is not live": 300,
    "Publish one sentence": 3000,
}
"""Milliseconds."""
_MEMORY = {"Memory": 150, "Memory, after all this": 200}
"""Megabytes: after the first five, and after files and English, which hold more for a while."""
_ID, _TAG = "help.no-messages", "cs"


def main() -> int:
    """Measure, print a table, and return 1 if something is over its limit."""
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as folder:
        person = _desk(Path(folder), _TAGS)
        screen = f"/{_TAG}/sentence/{_ID}/"
        draft = {"sentence": _ID, "form-0": "A draft."}
        made = {
            "Today": _median(lambda _: person.get("/")),
            "Sentence": _median(lambda _: person.get(screen)),
            "Save, with its commit": _saves(person),
            "Show in the page": _posts(person, f"/{_TAG}/preview/help/", draft),
            "Find": _median(lambda turn: person.get(f"/{_TAG}/?seen=péeople+hée{turn}")),
        }
        memory = {"Memory": _memory()}
        made |= _others(person, Folders(shipped_site.SETTINGS.content, Path(folder)))
        memory["Memory, after all this"] = _memory()
    with tempfile.TemporaryDirectory() as folder:
        made |= _publishes(Path(folder))
    over = any(memory[name] > limit for name, limit in _MEMORY.items())
    for name, limit in _LIMITS.items():
        over = over or made[name] > limit
        print(f"{name:<24}{made[name]:>6.0f} ms of {limit}")
    for name, limit in _MEMORY.items():
        print(f"{name:<24}{memory[name]:>6.0f} MB of {limit}")
    return int(over)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _desk(folder: Path, tags: Sequence[str], live: Path | None = None) -> Person:
    """Return somebody at a desk of these languages, with a history; `live`: where it publishes."""
    languages = tuple(Language(tag, f"Language {number}", tag) for number, tag in enumerate(tags))
    content = shipped_site.SETTINGS.content
    translations = pseudo_locales.folder(folder, languages, pseudo_locales.messages(content))
    folders, access, publishing = Folders(content, translations), OwnComputer(print), None
    if live:
        plain = live.with_name("plain")
        publishing = Publishing(live, folders, published=plain, public_url="https://example.org")
    person = Person(create_desk(folders, access, publishing))
    person.get(access.address(HOST).removeprefix(f"http://{HOST}"), 303)
    person.post("/name", {"name": "Bench"}, 303, form="/name")
    person.post("/history", {}, 303)
    return person


def _others(person: Person, folders: Folders) -> dict[str, float]:
    """Return how long the checks, the files and the English take."""
    check, english = f"/{_TAG}/check/help/", f"/en/sentence/{_ID}/"
    file = sheets.sent(Stock.read(folders), _TAG)
    sent = _hidden(person, english) | {"form-text": "Words that nobody has read.", "do": "look"}

    def answer(_: int) -> None:
        """Say Yes to one sentence: the next time, it is another one."""
        fields = _hidden(person, check)
        first = next(name for name in fields if name.startswith("seen-"))
        yes = {first.replace("seen-", "is-"): "yes"}
        person.post(check, fields | yes, 303, form="")

    def bring_in(turn: int) -> None:
        data = {"csrf_token": sent["csrf_token"], "file": (io.BytesIO(file), f"{turn}.xlsx")}
        person.post(f"/{_TAG}/files/bring-in/", data, 200, form="")

    shown = _median(lambda _: person.get(check))
    return {
        "Check a page": shown,
        "Save what is checked": _median(answer) - shown,
        "Send out a file": _median(lambda _: person.get(f"/{_TAG}/files/send.xlsx?state=check")),
        "What is in a file": _median(bring_in),
        "What English changes": _median(lambda _: person.post(english, sent, 200, form="")),
    }


def _publishes(folder: Path) -> dict[str, float]:
    """Return how long it takes to see what is not live, and to publish it: one sentence."""
    person = _desk(folder / "translations", _TAGS[:5], folder / "live")
    shown, took = [], []
    for turn in range(4):
        person.save(_ID, f"Published {'again ' * turn}.", tag=_TAG)
        began = time.perf_counter()
        page = person.get("/publish/").text
        shown.append(time.perf_counter() - began)
        tags = re.findall('name="shown-tag" value="([^"]*)"', page)
        sent = _hidden(person, "/publish/") | {"tag": tags, "shown-tag": tags}
        began = time.perf_counter()
        person.post("/publish/", sent, 303, form="")
        took.append(time.perf_counter() - began)
    return {
        "What is not live": statistics.median(shown[1:]) * 1000,
        "Publish one sentence": statistics.median(took[1:]) * 1000,
    }


def _hidden(person: Person, path: str) -> dict[str, object]:
    """Return the hidden fields of a screen."""
    return dict(re.findall('type="hidden" name="([^"]+)" value="([^"]*)"', person.get(path).text))


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
