"""Whatever kind of value stands in a TOML file, staff are told of it, and nothing else raises."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pseudo_locales
import pytest
from inspection_outcome.edition import PACKAGE, Folders
from inspection_outcome.i18n import glossary, languages, ui
from inspection_outcome.renderer import Renderer
from inspection_outcome.report import load
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.toml import Reader

ODD: tuple[Any, ...] = (3, "x", [], {}, [3], {"a": {}}, 10**4000)
REPORT = load.load(pseudo_locales.SMALL)
GLOSSARY = """
same = ["Ofsted"]
alike.pl = ["plan"]
[you.pl]
use = "ty"
avoid = ["pan"]
why = "So."
[[term]]
english = "care leaver"
words.pl = { use = "osoba", find = ["os"] }
"""

Place = tuple[str | int, ...]


def places(data: Any, here: Place = ()) -> Iterator[Place]:
    """Yield the path of each value in parsed TOML; of a list, the path of its first item only."""
    items = data.items() if isinstance(data, dict) else enumerate(data[:1])
    for key, value in items:
        yield (*here, key)
        if isinstance(value, dict | list):
            yield from places(value, (*here, key))


def replaced(data: Any, place: Place, value: Any) -> Any:
    """Return a copy of parsed TOML with another value at a place."""
    if not place:
        return value
    made = data.copy()
    made[place[0]] = replaced(made[place[0]], place[1:], value)
    return made


@pytest.mark.parametrize(
    ("file", "read"),
    [
        ("report.toml", load.load),
        ("home.toml", load.load),
        ("languages.toml", languages.load),
        ("glossary.toml", glossary.load),
        ("ui.toml", lambda folder: ui.load(REPORT, folder / "ui.toml")),
    ],
)
def test_a_value_of_any_kind_is_taken_or_told(
    file: str,
    read: Callable[[Path], object],
    english: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each value in turn is another. It is replaced in what was parsed, as that is fast."""
    (tmp_path / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    folders = {"languages.toml": english, "glossary.toml": tmp_path, "ui.toml": PACKAGE / "i18n"}
    folder = folders.get(file, pseudo_locales.SMALL)
    whole, parse = Reader(file).parse(folder / file), Reader.parse
    told: list[Fault] = []
    for place, odd in itertools.product(places(whole), ODD):
        spoiled = replaced(whole, place, odd)

        def parsed(self: Reader, path: Path, spoiled: Any = spoiled) -> dict[str, Any] | None:
            return spoiled if path.name == file else parse(self, path)

        monkeypatch.setattr(Reader, "parse", parsed)
        try:
            read(folder)
        except ContentError as error:
            told += error.faults
    assert len(told) > 20
    assert all(fault.problem and fault.remedy for fault in told)


def test_a_word_of_the_site_that_is_missing_is_told(
    english: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = Reader.parse

    def without(self: Reader, path: Path) -> dict[str, Any] | None:
        data = parse(self, path)
        if data and path.name == "ui.toml":
            data["sentence"] = [each for each in data["sentence"] if each["id"] != "ui.next"]
        return data

    monkeypatch.setattr(Reader, "parse", without)

    with pytest.raises(ContentError, match=r"ui\.toml: ui\.next: it is missing"):
        Renderer.build(Folders(pseudo_locales.SMALL, english))
