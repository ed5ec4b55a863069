"""An update: what a new report says of an action. What it may say, and what it makes untrue."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from msgspec import structs

from inspection_outcome.edition import today
from inspection_outcome.report import progress
from inspection_outcome.report.edit import sentence_id, update_id
from inspection_outcome.report.held import REPORT
from inspection_outcome.report.model import Report, Status, Update
from inspection_outcome.report.sentence import Sentence

NO_STATUS = "none"
"""In place of a status: the document does not say."""


def choices(report: Report, say: Callable[[Sentence], str]) -> Mapping[str, Mapping[str, str]]:
    """Return the names to choose from, each with what it stands for, by field of an update."""
    return {
        "action": {each.id: say(each.text) for each in report.actions},
        "source": {each.id: say(each.name) for each in report.sources},
        "status": {each.value: "" for each in Status} | {NO_STATUS: "the document does not say"},
    }


def still_to_come(day: dt.date) -> bool:
    """Return whether a day lies in the future in the United Kingdom."""
    return day > today()


def make(  # noqa: PLR0913 (the fields of an update)
    report: Report,
    *,
    action: str,
    source: str,
    status: str,
    text: str,
    date: dt.date | None = None,
    seen: dt.date | None = None,
) -> Update:
    """Return an update with an id of its own. It has a `date`, or the day on which it was `seen`.

    `status`: a value of Status, or NO_STATUS.
    """
    id_ = update_id(report, action, date or seen or today())
    said = Sentence(id=sentence_id(id_), text=text, source=source)
    return Update(id_, action, said, date, seen, None if status == NO_STATUS else Status(status))


def twin(report: Report, update: Update) -> Update | None:
    """Return an update that says the same already, or None."""
    return next((each for each in report.updates if _same(each, update)), None)


def _same(one: Update, other: Update) -> bool:
    """Return whether two updates say the same, whatever their ids and paragraph numbers."""
    text = structs.replace(one.text, id=other.text.id, paragraphs=other.text.paragraphs)
    return structs.replace(one, id=other.id, text=text) == other


def statuses(report: Report, update: Update) -> tuple[Status, Status]:
    """Return how far the action of an update has got before it, and with it."""
    after = structs.replace(report, updates=(update, *report.updates))
    action = next(each for each in report.actions if each.id == update.action)
    return progress.status(report, action), progress.status(after, action)


def not_known(report: Report) -> Iterator[tuple[str, Sentence]]:
    """Yield every sentence on what is not known, with its file: an update may make it untrue."""
    for area in report.areas:
        yield from ((REPORT, sentence) for sentence in area.not_known)
    for action in report.actions:
        yield from ((REPORT, sentence) for sentence in action.not_known)
    for name, page in report.pages.items():
        for section in page.section:
            yield from ((f"{name}.toml", sentence) for sentence in section.not_known)
