"""Drive Chromium 80, which Playwright cannot, by the DevTools protocol over a pipe."""

import base64
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from fcntl import F_DUPFD_CLOEXEC, fcntl
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from processes import stop

SECONDS = 20
"""How long the browser may take to answer, or to load a page."""
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--single-process",
    "--no-zygote",
    "--disable-gpu",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)
_START = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])"""
"""Starts the browser with the pipes where it looks for them."""


class OldChromiumError(Exception):
    """The browser is gone, does not answer, or a script in it threw an exception."""


class OldChromium:
    """A browser with one page, from the start to the end of a `with` block."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._number = 0
        self._received = b""
        self._loaded = False
        self._errors: list[str] = []
        self._session: dict[str, str] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Start the browser."""
        with ExitStack() as stack:
            folder = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            its_in, self._out = (_above_ten(end) for end in os.pipe())
            self._in, its_out = (_above_ten(end) for end in os.pipe())
            stack.callback(os.close, self._in)
            start = [sys.executable, "-c", _START, str(its_in), str(its_out), self._program]
            self._process = subprocess.Popen(  # noqa: S603 (a program that find_browser.py found)
                [*start, *_ARGUMENTS, f"--user-data-dir={folder}"],
                pass_fds=(its_in, its_out),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(stop, self._process)
            stack.callback(os.close, self._out)
            os.close(its_in)
            os.close(its_out)
            page = self._call("Target.createTarget", url="about:blank")["targetId"]
            attached = self._call("Target.attachToTarget", targetId=page, flatten=True)
            self._session = {"sessionId": attached["sessionId"]}
            for domain in ("Page", "Runtime", "Log"):
                self._call(f"{domain}.enable")
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the browser."""
        self._stack.close()

    def open(self, url: str) -> None:
        """Load a page."""
        self._errors.clear()
        self._loaded = False
        failed = self._call("Page.navigate", url=url).get("errorText")
        if failed:
            raise OldChromiumError(f"{url}: {failed}")
        self._read_until(lambda: self._loaded, f"{url} does not load")

    def evaluate(self, script: str) -> Any:
        """Return the result of a script or, if it is a function, of calling it, as Playwright does.

        The script may be asynchronous.
        """
        called = f"(it => typeof it === 'function' ? it() : it)({script}\n)"
        answer = self._call(
            "Runtime.evaluate", expression=called, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise OldChromiumError(_text(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def resize(self, width: int, height: int) -> None:
        """Set the size of the screen in CSS pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", **size)

    def screenshot(self, x: float, y: float, width: float, height: float) -> bytes:
        """Return a part of the page as a PNG file."""
        clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        return base64.b64decode(self._call("Page.captureScreenshot", clip=clip)["data"])

    def errors(self) -> list[str]:
        """Return the console errors and the uncaught errors since the page was opened."""
        self.evaluate("new Promise(done => setTimeout(done))")
        return list(self._errors)

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        number, answers = self._number, list[dict[str, Any]]()
        message = {"id": number, "method": method, "params": parameters, **self._session}
        try:
            os.write(self._out, json.dumps(message).encode() + b"\0")
        except BrokenPipeError as error:
            raise OldChromiumError(f"{method}: the browser is gone") from error
        self._answers = answers
        self._read_until(lambda: bool(answers), f"{method} is not answered")
        if "error" in answers[0]:
            raise OldChromiumError(f"{method}: {answers[0]['error']['message']}")
        return dict(answers[0]["result"])

    def _read_until(self, true: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + SECONDS
        while not true():
            ready, _, _ = select.select([self._in], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise OldChromiumError(f"{otherwise} within {SECONDS} s")
            some = os.read(self._in, 1 << 20)
            if not some:
                raise OldChromiumError(f"{otherwise}: the browser is gone")
            *messages, self._received = (self._received + some).split(b"\0")
            for message in messages:
                self._take(json.loads(message))

    def _take(self, message: dict[str, Any]) -> None:
        """Sort a message from the browser: an answer, or an event."""
        event, about = message.get("method"), message.get("params", {})
        if message.get("id") == self._number:
            self._answers.append(message)
        elif event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Runtime.exceptionThrown":
            self._errors.append(_text(about["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and about["type"] == "error":
            self._errors.append(" ".join(str(each.get("value")) for each in about["args"]))
        elif event == "Log.entryAdded" and about["entry"]["level"] == "error":
            self._errors.append(f"{about['entry']['text']} {about['entry'].get('url', '')}")


def _above_ten(end: int) -> int:
    """Return another number for the end of a pipe: the browser looks for its own at 3 and 4."""
    moved = fcntl(end, F_DUPFD_CLOEXEC, 10)
    os.close(end)
    return moved


def _text(details: dict[str, Any]) -> str:
    """Return what an exception says."""
    exception = details.get("exception", {})
    return str(exception.get("description") or exception.get("value") or details["text"])
