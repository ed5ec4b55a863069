"""The words chosen for recurring terms, and names that stay."""

from pathlib import Path

import pytest
from outcome.report.faults import ContentError
from outcome.settings import Settings
from outcome.words import glossary, languages

GOOD = """
same = ["Ofsted"]
[[term]]
english = "care leaver"
words.pl = { use = "osoba po pieczy", find = ["po pieczy"], avoid = ["wychowan"], why = "Because." }
"""


def test_a_glossary_is_read(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(GOOD, encoding="utf-8")
    found = glossary.load(tmp_path)

    assert found.same == ("Ofsted",)
    assert list(found.problems("pl", "Two care leavers", "dwie osoby po pieczy")) == []
    assert list(found.problems("ar", "Two care leavers", "x")) == []
    assert list(found.problems("pl", "A care leaver", "wychowanek")) == [
        ("'care leaver' is not said with the word of the glossary", "Use: osoba po pieczy. Because."),
        ("the glossary avoids 'wychowan'", "Use: osoba po pieczy. Because."),
    ]


def test_without_a_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert glossary.load(tmp_path) == glossary.NO_GLOSSARY


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[[[", ""),
        ("[[terms]]\nenglish = 'x'", "terms"),
        ("same = 'Ofsted'", "same"),
        ("[[term]]\nenglish = 'x'", "term[1].words"),
        ("[[term]]\nenglish = 'x'\nwords.pl = { say = 'y' }", "term[1].words"),
    ],
)
def test_a_mistake_is_told(text: str, field: str, tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ContentError) as stopped:
        glossary.load(tmp_path)

    assert any(fault.field.startswith(field) for fault in stopped.value.faults), stopped.value.faults
    assert all(fault.file == "glossary.toml" for fault in stopped.value.faults)


def test_the_shipped_glossary_names_only_languages_that_there_are() -> None:
    folder = Settings().translations
    tags = {language.tag for language in languages.load(folder)}

    assert {tag for term in glossary.load(folder).terms for tag in term.words} <= tags
