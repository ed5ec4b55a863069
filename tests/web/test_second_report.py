"""The report of a made-up council, which has what the shipped one has not.

The lowest grades, thirteen areas, a publisher; and, without some of its parts, a report with no
inspection before and no update, or with no step at all.
"""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import frozen_site
import pytest
from flask.testing import FlaskClient
from frozen_site import ALL, PAGES
from house_rules import Get, attribute, inspect, text_of
from inspection_outcome.authoring.faults import check_content
from inspection_outcome.edition import Folders
from inspection_outcome.report import load
from justhtml import JustHTML
from pseudo_locales import NORTHMARSH

LATER = (
    "[[update]]",
    "[comparison]",
    'shows = "before"',
    'shows = "councils"',
    'source = "made-up-earlier"',
    'source = "made-up-list"',
    'source = "made-up-news"',
    *(f'[[source]]\nid = "made-up-{name}"' for name in ("earlier", "list", "news", "page")),
    *(f"[facts.{name}]" for name in ("news_date", "shared_grade")),
)
"""What begins the parts of Northmarsh's content that a council's first report has not."""
EMPTY = """
[[section]]
id = "must"
shows = "areas"
[section.heading]
id = "help.must"
text = "What must get better"
source = "site"
"""
"""A section that shows nothing where nothing must get better."""


def without(content: Path, parts: Iterable[str]) -> None:
    """Take the parts out of a copy of the content that have one of these texts."""
    for path in content.rglob("*.toml"):
        kept = path.read_text(encoding="utf-8").split("\n\n")
        kept = [part for part in kept if not any(text in part for text in parts)]
        path.write_text("\n\n".join(kept), encoding="utf-8")


@pytest.fixture(scope="module")
def bare(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of Northmarsh with no inspection before, comparison or update."""
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path_factory.mktemp("bare") / "content"))
    report = copy / "report.toml"
    earlier = r"(?m)^earlier = .*\n|^\[judgement\.earlier_note\]\n(?:.+\n)+"
    report.write_text(re.sub(earlier, "", report.read_text(encoding="utf-8")), encoding="utf-8")
    without(copy, LATER)
    return frozen_site.create(translations, content=copy).test_client()


def said(page: JustHTML, selector: str = "main") -> str:
    return text_of(page.query(selector)[0])


def test_nothing_of_the_shipped_report_is_on_a_page(client: FlaskClient) -> None:
    words = re.compile(r"lincoln|barnardo|v4c|01522|\b2019\b|\b2023\b")
    found = {
        path: words.findall(client.get(path).text.lower())
        for path in [*PAGES, ALL, "/en/none/", "/en/site.webmanifest", "/en/progress.atom"]
    }

    assert {path: words for path, words in found.items() if words} == {}


def test_the_lowest_grades_are_told_as_calmly_as_the_highest(get: Get) -> None:
    overall, in_care = (text_of(card) for card in get("/en/").query(".cards .card"))

    assert overall == (
        "Overall Inadequate The grade went down. "
        "The lowest step: there are widespread or serious failures."
    )
    assert in_care.startswith(
        "Children in care Requires improvement to be good Two steps below the top:"
    )


def test_a_card_says_how_the_grade_changed_where_it_may_be_compared(
    translations: Path, tmp_path: Path
) -> None:
    """And then the page names the report that gave the grade before."""
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    home = copy / "home.toml"
    words = home.read_text(encoding="utf-8")
    told = {}
    for ids in ('"overall", "help-and-protection", "leaders"', '"in-care"'):
        home.write_text(words.replace('"overall", "in-care"', ids), encoding="utf-8")
        page = JustHTML(
            frozen_site.create(translations, content=copy).test_client().get("/en/").text,
            sanitize=False,
        )
        told[ids] = [
            [text_of(each) for each in page.query(place)]
            for place in (".cards .change", ".from ul:first-of-type b")
        ]

    assert [*told.values()] == [
        [
            ["The grade went down.", "The grade stayed the same.", "The grade went up."],
            ["The grade:", "The grade before:"],
        ],
        [[], ["The grade:"]],
    ]


def test_without_an_inspection_before_nothing_is_compared(bare: FlaskClient) -> None:
    for path in [*PAGES, ALL]:
        main = bare.get(path).text.split("<main")[1]
        assert "2022" not in main
        assert "it was:" not in main
        assert "The grade went" not in main
        assert 'class="year' not in main


def test_without_an_update_nothing_is_known_and_that_is_said(bare: FlaskClient) -> None:
    page = JustHTML(bare.get("/en/progress/").text, sanitize=False)

    assert said(page, "#summary").startswith(
        "How far has the council got? "
        "13 things must get better. 11 things have no step of their own, "
        "as far as we know. "
        "We count: 4 steps not known. No report here says how far the steps are."
    )
    assert [text_of(each) for each in page.query(".action .status")] == ["Not known"] * 4
    assert said(page).count("There is no report on this step here yet.") == 4
    assert page.query(".history") == []
    assert "calls a step finished" not in said(page)
    assert "old" not in said(page).split()
    assert "No report here says how far the steps are." in bare.get("/en/about/").text
    report = bare.get("/report.json").get_json()
    assert (report["earlier_year"], report["councils"], report["updates"]) == (None, None, [])


@pytest.fixture(scope="module")
def first_weeks(translations: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of Northmarsh as it is before the council says what it will do."""
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path_factory.mktemp("first") / "content"))
    without(copy, ("[[action]]", "[[update]]"))
    return frozen_site.create(translations, content=copy).test_client()


