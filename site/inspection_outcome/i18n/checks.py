"""The checks of a translation: the only ones, used by the site, the commands and the tests.

An error makes the translation Broken: readers see the English. Warnings are shown to staff only.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from inspection_outcome.i18n.error_checks import ERRORS, FIRST_ERRORS
from inspection_outcome.i18n.pair import Check, Pair
from inspection_outcome.i18n.warning_checks import ENGLISH_LEFT, WARNINGS


class Problem(Struct, frozen=True):
    """A problem of a translation and its remedy; a warning if it is not an error."""

    problem: str
    remedy: str
    error: bool
    forms: tuple[int, ...] = (0,)
    """The places of the forms that have it, from 0; all of them if it is of the whole."""


def errors(pair: Pair) -> tuple[Problem, ...]:
    """Return the problems that make a translation Broken."""
    return _problems(FIRST_ERRORS, pair, error=True) or _problems(ERRORS, pair, error=True)


def warnings(pair: Pair) -> tuple[Problem, ...]:
    """Return the problems that a translator should look at again."""
    return _problems(WARNINGS, pair, error=False)


def english_left(pair: Pair) -> tuple[Problem, ...]:
    """Return those of the warnings that say that it is in English, or has English words."""
    return _problems(ENGLISH_LEFT, pair, error=False)


def _problems(checks: Sequence[Check], pair: Pair, *, error: bool) -> tuple[Problem, ...]:
    found = {each: check for check in checks for each in check(pair)}
    return tuple(
        Problem(*each, error, _forms_with(each, check, pair)) for each, check in found.items()
    )


def _forms_with(problem: tuple[str, str], check: Check, pair: Pair) -> tuple[int, ...]:
    """Return the places of the forms that have a problem, as if all forms were as this one."""
    number = len(pair.said)
    alike = (replace(pair, said=(form,) * number) for form in pair.said)
    return tuple(place for place, each in enumerate(alike) if problem in check(each))
