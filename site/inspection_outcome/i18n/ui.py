"""Load ui.toml: the site's own words (interface text), by sentence id."""

from pathlib import Path

from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.report.toml import Reader
from inspection_outcome.report.validate import Known


def load(report: Report, path: Path) -> dict[str, Sentence]:
    """Return the site's own words by id.

    Raise ContentError with every fault of truth, as loading the content does.
    """
    reader = Reader(path.name)
    data = reader.parse(path) or {}
    tables = [{"source": "site", **table} for table in data.get("sentence", [])]
    words = reader.tables(Sentence, tables, "sentence")
    faults = reader.faults or list(Known.of(report).faults([(path.name, word) for word in words]))
    if faults:
        raise ContentError(faults)
    return {word.id: word for word in words}
