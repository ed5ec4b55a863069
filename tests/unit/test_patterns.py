"""Every regular expression takes linear time, so no text from outside can block a worker."""

import importlib
import itertools
import pkgutil
import random
import re
import time
import tomllib
from collections.abc import Iterator
from typing import Any

import inspection_outcome
import pytest
from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n.languages import TAG

pytestmark = pytest.mark.slow

COMMON = "a0 .[(\n"
TIMES_AS_LONG = 20  # limit for ten times as much text: linear takes 10, quadratic 100
TOO_LONG = 0.02  # limit in seconds for 4 kB: linear takes less than a tenth of it


def named() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    """Yield every pattern of the package with the name of its place."""
    for module in pkgutil.walk_packages(inspection_outcome.__path__, "inspection_outcome."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value
    yield "TAG", re.compile(TAG)
    plain_english = (PACKAGE / "report" / "plain_english.toml").read_text(encoding="utf-8")
    for word in tomllib.loads(plain_english)["word"]:
        yield word["find"], re.compile(word["find"], re.IGNORECASE)


PATTERNS: dict[Any, str] = {pattern: name for name, pattern in named()}


def texts(pattern: "re.Pattern[str]", length: int) -> Iterator[str]:
    """Yield texts of repeated units, made of the characters that a pattern contains.

    A unit is one character, two, or a random run of 3 to 5.
    """
    letters = sorted({*pattern.pattern, *COMMON} - set("\\?^$|+"))
    some = random.Random(0)  # noqa: S311 (not for security; the seed makes runs repeatable)
    units = [*letters, *("".join(two) for two in itertools.product(letters, repeat=2))][:600]
    units += ["".join(some.choices(letters, k=some.randint(3, 5))) for _ in range(200)]
    for unit in units:
        yield (unit * length)[:length] + "!"


def seconds(pattern: "re.Pattern[str]", text: str) -> float:
    """Return the shorter of two times, in seconds, of a full match and a search for all matches.

    Only this thread's own time counts, so that a busy machine makes no difference.
    """
    best = float("inf")
    for _ in range(2):
        begin = time.thread_time()
        pattern.fullmatch(text)
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.thread_time() - begin)
    return best


def times_as_long(pattern: "re.Pattern[str]") -> float:
    """Return the ratio of the times a pattern takes for 40 kB and for 4 kB of its worst text."""
    worst = max(texts(pattern, 400), key=lambda text: seconds(pattern, text))[:-1]
    short = seconds(pattern, worst * 10 + "!")
    return float("inf") if short > TOO_LONG else seconds(pattern, worst * 100 + "!") / short


@pytest.mark.parametrize(
    "pattern", [pytest.param(pattern, id=name) for pattern, name in PATTERNS.items()]
)
def test_a_pattern_takes_linear_time_on_its_worst_letters(pattern: "re.Pattern[str]") -> None:
    # Measured again only if need be, as other programs use the processor's caches.
    assert any(times_as_long(pattern) <= TIMES_AS_LONG for _ in range(3))


@pytest.mark.parametrize("pattern", [r"[.!?]+[’”]*\s+", r"\[[^\]]*\]\(([^)]*)\)", r"‘[^’]*[.!?]’"])
def test_a_pattern_that_takes_quadratic_time_is_found(pattern: str) -> None:
    """The site once used each of these patterns."""
    assert times_as_long(re.compile(pattern)) > TIMES_AS_LONG
