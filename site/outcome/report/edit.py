"""Adds an update to report.toml as a person would: everything else in the file stays as it is, comments too."""

import datetime as dt
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from outcome.report.model import Report, Update


def update_id(report: Report, action: str, day: dt.date) -> str:
    """Give an id that no update has yet: training-2023-09-07, then training-2023-09-07-2."""
    taken = {update.id for update in report.updates}
    first = f"{action}-{day.isoformat()}"
    later = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(id_ for id_ in (first, *later) if id_ not in taken)


def with_update(toml: str, update: Update, today: dt.date) -> str:
    """Give the text of report.toml with one more update, as the first, and with `today` as the day of its last change.

    Raises ValueError if updates are not written as [[update]] tables there, or the site has no day of its last change.
    """
    document = tomlkit.parse(toml)
    updates = document.get("update")
    if updates is None:
        document.add(tomlkit.nl())
        document.add("update", updates := tomlkit.aot())
    if not isinstance(updates, AoT):
        raise ValueError("updates are not written as [[update]] there. Write them so, or add this one by hand.")  # noqa: TRY004 (the file's fault)
    # The first, not the last: what stands after the last one, such as the next part's heading, must stay there.
    updates.insert(0, _table(update))
    document["site"]["updated"] = today
    return tomlkit.dumps(document)


def _table(update: Update) -> Table:
    """Lay it out as its neighbours are: values made one by one come out with other blank lines."""
    values = {"id": update.id, "action": update.action, "date": update.date, "seen": update.seen}
    values["status"] = update.status.value if update.status else None
    said = {"id": update.text.id, "text": update.text.text, "source": update.text.source}
    lines = ["[[update]]", *_lines(values), "[update.text]", *_lines(said), "", ""]
    table: Table = tomlkit.parse("\n".join(lines))["update"][0]
    return table


def _lines(values: dict[str, Any]) -> list[str]:
    return [f"{name} = {tomlkit.item(value).as_string()}" for name, value in values.items() if value is not None]
