"""Publish: make what the desk has saved what readers get, whole or not at all."""

import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from inspection_outcome.desk.git import Author, HistoryError
from inspection_outcome.desk.publish import live
from inspection_outcome.desk.publish.changes import Changes, changes
from inspection_outcome.desk.publish.history import PUBLISH, TAKE_BACK, LiveHistory
from inspection_outcome.desk.stock import Stock
from inspection_outcome.edition import Edition, Folders
from inspection_outcome.export.errors import PublishError
from inspection_outcome.export.export import publish
from inspection_outcome.export.previous import open_to_readers
from inspection_outcome.export.ready import ready, refuse_todo
from inspection_outcome.export.swap import beside, clear_up, swap
from inspection_outcome.i18n.extract import Message, extract
from inspection_outcome.i18n.languages import ENGLISH, Language
from inspection_outcome.i18n.lock import locked
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.files import of_disk
from inspection_outcome.settings import Settings


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
        self.published = published
        self._live = live.Live(folder.resolve())
        self.history = LiveHistory(self._live.folder)
        self._desk = desk
        self._public_url = public_url
        self._waiting: tuple[Edition, Edition | None, Changes] | None = None
        self._exported: Renderer | None = None
        with self._alone():
            pass

    def waiting(self, stock: Stock) -> Changes:
        """Return all that is saved at the desk, and not live."""
        saved, is_live = stock.renderer.edition, self._edition(stock)
        known = self._waiting
        if known is None or known[0] is not saved or known[1] is not is_live:
            self._waiting = known = (saved, is_live, changes(is_live, saved))
        return known[2]

    def is_first(self, stock: Stock) -> bool:
        """Return whether nothing is live, or nothing that can be read: then all is published."""
        return self._edition(stock) is None

    def languages(self, stock: Stock) -> dict[str, Language]:
        """Return the languages of desk and live folder by tag, in the desk's order."""
        editions = (stock.renderer.edition, self._edition(stock))
        return {one.tag: one for each in editions if each for one in each.catalogues.languages}

    def with_english(self, stock: Stock) -> set[str]:
        """Return the tags of languages that are new or go, and so come with English."""
        edition = self._edition(stock)
        known = {each.tag for each in edition.catalogues.languages} if edition else set()
        return {*stock.languages} ^ (known - {ENGLISH})

    def offered(self, stock: Stock, back: str = "") -> Plan:
        """Return what would change if all languages were published, or went back."""
        return self.plan(stock, Choice((ENGLISH, *stock.languages), back))

    def choice(
        self, stock: Stock, tags: Collection[str], offered: Changes, back: str = ""
    ) -> Choice:
        """Return a choice of languages, of what is `offered`.

        Those that are new come with English, or not. Others in which nothing changes come
        along, so that they need not fall back where only the English is new.
        """
        new = self.with_english(stock)
        chosen = []
        for tag in (ENGLISH, *stock.languages):
            decides = ENGLISH if tag in new else tag
            if decides in tags if offered.touches(decides) else tag != ENGLISH:
                chosen.append(tag)
        return Choice(tuple(chosen), back)

    def plan(self, stock: Stock, choice: Choice) -> Plan:
        """Return what a choice would change. Nothing is changed for readers."""
        waiting = self.waiting(stock)
        left_out = {ENGLISH, *stock.languages} - {*choice.tags}
        if not choice.back and not any(map(waiting.touches, left_out)):
            return Plan(waiting, tuple(self._stops(stock, choice)))
        try:
            with tempfile.TemporaryDirectory() as place:
                made = self._compose(Path(place), stock, choice)
        except PublishError as error:
            return Plan(Changes({}), (str(error),))
        return Plan(changes(self._edition(stock), made.edition))

    def publish(self, stock: Stock, choice: Choice, seen: str, by: Author) -> Done:
        """Make a choice live, and return what changed.

        `seen`: the key of the changes that were shown. Raise ChangedError if they are others now;
        PublishError or OSError if something stops it, with what to do. Then all is as it was.
        """
        with self._alone():
            fresh = beside(self._live.folder)
            try:
                made = self._compose(fresh, stock, choice)
                found = changes(self._edition(stock), made.edition)
                if found.key != seen:
                    raise ChangedError
                open_to_readers(fresh)
                unkept = self._swap(fresh, choice, found, by)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
            return Done(found, unkept, self._write_files(made))

    def write_files(self, stock: Stock) -> str:
        """Write the plain files anew. Return why that failed, for people; empty if it did not."""
        try:
            with self._alone():
                theme = stock.renderer.edition.theme
                return self._write_files(ready(self._live.folders, self._public_url, theme=theme))
        except (PublishError, ContentError, OSError) as error:
            return str(error)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let only one publish at a time run the block, once what killed ones left is gone."""
        with locked(self._live.folder.parent):
            clear_up(self._live.folder, alone=True)
            yield

    def _edition(self, stock: Stock) -> Edition | None:
        return self._live.edition(self._public_url, stock.renderer.edition.theme)

    def _stops(self, stock: Stock, choice: Choice) -> Iterator[str]:
        """Yield what is wrong with the desk's own files."""
        english = ENGLISH in choice.tags
        yield from (each.told for each in stock.troubles if each.tag or english)
        if english:
            try:
                refuse_todo(self._desk.content)
            except PublishError as error:
                yield str(error)

    def _compose(self, into: Path, stock: Stock, choice: Choice) -> Renderer:
        """Make a choice in an empty directory, and return what renders it. Raise PublishError."""
        edition, theme = self._edition(stock), stock.renderer.edition.theme
        try:
            self._fill(into, stock, choice, edition)
            made = ready(live.folders(into), self._public_url, edition, theme)
            live.refuse_unreadable(made.edition, choice.tags)
        except (PublishError, ContentError, CatalogueError, HistoryError, OSError) as error:
            copy = live.folders(into)  # people know the folders that it was made from
            told = str(of_disk(error) or error).replace(str(copy.content), str(self._desk.content))
            told = told.replace(str(copy.translations), str(self._desk.translations))
            raise PublishError(told) from error
        return made

    def _fill(self, into: Path, stock: Stock, choice: Choice, edition: Edition | None) -> None:
        now = self._live.folders if edition else None
        english = tuple(extract(edition.report, edition.ui)) if edition else ()
        if choice.back:
            with tempfile.TemporaryDirectory() as place:
                self.history.extract(choice.back, Path(place))
                live.compose(into, live.folders(Path(place)), now, choice.tags, english)
            return
        other = english if _forms(english) != _forms(stock.messages.values()) else ()
        with locked(self._desk.translations):
            live.compose(into, self._desk, now, choice.tags, other)

    def _swap(self, fresh: Path, choice: Choice, found: Changes, by: Author) -> str:
        """Exchange the directories. Return why the history does not have it, for people."""
        action = TAKE_BACK if choice.back else PUBLISH
        unkept = ""
        try:
            changed = [tag for tag in choice.tags if found.touches(tag)]
            self.history.prepare(fresh, action, changed, found.number, by)
        except HistoryError as error:
            unkept = str(error)
        swap(fresh, self._live.folder)
        if not unkept:
            try:
                self.history.confirm()
            except HistoryError as error:
                unkept = str(error)
        return unkept

    def _write_files(self, renderer: Renderer) -> str:
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
    where, url = settings.folders, settings.public_url
    if settings.live is None:
        return None
    return Publishing(settings.live, where, published=settings.published, public_url=url)


def _forms(messages: Iterable[Message]) -> dict[str, tuple[str, ...]]:
    return {each.sentence.id: each.sentence.forms for each in messages}
