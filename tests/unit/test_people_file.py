"""people.toml: what each person may do, in which languages, and mistakes in the file."""

import re
from pathlib import Path

import pytest
from inspection_outcome.desk.access import Person, Role
from inspection_outcome.desk.hosted.people import read
from inspection_outcome.report.errors import ContentError

PERSON = '[[person]]\nid = "a"\nname = "Anna"\nlanguages = ["pl"]\nmay = ["translate", "content"]\n'


def made(folder: Path, text: str) -> Path:
    path = folder / "people.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_people_may_what_the_file_says_in_their_languages(tmp_path: Path) -> None:
    (anna,) = read(made(tmp_path, PERSON)).values()

    assert (anna.id, anna.name) == ("a", "Anna")
    assert anna.may(Role.TRANSLATE)
    assert anna.may(Role.TRANSLATE, "pl")
    assert not anna.may(Role.TRANSLATE, "ro")
    assert not anna.may(Role.CHECK, "pl")
    assert anna.may(Role.CONTENT, "en")


def test_all_languages_are_those_to_come_too(tmp_path: Path) -> None:
    (anna,) = read(made(tmp_path, PERSON.replace('["pl"]', '"all"'))).values()

    assert anna.may(Role.TRANSLATE, "tlh")


def test_a_file_without_people_lets_nobody_in(tmp_path: Path) -> None:
    assert read(made(tmp_path, "")) == {}


@pytest.mark.parametrize(
    ("find", "replace", "told"),
    [
        ('"translate"', '"transalte"', "Did you mean 'translate'?"),
        ('["pl"]', '"pl"', 'Write ["pl"], or "all".'),
        ('languages = ["pl"]\n', "", "Add a line 'languages = …' there."),
        ('"Anna"', '"An\\u202ena"', "Give your name in plain letters, on one line."),
        ('"Anna"', '"An\\nna"', "Give your name in plain letters, on one line."),
        ('id = "a"', 'id = ""', "person"),
        ("[[person]]", f"{PERSON}[[person]]", "there are two of this id"),
        ("[[person]]", "[person]", "Write [[person]] above each of them."),
        ("may", "rights", "Known here: id, name, languages, may."),
        ("[[person]]", "<<<<<<< a\n=======\n>>>>>>> b\n[[person]]", "merge conflict"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(
    find: str, replace: str, told: str, tmp_path: Path
) -> None:
    assert find in PERSON

    with pytest.raises(ContentError, match=re.escape(told)):
        read(made(tmp_path, PERSON.replace(find, replace, 1)))


@pytest.mark.parametrize("id_", ["a@b <c>\n", "\0", "x" * 300, "ž"])
def test_the_history_takes_any_id(id_: str) -> None:
    author = Person("Anna", id_).author

    assert re.fullmatch("[0-9a-f]{32}@desk", author.email)
    assert author != Person("Anna", f"{id_}x").author
