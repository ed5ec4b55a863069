"""The checks of a translation: the only ones, used by the site, the commands and the tests.

An error makes the translation Broken: readers see the English. Warnings are shown to staff only.
"""

from collections.abc import Sequence

from msgspec import Struct

from inspection_outcome.i18n.error_checks import ERRORS, FIRST_ERRORS
from inspection_outcome.i18n.pair import Check, Pair
from inspection_outcome.i18n.warning_checks import WARNINGS


class Problem(Struct, frozen=True):
    """A problem of a translation and its remedy; a warning if it is not an error."""

    problem: str
    remedy: str
    error: bool


def errors(pair: Pair) -> tuple[Problem, ...]:
    """Return the problems that make a translation Broken."""
    return _problems(FIRST_ERRORS, pair, error=True) or _problems(ERRORS, pair, error=True)


def warnings(pair: Pair) -> tuple[Problem, ...]:
    """Return the problems that a translator should look at again."""
    return _problems(WARNINGS, pair, error=False)


def _problems(checks: Sequence[Check], pair: Pair, *, error: bool) -> tuple[Problem, ...]:
    found = [problem for check in checks for problem in check(pair)]
    return tuple(Problem(*each, error=error) for each in dict.fromkeys(found)) if found else ()
