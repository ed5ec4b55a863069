"""Holds the current edition; builds the next one when files change, and then swaps it in."""

import datetime as dt
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from inspection_outcome import last_good
from inspection_outcome.edition import Edition, Folders, today
from inspection_outcome.renderer import Renderer
from inspection_outcome.retry import Retry

_EVERY = 0.25
"""Seconds between two checks for changed files, so that a change shows within one second."""
_SETTLED = 0.2
"""Seconds for which files must stand still before they are read: some programs save in parts."""
_RESTLESS = 10
"""Checks in a row that may find files still being saved; the next one takes what is there."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """An edition and the day in the United Kingdom: one request uses one snapshot throughout."""

    renderer: Renderer
    """The same on each day of an edition, so that what it keeps is not made anew at midnight."""
    day: dt.date
    cache: dict[Any, Any] = field(default_factory=dict)
    """The cached responses of this edition on this day, dropped with the snapshot."""

    live: bool = True
    """Whether pages state ages, which only a live page can; a published page states dates."""

    @property
    def edition(self) -> Edition:
        """The edition that is rendered."""
        return self.renderer.edition

    @property
    def told_on(self) -> dt.date | None:
        """The day for which a page states ages; None for a page that states dates."""
        return self.day if self.live else None


class Store(Protocol):
    """What the app asks for its snapshot."""

    def current(self) -> Snapshot:
        """Return the snapshot for one request."""


class FixedStore(NamedTuple):
    """A store with one unchanging snapshot, for publishing."""

    snapshot: Snapshot

    def current(self) -> Snapshot:
        """Return the snapshot for every request."""
        return self.snapshot


class EditionStore:
    """Holds the current edition, and builds the next one when files have changed.

    A broken change leaves the last good edition in place, and is logged once for each state of the
    files. The constructor raises whatever the first build raises.
    """

    def __init__(
        self,
        folders: Folders,
        public_url: str = "",
        *,
        last_good: Path | None = None,
        clock: Callable[[], dt.date] = today,
        settle: Callable[[], None] = lambda: time.sleep(_SETTLED),
    ) -> None:
        """Build the first edition.

        `last_good`: the file with the fallback for a broken start. `clock`: returns the day in the
        United Kingdom. `settle`: waits a moment, to see whether files are still being written.
        """
        self._last_good = last_good
        self._folders = folders
        self._public_url = public_url
        self._clock = clock
        self._settle = settle
        self._watched_by: int | None = None
        self._retry = Retry()
        self._restless = 0
        # Taken before the build, so that the next check sees a change made during the build.
        self._state = folders.state()
        self._snapshot = Snapshot(self._first(), clock())

    def watch(self) -> None:
        """Start a thread that checks for changed files, so that no reader waits for a build."""
        self._watched_by = os.getpid()
        threading.Thread(target=self._refresh_from_now_on, name="watch", daemon=True).start()

    def _refresh_from_now_on(self) -> None:
        told = ""
        while True:
            time.sleep(_EVERY)
            try:
                self.refresh()
                told = ""
            except Exception as error:
                # Readers keep the current edition, and the next check may succeed.
                if told != (told := repr(error)):
                    log.exception("The files could not be looked at")

    def _first(self) -> Renderer:
        """Return what renders the first edition.

        It is made of the last good files, if they are kept, where the files are broken.
        """
        try:
            renderer = Renderer.build(self._folders, self._public_url)
        except Exception as error:
            if (last := self._from_last_good()) is None:
                raise
            log.error(  # noqa: TRY400 (staff need no stack trace)
                "The site starts with the last good content, as what is there is broken:\n%s", error
            )
            self._retry.told = repr(error)
            self._retry.plan(failed=True, again=False)
            return last
        is_whole = renderer.edition.catalogues.whole
        self._retry.plan(failed=not is_whole, again=False)
        if is_whole:
            self._keep()
        elif last := self._from_last_good():  # only catalogues are broken: take the last good ones
            return Renderer.build(self._folders, self._public_url, last.edition)
        return renderer

    def _from_last_good(self) -> Renderer | None:
        if self._last_good is None:
            return None
        try:
            with last_good.kept(self._folders, self._last_good) as folders:
                return Renderer.build(folders, self._public_url)
        except Exception as error:  # noqa: BLE001 (whatever the error, there is no fallback)
            log.warning("There is no last good content in %s: %s", self._last_good, error)
            return None

    def _keep(self) -> None:
        if self._last_good:
            last_good.keep(self._folders, self._last_good, self._state)

    def current(self) -> Snapshot:
        """Return the snapshot for one request."""
        if self._watched_by and self._watched_by != os.getpid():
            self.watch()  # this process was forked, and a fork has no other threads
        return self._snapshot

    def refresh(self) -> None:
        """Move to today, and to the next edition if files have changed.

        Only one thread at a time may call it.
        """
        renderer, day = self._next() or self._snapshot.renderer, self._clock()
        if renderer is not self._snapshot.renderer or day != self._snapshot.day:
            self._snapshot = Snapshot(renderer, day)

    def _next(self) -> Renderer | None:
        """Return what renders the next edition.

        None if no file has changed, a file is broken, or files are still being saved.
        """
        state = self._folders.state()
        again = state == self._state
        if again:
            if not self._retry.is_due():
                return None
        else:
            self._settle()
        renderer, error = None, None
        waits = self._restless < _RESTLESS
        if self._folders.state() == state or not waits:
            renderer, error = self._built()
        if self._folders.state() != state and waits:
            self._restless += 1
            return None
        self._state, self._restless = state, 0
        return self._noted(renderer, error, again=again)

    def _built(self) -> tuple[Renderer | None, Exception | None]:
        try:
            last = self._snapshot.edition
            return Renderer.build(self._folders, self._public_url, last), None
        except Exception as error:  # noqa: BLE001 (readers keep their pages)
            return None, error

    def _noted(
        self, renderer: Renderer | None, error: Exception | None, *, again: bool
    ) -> Renderer | None:
        """Return what was built; None if it failed, or is what readers have already."""
        was_shown = again and not self._retry.told
        is_whole = renderer is not None and renderer.edition.catalogues.whole
        self._retry.plan(failed=not is_whole, again=again)
        self._retry.tell(error, again=again)
        if is_whole:
            self._keep()
        if renderer and was_shown:
            files = self._snapshot.edition.catalogues.files
            return renderer if renderer.edition.catalogues.files != files else None
        return renderer
