"""What one language, five and twenty of them cost: a start, memory, and publishing."""

import http.client
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import made_up
from bench.load import ROOT, Failed, ask, environ, free_port, pinned, running
from bench.servers import GRANIAN, PRESS, Target
from bench.start_up import LOCALES
from inspection_outcome.pages.addresses import feed_address, kept_address
from inspection_outcome.settings import Settings
from inspection_outcome.words.languages import Language

COUNTS = (1, 5, 20)
STARTS = 3
_CONTENT = Settings().content
_LONGEST = 900.0  # seconds that publishing may take before it counts as stuck
_SITE = Target(GRANIAN, PRESS, "en")


@dataclass(frozen=True)
class Cost:
    """What a number of languages cost on Granian: seconds, and MB that the worker holds."""

    languages: int
    start: float
    at_start: float
    with_brotli: float
    with_gzip: float
    asking: float
    """Seconds to ask for every page of every language once: each is made then."""
    publishing: float | None
    """None if there is no such command."""


def starts(folder: Path, settings: dict[str, str], times: int) -> float:
    """Give the median of seconds from the command to the first byte, of so many starts."""
    taken = []
    for _ in range(times):
        port = free_port()
        with running(_SITE.command(port, folder), port, _SITE.page, settings, folder / "log") as server:
            taken.append(server.start)
    return statistics.median(taken)


def _ask_all(connection: http.client.HTTPConnection, tags: list[str], coding: str) -> None:
    for tag in tags:
        for path in (*made_up.pages_of(_CONTENT, tag), kept_address(tag), feed_address(tag)):
            ask(connection, path, coding)


def can_publish() -> bool:
    """Whether `flask publish` is there."""
    command = [sys.executable, "-m", "flask", "publish", "--help"]
    return not subprocess.run(command, cwd=ROOT, env=environ({}), check=False, capture_output=True).returncode  # noqa: S603 (a fixed command)


def _publish(into: Path, settings: dict[str, str]) -> float:
    """Give the seconds that the whole command takes, on one core. Fails if it fails."""
    command = pinned([sys.executable, "-m", "flask", "publish", str(into)])
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 (a fixed command)
        command, cwd=ROOT, env=environ(settings), check=False, capture_output=True, text=True, timeout=_LONGEST
    )
    took = time.perf_counter() - began
    if done.returncode:
        raise Failed(f"flask publish:\n{done.stdout}{done.stderr}")
    return took


def _cost(folder: Path, count: int, publishes: bool) -> Cost:  # noqa: FBT001 (given by position once)
    languages = tuple(Language(f"qa{chr(97 + n)}", f"Made up {n}", LOCALES[n]) for n in range(count - 1))
    translations = made_up.folder(folder / "translations", languages, made_up.shipped())
    settings = {"OUTCOME_TRANSLATIONS": str(translations)}
    start, port = starts(folder, settings, STARTS), free_port()
    command = _SITE.command(port, folder)
    with running(command, port, _SITE.page, settings, folder / "log") as server, server.connection() as connection:
        tags = ["en", *(language.tag for language in languages)]
        at_start, began = server.memory("VmRSS"), time.perf_counter()
        _ask_all(connection, tags, "br")
        asking, with_brotli = time.perf_counter() - began, server.memory("VmRSS")
        _ask_all(connection, tags, "gzip")
        with_gzip = server.memory("VmRSS")
    publishing = _publish(folder / "published", settings) if publishes else None
    return Cost(count, start, at_start, with_brotli, with_gzip, asking, publishing)


def costs(folder: Path) -> Iterator[Cost]:
    """Measure each number of languages in turn."""
    publishes = can_publish()
    for count in COUNTS:
        own = folder / str(count)
        own.mkdir()
        yield _cost(own, count, publishes)


def show(measured: list[Cost]) -> None:
    """Print how cost grows."""
    print("\nHow cost grows, with made-up languages beside English, on granian (MB: what the worker holds)\n")
    heads = ("start s", "MB then", "MB all br", "MB + gzip", "asking s", "publish s")
    print(f"{'languages':<10}", *(f"{head:>10}" for head in heads))
    for cost in measured:
        cells = (cost.start, cost.at_start, cost.with_brotli, cost.with_gzip, cost.asking, cost.publishing)
        print(f"{cost.languages:<10}", *(f"{'-' if cell is None else f'{cell:.2f}':>10}" for cell in cells))
    if measured[-1].publishing is None:
        print("Publishing is skipped: `flask publish --help` fails.")
