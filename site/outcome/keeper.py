"""Holds the current edition, notices changed files, builds the next edition whole, and swaps it in."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from outcome.edition import Edition, Folders, today
from outcome.report.faults import ContentError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Present:
    """What a request is answered from, from its start to its end: an edition, and the day in the United Kingdom."""

    edition: Edition
    day: dt.date
    finished: dict[Any, Any] = field(default_factory=dict)
    """What the press has made of this edition on this day. It goes with them."""


class Keeper:
    """Holds the current edition and looks for the next one.

    A broken change leaves the last good edition in place, and is logged once for each state of the files. Raises at
    the start whatever the first build raises.
    """

    def __init__(
        self,
        folders: Folders,
        public_url: str = "",
        *,
        clock: Callable[[], float] = time.monotonic,
        every: float = 0.5,
        settle: Callable[[], None] = lambda: time.sleep(0.05),
    ) -> None:
        """Files are looked at again at most once in `every` seconds of `clock`; `settle` lets a writer go on."""
        self._folders = folders
        self._public_url = public_url
        self._clock = clock
        self._every = every
        self._settle = settle
        self._lock = threading.Lock()
        # The state is taken before the build: a change during it is seen the next time.
        self._state = folders.state()
        self._present = Present(Edition.build(folders, public_url), today())
        self._due = clock() + every

    def current(self) -> Present:
        """Give what to answer one request from. The first reader after a change waits for the next edition."""
        if self._clock() >= self._due and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._present

    def _look(self) -> None:
        self._due = self._clock() + self._every
        edition, day = self._next() or self._present.edition, today()
        if edition is not self._present.edition or day != self._present.day:
            self._present = Present(edition, day)

    def _next(self) -> Edition | None:
        """Build the next edition, if there is one, and if its files stand still: else somebody is still saving."""
        state = self._folders.state()
        if state == self._state:
            return None
        self._settle()
        if self._folders.state() != state:
            return None
        edition, error = None, None
        try:
            edition = Edition.build(self._folders, self._public_url, last=self._present.edition)
        except Exception as raised:  # noqa: BLE001 (whatever a file holds, readers keep their pages)
            error = raised
        if self._folders.state() != state:
            return None
        self._state = state
        if isinstance(error, ContentError):  # staff need no traceback
            log.error("The last good edition stays, because of faults in the content:\n%s", error)
        elif error:
            log.error("The last good edition stays, because the next one cannot be built", exc_info=error)
        return edition
