"""What a page costs on each server, beside nginx and an empty app: `python tests/bench/serve.py`, for five minutes.

The server with all its processes has one core, wrk another one. Each target is measured in turn in each round, so that
a machine that slows down slows all of them; the table tells medians. Needs Linux with wrk and nginx from Debian.
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

import made_up
from bench.growth import Cost, costs, show, starts
from bench.load import CONNECTIONS, HOST, LOAD_CORE, SERVER_CORE, Failed, free_port, running, wrk
from bench.servers import BARE, EMPTY, FILES, GRANIAN, GUNICORN, NGINX, PRESS, Target, missing, published

TAGS = ("en", made_up.RIGHT_TO_LEFT.tag)
SERVERS = (GRANIAN, GUNICORN)
COLD_STARTS = 5
WARM_UP = 1  # second
OF_NGINX = 45  # %
OF_EMPTY = 95  # %
SLOWER = 1.5  # times
MEMORY = 80  # MB
COLD = 0.6  # seconds
PUBLISHING = 60  # seconds
LEAST_BUSY = 0.85
"""With less of its core a server waits for other programs, and its times tell of them."""


@dataclass(frozen=True)
class Sample:
    """What was measured of a target: once, or medians."""

    per_cpu: float
    """Requests per second of the server's CPU."""
    busy: float
    """Which part of the time it had its core: near 1, unless other programs had it too."""
    p50: float
    p99: float
    memory: float
    start: float
    size: float


Samples = dict[Target, Sample]


def targets(*, often: bool) -> list[Target]:
    """Give what is measured in each round; else what once is enough for: with a log, and without the press."""
    found = []
    for logged in (False, True):
        for tag in TAGS:
            found.append(Target(NGINX, FILES, tag, logged))
            found += [Target(server, app, tag, logged) for server in SERVERS for app in (PRESS, BARE)]
        found += [Target(server, EMPTY, "en", logged) for server in SERVERS]
    return [target for target in found if often == (not target.logged and target.app != BARE)]


def sample(target: Target, folder: Path, seconds: int) -> Sample:
    """Start a target's server, warm it up, measure it, stop it."""
    port, settings = free_port(), {"OUTCOME_TRANSLATIONS": str(folder / "translations")}
    command = target.command(port, folder / "nginx")
    with running(command, port, target.page, settings, folder / "log") as server:
        wrk(port, target.page, WARM_UP)
        before, began = server.cpu(), time.perf_counter()
        load = wrk(port, target.page, seconds)
        used, took = server.cpu() - before, time.perf_counter() - began
        per_cpu, busy = load.requests / used, used / took
        return Sample(per_cpu, busy, load.p50, load.p99, server.memory("VmHWM"), server.start, server.size)


def measure(folder: Path, seconds: int, rounds: int) -> Samples:
    """Measure every target, in turn."""
    found: dict[Target, list[Sample]] = {}
    for number in range(rounds):
        turn = targets(often=True) + (targets(often=False) if number == 0 else [])
        print(f"round {number + 1} of {rounds}: {len(turn)} targets", file=sys.stderr, flush=True)
        for target in turn:
            found.setdefault(target, []).append(sample(target, folder, seconds))
    return {
        target: Sample(*map(statistics.median, zip(*map(astuple, all_), strict=True))) for target, all_ in found.items()
    }


def beside(target: Target) -> tuple[Target, Target]:
    """Give what a target is compared with, each with a log if it has one: nginx, and the empty app on its server."""
    return (
        Target(NGINX, FILES, target.tag, target.logged),
        Target(target.server, EMPTY, "en", target.logged),
    )


