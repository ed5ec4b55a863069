"""Holds the current stock, and brings catalogues up to date when the English changes."""

import threading
from dataclasses import replace

from inspection_outcome.desk.history import History
from inspection_outcome.desk.saving import update
from inspection_outcome.desk.stock import Stock
from inspection_outcome.edition import Folders, State
from inspection_outcome.i18n import glossary, review
from inspection_outcome.i18n.languages import ENGLISH
from inspection_outcome.report.files import stamp


class Stocks:
    """The desk asks it once for each request: one request uses one stock from start to end."""

    def __init__(self, folders: Folders, history: History) -> None:
        """Read the files. Raise ContentError for faulty content."""
        self._folders = folders
        self._history = history
        self._reading = threading.Lock()
        self._state = self._look()
        self._stock = self._read(None)

    def warm_up(self) -> None:
        """Render each page and ask each check, so that the first request need not."""
        stock = self.current()
        stock.everywhere(ENGLISH)
        for tag in stock.languages:
            stock.warned(tag)

    def current(self) -> Stock:
        """Return the stock of the files as they are now."""
        with self._reading:
            if (state := self._look()) != self._state:
                # Taken before the files are read: the next look sees a change made meanwhile.
                self._state, self._stock = state, self._read(self._stock)
            return self._stock

    def _look(self) -> tuple[State, list[tuple[int, ...]]]:
        folder = self._folders.translations
        others = [folder / glossary.FILE, *sorted(folder.glob(review.PATTERN))]
        return self._folders.state(), [stamp(path) for path in others]

    def _read(self, last: Stock | None) -> Stock:
        """Return the stock, once each catalogue has the English of today, as far as it can."""
        stock = Stock.read(self._folders, last)
        lag = [tag for tag in stock.languages if stock.lags(tag)]
        if not lag:
            return stock
        failed = [*update(stock, self._history, lag)]
        stock = Stock.read(self._folders, stock)
        return replace(stock, troubles=(*stock.troubles, *failed))
