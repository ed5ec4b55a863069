"""The last good content and translations in one file: the fallback for a broken start."""

import io
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from inspection_outcome.edition import Folders
from inspection_outcome.report.files import write_whole

_PARTS = ("content", "translations")
_ENDS = {".toml", ".po"}

log = logging.getLogger(__name__)


def keep(folders: Folders, file: Path) -> None:
    """Write content and translations into a file, if it holds others. Log a failure to write."""
    try:
        packed = _packed(folders)
        if not file.is_file() or file.read_bytes() != packed:
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
        for part in _PARTS:
            folder: Path = getattr(folders, part)
            paths = (path for path in folder.rglob("*") if path.suffix in _ENDS and path.is_file())
            for path in sorted(paths):
                name = zipfile.ZipInfo(f"{part}/{path.relative_to(folder).as_posix()}")
                packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()
