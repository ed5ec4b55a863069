"""How the desk words things: languages, states, lists of work, changed words, plural forms."""

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from inspection_outcome.i18n.plural_forms import PluralRule
from inspection_outcome.i18n.states import State
from inspection_outcome.report.markup import PLACEHOLDER

_MOST_COMPARED = 400  # words: difflib takes quadratic time or worse


class Kind(NamedTuple):
    """A list of work on Today: a state, and of it the critical sentences or the others.

    `state`: None for what readers see and a check warns of. `critical`: None for both, the critical
    ones first.
    """

    key: str
    state: State | None
    title: str
    effect: str
    turn: str
    button: str
    critical: bool | None = None
    refused: bool = False
    """Whether these are the ones that a speaker said no to, or else the others."""

    @property
    def ends_by_saving(self) -> bool:
        """Whether a sentence leaves the list when it is saved well."""
        return self.state not in {None, State.NEEDS_CHECKING}


CHECK, CHECKED = "check", "checked"
"""Lists that others name, too."""
_TRANSLATOR, _SPEAKER = "A translator’s turn", "A speaker’s turn"
_IN_ENGLISH = "Readers get the English until then."
KINDS = (
    Kind(
        key="broken",
        state=State.BROKEN,
        title="Broken",
        effect="A fact, a link or a mark is not as in the English. Readers get the English.",
        turn=_TRANSLATOR,
        button="Mend",
    ),
    Kind(
        key="no",
        state=State.NEEDS_CHECKING,
        refused=True,
        title="A speaker said no",
        effect="Readers see it, under a notice that it is not checked. The reason stands above it.",
        turn=_TRANSLATOR,
        button="Mend",
    ),
    Kind(
        key="critical",
        state=State.ENGLISH_CHANGED,
        critical=True,
        title="Critical, and the English has changed",
        effect=f"About danger, help or rights. {_IN_ENGLISH}",
        turn=_TRANSLATOR,
        button="Bring up to date",
    ),
    Kind(
        key="changed",
        state=State.ENGLISH_CHANGED,
        critical=False,
        title="The English has changed",
        effect=_IN_ENGLISH,
        turn=_TRANSLATOR,
        button="Bring up to date",
    ),
    Kind(
        key="again",
        state=None,
        title="Look at these again",
        effect="Readers see them. A check found something, like English words or a long sentence.",
        turn=_TRANSLATOR,
        button="Look",
    ),
    Kind(
        key="new",
        state=State.NOT_TRANSLATED,
        title="Not translated",
        effect=f"Critical ones come first. {_IN_ENGLISH}",
        turn=_TRANSLATOR,
        button="Translate",
    ),
    Kind(
        key=CHECK,
        state=State.NEEDS_CHECKING,
        title="Waits for a speaker",
        effect="Readers see it, under a notice that nobody has checked it. Go page by page.",
        turn=_SPEAKER,
        button="Check",
    ),
)
SLUGS = {
    State.BROKEN: "broken",
    State.ENGLISH_CHANGED: "changed",
    State.NOT_TRANSLATED: "new",
    State.NEEDS_CHECKING: CHECK,
    State.CHECKED: CHECKED,
}
"""A short name of each state, for addresses and styles."""


class Box(NamedTuple):
    """A field for one form of a translation."""

    place: int
    label: str
    value: str
    numbers: str = ""
    """The counts that a plural form is for."""

    @property
    def name(self) -> str:
        """The name of the field."""
        return f"form-{self.place}"


class Part(NamedTuple):
    """Some words of a comparison: `what` is same, gone or new."""

    what: str
    text: str


class Piece(NamedTuple):
    """Some words of an English sentence, or a fact with its value."""

    text: str
    fact: str = ""


def turn(state: State, *, refused: bool) -> str:
    """Return whose turn it is; `refused`: whether a speaker said no to it."""
    found = (each.turn for each in KINDS if (each.state, each.refused) == (state, refused))
    return next(found, "Nothing to do")


def changed_words(old: str, new: str) -> list[Part]:
    """Return both texts as one, word by word."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > _MOST_COMPARED:
        return [Part("gone", old), Part("new", new)]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        Part(what, " ".join(words))
        for code, a, b, c, d in matcher.get_opcodes()
        for what, words in _parts(code, before[a:b], after[c:d])
        if words
    ]


def compared(before: Sequence[str], now: Sequence[str]) -> list[list[Part]]:
    """Return each form of a text as against what it was before."""
    padded = [*before, *[""] * len(now)]
    return [changed_words(old, new) for old, new in zip(padded, now, strict=False)]


def _parts(
    code: str, old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    if code == "equal":
        yield "same", old
    else:
        yield "gone", old
        yield "new", new


def pieces(text: str, values: Mapping[str, str]) -> list[Piece]:
    """Return an English text in pieces, its facts with their values."""
    parts = PLACEHOLDER.split(text)
    return [
        Piece(part, values.get(part, "")) if place % 2 else Piece(part)
        for place, part in enumerate(parts)
        if part
    ]


def boxes(name: str, rule: PluralRule | None, forms: Sequence[str]) -> list[Box]:
    """Return the fields of a translation; `rule`: of a sentence with a plural.

    `name`: of the language. There is a field for each form, also for those not typed yet.
    """
    if rule is None:
        return [Box(0, name, forms[0] if forms else "")]
    padded = [*forms, *[""] * rule.forms][: rule.forms]
    return [
        Box(place, f"{name}, {rule.told(place)}", form, rule.told(place))
        for place, form in enumerate(padded)
    ]


def local(when: dt.datetime | None) -> str:
    """Return a time as it is on this computer's clock: 29 November 2026, 10:42."""
    if when is None:
        return "not in the history yet"
    when = when.astimezone()
    day = (
        "today"
        if when.date() == dt.datetime.now().astimezone().date()
        else f"{when.day} {when:%B %Y}"
    )
    return f"{day}, {when:%H:%M}"


FILTERS = {"english_name": attrgetter("english_name"), "local": local, "slug": SLUGS.__getitem__}
