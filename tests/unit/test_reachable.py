"""`flask content check` names who cannot be reached, and calls to ring who has no number."""

from collections.abc import Callable
from pathlib import Path

import pytest
from inspection_outcome.report.load import load
from inspection_outcome.report.reachable import unreachable

Spoil = Callable[[str, str, str], Path]
PHONE = 'phone = "01632 960009"'
WHO = 'text = "For anyone."'
WAYS = ['web = "example.org"', 'email = "a@example.org"', 'text = { value = "85258", word = "A" }']


def told(folder: Path) -> list[str]:
    return [f"{each.field}: {each.problem}" for each in unreachable(load(folder))]


def test_somebody_with_no_way_to_be_reached_is_named(small: Path, spoil: Spoil) -> None:
    assert told(small) == []
    spoil("report.toml", PHONE, "")

    assert told(small) == [
        "contact[line]: nobody can reach it: it has none of phone, text, web, email"
    ]


@pytest.mark.parametrize("way", WAYS)
def test_any_way_will_do_but_not_to_ring(way: str, small: Path, spoil: Spoil) -> None:
    spoil("report.toml", PHONE, way)
    assert told(small) == []

    spoil("report.toml", WHO, 'text = "Ring at night."')
    assert told(small) == ["report.line-who: it says to ring, and the contact 'line' has no phone"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("You can also ring the line.", ["home.description"]),
        ("Do you bring a friend? The Line is there.", []),
        ("Ring The Line or {other_phone}.", []),
    ],
)
def test_a_sentence_that_says_to_ring_them_is_named(
    text: str, named: list[str], small: Path, spoil: Spoil
) -> None:
    spoil("report.toml", PHONE, 'web = "example.org"')
    spoil(
        "report.toml",
        "[facts.schools]",
        '[facts.other_phone]\nkind = "phone"\nvalue = "01632 960000"\nsource = "facts"\n\n'
        "[facts.schools]",
    )
    spoil("home.toml", 'text = "How good the help is."', f'text = "{text}"')

    assert [each.partition(":")[0] for each in told(small)] == named
