"""How a mistake in the content is reported to the person who can fix it."""

from collections.abc import Sequence

from msgspec import Struct

_HARMLESS = "\u200b\u200c\u200d"


class Fault(Struct, frozen=True, order=True):
    """One mistake: the file, the field, what is wrong, and what to do about it."""

    file: str
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return two lines: the place and what is wrong; then the remedy."""
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"{visible(place)}: {visible(self.problem)}\n    {visible(self.remedy)}"


def visible(text: str) -> str:
    """Return text with unprintable characters escaped: a file must not control the terminal.

    Joiners and line-break marks stay: without them, Persian or Khmer could not be read.
    """
    return "".join(
        sign if sign.isprintable() or sign in _HARMLESS else f"\\u{ord(sign):04x}" for sign in text
    )


class ContentError(Exception):
    """Raised for content that the site must not start with; holds every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