def test_without_a_step_that_is_said_and_no_heading_stands_empty(first_weeks: FlaskClient) -> None:
    """The page about the site has nothing to say of how old reports are, so no heading for it."""
    pages = {path: JustHTML(first_weeks.get(path).text, sanitize=False) for path in [*PAGES, ALL]}

    assert said(pages["/en/progress/"], "#summary").startswith(
        "How far has the council got? "
        "13 things must get better. We know no step of the council yet. How soon help comes "
    )
    assert "only for this" not in said(pages["/en/progress/"])
    assert said(pages["/en/"], "#next") == (
        "What happens next The council wrote down what it will do. "
        "We know no step of the council yet."
    )
    assert pages["/en/about/"].query("#fresh") == []
    assert pages["/en/about/"].query("#languages") != []
    for path, page in pages.items():
        for section in page.query("section"):
            assert len(section.query("section > *")) > 1, (path, text_of(section))


def test_where_nothing_must_get_better_a_step_is_no_other_step(
    translations: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    without(copy, ("[[area]]", "[area.why]", 'area = "', '= "workers"', '= "rewrite"'))
    response = frozen_site.create(translations, content=copy).test_client().get("/en/progress/")
    page, broken = inspect(response.text, response.headers)

    assert broken == []
    assert said(page, ".ledger").startswith(
        "We count: 1 step not known. No report here says how far the steps are. "
        "Tell everybody each month how it goes"
    )


def test_where_nothing_must_get_better_no_part_of_a_page_is_about_it(
    translations: Path, tmp_path: Path
) -> None:
    """Nor does a list of links lead to it."""
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    without(copy, ("[[action]]", "[[update]]", "[[area]]", "[area.why]"))
    with (copy / "help.toml").open("a", encoding="utf-8") as file:
        file.write(EMPTY)
    client = frozen_site.create(translations, content=copy).test_client()
    pages = {
        path: JustHTML(client.get(path).text, sanitize=False)
        for path in ("/en/", "/en/progress/", "/en/help/", ALL)
    }

    for path, kept in (("/en/", "you grades next"), ("/en/progress/", "follow before")):
        assert [attribute(each, "id") for each in pages[path].query("section")] == kept.split()
    assert [attribute(link, "href") for link in pages["/en/help/"].query(".contents a")] == [
        "#people"
    ]
    assert pages["/en/"].query(".top-of-page .must") == []
    assert "What must get better" not in said(pages[ALL])


def test_a_site_with_a_publisher_is_official(get: Get) -> None:
    assert "official statement" not in said(get("/en/"), "footer")
    assert "This site is published by Northmarsh Council." in said(get("/en/about/"))
    assert "Open Government Licence" not in said(get("/en/"), "footer")


def test_what_is_made_up_is_named_once_its_sources_are_gone(
    tmp_path: Path, translations: Path
) -> None:
    """So a council that starts from this content cannot keep a made-up sentence by mistake."""
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    without(copy, ['[[source]]\nid = "made-up-'])

    named = {
        fault.field.split(".source")[0] for fault in check_content(Folders(copy, translations))
    }

    report = load.load(NORTHMARSH)
    made_up = [source.id for source in report.sources if source.id.startswith("made-up-")]
    told = {sentence.id for _, sentence in report.sentences() if sentence.source in made_up}
    values = {f"facts.{name}" for name, fact in report.facts.items() if fact.source in made_up}
    assert len(made_up) == 6
    assert len(told) > 40
    assert named == told | values | {"inspection", "inspection.earlier", "comparison"}
