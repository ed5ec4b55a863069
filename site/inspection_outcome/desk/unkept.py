"""Who changed a file at the desk, as long as the history may not tell it.

Between a save and its commit, git can fail, or the process be killed. The people are written down
before the save, in a hidden file beside the one that they change: if that cannot be written, the
save could not be, either.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from inspection_outcome.desk.git import Author
from inspection_outcome.report.files import write_whole

ENDING = ".unkept"


def people(path: Path) -> list[Author]:
    """Return those who may have made what is in the file and not in the history."""
    with suppress(OSError, msgspec.MsgspecError):  # as if nobody had been written down
        return msgspec.json.decode(_beside(path).read_bytes(), type=list[Author])
    return []


def write_down(path: Path, all_: Sequence[Author]) -> None:
    """Write these people down, and nobody else. Raise FileError."""
    if all_:
        write_whole(_beside(path), msgspec.json.encode([*dict.fromkeys(all_)]))
    else:
        with suppress(OSError):  # then they stay: better one too many
            _beside(path).unlink()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}{ENDING}")
