"""Compare what a page costs with nginx and an empty app: `python tests/bench/compare.py`.

It takes a minute and a half. The server with all its processes has one core, wrk has another. Every
round measures each target in turn, so that a machine that slows down slows all of them; the table
shows medians. Needs Linux with wrk and nginx from Debian.
"""

import argparse
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from os import sched_setaffinity
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import pseudo_locales
import shipped_site
from bench.load import CONNECTIONS, HOST, LOAD_CORE, SERVER_CORE, Failed, free_port, running, wrk
from bench.servers import EMPTY, NGINX, SITE, Target, missing, published

TAGS = ("en", pseudo_locales.RIGHT_TO_LEFT.tag)
TARGETS = [*(Target(what, tag) for tag in TAGS for what in (NGINX, SITE)), Target(EMPTY, "en")]
WARM_UP = 1  # second
OF_NGINX = 45  # %
SLOWER = 1.5  # times
COLD = 1.5  # seconds
LEAST_BUSY = 0.85
"""With a smaller share of its core, a server waits for other programs, which distorts its times."""


@dataclass(frozen=True)
class Sample:
    """The measurements of a target: of one run, or medians."""

    per_cpu: float
    """Requests per second of the server's CPU."""
    busy: float
    """The share of the time that it had its core: near 1, unless other programs used it too."""
    p50: float
    p99: float
    memory: float
    start: float
    size: float


Samples = dict[Target, Sample]


def sample(target: Target, folder: Path, seconds: int) -> Sample:
    """Start a target's server, warm it up, measure it and stop it."""
    port, settings = free_port(), {"OUTCOME_TRANSLATIONS": str(folder / "translations")}
    command = target.command(port, folder / "nginx")
    with running(command, port, target.page, settings, folder / "log") as server:
        wrk(port, target.page, WARM_UP)
        before, began = server.cpu(), time.perf_counter()
        load = wrk(port, target.page, seconds)
        used, took = server.cpu() - before, time.perf_counter() - began
        per_cpu, busy = load.requests / used, used / took
        return Sample(
            per_cpu, busy, load.p50, load.p99, server.memory("VmHWM"), server.start, server.size
        )


def measure(folder: Path, seconds: int, rounds: int) -> Samples:
    """Return the medians of every target; each round measures the targets in turn."""
    found: dict[Target, list[Sample]] = {}
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
        for target in TARGETS:
            found.setdefault(target, []).append(sample(target, folder, seconds))
    return {
        target: Sample(*map(statistics.median, zip(*map(astuple, all_), strict=True)))
        for target, all_ in found.items()
    }


def show_table(samples: Samples) -> None:
    """Print a row for each target."""
    measured = ("req/CPU s", "of nginx", "p50 ms", "p99 ms", "peak MB", "start s", "bytes")
    heads = (*measured, "core busy")
    print(f"\n{'':<25}", *(f"{head:>9}" for head in heads))
    for target, own in samples.items():
        part = own.per_cpu / samples[Target(NGINX, target.tag)].per_cpu
        times = [f"{own.p50:.2f}", f"{own.p99:.2f}", f"{own.memory:.1f}", f"{own.start:.2f}"]
        cells = [f"{own.per_cpu:.0f}", f"{part:.1%}", *times, f"{own.size:.0f}", f"{own.busy:.0%}"]
        print(f"{target.what:<15} {target.tag:<9}", *(f"{cell:>9}" for cell in cells))
    print(
        "\nof nginx: requests per CPU-second, as a part of nginx's. "
        "peak MB: of the largest process."
    )
    if idle := sum(own.busy < LEAST_BUSY for own in samples.values()):
        print(
            f"NOT ALONE: {idle} of {len(samples)} had less than {LEAST_BUSY:.0%} of their core, "
            "so p50 and p99 are not\ntheirs alone. Run it on a machine that does nothing else."
        )
    sys.stdout.flush()


def limit(what: str, value: float, bound: str, *, ok: bool) -> str:
    """Return a line that says whether a limit is kept."""
    return f"{'ok' if ok else 'OVER':<5} {what}: {value:.4g} ({bound})"


def limits(samples: Samples) -> Iterator[str]:
    """Yield a line for each limit of the site, compared with nginx and the empty app."""
    for tag in TAGS:
        own, nginx = samples[Target(SITE, tag)], samples[Target(NGINX, tag)]
        empty = samples[Target(EMPTY, "en")]
        part, times = own.per_cpu / nginx.per_cpu * 100, own.p99 / empty.p99
        what = f"{tag}, % of nginx's requests per CPU-second"
        yield limit(what, part, f"at least {OF_NGINX}", ok=part >= OF_NGINX)
        what = f"{tag}, p99 as times the empty app's"
        yield limit(what, times, f"at most {SLOWER}", ok=times <= SLOWER)
        what = f"{tag}, seconds from a cold start to the first byte"
        yield limit(what, own.start, f"at most {COLD}", ok=own.start <= COLD)


def run(folder: Path, options: argparse.Namespace) -> None:
    """Measure every target; print the table and the limits."""
    translations = shipped_site.beside_pseudo_locales(folder / "translations")
    published(folder / "nginx", TAGS, translations)
    samples = measure(folder, options.seconds, options.rounds)
    show_table(samples)
    print("\nLimits\n")
    print(*limits(samples), sep="\n")


def main() -> None:
    """Read the options, check that every program is installed, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=3, help="of load on each target (default: 3)"
    )
    parser.add_argument("--rounds", type=int, default=3, help="of measurements (default: 3)")
    parser.add_argument("--quick", action="store_true", help="one round of one second")
    options = parser.parse_args()
    if options.quick:
        options.seconds = options.rounds = 1
    if lacks := missing():
        sys.exit("\n".join(lacks))
    # Exit by an exception, so that the servers are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    sched_setaffinity(0, {LOAD_CORE})
    cores = f"the server on core {SERVER_CORE}, wrk on core {LOAD_CORE}"
    print(
        cores
        if SERVER_CORE != LOAD_CORE
        else "ONLY ONE CORE: the server and wrk share it, so times mean little"
    )
    print(
        f"{HOST}, {CONNECTIONS} connections, gzip; {options.rounds} rounds of {options.seconds} s",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)  # nginx's worker may run as another user
        try:
            run(Path(temporary), options)
        except Failed as failed:
            sys.exit(str(failed))


if __name__ == "__main__":
    main()
