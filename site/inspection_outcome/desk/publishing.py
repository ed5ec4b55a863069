"""Publish: make what the desk has saved what readers get, whole or not at all."""

import shutil
import tempfile
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from inspection_outcome.desk import live
from inspection_outcome.desk.changes import Changes, changes
from inspection_outcome.desk.git import Author, HistoryError
from inspection_outcome.desk.live_history import PUBLISH, TAKE_BACK, LiveHistory
from inspection_outcome.desk.stock import Stock
from inspection_outcome.edition import Edition, Folders, State
from inspection_outcome.export.errors import PublishError
from inspection_outcome.export.export import publish
from inspection_outcome.export.previous import open_to_readers
from inspection_outcome.export.ready import ready
from inspection_outcome.export.swap import beside, clear_up, swap
from inspection_outcome.i18n.extract import Message, extract
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.todo import todos
from inspection_outcome.settings import Settings

_STOPS = (PublishError, ContentError, CatalogueError, HistoryError, OSError)


class Choice(Struct, frozen=True):
    """What somebody wants to publish."""

    tags: tuple[str, ...]
    """The languages, English among them."""
    back: str = ""
    """The commit to go back to what was live at; empty to publish what the desk has saved."""


class Plan(Struct, frozen=True):
    """What a choice would change for readers, and what stops it, for people."""

    changes: Changes
    stops: tuple[str, ...] = ()


class ChangedError(Exception):
    """Raised if what would be published is no longer what was shown."""


class Done(Struct, frozen=True):
    """What was published, and what did not work then, for people; empty if all did."""

    changes: Changes
    unkept: str = ""
    unwritten: str = ""


