"""Holds the current edition, notices changed files, builds the next edition whole, and swaps it in."""

import logging
import threading
import time
from collections.abc import Callable

from outcome.edition import Edition, Folders
from outcome.report.faults import ContentError

log = logging.getLogger(__name__)


class Keeper:
    """Holds the current edition and looks for the next one.

    A broken change leaves the last good edition in place, and is logged once for each state of the files. Raises at
    the start whatever the first build raises.
    """

    def __init__(
        self, folders: Folders, public_url: str = "", clock: Callable[[], float] = time.monotonic, every: float = 1.0
    ) -> None:
        """Files are looked at again at most once in `every` seconds of `clock`."""
        self._folders = folders
        self._public_url = public_url
        self._clock = clock
        self._every = every
        self._lock = threading.Lock()
        # The state is taken before the build: a change during it is seen the next time.
        self._state = folders.state()
        self._edition = Edition.build(folders, public_url)
        self._due = clock() + every

    def current(self) -> Edition:
        """Give the edition to use for one request, from its start to its end."""
        if self._clock() >= self._due and self._lock.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._edition

    def _refresh(self) -> None:
        self._due = self._clock() + self._every
        state = self._folders.state()
        if state == self._state:
            return
        self._state = state
        try:
            self._edition = Edition.build(self._folders, self._public_url, last=self._edition)
        except ContentError as error:
            log.error("The last good edition stays, because of faults in the content:\n%s", error)  # noqa: TRY400 (staff need no traceback)
        except Exception:  # whatever a file holds, readers keep their pages
            log.exception("The last good edition stays, because the next one cannot be built")
