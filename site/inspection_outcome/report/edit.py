"""Add an update to report.toml and leave every other line unchanged and in its place."""

import datetime as dt
import re
import tomllib
from typing import Any

from inspection_outcome.report.files import BOM
from inspection_outcome.report.model import Report, Update
from inspection_outcome.report.toml_edit import literal, with_values

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*update[ \t]*\]\]", re.MULTILINE)


def update_id(report: Report, action: str, day: dt.date) -> str:
    """Return an unused id for an update, whose sentence would have an unused id as well.

    For example training-2023-09-07; if that is taken, training-2023-09-07-2.
    """
    taken = {update.id for update in report.updates} | {
        sentence.id for _, sentence in report.sentences()
    }
    first = f"{action}-{day.isoformat()}"
    later = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(id_ for id_ in (first, *later) if not {id_, sentence_id(id_)} & taken)


def sentence_id(update: str) -> str:
    """Return the id of the sentence of an update."""
    return f"report.update-{update}"


def with_update(toml: str, update: Update, today: dt.date) -> str:
    """Return report.toml with the update inserted first and `today` as the day of the last change.

    A later day of the last change stays. The update is inserted as text, so that every other line
    stays as it is, and so do line endings and a byte order mark. Raise ValueError if the layout of
    the file is such that something else would change.
    """
    if toml.startswith(BOM):
        return BOM + with_update(toml.removeprefix(BOM), update, today)
    before, toml = toml, with_day(toml, today)
    end = "\r\n" if "\r\n" in toml else "\n"
    lines = ["[[update]]", *_lines(_values(update)), "[update.text]", *_lines(_said(update))]
    block = "".join(f"{line}{end}" for line in lines)
    if (first := _first_update(toml)) is not None:
        text = f"{toml[:first]}{block}{end}{toml[first:]}"
    else:
        text = f"{toml}{'' if toml.endswith(end) else end}{end}{block}"
    if not _only_adds(before, text, tomllib.loads(toml)["site"]["updated"]):
        raise ValueError(
            "this cannot be added without a change elsewhere. "
            "Add it by hand, as a table [[update]]."
        )
    return text


def with_day(toml: str, today: dt.date) -> str:
    """Return report.toml with `today` as the day of the last change. A later day stays.

    Raise ValueError if that is not possible without a change elsewhere, or for a faulty file.
    """
    try:
        is_later = tomllib.loads(toml.removeprefix(BOM))["site"]["updated"] >= today
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("report.toml has faults: see 'flask content check'.") from error
    return toml if is_later else with_values(toml, {("site", "updated"): today})


def _first_update(toml: str) -> int | None:
    """Return the offset of the first update and its comment right above; None without updates."""
    if not (header := _HEADER.search(toml)):
        return None
    start = header.start()
    for line in reversed(toml[:start].split("\n")[:-1]):
        if not line.lstrip().startswith("#"):
            break
        start -= len(line) + 1
    return start


def _only_adds(before: str, after: str, changed: dt.date) -> bool:
    """Return whether `after` is `before` plus a first update and the new day of the last change."""
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    said, had = new.pop("update", []), old.pop("update", [])
    old["site"]["updated"] = changed
    return len(said) == len(had) + 1 and said[1:] == had and new == old


def _values(update: Update) -> dict[str, Any]:
    status = update.status.value if update.status else None
    return {
        "id": update.id,
        "action": update.action,
        "date": update.date,
        "seen": update.seen,
        "status": status,
    }


def _said(update: Update) -> dict[str, Any]:
    return {"id": update.text.id, "text": update.text.text, "source": update.text.source}


def _lines(values: dict[str, Any]) -> list[str]:
    return [f"{name} = {literal(value)}" for name, value in values.items() if value is not None]
