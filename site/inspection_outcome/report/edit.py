"""Adds an update to report.toml as a person would: every other line stays as it is, and where it is."""

import datetime as dt
import re
import tomllib
from typing import Any

import tomlkit

from inspection_outcome.report.model import Report, Update

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*update[ \t]*\]\]", re.MULTILINE)


def update_id(report: Report, action: str, day: dt.date) -> str:
    """Give an id that neither an update nor its sentence has yet: training-2023-09-07, then training-2023-09-07-2."""
    taken = {update.id for update in report.updates} | {sentence.id for _, sentence in report.sentences()}
    first = f"{action}-{day.isoformat()}"
    later = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(id_ for id_ in (first, *later) if not {id_, sentence_id(id_)} & taken)


def sentence_id(update: str) -> str:
    """Give the id of the sentence of an update."""
    return f"report.update-{update}"


def with_update(toml: str, update: Update, today: dt.date) -> str:
    """Give the text of report.toml with one more update, as the first, and `today` as the day of the last change.

    A later day of the last change stays. Values are written by tomlkit, but put in as text: tomlkit would move tables
    that do not stand together. Raises ValueError if the file is laid out so that something else would change.
    """
    end = "\r\n" if "\r\n" in toml else "\n"
    lines = ["[[update]]", *_lines(_values(update)), "[update.text]", *_lines(_said(update))]
    block = "".join(f"{line}{end}" for line in lines)
    if (first := _first_update(toml)) is not None:
        text = f"{toml[:first]}{block}{end}{toml[first:]}"
    else:
        text = f"{toml}{'' if toml.endswith(end) else end}{end}{block}"
    changed = max(today, tomllib.loads(toml)["site"]["updated"])
    text = re.sub(
        r"^([ \t]*updated[ \t]*=[ \t]*)\d{4}-\d\d-\d\d", rf"\g<1>{changed}", text, count=1, flags=re.MULTILINE
    )
    if not _only_adds(toml, text, changed):
        raise ValueError("this cannot be added without a change elsewhere. Add it by hand, as a table [[update]].")
    return text


def _first_update(toml: str) -> int | None:
    """Return where the first update begins, with the comment right above it; None if there is no update."""
    if not (header := _HEADER.search(toml)):
        return None
    start = header.start()
    for line in reversed(toml[:start].split("\n")[:-1]):
        if not line.lstrip().startswith("#"):
            break
        start -= len(line) + 1
    return start


def _only_adds(before: str, after: str, changed: dt.date) -> bool:
    """Whether the new text says what the old one said, one update more, and the day of the last change."""
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    said, had = new.pop("update", []), old.pop("update", [])
    old["site"]["updated"] = changed
    return len(said) == len(had) + 1 and said[1:] == had and new == old


def _values(update: Update) -> dict[str, Any]:
    status = update.status.value if update.status else None
    return {"id": update.id, "action": update.action, "date": update.date, "seen": update.seen, "status": status}


def _said(update: Update) -> dict[str, Any]:
    return {"id": update.text.id, "text": update.text.text, "source": update.text.source}


def _lines(values: dict[str, Any]) -> list[str]:
    return [f"{name} = {tomlkit.item(value).as_string()}" for name, value in values.items() if value is not None]
