"""The last good content and translations in one file: the fallback for a broken start."""

import io
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from inspection_outcome.edition import Folders, State
from inspection_outcome.report.files import write_whole

_PARTS = ("content", "translations")

log = logging.getLogger(__name__)


def keep(folders: Folders, file: Path, state: State) -> None:
    """Write content and translations into a file, if it holds others. Log a failure to write.

    `state`: that of the folders before the edition was built. If they differ now, what is there
    may not be what was built, and so may be broken: nothing is written.
    """
    try:
        packed = _packed(folders)
        if folders.state() == state and not (file.is_file() and file.read_bytes() == packed):
            write_whole(file, packed)
    except OSError as error:
        log.warning("The last good content cannot be kept in %s: %s", file, error)


@contextmanager
def kept(folders: Folders, file: Path) -> Iterator[Folders]:
    """Yield temporary directories with the kept content and translations.

    Raise OSError or BadZipFile if the file is missing or damaged.
    """
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(file) as packed:
            packed.extractall(place)
        yield replace(folders, **{part: Path(place, part) for part in _PARTS})


def _packed(folders: Folders) -> bytes:
    """Return a ZIP archive: the same bytes for the same files, whenever they were written."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        written = [path for path in map(Path, folders.written()) if path.is_file()]
        for part in _PARTS:
            folder: Path = getattr(folders, part)
            for path in sorted(path for path in written if path.is_relative_to(folder)):
                name = zipfile.ZipInfo(f"{part}/{path.relative_to(folder).as_posix()}")
                packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()
