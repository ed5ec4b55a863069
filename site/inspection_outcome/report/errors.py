"""How a mistake in the content is told to the person who can mend it."""

from collections.abc import Sequence

from msgspec import Struct


class Fault(Struct, frozen=True, order=True):
    """One mistake: in which file, at which field, what is wrong, and what to do about it."""

    file: str
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Two lines: the place and what is wrong; then the remedy."""
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"{visible(place)}: {visible(self.problem)}\n    {visible(self.remedy)}"


def visible(text: str) -> str:
    """Show unseen characters by their number: a file must not steer the terminal."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


class ContentError(Exception):
    """Content that the site must not start with; holds every fault that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
