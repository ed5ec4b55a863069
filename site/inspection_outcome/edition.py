"""An edition: immutable, with everything that pages depend on besides language and day."""

import datetime as dt
import glob
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import get_timezone

from inspection_outcome.i18n import languages, po_file, ui
from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.extract import extract
from inspection_outcome.pages.load import load
from inspection_outcome.pages.urls import ALL
from inspection_outcome.report.files import find
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.theme import Theme

PACKAGE = Path(__file__).parent
_LOOK = (".toml", ".html", ".css", ".js", ".svg")

State = frozenset[tuple[object, ...]]


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

    def written(self) -> Iterator[str]:
        """Yield the path of each file of content and translations, as their loaders find them.

        Hidden ones are left out, see `report.files.find`. Raise OSError for a directory that
        cannot be read.
        """
        yield from find(self.content, ".toml")
        yield f"{self.translations}/{languages.FILE}"
        # Nowhere else in it: it may hold a folder with 60,000 files, such as node_modules.
        # glob, as this runs four times a second, and pathlib takes three times as long
        found = glob.iglob(po_file.PATTERN, root_dir=self.translations)  # noqa: PTH207 (as above)
        yield from (f"{self.translations}/{path}" for path in found)

    def state(self) -> State:
        """Return a fingerprint that changes when any file of an edition changes.

        A file that cannot be opened is part of it: who reads the files would meet it, too.
        """
        found: set[tuple[object, ...]] = set()
        for paths in (self.written(), find(self.theme, *_LOOK)):
            with suppress(OSError):  # what is below a directory that cannot be read is missing
                found.update(map(_stamp, paths))
        return frozenset(found)


def _stamp(path: str) -> tuple[object, ...]:
    # This runs four times a second, and pathlib takes three times as long.
    try:
        stat = os.stat(path)  # noqa: PTH116 (pathlib is slower)
    except OSError as error:
        return (path, error.errno)
    return (path, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def today(now: dt.datetime | None = None) -> dt.date:
    """Return the day in the United Kingdom, now or at another time: ages in pages depend on it."""
    return (now or dt.datetime.now(dt.UTC)).astimezone(_london()).date()


def _london() -> dt.tzinfo:
    try:
        return ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:  # Windows and small containers have no time zones
        return get_timezone("Europe/London")  # from pytz, which knows no summer time from 2038


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
        cls,
        folders: Folders,
        public_url: str = "",
        last: "Edition | None" = None,
        theme: Theme | None = None,
    ) -> "Edition":
        """Read an edition from its directories; a `theme` that is given is not read again.

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
        return cls(report, sentences, catalogues, theme or Theme.read(folders.theme), public_url)

    def same_pages(self, other: "Edition", tag: str) -> frozenset[str]:
        """Return the names of the pages in a language that surely are as in another edition.

        On the same day, that is.
        """
        now, then = self.catalogues, other.catalogues
        pages = self.report.pages
        same = (
            self.theme is other.theme
            and self.public_url == other.public_url
            and self.report == other.report
            and self.ui == other.ui
            and now.languages == then.languages
            and (tag not in now.by_tag or now.by_tag[tag].entries == then.by_tag[tag].entries)
        )
        if not same:
            return frozenset()
        if [each.told for each in now.by_tag.values()] == [
            each.told for each in then.by_tag.values()
        ]:
            return frozenset(pages)
        telling = {
            name
            for name, page in pages.items()
            if name == ALL or any(section.shows == "translations" for section in page.section)
        }
        return frozenset(pages) - telling
