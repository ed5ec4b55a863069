"""How a mistake in the content is reported to the person who can fix it."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

_HARMLESS = "\u200b\u200c\u200d"


class Fault(Struct, frozen=True, order=True):
    """One mistake: the file, the field, what is wrong, and what to do about it.

    `line`: the number of its line, from 1; 0 if it is not known. See `lines.located`.
    """

    file: str
    field: str
    problem: str
    remedy: str
    line: int = 0

    def __str__(self) -> str:
        """Return two lines: the place and what is wrong; then the remedy."""
        place = f"{self.file} line {self.line}" if self.line else self.file
        place = f"{place}: {self.field}" if self.field else place
        return f"{visible(place)}: {visible(self.problem)}\n    {visible(self.remedy)}"


def visible(text: str) -> str:
    """Return text with unprintable characters escaped: a file must not control the terminal.

    Joiners and line-break marks stay: without them, Persian or Khmer could not be read.
    """
    return "".join(
        sign if sign.isprintable() or sign in _HARMLESS else f"\\u{ord(sign):04x}" for sign in text
    )


def shown(path: Path) -> str:
    """Return a path as people type it: from the working directory, if it is in there."""
    with suppress(OSError, ValueError):  # that directory is gone, or the path is elsewhere
        path = path.relative_to(Path.cwd())
    return visible(path.as_posix())


class ContentError(Exception):
    """Raised for content that the site must not start with; holds every fault, file by file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(
            sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.field))
        )
        super().__init__("\n".join(str(fault) for fault in self.faults))