def show_table(samples: Samples) -> None:
    """Print a row for each target."""
    heads = ("req/CPU s", "of nginx", "of empty", "p50 ms", "p99 ms", "peak MB", "start s", "bytes", "core busy")
    print(f"\n{'':<34}", *(f"{head:>9}" for head in heads))
    for target in sorted(samples, key=lambda each: (each.app == EMPTY, TAGS.index(each.tag), each.server != NGINX)):
        own = samples[target]
        parts = [own.per_cpu / samples[other].per_cpu if other in samples else None for other in beside(target)]
        ratios = ["-" if part is None else f"{part:.1%}" for part in parts]
        times = [f"{own.p50:.2f}", f"{own.p99:.2f}", f"{own.memory:.1f}", f"{own.start:.2f}"]
        tag = "" if target.app == EMPTY else target.tag
        name = f"{target.server} {target.app}{' + log' * target.logged}"
        cells = [f"{own.per_cpu:.0f}", *ratios, *times, f"{own.size:.0f}", f"{own.busy:.0%}"]
        print(f"{name:<25} {tag:<8}", *(f"{cell:>9}" for cell in cells))
    print("\nof nginx, of empty: requests per CPU-second, as a part of the same language's on nginx, and of the empty")
    print("app's on the same server; with a log, both have one. peak MB: of the largest process.")
    if idle := sum(own.busy < LEAST_BUSY for own in samples.values()):
        print(
            f"NOT ALONE: {idle} of {len(samples)} had less than {LEAST_BUSY:.0%} of their core, so p50 and p99 are not"
        )
        print("theirs alone. Run it on a machine that does nothing else.")
    sys.stdout.flush()


def limit(what: str, value: float, bound: str, *, ok: bool) -> str:
    """Say whether a limit is kept."""
    return f"{'ok' if ok else 'OVER':<5} {what}: {value:.4g} ({bound})"


def limits_of_load(samples: Samples) -> Iterator[str]:
    """Compare the site with nginx and with the empty app."""
    for tag in TAGS:
        for server in SERVERS:
            target = Target(server, PRESS, tag)
            nginx, empty = (samples[other] for other in beside(target))
            own, who = samples[target], f"{tag} on {server}"
            least, base = (OF_NGINX, nginx) if server == GRANIAN else (OF_EMPTY, empty)
            than, part = "nginx's" if base is nginx else "the empty app's", own.per_cpu / base.per_cpu * 100
            yield limit(f"{who}, % of {than} requests per CPU-second", part, f"at least {least}", ok=part >= least)
            times = own.p99 / empty.p99
            yield limit(f"{who}, p99 as times the empty app's", times, f"at most {SLOWER}", ok=times <= SLOWER)


def limits_of_growth(most: Cost | None) -> Iterator[str]:
    """Compare what twenty languages cost with what they may."""
    if most is None:
        yield "-     memory and publishing: not measured (--quick)"
        return
    what = f"MB of a worker with {most.languages} languages"
    yield limit(f"{what}, after all as br", most.with_brotli, f"at most {MEMORY}", ok=most.with_brotli <= MEMORY)
    yield f"      {what}, after its start: {most.at_start:.4g}; after all as gzip, too: {most.with_gzip:.4g}"
    if most.publishing is None:
        yield "-     publishing: skipped, as `flask publish --help` fails"
    else:
        what = f"seconds to publish {most.languages} languages on one core"
        yield limit(what, most.publishing, f"at most {PUBLISHING}", ok=most.publishing <= PUBLISHING)


def run(folder: Path, options: argparse.Namespace) -> None:
    """Measure and print."""
    translations = made_up.beside_shipped(folder / "translations")
    published(folder / "nginx", TAGS, translations)
    samples = measure(folder, options.seconds, options.rounds)
    show_table(samples)
    cold = starts(folder, {}, COLD_STARTS)
    grown = [] if options.quick else list(costs(folder))
    if grown:
        show(grown)
    print("\nLimits\n")
    print(*limits_of_load(samples), sep="\n")
    print(limit("seconds of a cold start to the first byte on granian", cold, f"at most {COLD}", ok=cold <= COLD))
    print(*limits_of_growth(grown[-1] if grown else None), sep="\n")


def main() -> None:
    """Read the options, see that all is here, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="of load on each target (default: 3)")
    parser.add_argument("--rounds", type=int, default=3, help="of measurements (default: 3)")
    parser.add_argument("--quick", action="store_true", help="one round of one second, without the part on growth")
    options = parser.parse_args()
    if options.quick:
        options.seconds = options.rounds = 1
    if lacks := missing():
        sys.exit("\n".join(lacks))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))  # so that the servers are stopped
    sched_setaffinity(0, {LOAD_CORE})
    cores = f"the server on core {SERVER_CORE}, wrk on core {LOAD_CORE}"
    print(cores if SERVER_CORE != LOAD_CORE else "ONLY ONE CORE: the server and wrk share it, so times mean little")
    print(f"{HOST}, {CONNECTIONS} connections, gzip; {options.rounds} rounds of {options.seconds} s", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)  # nginx's worker may be another user
        try:
            run(Path(temporary), options)
        except Failed as failed:
            sys.exit(str(failed))


if __name__ == "__main__":
    main()
