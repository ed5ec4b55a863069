"""What must be right before anything is published: the same for plain files and the live folder."""

from pathlib import Path

from inspection_outcome.edition import Edition, Folders
from inspection_outcome.export.errors import PublishError
from inspection_outcome.renderer import Renderer
from inspection_outcome.report.todo import REMEDY, todos
from inspection_outcome.theme import Theme


def ready(
    folders: Folders,
    public_url: str = "",
    last: Edition | None = None,
    theme: Theme | None = None,
) -> Renderer:
    """Return what renders these folders, once each page was rendered.

    `last` and `theme`: see `Edition.read`. Raise PublishError for what is still to be written, and
    if a file was saved meanwhile; ContentError for faulty content.
    """
    refuse_todo(folders.content)
    state = folders.state()
    renderer = Renderer.build(folders, public_url, last, theme)
    if folders.state() != state:  # half of a change may be valid content
        raise PublishError("A file was saved meanwhile: publish again.")
    return renderer


def refuse_todo(content: Path) -> None:
    """Raise PublishError if a line of the content is still to be written."""
    if left := todos(content):
        lines = "line of the content says" if len(left) == 1 else "lines of the content say"
        raise PublishError(
            f"{len(left)} {lines} TODO. The first: {left[0]}\n    {REMEDY}\n"
            "To see each: flask content check"
        )
