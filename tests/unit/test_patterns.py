"""No regular expression takes more than linear time: whatever text from outside it meets, it cannot stop a worker."""

import importlib
import itertools
import pkgutil
import random
import re
import time
import tomllib
from collections.abc import Iterator
from typing import Any, get_args

import inspection_outcome
import pytest
from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n.languages import TAG
from inspection_outcome.report.sentence import SentenceId, Slug

pytestmark = pytest.mark.slow

COMMON = "a0 .[(\n"
TIMES_AS_LONG = 20  # for ten times as much text: linear takes 10, quadratic 100
TOO_LONG = 0.1  # seconds for 10 kB: linear takes less than a hundredth of it


def named() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    """Every pattern of the package, by where it stands."""
    for module in pkgutil.walk_packages(inspection_outcome.__path__, "inspection_outcome."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value
    for name, text in (("Slug", get_args(Slug)[1].pattern), ("Id", get_args(SentenceId)[1].pattern), ("TAG", TAG)):
        yield name, re.compile(text)
    for word in tomllib.loads((PACKAGE / "report" / "plain_english.toml").read_text(encoding="utf-8"))["word"]:
        yield word["find"], re.compile(word["find"], re.IGNORECASE)


PATTERNS: dict[Any, str] = {pattern: name for name, pattern in named()}


def texts(pattern: "re.Pattern[str]", length: int) -> Iterator[str]:
    """Text made of the letters that a pattern names: each, each two, and some longer runs, again and again."""
    letters = sorted({*pattern.pattern, *COMMON} - set("\\?^$|+"))
    some = random.Random(0)  # noqa: S311 (the same ones each time)
    units = [*letters, *("".join(two) for two in itertools.product(letters, repeat=2))][:600]
    units += ["".join(some.choices(letters, k=some.randint(3, 5))) for _ in range(200)]
    for unit in units:
        yield (unit * length)[:length] + "!"


def seconds(pattern: "re.Pattern[str]", text: str) -> float:
    """How long it takes to find it everywhere in a text, or in the whole of it, at best."""
    best = float("inf")
    for _ in range(2):
        begin = time.perf_counter()
        pattern.fullmatch(text)
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.perf_counter() - begin)
    return best


def times_as_long(pattern: "re.Pattern[str]") -> float:
    """How many times as long a pattern takes for 100 kB of its worst letters as for 10 kB."""
    worst = max(texts(pattern, 400), key=lambda text: seconds(pattern, text))[:-1]
    short = seconds(pattern, worst * 25 + "!")
    return float("inf") if short > TOO_LONG else seconds(pattern, worst * 250 + "!") / short


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=name) for pattern, name in PATTERNS.items()])
def test_a_pattern_takes_linear_time_on_its_worst_letters(pattern: "re.Pattern[str]") -> None:
    assert min(times_as_long(pattern) for _ in range(2)) <= TIMES_AS_LONG  # twice, as the machine may be busy


@pytest.mark.parametrize("pattern", [r"[.!?]+[’”]*\s+", r"\[[^\]]*\]\(([^)]*)\)", r"‘[^’]*[.!?]’"])
def test_a_pattern_that_takes_quadratic_time_is_found(pattern: str) -> None:
    """Each of them was used here once."""
    assert times_as_long(re.compile(pattern)) > TIMES_AS_LONG
