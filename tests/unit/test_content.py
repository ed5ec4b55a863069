"""Faults in the content are reported with place and remedy; faults of truth prevent a start."""

import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from inspection_outcome import create_app
from inspection_outcome.authoring.faults import check_content
from inspection_outcome.commands.content import content
from inspection_outcome.edition import Folders
from inspection_outcome.report import load
from inspection_outcome.report.errors import ContentError, Fault
from inspection_outcome.report.facts import Grade
from pseudo_locales import NORTHMARSH, SMALL

DATA = Path(__file__).parent.parent / "data"
CASES = tomllib.loads((DATA / "faults.toml").read_text(encoding="utf-8"))

Spoil = Callable[[str, str, str], Path]


OF_PROGRAMS = re.compile(r"regex|enum|\bstr\b|\bint\b|\^|\(\?|\barray\b|\bobject\b|line \d")
"""What no message may have: words of Python and patterns, and a line that stands at its place."""


def stands_at(fault: Fault, text: str) -> bool:
    """Return whether a fault's line has the field, or the header of its table or its text."""
    line = text.split("\n")[fault.line - 1] if fault.line else ""
    name = re.split(r"[.\]]", fault.field.rstrip("]"))[-1].partition("[")[0]
    return bool(line) and (not fault.field or line.startswith("[") or f"{name} =" in line)


def start(content: Path, translations: Path) -> Flask:
    environ = {"OUTCOME_CONTENT": str(content), "OUTCOME_TRANSLATIONS": str(translations)}
    return create_app(environ, watch=False)


@pytest.mark.parametrize("content", [SMALL, NORTHMARSH], ids=lambda content: content.name)
def test_the_made_up_contents_have_no_faults(content: Path, english: Path) -> None:
    """Otherwise the cases below would prove nothing, and a council would begin with faults."""
    assert check_content(Folders(content, english)) == []


@pytest.mark.parametrize("case", CASES["fault"], ids=lambda case: case["name"])
def test_a_fault_of_truth_is_told_and_stops_a_start(
    case: dict[str, Any], spoil: Spoil, english: Path
) -> None:
    folder = spoil(case["file"], case["find"], case["replace"])

    faults = check_content(Folders(folder, english))

    told = [
        fault for fault in faults if fault.field == case["place"] and case["says"] in fault.problem
    ]
    assert [fault.file for fault in told] == [case["file"]], faults
    assert case["do"] in told[0].remedy
    assert stands_at(told[0], (folder / case["file"]).read_text(encoding="utf-8")), told
    assert not OF_PROGRAMS.search(f"{told[0].problem} {told[0].remedy}"), told
    assert len(faults) == 1 + case.get("also", 0), faults
    with pytest.raises(ContentError) as stopped:
        start(folder, english)
    assert list(stopped.value.faults) == faults


@pytest.mark.parametrize("case", CASES["style"], ids=lambda case: case["name"])
def test_a_fault_of_style_is_told_and_the_site_still_starts(
    case: dict[str, Any], spoil: Spoil, english: Path
) -> None:
    folder = spoil(case["file"], case["find"], case["replace"])

    faults = check_content(Folders(folder, english))

    told = [
        fault for fault in faults if fault.field == case["place"] and case["says"] in fault.problem
    ]
    assert [fault.file for fault in told] == [case["file"]], faults
    assert case["do"] in told[0].remedy
    assert start(folder, english).test_client().get("/en/").status_code == 200


@pytest.mark.parametrize(
    "case",
    [case for kind in CASES.values() for case in kind if "mend" in case],
    ids=lambda case: case["name"],
)
def test_doing_what_the_remedy_says_mends_it(
    case: dict[str, Any], spoil: Spoil, english: Path
) -> None:
    folder = spoil(case["file"], case["find"], case["mend"])

    assert check_content(Folders(folder, english)) == []


EASY = """
[[section.pictured]]
picture = "council"
[section.pictured.text]
id = "home.easy"
text = "{council}: a dog and a small cat and a red hen got this grade: {grade_overall}."
source = "inspectors"
[[section.good]]
id = "home.day"
text = "{report_date} was a good day."
source = "inspectors"
paragraphs = [1]
[[section.good]]"""


@pytest.mark.parametrize(
    ("find", "value"),
    [
        *(('grade = "requires-improvement"', f'grade = "{grade.value}"') for grade in Grade),
        ('name = "Anyshire"', 'name = "St. Anyshire and the Incomparable Municipalities"'),
        ('kind = "date"\nvalue = 2025-02-03', 'kind = "month"\nvalue = 2025-05-03'),
    ],
)
def test_the_value_of_a_fact_is_no_fault_of_style(
    find: str, value: str, spoil: Spoil, english: Path
) -> None:
    """A sentence reads the same under any grade; 'St.' ends none, and 'May' is no verb."""
    spoil("report.toml", find, value)
    folder = spoil("home.toml", "[[section.good]]", EASY)

    assert check_content(Folders(folder, english)) == []


