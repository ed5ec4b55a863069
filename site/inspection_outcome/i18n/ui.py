"""Load ui.toml: the site's own words (interface text), by sentence id."""

from pathlib import Path

from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.lines import located
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.report.toml import Reader
from inspection_outcome.report.validate import Known


class Words(dict[str, Sentence]):
    """The site's own words by id."""

    def __missing__(self, id_: str) -> Sentence:
        """Raise ContentError: a page needs a sentence that ui.toml does not have."""
        raise ContentError([Fault("ui.toml", id_, "it is missing", "Add a [[sentence]] there.")])


def load(report: Report, path: Path) -> Words:
    """Return the site's own words by id.

    Raise ContentError with every fault of truth, as loading the content does.
    """
    reader = Reader(path.name)
    data = reader.parse(path) or {}
    tables = data.get("sentence", [])
    if isinstance(tables, list):
        tables = [{"source": "site"} | each if isinstance(each, dict) else each for each in tables]
    words = reader.tables(Sentence, tables, "sentence")
    faults = reader.faults or list(Known.of(report).faults([(path.name, word) for word in words]))
    if faults:
        raise ContentError(located(faults, path.parent))
    return Words({word.id: word for word in words})