class Publishing:
    """Publishes into one live folder, and into a folder with plain files, if there is one."""

    def __init__(
        self, folder: Path, desk: Folders, *, published: Path | None = None, public_url: str = ""
    ) -> None:
        """Clear up what a killed publish left. Raise SettingsError for a wrong live folder."""
        live.check(folder, desk)
        self.folder = folder.resolve()
        self.published = published
        self.history = LiveHistory(self.folder)
        self._desk = desk
        self._public_url = public_url
        self._looking = threading.Lock()
        self._known: tuple[State | None, Edition | None] = (None, None)
        self._waiting: tuple[Edition, Edition | None, Changes] | None = None
        self._exported: Renderer | None = None
        with locked(self.folder.parent):
            clear_up(self.folder, alone=True)

    def waiting(self, stock: Stock) -> Changes:
        """Return all that is saved at the desk, and not live."""
        saved, is_live = stock.renderer.edition, self._live(stock)
        known = self._waiting
        if known is None or known[0] is not saved or known[1] is not is_live:
            self._waiting = known = (saved, is_live, changes(is_live, saved))
        return known[2]

    def offered(self, stock: Stock, back: str = "") -> Plan:
        """Return what would change if all languages were published, or went back."""
        return self.plan(stock, Choice((ENGLISH, *stock.languages), back))

    def choice(
        self, stock: Stock, tags: Collection[str], offered: Changes, back: str = ""
    ) -> Choice:
        """Return a choice of languages, of what is `offered`.

        Those that are not live yet come with English, or not. Those in which nothing changes come
        along, so that they need not fall back where only the English is new.
        """
        known, every = self._live_tags(stock), (ENGLISH, *stock.languages)
        chosen = {tag for tag in every if tag in tags or not offered.touches(tag)}
        return Choice(
            tuple(tag for tag in every if (tag if tag in known else ENGLISH) in chosen), back
        )

    def languages(self, stock: Stock) -> dict[str, Language]:
        """Return the languages of desk and live folder by tag, in the desk's order."""
        editions = (stock.renderer.edition, self._live(stock))
        listed = [each.catalogues.languages for each in editions if each]
        return {each.tag: each for some in listed for each in some}

    def with_english(self, stock: Stock) -> set[str]:
        """Return the tags of languages that are not live yet, and so come with English."""
        return {*stock.languages} - self._live_tags(stock)

    def is_first(self, stock: Stock) -> bool:
        """Return whether nothing is live, or nothing that can be read: then all is published."""
        return self._live(stock) is None

    def plan(self, stock: Stock, choice: Choice) -> Plan:
        """Return what a choice would change. Nothing is changed for readers."""
        if not choice.back and {ENGLISH, *stock.languages} == {*choice.tags}:
            stops = [each.told for each in stock.troubles]
            stops += [f"Still to be written: {left}" for left in todos(stock.folders.content)]
            return Plan(self.waiting(stock), tuple(stops))
        try:
            with tempfile.TemporaryDirectory() as place:
                self._compose(Path(place), stock, choice)
                edition = Edition.read(
                    live.folders(Path(place)), theme=stock.renderer.edition.theme
                )
        except _STOPS as error:
            return Plan(Changes({}), (str(error),))
        return Plan(changes(self._live(stock), edition), tuple(_unreadable(edition, choice)))

    def publish(self, stock: Stock, choice: Choice, seen: str, by: Author) -> Done:
        """Make a choice live, and return what changed.

        `seen`: the key of the changes that were shown. Raise ChangedError if they are others now,
        PublishError if something stops it, with what to do; then all is as it was.
        """
        try:
            with locked(self.folder.parent), self._fresh() as fresh:
                self._compose(fresh, stock, choice)
                theme = stock.renderer.edition.theme
                renderer = ready(live.folders(fresh), self._public_url, self._live(stock), theme)
                for told in _unreadable(renderer.edition, choice):
                    raise PublishError(told)
                found = changes(self._live(stock), renderer.edition)
                if found.key != seen:
                    raise ChangedError
                unkept = self._swap(fresh, choice, found, by)
                return Done(found, unkept, self._write_files(renderer))
        except (ContentError, CatalogueError, HistoryError, OSError) as error:
            raise PublishError(str(error)) from error

    def write_files(self, stock: Stock) -> str:
        """Write the plain files anew. Return why that failed, for people; empty if it did not."""
        try:
            with locked(self.folder.parent):
                theme = stock.renderer.edition.theme
                where = live.folders(self.folder)
                return self._write_files(ready(where, self._public_url, None, theme))
        except _STOPS as error:
            return str(error)

    def _live(self, stock: Stock) -> Edition | None:
        """Return what is live; None if nothing is, or nothing that can be read."""
        with self._looking:
            where = live.folders(self.folder)
            state = where.state() if self.folder.is_dir() else None
            if state != self._known[0] or state is None:
                edition = None
                if state is not None:
                    with suppress(ContentError, OSError):
                        theme = stock.renderer.edition.theme
                        edition = Edition.read(where, self._public_url, self._known[1], theme)
                self._known = state, edition
            return self._known[1]

    def _live_tags(self, stock: Stock) -> set[str]:
        edition = self._live(stock)
        return {each.tag for each in edition.catalogues.languages} if edition else set()

    def _compose(self, into: Path, stock: Stock, choice: Choice) -> None:
        edition = self._live(stock)
        now = live.folders(self.folder) if edition else None
        english = _english(edition) if edition else ()
        if not choice.back:
            others = english if _forms(english) != _forms(stock.messages.values()) else ()
            with locked(self._desk.translations):
                live.compose(into, self._desk, now, choice.tags, others)
            return
        with tempfile.TemporaryDirectory() as place:
            self.history.extract(choice.back, Path(place))
            live.compose(into, live.folders(Path(place)), now, choice.tags, english)

    @contextmanager
    def _fresh(self) -> Iterator[Path]:
        """Yield a new directory beside the live one, which is gone after that."""
        clear_up(self.folder, alone=True)
        fresh = beside(self.folder)
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def _swap(self, fresh: Path, choice: Choice, found: Changes, by: Author) -> str:
        """Exchange the directories. Return why the history does not have it, for people."""
        open_to_readers(fresh)
        unkept = ""
        try:
            self.history.begin()
            action = TAKE_BACK if choice.back else PUBLISH
            self.history.prepare(fresh, action, choice.tags, found.number, by)
        except HistoryError as error:
            unkept = str(error)
        swap(fresh, self.folder)
        if not unkept:
            try:
                self.history.confirm()
            except HistoryError as error:
                unkept = str(error)
        return unkept

    def _write_files(self, renderer: Renderer) -> str:
        """Write the plain files. Return why that failed, for people."""
        if self.published is None:
            return ""
        if self._exported:
            renderer.take_over(self._exported)
        try:
            publish(renderer, self.published)
        except (PublishError, OSError) as error:
            return str(error)
        self._exported = renderer
        return ""


def publishing_of(settings: Settings) -> Publishing | None:
    """Return how the desk publishes; None if what it saves is live at once.

    Raise SettingsError.
    """
    if settings.live is None:
        return None
    return Publishing(
        settings.live,
        settings.folders,
        published=settings.published,
        public_url=settings.public_url,
    )


def _unreadable(edition: Edition, choice: Choice) -> Iterator[str]:
    """Yield why a file of the languages of a choice cannot be read, and what to do."""
    yield from (told for tag, told in edition.catalogues.refused.items() if tag in choice.tags)


def _english(edition: Edition) -> tuple[Message, ...]:
    return tuple(extract(edition.report, edition.ui))


def _forms(messages: Iterable[Message]) -> dict[str, tuple[str, ...]]:
    return {each.sentence.id: each.sentence.forms for each in messages}
