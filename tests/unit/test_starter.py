"""A council's first content is made from templates and the shipped content, as text."""

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inspection_outcome.report import starter
from inspection_outcome.report.errors import ContentError

DAY = dt.date(2026, 11, 29)
SHIPPED = {
    "report.toml": """\
[council]
name = "Anyshire"

[[source]]
id = "inspectors"
[source.name]
id = "report.inspectors"
text = "{ofsted}’s report"
source = "site"

[[source]]
id = "law-help"
[source.name]
id = "report.law"
text = "The law: {act}"
source = "site"

[facts.ofsted]
kind = "body"
value = "Ofsted"
source = "inspectors"

[facts.act]
kind = "body"
value = "The Act"
source = "law-help"

[facts.until]
kind = "age"
value = 25
source = "law-help"

[[contact]]
id = "line"
body = "The Line" # as it calls itself
phone = "01632 960001"
[contact.who]
id = "report.line-who"
text = "For anyone."
source = "facts"
""",
    "help.toml": """\
next = "home"

# ---- talk

[[section]]
id = "talk"
contacts = ["line"]
# a note of Anyshire's

[section.heading]
id = "help.talk"
text = "Talk"
source = "site"

[[section.text]]
id = "help.right"
text = "You can ask until {until}."
source = "law-help"

[[section]]
id = "found"

[[section.good]]
id = "help.came"
text = "Inspectors came."
source = "inspectors"

[[section.good]]
id = "help.quick"
text = "Help was quick."
source = "inspectors"
paragraphs = [1]
""",
}
REPORT = """\
# Write the year first.

[[judgement]]
id = "overall"
grade = "TODO: one of four"

[council]
name = "…"
# publisher = "…"  # TODO: who

[site]
updated = 2000-01-01

[[source]]
id = "report"
[source.name]
id = "report.ours"
text = "{ofsted}’s report"
source = "site"

[facts.ofsted]
source = "facts"

[[contact]]
id = "line"

[[contact]]
id = "desk"
# phone = "…"  # TODO: your number
[contact.who]
id = "report.desk-who"
text = "For all."
source = "facts"
"""


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Return a function that makes the content from templates of help.toml and report.toml."""

    def make(
        help_: str = "", report: str = REPORT, without: tuple[str, ...] = ()
    ) -> dict[str, str]:
        templates = {"report.toml": report, "help.toml": help_}
        for folder, files in (("start", templates), ("content", SHIPPED)):
            (tmp_path / folder).mkdir()
            for name, text in files.items():
                (tmp_path / folder / name).write_text(text, encoding="utf-8")
        places = tmp_path / "start", tmp_path / "content"
        return starter.content('North "marsh"', DAY, *places, without)

    return make


def parsed(files: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the tables of report.toml and of help.toml."""
    return tomllib.loads(files["report.toml"]), tomllib.loads(files["help.toml"])


def test_a_table_with_its_id_alone_is_taken_whole_and_notes_of_others_stay_behind(
    begin: Callable[..., dict[str, str]],
) -> None:
    """What stands behind a value stays: it is a part of the line."""
    files = begin('# Read this.\n\n[[section]]\nid = "talk"\n')

    report, page = parsed(files)
    assert page["section"] == tomllib.loads(SHIPPED["help.toml"])["section"][:1]
    assert report["contact"][0] == tomllib.loads(SHIPPED["report.toml"])["contact"][0]
    assert files["help.toml"].startswith("# Read this.\n\n[[section]]\n")
    assert "Anyshire" not in "".join(files.values())
    assert 'body = "The Line" # as it calls itself' in files["report.toml"]


def test_the_name_and_the_day_are_written_and_notes_of_the_template_stay(
    begin: Callable[..., dict[str, str]],
) -> None:
    files = begin()

    report, _ = parsed(files)
    assert report["council"] == {"name": 'North "marsh"'}
    assert report["site"] == {"updated": DAY}
    assert files["report.toml"].startswith("# Write the year first.\n\n[[judgement]]")
    assert '# publisher = "…"  # TODO: who\n\n[site]' in files["report.toml"]


def test_a_sentence_or_a_fact_may_take_what_it_lacks_alone(
    begin: Callable[..., dict[str, str]],
) -> None:
    report, page = parsed(
        begin(
            '[[section]]\nid = "found"\n'
            '[[section.text]]\nid = "help.came"\nsource = "report"\n'
            '[[section.text]]\nid = "help.own"\ntext = "Our own."\nsource = "report"\n'
        )
    )

    assert page["section"][0]["text"] == [
        {"id": "help.came", "text": "Inspectors came.", "source": "report"},
        {"id": "help.own", "text": "Our own.", "source": "report"},
    ]
    assert report["facts"]["ofsted"] == {"kind": "body", "value": "Ofsted", "source": "facts"}


