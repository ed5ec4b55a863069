"""The frozen site as the README serves it: granian on a free local port, with few privileges."""

import http.client
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pseudo_locales
from nginx import README, free_port
from pseudo_locales import NORTHMARSH

ROOT = README.parent
_SETPRIV = ("setpriv", "--no-new-privs", "--inh-caps=-all")
MAY_NOT_READ: tuple[str, ...] = (*_SETPRIV, "--bounding-set=-all")
"""A command prefix that drops root's capabilities, so that file modes apply to the command."""
MAY_NOT_WRITE: tuple[str, ...] = (
    "setpriv",
    "--reuid=65534",
    "--regid=65534",
    "--clear-groups",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
    "--bounding-set=-all,+dac_read_search",
)
"""A command prefix for a user who owns nothing, but may read whatever root may."""


def command() -> list[str]:
    """Return the README's granian command, with the granian of this Python's environment."""
    readme = README.read_text(encoding="utf-8")
    (line,) = re.findall(r"^\.venv/bin/(granian .*)$", readme, re.MULTILINE)
    name, *options = shlex.split(line)
    return [str(Path(sys.executable).with_name(name)), *options]


def environ(**settings: object) -> dict[str, str]:
    """Return this process's environment with these OUTCOME_ variables and no others."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("OUTCOME_")}
    return own | {f"OUTCOME_{name.upper()}": str(value) for name, value in settings.items()}


class Server:
    """A running granian server."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self._log = log

    @property
    def log(self) -> str:
        """The server's output so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        task = Path(f"/proc/{self.process.pid}/task")
        return [int(pid) for each in task.glob("*/children") for pid in each.read_text().split()]

    def kill(self) -> None:
        """End the server and all that it has started, as when the power fails."""
        pids = [self.process.pid]
        for pid in pids:  # it grows meanwhile
            for each in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):  # it has ended by itself
                    pids += map(int, each.read_text().split())
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=30)

    def get(self, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        """Request a path on a new connection; return the status, the headers and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(
                "GET",
                path,
                headers={name.replace("_", "-"): value for name, value in headers.items()},
            )
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def wait_until(self, is_so: Callable[[], bool], what: str, seconds: int = 60) -> None:
        """Wait until something is so; fail if it is not in time, or if the server ends."""
        end = time.monotonic() + seconds
        while not is_so():
            in_time = time.monotonic() < end and self.process.poll() is None
            assert in_time, f"{what}: not so\n{self.log}"
            time.sleep(0.02)

    def wait_until_started(self, times: int = 0) -> None:
        """Wait until every worker has started, or until this many starts have been logged.

        A worker that has not started misses the signal to stop. Granian logs a start just before
        the worker listens, so wait for a connection, too.
        """

        def started() -> bool:
            said = self.log
            return 0 < (times or said.count("Spawning worker-")) == said.count("Started worker-")

        self.wait_until(started, "the workers have started")
        self.wait_until(self._accepts, "the server accepts connections")

    def _accepts(self) -> bool:
        with suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", self.port), timeout=20).close()
            return True
        return False

    def wait_for(self, path: str, text: str) -> None:
        """Wait until eight responses in a row contain a text: then every worker has it."""
        self.wait_until(
            lambda: all(text in self.get(path)[2].decode() for _ in range(8)),
            f"'{text}' is on {path}",
        )

    def wait_for_log(self, text: str, times: int = 1) -> None:
        """Wait until the log contains a text, or contains it this many times."""
        self.wait_until(lambda: self.log.count(text) >= times, f"'{text}' is in the log")


@contextmanager
def granian(
    work: Path,
    *options: str,
    content: Path = NORTHMARSH,
    translations: Path | None = None,
    user: tuple[str, ...] = (),
    **settings: object,
) -> Iterator[Server]:
    """Serve a site with these granian options and OUTCOME_ variables; yield the server.

    `translations`: None for the pseudo-locales, written into `work`. `user`: a command prefix that
    limits root, MAY_NOT_READ or MAY_NOT_WRITE.
    """
    if translations is None:
        translations = pseudo_locales.folder(
            work / "translations", told=pseudo_locales.messages(content)
        )
    by = user if os.geteuid() == 0 else ()  # any other user is limited already
    settings |= {"content": content, "translations": translations}
    with start([*by, *command(), *options], work, environ(**settings)) as server:
        yield server


@contextmanager
def start(
    command: list[str], work: Path, env: Mapping[str, str], port: int = 0
) -> Iterator[Server]:
    """Run a granian command on a free local port; yield the server once it answers.

    `work`: a folder for its log; `env`: its whole environment.
    """
    port, log = free_port(), work / f"granian-{time.monotonic_ns()}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 (a fixed command)
            [*command, "--port", str(port)], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
        )
    server = Server(process, port, log)
    try:
        server.wait_until_started()
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            raise


class Answers(NamedTuple):
    """The responses that readers received."""

    seen: Counter[tuple[str, int, bytes]]
    """How often each response came, by path, status and body."""
    policies: dict[bytes, set[str]]
    """The Content-Security-Policy headers that came with each body."""
    cut: list[str]
    """The path and the error of each connection that broke off."""


@contextmanager
def readers(server: Server, *paths: str) -> Iterator[Answers]:
    """Request pages repeatedly in sixteen threads until the end of the block; yield the answers."""
    done, answers = threading.Event(), Answers(Counter(), {}, [])

    def read() -> None:
        while not done.is_set():
            for path in paths:
                try:
                    status, headers, body = server.get(path)
                except (OSError, http.client.HTTPException) as error:
                    answers.cut.append(f"{path}: {error!r}")
                    continue
                answers.seen[path, status, body] += 1
                policy = headers.get("content-security-policy", "")
                answers.policies.setdefault(body, set()).add(policy)

    threads = [threading.Thread(target=read) for _ in range(16)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        done.set()
        for thread in threads:
            thread.join()
