"""Which part of a long list stays open, so that a page stays short on a phone."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
OPEN = 3
"""How many stay open."""


def fold(items: Sequence[Item], open_: int = OPEN) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return what stays open of a list, and what is folded.

    One alone is not folded, as that would save nothing; unless nothing stays open.
    """
    if open_ and len(items) <= open_ + 1:
        open_ = len(items)
    return tuple(items[:open_]), tuple(items[open_:])
