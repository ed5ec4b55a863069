"""Faults tell the line in a TOML file, which tomllib does not."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.lines import Place, located, numbers
from pseudo_locales import SMALL

HARD = '''\
order = ["home", # not here: ]
  "help"] # [title]

[facts.visit]
kind = "dates" # kind = "date"
a.b = 1

[[section]]
text = """
[[section]]
id = "no"
\\""""
[section.heading]
id = 'a = "b" #'
source = "x \\" ["
[[section]]
[[section.good]]
[[section.good]]
id = "home.good"
inline = { id = "home.inline", of = [{ id = "home.deep" }] }
pairs = [[1, 2],
[3]
]
[last]
"quoted name" = 1
x = 1
'''


def every(data: Any, here: Place = ()) -> Iterator[Place]:
    """Yield the place of each table and each field of parsed TOML."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (*here, key)
        if isinstance(value, dict | list):
            yield from every(value, (*here, key))


def by_tomllib(text: str) -> dict[Place, int]:
    """Return where tomllib first finds each place, when it is given one line more each time."""
    lines, begin, found = text.split("\n"), 1, dict[Place, int]()
    for end in range(1, len(lines) + 1):
        try:
            data = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:  # it goes on in the next line
            continue
        found = dict.fromkeys(every(data), begin) | found
        begin = end + 1
    return found


@pytest.mark.parametrize(
    "text",
    [
        HARD,
        *(path.read_text(encoding="utf-8") for path in SMALL.glob("*.toml")),
    ],
)
def test_every_table_and_field_is_on_the_line_on_which_tomllib_finds_it(text: str) -> None:
    truth, found = by_tomllib(text), numbers(text)

    assert found.items() <= truth.items()
    assert len(found) > len(truth) / 2


def test_each_table_of_a_list_in_brackets_has_its_line() -> None:
    text = 'languages = [ { tag = "en" },\n  { tag = "pl",\n    name = "]" },\n\n  { a = {} }]\n'

    assert numbers(text) == {
        ("languages",): 1,
        ("languages", 0): 1,
        ("languages", 1): 2,
        ("languages", 2): 5,
    }


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("order", 1),
        ("order[help]", 1),
        ("facts.visit.kind", 5),
        ("facts.visit.value", 4),
        ("section[1].text", 9),
        ("section[1].heading.source", 15),
        ("section[2].good[home.good].paragraphs[2]", 18),
        ("home.good", 18),
        ("home.inline", 20),
        ("home.deep", 20),
        ("section[3]", 8),
        ("no", 0),
        ("last.quoted name", 24),
        ("facts.none", 0),
        ("home.none", 0),
        ("", 0),
    ],
)
def test_a_fault_is_on_the_line_of_its_field_or_of_the_table_around_it(
    field: str, line: int, tmp_path: Path
) -> None:
    (tmp_path / "home.toml").write_bytes(b"\xef\xbb\xbf" + HARD.replace("\n", "\r\n").encode())

    told = located([Fault("home.toml", field, "It is wrong.", "Mend it.")], tmp_path)

    assert [fault.line for fault in told] == [line]


@pytest.mark.parametrize("content", [None, b"", b"[", b"\xff", b"x = 1"])
def test_a_line_that_cannot_be_known_is_not_told(content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "home.toml").write_bytes(content)

    (told,) = located([Fault("home.toml", "title", "It is wrong.", "Mend it.")], tmp_path)

    assert str(told) == "home.toml: title: It is wrong.\n    Mend it."
