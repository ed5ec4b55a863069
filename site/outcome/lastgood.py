"""The last good content and translations, kept in one file for a start that meets broken ones."""

import io
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from outcome.edition import Folders

_PARTS = ("content", "translations")
_ENDS = {".toml", ".po"}

log = logging.getLogger(__name__)


def keep(folders: Folders, file: Path) -> None:
    """Write content and translations into a file, if it holds others. Where that cannot be, the log says so."""
    packed = _packed(folders)
    try:
        if file.is_file() and file.read_bytes() == packed:
            return
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as fresh:  # whole, or as it was
            fresh.write(packed)
        Path(fresh.name).replace(file)
    except OSError as error:
        log.warning("The last good content cannot be kept in %s: %s", file, error)


@contextmanager
def kept(folders: Folders, file: Path) -> Iterator[Folders]:
    """Give folders that hold what was kept. Raises OSError or BadZipFile if nothing was, or not whole."""
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(file) as packed:
            packed.extractall(place)
        yield replace(folders, **{part: Path(place, part) for part in _PARTS})


def _packed(folders: Folders) -> bytes:
    """Give the same bytes for the same files, whenever they were written."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in _PARTS:
            folder: Path = getattr(folders, part)
            for path in sorted(path for path in folder.rglob("*") if path.suffix in _ENDS):
                name = zipfile.ZipInfo(f"{part}/{path.relative_to(folder).as_posix()}")
                packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()
