"""Critical sentences take two people: who translated one does not check it."""

import itertools
from collections.abc import Callable, Sequence

from inspection_outcome.desk.access import Person
from inspection_outcome.desk.commits import OUTSIDE, Version
from inspection_outcome.desk.git import HistoryError
from inspection_outcome.i18n.states import Entry

_NO_HISTORY = "There is no history, which tells who translated this. Begin one on Today."
_OWN = "You translated this, and it is about danger or rights. Somebody else must check it."


def why_not_check(entry: Entry, person: Person, versions: Callable[[], Sequence[Version]]) -> str:
    """Return why somebody may not check a sentence, for people; empty if nothing speaks against it.

    `versions`: returns those of the sentence, as `History.versions` does; called only if they are
    needed. Roles are not looked at. On one's own computer, where nobody is known, nothing speaks
    against it.
    """
    if not (person.id and entry.sentence.critical):
        return ""
    try:
        found = versions()
    except HistoryError:
        found = []
    if not found:
        return _NO_HISTORY
    return _OWN if person.author.email in _translators(found) else ""


def _translators(versions: Sequence[Version]) -> set[str]:
    """Return the e-mails of all who put in the words that stand there now, or may have."""
    words = [each.translation.forms if each.translation else () for each in versions]
    found: set[str] = set()
    for version, now, before in itertools.zip_longest(versions, words, words[1:]):
        if now == words[0] != before:
            found.update(version.perhaps_by)
            if version.action not in {"", OUTSIDE}:
                found.add(version.email)
    return found