def test_the_three_hardest_sentences_are_named_the_hardest_first(
    spoil: Spoil, english: Path
) -> None:
    hard = ["Accountability", "It is difficult", "Organisational accountability", "Come in"]
    leads = "".join(
        f'[[lead]]\nid = "home.lead-{number}"\ntext = "{text}."\nsource = "site"\n'
        for number, text in enumerate(hard)
    )
    folder = spoil("home.toml", "[[lead]]", f"{leads}[[lead]]")

    (told,) = check_content(Folders(folder, english))

    assert re.findall(r"home\.lead(?:-\d)?", told.problem) == [
        "home.lead-2",
        "home.lead-0",
        "home.lead-1",
    ]


@pytest.mark.parametrize("name", ["con", "for/nul", "lpt1/one"])
def test_a_page_that_windows_could_not_have_is_told(
    name: str, spoil: Spoil, small: Path, english: Path
) -> None:
    page = (small / "help.toml").read_text(encoding="utf-8").replace('"help.', f'"{name}.')
    (small / f"{name}.toml").parent.mkdir(exist_ok=True)
    (small / f"{name}.toml").write_text(page, encoding="utf-8")
    spoil("report.toml", 'order = ["home"', f'order = ["{name}", "home"')

    (told,) = check_content(Folders(small, english))

    assert (told.file, told.problem) == (f"{name}.toml", "Windows can have no file of this name")


def test_a_card_with_a_number_of_somebody_who_has_none_is_told(spoil: Spoil, english: Path) -> None:
    spoil("report.toml", 'phone = "01632 960009"', 'web = "example.org"')
    folder = spoil("help.toml", 'contacts = ["line"]', 'contacts = ["line"]\ncall = true')

    faults = check_content(Folders(folder, english))

    told = [(fault.file, fault.field) for fault in faults]
    assert told == [("help.toml", "section[people].call")]


def test_every_fault_is_told_at_once(spoil: Spoil, english: Path) -> None:
    spoil("report.toml", "date = 2025-02-20", 'date = "soon"')
    spoil("report.toml", 'grade = "requires-improvement"', 'grade = "great"')
    spoil("report.toml", 'status = "planned"', 'state = "planned"')
    folder = spoil("help.toml", "[title]", "title")

    faults = check_content(Folders(folder, english))

    assert [(fault.file, fault.field) for fault in faults] == [
        ("help.toml", ""),
        ("report.toml", "judgement[overall].grade"),
        ("report.toml", "update[train-2025-02-20].date"),
        ("report.toml", "update[train-2025-02-20].state"),
    ]


@pytest.mark.parametrize("file", ["report.toml", "home.toml", "help.toml"])
def test_a_file_that_is_missing_is_told(file: str, small: Path) -> None:
    (small / file).unlink()

    with pytest.raises(ContentError) as stopped:
        load.load(small)

    assert stopped.value.faults[0].file == file


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe\x00", b"[[[", b"title = 1\n\x00", b"x" * 100_000])
def test_a_file_of_junk_is_told_and_nothing_else_breaks(junk: bytes, small: Path) -> None:
    (small / "home.toml").write_bytes(junk)

    with pytest.raises(ContentError) as stopped:
        load.load(small)

    assert {fault.file for fault in stopped.value.faults} == {"home.toml"}
    assert all(fault.remedy for fault in stopped.value.faults)


def test_facts_are_implied_by_other_parts(small: Path) -> None:
    """Nobody needs to write a grade or a number twice."""
    facts = load.load(small).facts

    assert {"council", "updated", "grade_overall", "line", "line_phone"} <= facts.keys()


def test_a_report_cannot_be_changed(small: Path) -> None:
    report = load.load(small)

    with pytest.raises(AttributeError):
        report.council.name = "Elsewhere"  # type: ignore[misc] # the test assigns to a frozen field


def test_without_the_staff_extra_the_check_says_what_to_install(
    small: Path, english: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTCOME_CONTENT", str(small))
    monkeypatch.setenv("OUTCOME_TRANSLATIONS", str(english))
    monkeypatch.setitem(sys.modules, "textstat", None)

    told = CliRunner().invoke(content, ["check"])

    assert told.exit_code == 1
    assert "textstat is not installed. Run: .venv/bin/pip install" in told.stderr


def test_a_publisher_whom_nobody_can_write_to_is_told_where_pages_tell_of_it(
    tmp_path: Path, spoil: Spoil, english: Path
) -> None:
    """Under 'Feedback and contact information', an accessibility statement must have an address."""
    folder = Path(shutil.copytree(NORTHMARSH, tmp_path / "northmarsh"))
    path = folder / "report.toml"
    whole = path.read_text(encoding="utf-8")
    line = next(each for each in whole.splitlines() if each.startswith("publisher_email"))
    path.write_text(whole.replace(line, ""), encoding="utf-8")
    small = spoil("report.toml", 'name = "Anyshire"', 'name = "Anyshire"\npublisher = "Us"')

    (told,) = check_content(Folders(folder, english))
    assert told.field == "council.publisher_email"
    assert "Add a line 'publisher_email = …' to [council]" in told.remedy
    assert start(folder, english).test_client().get("/en/accessibility/").status_code == 200
    assert check_content(Folders(small, english)) == []  # its pages tell nothing of a publisher
