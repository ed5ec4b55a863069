"""Holds the current edition, notices changed files, builds the next edition whole, and swaps it in."""

import datetime as dt
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from inspection_outcome import last_good
from inspection_outcome.edition import Edition, Folders, today
from inspection_outcome.report.errors import ContentError

_EVERY = 0.25
"""Seconds after which files are looked at again, so that a change shows within one."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """What a request is answered from, from its start to its end: an edition, and the day in the United Kingdom."""

    edition: Edition
    day: dt.date
    cache: dict[Any, Any] = field(default_factory=dict)
    """The responses that are cached of this edition on this day. It goes with them."""

    live: bool = True
    """Whether pages tell ages, which only a live page can: a published one tells dates."""

    @property
    def told_on(self) -> dt.date | None:
        """The day on which a page tells ages; None for one that tells dates."""
        return self.day if self.live else None


class FixedStore(NamedTuple):
    """An edition that stays as it is, while it is published."""

    snapshot: Snapshot

    def current(self) -> Snapshot:
        """Give what to answer each request from."""
        return self.snapshot


class EditionStore:
    """Holds the current edition, and builds the next one when files have changed.

    A broken change leaves the last good edition in place, and is logged once for each state of the files. Raises at
    the start whatever the first build raises.
    """

    def __init__(
        self,
        folders: Folders,
        public_url: str = "",
        *,
        last_good: Path | None = None,
        settle: Callable[[], None] = lambda: time.sleep(0.05),
    ) -> None:
        """`last_good`: the file that keeps what a start falls back to. `settle`: waits, to see if files stand still."""
        self._last_good = last_good
        self._folders = folders
        self._public_url = public_url
        self._settle = settle
        self._watched_by: int | None = None
        # The state is taken before the build: a change during it is seen the next time.
        self._state = folders.state()
        self._snapshot = Snapshot(self._first(), today())

    def watch(self) -> None:
        """Look for changes from now on, in a thread of this process, so that no reader waits for a build."""
        self._watched_by = os.getpid()
        threading.Thread(target=self._refresh_from_now_on, name="watch", daemon=True).start()

    def _refresh_from_now_on(self) -> None:
        while True:
            time.sleep(_EVERY)
            try:
                self.refresh()
            except Exception:  # whatever the files are, readers keep what they have, and the next look may go well
                log.exception("The files could not be looked at")

    def _first(self) -> Edition:
        """Build the first edition: of what was last good, where that is kept, instead of what is broken."""
        try:
            edition = Edition.build(self._folders, self._public_url)
        except Exception as error:
            if (last := self._kept_edition()) is None:
                raise
            log.error("The site starts with the last good content, as what is there is broken:\n%s", error)  # noqa: TRY400 (staff need no traceback)
            return last
        if edition.catalogues.whole:
            self._keep()
        elif last := self._kept_edition():  # only catalogues are broken: these are taken from there
            return Edition.build(self._folders, self._public_url, last=last)
        return edition

    def _kept_edition(self) -> Edition | None:
        if self._last_good is None:
            return None
        try:
            with last_good.kept(self._folders, self._last_good) as folders:
                return Edition.build(folders, self._public_url)
        except Exception as error:  # noqa: BLE001 (whatever is wrong with that file, there is nothing to fall back to)
            log.warning("There is no last good content in %s: %s", self._last_good, error)
            return None

    def _keep(self) -> None:
        if self._last_good:
            last_good.keep(self._folders, self._last_good)

    def current(self) -> Snapshot:
        """Return what to answer one request from."""
        if self._watched_by and self._watched_by != os.getpid():
            self.watch()  # this process was forked, and threads do not come along
        return self._snapshot

    def refresh(self) -> None:
        """Move to the next edition if files have changed, and to today. One thread at a time may call it."""
        edition, day = self._next() or self._snapshot.edition, today()
        if edition is not self._snapshot.edition or day != self._snapshot.day:
            self._snapshot = Snapshot(edition, day)

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
            edition = Edition.build(self._folders, self._public_url, last=self._snapshot.edition)
        except Exception as raised:  # noqa: BLE001 (whatever a file holds, readers keep their pages)
            error = raised
        if self._folders.state() != state:
            return None
        self._state = state
        if isinstance(error, ContentError):  # staff need no traceback
            log.error("The last good edition stays, because of faults in the content:\n%s", error)
        elif error:
            log.error("The last good edition stays, because the next one cannot be built", exc_info=error)
        if edition and edition.catalogues.whole:
            self._keep()
        return edition
