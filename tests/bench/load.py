"""Start, measure and stop servers on this machine, and load them with wrk. Linux only."""

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HOST = "127.0.0.1"
CONNECTIONS = 16
MB = 1024 * 1024
_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = _CORES[0], _CORES[min(1, len(_CORES) - 1)]
"""The server has a core of its own, and so has the client, if there is a second core."""
_PATIENCE = 60.0  # seconds to wait for a start or a response
_POLL = 0.002  # seconds
_STOP = 10.0  # seconds to wait for a stop
_TICKS = os.sysconf("SC_CLK_TCK")
_REQUESTS = re.compile(r"^ *(\d+) requests in ", re.MULTILINE)
_LATENCY = re.compile(r"^ +(50|99)% +([\d.]+)(us|ms|s)$", re.MULTILINE)
_IN_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class Failed(Exception):  # noqa: N818 (the name says what happened)
    """A server or wrk failed, so that nothing was measured."""


def pinned(command: Sequence[str], core: int = SERVER_CORE) -> list[str]:
    """Return a command that runs the given one on one core only."""
    return ["taskset", "--cpu-list", str(core), *command]


def environ(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with only these settings of the app.

    PYTHONPATH holds the folders of wsgi.py, of the site's package and of the benchmarks.
    """
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OUTCOME_", "FLASK_"))
    }
    path = [ROOT, ROOT / "site", ROOT / "tests"]
    return {**own, "PYTHONPATH": os.pathsep.join(map(str, path)), **settings}


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port


@dataclass(frozen=True)
class Answer:
    """A response: its body as sent, and when its first byte arrived, by time.perf_counter."""

    body: bytes
    at: float


def ask(connection: http.client.HTTPConnection, path: str, coding: str = "gzip") -> Answer:
    """Return the response to a request. Raise Failed if the status is not 200."""
    connection.request("GET", path, headers={"Accept-Encoding": coding})
    response = connection.getresponse()
    answer = Answer(at=time.perf_counter(), body=response.read())
    if response.status != http.client.OK:
        raise Failed(f"{path}: {response.status} {response.reason}")
    return answer


def _processes(session: int) -> Iterator[tuple[int, float]]:
    """Yield each live process of a session, with the CPU seconds that it has used (proc(5))."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # the process has ended meanwhile
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                yield int(folder.name), (int(fields[11]) + int(fields[12])) / _TICKS


@dataclass(frozen=True)
class Server:
    """A running server, in a session of its own that contains all of its processes."""

    pid: int
    port: int
    start: float
    """Seconds from the start of its command to the first byte of the page."""
    size: int
    """Bytes of the page's body, as sent."""

    def cpu(self) -> float:
        """Return the CPU seconds that all of its processes have used."""
        return sum(used for _, used in _processes(self.pid))

    def memory(self, line: str) -> float:
        """Return the resident MB of its largest process: now (VmRSS) or at its peak (VmHWM)."""
        texts = [
            Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
            for pid, _ in _processes(self.pid)
        ]
        found = [re.search(rf"^{line}:\s+(\d+) kB$", text, re.MULTILINE) for text in texts]
        return max(int(each[1]) for each in found if each) * 1024 / MB

    @contextmanager
    def connection(self) -> Iterator[http.client.HTTPConnection]:
        """Yield a connection to the server."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=_PATIENCE)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def running(
    command: Sequence[str], port: int, page: str, settings: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """Run a server on its core until the end of the block; yield it after its first response.

    Its output goes to `log`.
    """
    with log.open("wb") as out:
        began = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 (fixed commands)
            pinned(command),
            cwd=ROOT,
            env=environ(settings),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        first = _first_answer(process, port, page, log)
        yield Server(process.pid, port, first.at - began, len(first.body))
    finally:
        _stop(process)


def _first_answer(process: subprocess.Popen[bytes], port: int, page: str, log: Path) -> Answer:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
        try:
            return ask(connection, page)
        except ConnectionError:
            time.sleep(_POLL)
        finally:
            connection.close()
    raise Failed(f"The server did not answer:\n{log.read_text(encoding='utf-8', errors='replace')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server's process group, then whatever is left of its session."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pid, _ in list(_processes(process.pid)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@dataclass(frozen=True)
class Load:
    """What wrk measured: requests answered, median and 99th percentile of the latency in ms."""

    requests: int
    p50: float
    p99: float


def wrk(port: int, page: str, seconds: int) -> Load:
    """Request a page as fast as it is served. Raise Failed if a single response was wrong."""
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    header = ["-H", "Accept-Encoding: gzip"]
    done = subprocess.run(  # noqa: S603 (a fixed command)
        pinned(["wrk", *options, *header, f"http://{HOST}:{port}{page}"], LOAD_CORE),
        check=False,
        capture_output=True,
        text=True,
        timeout=seconds + _PATIENCE,
    )
    requests, latency = _REQUESTS.search(done.stdout), dict[str, float]()
    for percent, number, unit in _LATENCY.findall(done.stdout):
        latency[percent] = float(number) * _IN_MS[unit]
    wrong = done.returncode or "Socket errors" in done.stdout or "Non-2xx" in done.stdout
    if wrong or not requests or not int(requests[1]) or len(latency) != 2:
        raise Failed(f"wrk on {page}:\n{done.stdout}{done.stderr}")
    return Load(int(requests[1]), latency["50"], latency["99"])
