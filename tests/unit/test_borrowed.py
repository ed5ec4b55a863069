"""`flask content check` names what a council took over from another's site, as if it were its own.

Other sites stand in for those that are shipped, which staff change.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from inspection_outcome.commands import content_check
from inspection_outcome.commands.content import content
from inspection_outcome.report import borrowed as module
from inspection_outcome.report import load
from inspection_outcome.report.borrowed import borrowed
from inspection_outcome.report.errors import ContentError
from inspection_outcome.report.model import Report
from msgspec import structs
from pseudo_locales import NORTHMARSH

Spoil = Callable[[str, str, str], Path]
TESTED = (
    '[facts.tested]\nkind = "date"\nvalue = 2025-02-28\nsource = "publisher"\n\n[facts.schools]'
)
ASKED = 'text = "We have asked nobody yet."'
WHO = 'text = "For anyone in {council}."'
WHY = 'text = "Some were not clear."'
LEAD = 'text = "Inspectors came on {visit}. You can [talk to someone](page:help)."'


@pytest.fixture(scope="module")
def northmarsh() -> Report:
    return load.load(NORTHMARSH)


def test_what_tells_of_another_council_is_named_and_what_holds_for_all_is_not(
    northmarsh: Report,
) -> None:
    sentences = {each.id: each for _, each in northmarsh.sentences()}

    named = {fault.field for fault in borrowed(northmarsh, northmarsh)} & sentences.keys()

    assert {id_ for id_, each in sentences.items() if each.paragraphs} <= named
    assert {sentences[id_].source for id_ in named} == {
        *("made-up-report", "made-up-earlier", "made-up-plan", "made-up-page", "made-up-news"),
        "publisher",
    }
    assert not {each.name.id for each in northmarsh.judgements} & named


def test_a_list_of_councils_says_of_each_how_many_there_are_and_no_more(
    northmarsh: Report,
) -> None:
    """What it says of one council is not true of the next."""
    assert northmarsh.comparison
    comparison = structs.replace(northmarsh.comparison, source="made-up-news")
    of_news = structs.replace(northmarsh, comparison=comparison)

    assert "results.councils-text" not in {each.field for each in borrowed(northmarsh, northmarsh)}
    assert "report.update-workers-begun" in {each.field for each in borrowed(of_news, of_news)}


def test_the_numbers_and_words_of_a_councils_own_people_are_named_whatever_their_source(
    northmarsh: Report,
) -> None:
    """But not its plain name, nor who helps everywhere."""
    contacts = tuple(
        structs.replace(
            each,
            who=structs.replace(each.who, source="facts"),
            published_by=structs.replace(each.published_by, source="facts"),
        )
        for each in northmarsh.contacts
    )
    found = borrowed(structs.replace(northmarsh, contacts=contacts), northmarsh)
    told = {each.field: each.problem for each in found}

    assert told["contact[council].phone"] == "this is the number of Northmarsh"
    assert told["contact[council].email"] == "this is the address of Northmarsh"
    assert {"report.council-who", "report.council-published", "contact[line].web"} <= told.keys()
    assert "report.council" not in told
    assert not [each for each in told if "emergency" in each]


@pytest.fixture
def check(
    small: Path, english: Path, tmp_path: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], str]:
    """Return a function that checks a copy of Anyshire's site, of which only the name is changed.

    Anyshire tells also on which day its site was tested, whom it asked, and of people of its own.
    Its files are so short that none counts as copied whole, but where a test says so.
    """
    monkeypatch.setattr(module, "_COPIED", 100)
    spoil("report.toml", "[facts.schools]", TESTED)
    spoil("report.toml", 'text = "For anyone."', WHO)
    asked = f'{ASKED}\nsource = "publisher"'
    spoil("home.toml", 'text = "How good the help is."\nsource = "site"', asked)
    original = Path(shutil.copytree(small, tmp_path / "original"))
    spoil("report.toml", '"Anyshire"', '"Ourshire"')
    monkeypatch.setattr(content_check, "_TO_COPY", (tmp_path / "deleted", original))
    environ = {"OUTCOME_CONTENT": str(small), "OUTCOME_TRANSLATIONS": str(english)}
    return lambda: CliRunner().invoke(content, ["check"], env=environ).output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "find", "mend", "place"),
    [
        ("home.toml", LEAD, 'text = "[Talk to someone](page:help)."', "home.lead"),
        ("report.toml", WHY, 'text = "Most were good."', "report.area-plans-why"),
        ("report.toml", "value = 2025-02-28", "value = 2026-03-31", "facts.tested"),
        ("report.toml", "[facts.tested]", "[facts.our_tests]", "facts.tested"),
        ("home.toml", ASKED, 'text = "Nobody was asked."', "home.description"),
        ("report.toml", "01632 960009", "01632 960008", "contact[line].phone"),
        ("report.toml", WHO, 'text = "For all of you."', "report.line-who"),
    ],
    ids=[
        *("a long sentence", "a short one", "a day", "a day that is the same by chance"),
        *("what was done", "a number", "whom somebody is for"),
    ],
)
def test_what_was_taken_over_is_named_until_it_is_written_anew(
    file: str, find: str, mend: str, place: str, check: Callable[[], str], spoil: Spoil
) -> None:
    before = check()
    spoil(file, find, mend)
    after = check()

    assert f"{place}: this is " in before
    assert "the site of Anyshire" in before
    assert f"{place}: this is " not in after
    assert len(after) < len(before)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "find", "change", "place"),
    [
        (
            "home.toml",
            LEAD,
            'text = "Inspectors came on: **you can talk to someone!**"',
            "home.lead",
        ),
        ("home.toml", 'source = "inspectors"', 'source = "facts"', "home.lead"),
        ("report.toml", "01632 960009", "0163296 0009", "contact[line].phone"),
    ],
    ids=["other marks, links and facts", "a source that holds for all", "other spaces"],
)
def test_no_change_of_form_makes_it_ones_own(
    file: str, find: str, change: str, place: str, check: Callable[[], str], spoil: Spoil
) -> None:
    spoil(file, find, change)

    assert f"{place}: this is " in check()


@pytest.mark.slow
def test_a_number_is_known_as_a_fact_too(check: Callable[[], str], spoil: Spoil) -> None:
    ours = '[facts.desk]\nkind = "phone"\nvalue = "01632 960009"\nsource = "inspectors"\n\n'
    spoil("report.toml", "01632 960009", "01632 960008")
    spoil("report.toml", "[facts.schools]", f"{ours}[facts.schools]")

    assert "facts.desk: this is the number of Anyshire" in check()


@pytest.mark.slow
def test_a_sentence_under_another_id_is_known_if_it_is_not_short(
    check: Callable[[], str], spoil: Spoil
) -> None:
    spoil("home.toml", 'id = "home.lead"', 'id = "home.begin"')
    spoil("report.toml", 'id = "report.area-plans-why"', 'id = "report.area-plans-reason"')

    assert "home.begin: this is word for word" in check()
    assert "report.area-plans-reason" not in check()


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["", "[nothing]\n"], ids=["loads", "does not load"])
def test_a_file_that_was_copied_is_told_first_and_alone(
    broken: str, check: Callable[[], str], spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what it lacks in the other files would be asked for, also if nothing loads."""
    monkeypatch.setattr(module, "_COPIED", 2)
    spoil("report.toml", '[[source]]\nid = "inspectors"', f'{broken}[[source]]\nid = "inspectors"')
    spoil("help.toml", 'text = "People"', 'text = "TODO: people"')
    told = check().splitlines()
    copied = [each for each in told if "this is the file of Anyshire" in each]

    assert [told.index(each) for each in copied] == [1, 3]
    assert re.fullmatch(
        r"report\.toml: this is the file of Anyshire: \d+ of its \d+ sentences are from there",
        copied[1],
    )
    assert told[2].strip() == "Put yours back, and write in it what your own documents say."
    assert [each for each in told[4:] if each.startswith("report.toml")] == []
    assert [each for each in told if "help.toml line" in each]


