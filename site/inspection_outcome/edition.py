"""An edition: immutable, with everything that pages depend on besides language and day."""

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from babel.dates import get_timezone

from inspection_outcome.i18n import ui
from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.extract import extract
from inspection_outcome.pages.load import load
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.theme import Theme

PACKAGE = Path(__file__).parent
_WATCHED = (".toml", ".po", ".html", ".css", ".js", ".svg")


@dataclass(frozen=True)
class Folders:
    """The directories of an edition: the report's content, the translations, and the theme."""

    content: Path
    translations: Path
    theme: Path = PACKAGE

    @property
    def ui(self) -> Path:
        """The file with the site's own texts."""
        return self.theme / "i18n" / "ui.toml"

    def state(self) -> frozenset[tuple[object, ...]]:
        """Return a fingerprint that changes when any file of an edition changes.

        A file that is deleted meanwhile counts as absent.
        """
        found: set[tuple[object, ...]] = set()
        for folder in (self.content, self.translations, self.theme):
            for parent, subfolders, files in os.walk(folder):
                for name in (*subfolders, *files):
                    if name.endswith(_WATCHED):
                        path = f"{parent}/{name}"
                        # This runs four times a second, and pathlib takes three times as long.
                        with suppress(OSError):
                            stat = os.stat(path)  # noqa: PTH116 (pathlib is slower)
                            times = (stat.st_mtime_ns, stat.st_ctime_ns)
                            found.add((path, stat.st_ino, stat.st_size, *times))
        return frozenset(found)


def today(now: dt.datetime | None = None) -> dt.date:
    """Return the day in the United Kingdom, now or at another time: ages in pages depend on it."""
    return (now or dt.datetime.now(dt.UTC)).astimezone(get_timezone("Europe/London")).date()


@dataclass(frozen=True)
class Edition:
    """A snapshot of all that a site is made of. `renderer.Renderer` makes its pages."""

    report: Report
    ui: Mapping[str, Sentence]
    """The site's own sentences, by id."""
    catalogues: Catalogues
    theme: Theme
    public_url: str
    """The address that readers use, without a trailing slash; empty if it is not set."""

    @classmethod
    def read(
        cls, folders: Folders, public_url: str = "", last: "Edition | None" = None
    ) -> "Edition":
        """Read an edition from its directories.

        A catalogue that cannot be read is taken from the last edition, if there is one. Raise
        ContentError with every fault of truth in content, the site's own sentences or the list of
        languages, and whatever `Theme.read` raises.
        """
        report = load(folders.content)
        sentences = ui.load(report, folders.ui)
        catalogues = Catalogues.read(
            folders.translations,
            [each.sentence for each in extract(report, sentences)],
            last.catalogues if last else None,
        )
        return cls(report, sentences, catalogues, Theme.read(folders.theme), public_url)
