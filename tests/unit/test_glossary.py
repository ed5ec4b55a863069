"""The glossary: each language's form of address, and its words for recurring terms.

It also lists the words that stay as in English.
"""

from pathlib import Path

import pytest
from inspection_outcome.i18n import glossary, warning_checks
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.sentence import Sentence

GOOD = """
same = ["Ofsted"]
[[term]]
english = "care leaver"
words.pl = { use = "osoba po pieczy", find = ["po pieczy"], avoid = ["wychowan"], why = "Because." }
[[term]]
english = "Good"
whole = true
words.pl = { use = "Dobra" }
[you.pl]
use = "ty"
avoid = ["pan "]
why = "Not an office."
[alike]
pl = ["Plan"]
"""
COUNCIL = """
[[term]]
english = "{council}"
words = {}
unless = "county"
avoid = ["hrabstw"]
why = "Name it alone."
[[term]]
english = "council"
words.pl = { use = "urząd" }
[[term]]
english = "home"
words.pl = { use = "dom" }
"""


def test_a_glossary_is_read(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(GOOD, encoding="utf-8")
    found = glossary.load(tmp_path)

    assert found.same == ("Ofsted",)
    assert list(found.problems("pl", "Two care leavers", "dwie osoby po pieczy")) == []
    assert list(found.problems("ar", "Two care leavers", "x")) == []
    assert list(found.problems("pl", "A care leaver", "wychowanek")) == [
        (
            "'care leaver' is not said with the word of the glossary",
            "Use: osoba po pieczy. Because.",
        ),
        ("the glossary avoids 'wychowan'", "Use: osoba po pieczy. Because."),
    ]


def test_a_word_is_not_avoided_where_it_is_marked_as_english(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(GOOD.replace("wychowan", "care"), encoding="utf-8")
    found = glossary.load(tmp_path)

    assert list(found.problems("pl", "A care leaver", "Osoba po pieczy ([care leaver](en))")) == []
    assert len(list(found.problems("pl", "A care leaver", "Osoba po pieczy (care leaver)"))) == 1


def test_a_grade_s_word_is_asked_for_only_where_it_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(GOOD, encoding="utf-8")
    found = glossary.load(tmp_path)

    assert list(found.problems("pl", "Good", "Niezła")) == [
        ("'Good' is not said with the word of the glossary", "Use: Dobra. ")
    ]
    assert list(found.problems("pl", "Good news", "Wieści")) == []


def test_how_a_language_says_you_holds_for_every_sentence(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(GOOD, encoding="utf-8")

    assert list(glossary.load(tmp_path).problems("pl", "Ring", "Niech Pan zadzwoni")) == [
        ("the glossary avoids 'pan '", "Use: ty. Not an office.")
    ]


def test_words_that_stay_in_english_are_names_or_the_language_s_own(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(GOOD, encoding="utf-8")
    found = glossary.load(tmp_path)

    assert found.english_words("pl", "Ofsted has a plan", "Ofsted ma plan") == []
    assert found.english_words("lt", "Ofsted has a plan", "Ofsted turi plan") == ["plan"]


def test_without_a_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert glossary.load(tmp_path) == glossary.NO_GLOSSARY


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("[[[", ""),
        ("[[terms]]\nenglish = 'x'", "terms"),
        ("same = 'Ofsted'", "same"),
        ("[[term]]\nenglish = 'x'", "term[1].words"),
        ("[[term]]\nenglish = 'x'\nwhole = 'yes'\nwords.pl = { use = 'y' }", "term[1].whole"),
        ("[you]\npl = 'ty'", "you"),
        ("[alike]\npl = 'plan'", "alike"),
        ("[[term]]\nenglish = 'x'\nwords.pl = { say = 'y' }", "term[1].words"),
    ],
)
def test_a_mistake_is_told(text: str, field: str, tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ContentError) as stopped:
        glossary.load(tmp_path)

    assert any(fault.field.startswith(field) for fault in stopped.value.faults), (
        stopped.value.faults
    )
    assert all(fault.file == "glossary.toml" for fault in stopped.value.faults)


def test_a_word_that_is_only_true_of_some_councils_is_avoided_beside_their_name(
    tmp_path: Path,
) -> None:
    """In every language of the glossary, and in one that it says nothing of."""
    (tmp_path / "glossary.toml").write_text(COUNCIL, encoding="utf-8")
    words = glossary.load(tmp_path)
    named = Sentence("t.named", "How did [{council}](page:help) do?", "site")
    county = Sentence("t.county", "The county of {council}.", "site")
    other = Sentence("t.other", "The council of {home}.", "site")

    def told(sentence: Sentence, said: str, tag: str = "pl") -> list[str]:
        pair = Pair.of(sentence, [said], Language(tag, tag), words)
        return [f"{problem} {remedy}" for problem, remedy in warning_checks.glossary(pair)]

    avoided = ["the glossary avoids 'hrabstw' Use: {council}. Name it alone."]
    assert told(named, "Jak wypadło Hrabstwo [{council}](page:help)?") == avoided
    assert told(named, "Jak wypadło hrabstwo [{council}](page:help)?", "ro") == avoided
    assert told(named, "Jak wypadło [{council}](page:help)?") == []
    assert told(county, "Hrabstwo {council}.") == []
    assert told(other, "Hrabstwo: urząd, {home}.") == []
