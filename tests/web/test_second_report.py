"""Another council's report: nothing about the shipped report is in code or templates.

See also test_any_report.py.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from house_rules import attribute, text_of
from inspection_outcome import create_app
from inspection_outcome.commands.content_check import check_content
from inspection_outcome.edition import Folders
from inspection_outcome.report import load
from inspection_outcome.settings import Settings
from justhtml import JustHTML
from pseudo_locales import SECOND, pages_of

pytestmark = pytest.mark.slow

PAGES = pages_of(SECOND)
Read = Callable[[str], JustHTML]


@pytest.fixture(scope="module")
def second() -> FlaskClient:
    return create_app({"OUTCOME_CONTENT": str(SECOND)}, watch=False).test_client()


@pytest.fixture
def read(second: FlaskClient) -> Read:
    return lambda path: JustHTML(second.get(path).text, sanitize=False)


def said(page: JustHTML, selector: str = "main") -> str:
    return text_of(page.query(selector)[0])


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_the_shipped_report_is_on_a_page(path: str, read: Read) -> None:
    html = read(path).to_html().lower()

    assert [
        word for word in ("lincoln", "2023", "2019", "barnardo", "v4c", "01522") if word in html
    ] == []


def test_the_lowest_grades_are_told_as_calmly_as_the_highest(read: Read) -> None:
    overall, in_care = (text_of(card) for card in read("/en/").query(".cards .card"))

    assert overall.startswith(
        "Overall Inadequate 1 2 3 4 The lowest step: there are widespread or serious failures."
    )
    assert in_care.startswith(
        "Children in care Requires improvement to be good 1 2 3 4 Two steps below the top:"
    )


def test_each_card_leads_to_what_must_get_better_or_to_what_was_found(read: Read) -> None:
    links = [attribute(link, "href") for link in read("/en/").query(".cards .card a")]
    everything = [attribute(link, "href") for link in read("/en/all/").query(".cards .card a")]

    assert links == ["/en/results/#overall", "#must"]
    assert everything == ["/en/results/#overall", "#home-must"]


def test_somebody_stands_on_the_step_that_was_reached(read: Read) -> None:
    stairs = [
        [attribute(step, "class") for step in picture.query("rect")]
        for picture in read("/en/").query(".cards .stairs")
    ]

    assert stairs == [
        ["reached", "above", "above", "above"],
        ["below", "reached", "above", "above"],
    ]


def test_without_an_inspection_before_nothing_is_compared(read: Read) -> None:
    for path in PAGES:
        html = read(path).to_html()
        assert "In 20" not in html.split("<main")[1].replace("In 2026", "")
        assert 'class="year' not in html


def test_without_an_update_nothing_is_known_and_that_is_said(read: Read) -> None:
    page = read("/en/progress/")

    assert said(page, "#summary").startswith(
        "How far has the council got? 3 steps not known. "
        "Not known No report here says how far the steps are."
    )
    assert [text_of(action.query("p")[0]) for action in page.query(".action")] == ["Not known"] * 3
    assert said(page).count("There is no report on this step here yet.") == 3
    assert page.query(".history") == []
    assert "steps done" not in said(page)
    assert "old" not in said(page).split()


def test_three_areas_each_with_whom_to_ask(read: Read) -> None:
    areas = read("/en/progress/").query(".area")

    assert [text_of(area.query("h3")[0]) for area in areas] == [
        "How soon help comes",
        "Plans for children in care",
        "How leaders check the work",
        "Other steps",
    ]
    assert "The report names no step that is only for this." in text_of(areas[2])
    for area in areas:
        assert [attribute(link, "href") for link in area.query(".ask a")] == [
            "tel:01632960002",
            "mailto:hello@northmarsh.example",
        ]


def test_a_site_with_a_publisher_is_official(read: Read) -> None:
    assert "official statement" not in said(read("/en/"), "footer")
    assert "This site is published by Northmarsh Council." in said(read("/en/about/"))
    assert "Open Government Licence" not in said(read("/en/"), "footer")


def test_what_is_made_up_is_named_once_its_sources_are_gone(tmp_path: Path) -> None:
    """So a council that starts from this content cannot keep a made-up sentence by mistake."""
    copy = Path(shutil.copytree(SECOND, tmp_path / "content"))
    text = (copy / "report.toml").read_text(encoding="utf-8")
    for id_ in ("made-up-report", "made-up-plan"):
        start = text.index(f'[[source]]\nid = "{id_}"')
        text = text[:start] + text[text.index("\n\n", start) :]
    (copy / "report.toml").write_text(text, encoding="utf-8")

    named = {
        fault.field.split(".source")[0]
        for fault in check_content(Folders(copy, Settings().translations))
    }

    report = load.load(SECOND)
    told = {
        sentence.id for _, sentence in report.sentences() if sentence.source.startswith("made-up")
    }
    values = {
        f"facts.{name}" for name, fact in report.facts.items() if fact.source.startswith("made-up")
    }
    assert len(told) > 40
    assert named == told | values | {"inspection"}
