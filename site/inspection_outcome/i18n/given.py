"""What came back from a translator: rows of a file, not yet compared with ours."""

from msgspec import Struct

from inspection_outcome.i18n.sheet import Version

LARGEST = 5_000_000
"""Bytes of a file that is brought in."""


class Given(Struct, frozen=True):
    """A row of a file. Everything in it is untrusted."""

    place: int
    """Its row or line in the file, from 1."""
    id: str
    forms: tuple[str, ...]
    """In the order of the plural rule of our file."""
    version: Version | None = None
    """What it was made from; None if that is not told, or was altered."""
    unusable: str = ""
    """Why its words cannot be used, for people; empty if they can."""


class File(Struct, frozen=True):
    """A file that was read."""

    rows: list[Given]
    sent: int = 0
    """The number of sentences that were sent out in it; 0 if it is not known."""
    cut: bool = False
    """Whether there are more rows than are read."""

    @property
    def missing(self) -> int:
        """The number of sentences that were sent out, and did not come back."""
        return max(self.sent - len({row.id for row in self.rows}), 0)
