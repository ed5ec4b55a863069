"""The content as the desk has it, read again only if one of its files has changed."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from inspection_outcome.edition import Edition, Folders
from inspection_outcome.i18n import ui
from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.extract import Message, extract
from inspection_outcome.pages.load import load
from inspection_outcome.report.files import find, stamp
from inspection_outcome.report.todo import is_todo
from inspection_outcome.theme import Theme


class Content(NamedTuple):
    """The content, its sentences by id, and the stamps of its files by path."""

    edition: Edition
    """With no catalogues, if it was read."""
    messages: Mapping[str, Message]
    read_of: Mapping[str, tuple[int, ...]]


def read(folders: Folders, last: Content | None) -> Content:
    """Return the content: `last` if no file has changed. Raise ContentError for faults."""
    paths = [*map(Path, find(folders.content, ".toml")), folders.ui]
    read_of = {str(path): stamp(path) for path in paths}
    if last and last.read_of == read_of:
        return last
    report = load(folders.content)
    words = ui.load(report, folders.ui)
    theme = last.edition.theme if last else Theme.read(folders.theme)
    found = [each for each in extract(report, words) if not is_todo(each.sentence)]
    nothing = Catalogues((), {}, {}, whole=True)
    messages = {each.sentence.id: each for each in found}
    return Content(Edition(report, words, nothing, theme, ""), messages, read_of)