@pytest.mark.slow
def test_what_every_site_begins_with_is_nobodys(
    check: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its id."""
    begun = LEAD.removeprefix('text = "').removesuffix('"')
    monkeypatch.setattr(content_check, "_begun_with", lambda: {begun})

    assert "home.lead" not in check()


@pytest.mark.slow
def test_the_sites_to_copy_from_are_not_compared_with_each_other(
    check: Callable[[], str], spoil: Spoil
) -> None:
    spoil("report.toml", '"Ourshire"', '"Anyshire"')

    assert check().endswith("No faults.\n")


def test_no_other_source_is_offered_for_what_is_made_up(small: Path, spoil: Spoil) -> None:
    """Else the site would say of a true document what was made up."""
    spoil("home.toml", 'source = "inspectors"', 'source = "made-up-report"')
    text = (small / "report.toml").read_text(encoding="utf-8")
    spoil("report.toml", text, text.replace('source = "inspectors"', 'source = "made-up-report"'))

    with pytest.raises(ContentError) as told:
        load.load(small)

    faults = [each for each in told.value.faults if "no source 'made-up" in each.problem]
    assert {"home.lead", "facts.visit.source"} <= {each.field for each in faults}
    assert {each.remedy[:47] for each in faults} == {
        "This is of the made-up council: write it anew f"
    }