def test_facts_and_laws_that_are_named_come_by_themselves_and_no_others(
    begin: Callable[..., dict[str, str]],
) -> None:
    """The law's name names a fact in turn."""
    with_right, _ = parsed(begin('[[section]]\nid = "talk"\n'))

    assert list(with_right["facts"]) == ["ofsted", "until", "act"]
    assert [each["id"] for each in with_right["source"]] == ["report", "law-help"]


def test_what_a_template_says_of_each_publisher_is_taken_without_the_days_of_another(
    tmp_path: Path,
) -> None:
    """A sentence that names such a day is a note, until the day is there."""
    tested = '[[section.text]]\nid = "help.tested"\nsource = "publisher"\n'
    asked = '[[section.text]]\nid = "help.asked"\nsource = "publisher"\n'
    shipped = {
        "report.toml": SHIPPED["report.toml"]
        + '[facts.tested]\nkind = "date"\nvalue = 2026-01-01\nsource = "publisher"\n',
        "help.toml": tested.replace("source", 'text = "Tested on {tested}."\nsource')
        + asked.replace("source", 'text = "We asked."\nsource'),
    }
    for folder, files in (
        ("start", {"report.toml": REPORT, "help.toml": f'[[section]]\nid = "a"\n{tested}{asked}'}),
        ("content", shipped),
    ):
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
    made = starter.content("Eastmoor", DAY, tmp_path / "start", tmp_path / "content")
    report, page = parsed(made)

    assert "tested" not in report["facts"]
    assert [each["id"] for each in page["section"][0]["text"]] == ["help.asked"]
    assert "# TODO: once {tested} has its value" in made["help.toml"]


def test_what_names_a_number_that_is_not_there_yet_is_a_note(
    begin: Callable[..., dict[str, str]],
) -> None:
    """Without its marks, the note is what the template says."""
    table = (
        '[[section.pictured]]\npicture = "phone"\n'
        '[section.pictured.text]\nid = "help.ring"\ntext = "Ring {desk_phone}."\nsource = "facts"\n'
    )
    files = begin(f'[[section]]\nid = "ring"\n\n{table}')

    todo, *note = files["help.toml"].partition("\n\n")[2].splitlines()
    assert todo.startswith("# TODO: once {desk_phone} has its value")
    assert [line.removeprefix("# ") for line in note] == table.splitlines()
    assert parsed(files)[1] == {"section": [{"id": "ring"}]}


def test_what_is_of_a_judgement_that_is_not_wanted_is_left_out(
    begin: Callable[..., dict[str, str]],
) -> None:
    page = (
        'grades = ["in-care", "leaders"]\ncards = ["leaders"]\n\n'
        '[[section]]\nid = "leaders"\njudgement = "leaders"\n'
        '[[section.good]]\nid = "help.good"\ntext = "TODO: {grade_leaders}"\nsource = "report"\n'
        '[[section]]\nid = "other"\n'
        '[[section.text]]\nid = "help.one"\ntext = "[See](page:results#leaders)"\nsource = "site"\n'
        '[[section.text]]\nid = "help.two"\ntext = "[See](page:results)"\nsource = "site"\n'
    )
    grade = '[[judgement]]\nid = "leaders"\n[judgement.name]\nid = "report.le"\ntext = "L"\n\n'

    report, page_left = parsed(begin(page, grade + REPORT, ("leaders",)))

    assert [each["id"] for each in report["judgement"]] == ["overall"]
    assert (page_left["grades"], page_left["cards"]) == (["in-care"], [])
    assert [each["id"] for each in page_left["section"]] == ["other"]
    assert [each["id"] for each in page_left["section"][0]["text"]] == ["help.two"]


@pytest.mark.parametrize(
    ("template", "field", "says"),
    [
        ('[[section]]\nid = "gone"\n', "gone", "where it is gone"),
        ('[[section.text]]\nid = "help.gone"\n', "help.gone", "where it is gone"),
        ('[[section.text]]\nid = "help.quick"\nsource = "report"\n', "help.quick", "a finding"),
        ('[[section.text]]\nid = "help.came"\n', "help.came", "its source there is 'inspectors'"),
        ('[[section]]\nid = "found"\n', "help.came", "its source there is 'inspectors'"),
    ],
)
def test_what_is_gone_or_is_true_of_one_council_alone_is_told_with_its_place(
    template: str, field: str, says: str, begin: Callable[..., dict[str, str]]
) -> None:
    with pytest.raises(ContentError) as told:
        begin(template)

    assert ("help.toml", field) in {(each.file, each.field) for each in told.value.faults}
    assert says in str(told.value)


def test_values_stand_in_for_those_without_which_nothing_loads() -> None:
    text = 'grade = "TODO: one"\nyear = "TODO: it"\nfirst = "TODO: a"\nvalue = "TODO: b" # c\n'
    sentence = 'text = "TODO: say it"\n'

    assert tomllib.loads(starter.with_values(text + sentence)) == {
        "grade": "good",
        "year": 2000,
        "first": dt.date(2000, 1, 1),
        "value": dt.date(2000, 1, 1),
        "text": "TODO: say it",
    }
