"""Load the content folder as a report that pages can show."""

from pathlib import Path

from inspection_outcome.pages import blocks
from inspection_outcome.report import load as content
from inspection_outcome.report.model import Report


def load(folder: Path) -> Report:
    """Return the report in the content folder, each section of which has something to show.

    Raise ContentError with every fault of truth.
    """
    return content.load(folder, blocks.faults)
