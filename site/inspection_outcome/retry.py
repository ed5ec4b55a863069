"""When to build an edition again although no file has changed, as the last build failed."""

import logging

from inspection_outcome.report.errors import ContentError

_FIRST, _LONGEST = 4, 240
"""Checks until a build is tried again: a second, then twice as long each time, up to a minute."""

log = logging.getLogger(__name__)


class Retry:
    """What is known of the last build, and when the next try is due.

    What made it fail may leave no trace in the files, so that waiting for a change would be waiting
    for ever: a network share that was away, too many open files, no memory.
    """

    def __init__(self) -> None:
        self.told = ""
        """The error that was logged; empty if there was none."""
        self._failed = False
        self._wait = self._left = 0

    def is_due(self) -> bool:
        """Count one check. Return whether it is the one that builds again."""
        self._left -= 1
        return self._failed and self._left <= 0

    def plan(self, *, failed: bool, again: bool) -> None:
        """Note how a build ended; `again`: whether it was of the same files as the last."""
        self._failed = failed
        self._left = self._wait = min(2 * self._wait, _LONGEST) if again else _FIRST

    def tell(self, error: Exception | None, *, again: bool) -> None:
        """Log an error, once as long as no file changes."""
        told, self.told = self.told, repr(error) if error else ""
        if not error or (again and told == self.told):
            return
        if isinstance(error, ContentError):  # staff need no stack trace
            log.error("The last good edition stays, because of faults in the content:\n%s", error)
        else:
            log.error(
                "The last good edition stays, because the next one cannot be built", exc_info=error
            )
