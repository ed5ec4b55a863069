"""What readers get on each page."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from flask import Flask
from house_rules import ALL, PAGES, TRANSLATED, Get, attribute, text_of
from inspection_outcome import create_app
from justhtml import JustHTML


def text(page: JustHTML, selector: str = "main") -> str:
    return " ".join(page.query(selector)[0].to_text(separator="").split())


def test_every_page_of_the_content_is_under_these_tests(app: Flask) -> None:
    names = app.extensions["inspection_outcome"].current().edition.report.pages

    assert sorted([*PAGES, ALL]) == sorted(
        "/en/" if name == "home" else f"/en/{name}/" for name in names
    )


@pytest.mark.parametrize("path", [*PAGES, ALL])
def test_a_page_obeys_the_house_rules_and_every_link_resolves(path: str, get: Get) -> None:
    page = get(path)
    links = {urljoin(path, attribute(link, "href")) for link in page.query("a[href], link[href]")}
    inside = sorted(link for link in links if link.startswith("/"))

    assert len(inside) > 3
    for link in inside:
        to, fragment = urldefrag(link)
        if to.endswith("/"):
            there = get(to)
            assert not fragment or there.query(f'[id="{fragment}"]'), (
                f"{link} leads to no part of {to}"
            )


@pytest.mark.parametrize("path", PAGES)
def test_help_is_one_tap_away_in_the_same_place(path: str, get: Get) -> None:
    second = get(path).query("header a")[1]

    assert (attribute(second, "href"), second.to_text().strip()) == ("/en/help/", "Help")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_where_the_reader_is(path: str, get: Get) -> None:
    current = get(path).query('[aria-current="page"]')

    assert {attribute(link, "href") for link in current} == {path}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_description_and_alternates(path: str, get: Get) -> None:
    page = get(path)

    assert len(attribute(page.query("meta[name=description]")[0], "content")) > 20
    assert {
        (attribute(a, "hreflang"), attribute(a, "href")) for a in page.query("link[hreflang]")
    } == {
        ("en", path),
        *((tag, path.replace("/en/", f"/{tag}/")) for tag in TRANSLATED),
        ("x-default", path),
    }
    assert page.query("link[rel=canonical]") == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_that_it_is_not_official_and_how_fresh_it_is(path: str, get: Get) -> None:
    foot = text(get(path), "footer")

    assert "not the council’s official statement" in foot
    assert "We last changed this site on 25 November 2026." in foot
    assert "licensed under the Open Government Licence v3.0" in foot


@pytest.mark.parametrize("path", PAGES)
def test_a_page_ends_with_what_to_read_next(path: str, get: Get) -> None:
    last = get(path).query("main a")[-1]

    assert last.to_text().startswith("Next:")
    assert attribute(last, "href") in PAGES


def test_the_menu_has_at_most_six_entries(get: Get) -> None:
    assert 3 < len(get("/en/").query("header .wide a")) <= 6


def test_every_page_is_in_the_footer(get: Get) -> None:
    links = [attribute(link, "href") for link in get("/en/").query("footer nav a")]

    assert sorted(links) == sorted([*PAGES, ALL])


def test_everything_is_on_one_page(get: Get) -> None:
    """The page for printing and reading aloud has each page's h1 and its sections' headings."""
    everything = {text_of(heading) for heading in get(ALL).query("h2, h3, h4")}

    for path in PAGES:
        page = get(path)
        wanted = {text_of(heading) for heading in page.query("h1, section h2")}
        assert wanted - everything <= {"On this page", "Who do you need?", "Which one is you?"}


def test_the_timeline_is_in_order_and_says_what_happened(get: Get) -> None:
    events = [text_of(event) for event in get("/en/inspection/").query(".timeline li")]

    assert [
        event.split(" The ")[0].split(" Ofsted")[0].split(" Inspectors")[0].split(" They")[0]
        for event in events
    ] == [
        "2019",
        "Monday, 17 April 2023",
        "24–28 April 2023",
        "28 April 2023",
        "15 June 2023",
        "7 September 2023",
    ]


def test_care_leavers_are_answered_first(get: Get) -> None:
    first = text_of(get("/en/for/care-leavers/").query("main p")[0])

    assert (
        first
        == "Did a letter say that you are ‘closed’? You can come back and ask until you turn 25."
    )


def test_the_accessibility_statement_has_the_law_s_headings_and_is_linked_from_every_page(
    get: Get,
) -> None:
    headings = [text_of(heading) for heading in get("/en/accessibility/").query("h2")]

    assert headings == [
        "Compliance status",
        "Non-accessible content",
        "Preparation of this accessibility statement",
        "Feedback and contact information",
        "Enforcement procedure",
    ]
    for path in [*PAGES, ALL]:
        assert "/en/accessibility/" in [
            attribute(link, "href") for link in get(path).query("footer a")
        ]


def test_the_accessibility_statement_was_tested_after_the_last_change(app: Flask) -> None:
    """Its count of pages is also right."""
    report = app.extensions["inspection_outcome"].current().edition.report

    assert report.facts["accessibility_tested"].value >= report.site.updated
    assert report.facts["pages_count"].value == len(PAGES) + 1


def test_a_publisher_is_named_where_there_is_one(spoil: Callable[[str, str, str], Path]) -> None:
    folder = spoil(
        "report.toml", 'name = "Anyshire"', 'name = "Anyshire"\npublisher = "Anyshire Council"'
    )
    spoil(
        "report.toml",
        'publisher = "Anyshire Council"',
        'publisher = "Anyshire Council"\npublisher_email = "a@b.uk"',
    )
    spoil("help.toml", 'contacts = ["line"]', 'shows = "publisher"')
    page = (
        create_app({"OUTCOME_CONTENT": str(folder)}, watch=False)
        .test_client()
        .get("/en/help/")
        .text
    )

    assert "This site is published by Anyshire Council." in page
    assert '<a href="mailto:a@b.uk" dir="ltr">' in page
    assert "official statement" not in page


def test_home_gives_both_answers_in_the_same_form(get: Get) -> None:
    cards = [text_of(card) for card in get("/en/").query(".cards .card")]

    assert cards[0].startswith("Overall Outstanding")
    assert cards[1].startswith("Care leavers Good")
    assert "2 things must get better" in cards[1]


def test_home_has_a_door_for_each_reader(get: Get) -> None:
    doors = [text_of(door) for door in get("/en/").query(".doors a")]

    assert doors == [
        "I am a care leaver",
        "I am in care",
        "I came to the UK without a parent or carer",
        "I have a social worker and live at home",
        "I am a parent",
        "I am a foster or kinship carer",
    ]


def test_each_grade_is_said_in_words_beside_its_picture(get: Get) -> None:
    verdicts = {
        attribute(section, "id"): text_of(section.query(".verdict")[0])
        for section in get("/en/results/").query("section")
        if section.query(".verdict")
    }

    assert {id_: said.split("Grade: ")[1].split(" ")[0] for id_, said in verdicts.items()} == {
        "overall": "Outstanding",
        "help-and-protection": "Outstanding",
        "in-care": "Outstanding",
        "care-leavers": "Good",
        "leaders": "Outstanding",
    }
    assert all("about the service, not about you" in said for said in verdicts.values())


def test_the_grade_before_is_given_only_where_it_can_be_compared(get: Get) -> None:
    said = {
        attribute(section, "id"): text_of(section)
        for section in get("/en/results/").query("section")
        if section.query(".verdict")
    }

    assert "In 2019 it was: Outstanding." in said["overall"]
    assert "In 2019 it was: Good." in said["help-and-protection"]
    assert "In 2019 it was: Outstanding." in said["leaders"]
    for id_ in ("in-care", "care-leavers"):
        assert "In 2019 it was" not in said[id_]
        assert "this grade cannot be compared with it" in said[id_]
        assert "In 2019, children in care and care leavers shared one grade" in said[id_]


def test_the_picture_has_somebody_on_the_step_and_the_year_under_the_earlier_one(get: Get) -> None:
    """The picture is drawn from the facts: step 4 in 2023, step 3 in 2019."""
    picture = get("/en/results/").query("#help-and-protection .stairs")[0]
    steps = [attribute(step, "class") for step in picture.query("rect")]
    years = {text_of(year): attribute(year, "x") for year in picture.query(".year")}
    under = {text_of(number): attribute(number, "x") for number in picture.query("text:not(.year)")}

    assert steps == ["below", "below", "below", "reached"]
    assert years == {"2023": under["4"], "2019": under["3"]}
    assert attribute(picture, "aria-hidden") == "true"


@pytest.mark.parametrize("path", PAGES)
def test_every_part_with_facts_says_where_it_comes_from(path: str, get: Get) -> None:
    """Only the site's own sections have no source.

    These are links, advice, explanations of words, and what the site says about itself.
    """
    bare = {attribute(s, "id") for s in get(path).query("section") if not s.query("details.from")}

    assert bare == OWN.get(path, bare if path == "/en/words/" else set())


OWN = {
    "/en/": {"you"},
    "/en/results/": {"contents"},
    "/en/for/in-care/": {"move", "rights"},
    "/en/for/came-alone/": {"unknown"},
    "/en/for/at-home/": {"ask", "rights"},
    "/en/for/parents/": {"ask", "complain"},
    "/en/for/carers/": {"watch", "rights"},
    "/en/help/": {"contents", "numbers"},
    "/en/progress/": {"follow"},
    "/en/about/": {"publisher", "fresh", "languages", "privacy"},
    "/en/accessibility/": {"status", "not", "preparation", "feedback", "enforcement"},
}


def test_a_source_is_named_with_its_paragraphs(get: Get) -> None:
    details = get("/en/results/").query("#leaders details")[0]
    told = " ".join(details.to_text(separator="", strip=False).split())

    assert told.startswith("Where this comes from: Leaders")
    assert (
        "What was good: Ofsted’s report on Lincolnshire, 15 June 2023, paragraphs 55, 56, 57"
        in told
    )
    assert (
        "What was not good enough: Ofsted’s report on Lincolnshire, 15 June 2023, paragraph 63"
        in told
    )
    assert {attribute(link, "href") for link in details.query("a")} == {
        "https://files.ofsted.gov.uk/v1/file/50219720"
    }


def test_help_puts_danger_first(get: Get) -> None:
    page = get("/en/help/")

    assert page.query("main section h2")[0].to_text() == "Someone is in danger now"
    assert attribute(page.query("main section a[href^=tel]")[0], "href") == "tel:18000"
    assert attribute(page.query("main section .button")[0], "href") == "tel:999"


NUMBERS = [
    "tel:999",
    "tel:18000",
    "tel:08001111",
    "sms:85258?body=SHOUT",
    "tel:116123",
    "tel:111",
    "tel:08088005000",
    "tel:08000232033",
    "tel:08088005792",
    "tel:08005280731",
    "tel:08088010366",
    "tel:01522782111",
    "tel:01522782333",
    "tel:01522575955",
    "tel:03001231231",
    "tel:03000610614",
    "mailto:enquiries@ofsted.gov.uk",
    "https://999bsl.co.uk",
    "https://childline.org.uk",
    "https://samaritans.org",
    "https://nspcc.org.uk",
    "https://becomecharity.org.uk",
    "https://coramvoice.org.uk",
    "https://frg.org.uk",
    "https://lgo.org.uk",
    "https://childrenscommissioner.gov.uk/help-at-hand",
    "https://refugeecouncil.org.uk",
]


def test_help_has_every_way_to_reach_someone(get: Get) -> None:
    """Each contact of the facts' table 'Who to talk to' is a link."""
    links = {attribute(link, "href") for link in get("/en/help/").query("main section a")}

    assert set(NUMBERS) - links == set()
    assert {link for link in links if not link.startswith(("#", "/"))} == set(NUMBERS)


def test_help_says_what_it_cannot_do(get: Get) -> None:
    said = text(get("/en/help/"))

    assert "We cannot read messages here." in said
    assert "We have not rung them." in said
    assert "Your phone still remembers that you were here." in said


def test_help_can_be_left_for_somewhere_neutral(get: Get) -> None:
    leave = next(
        link for link in get("/en/help/").query("a") if link.to_text() == "Leave this page"
    )

    assert attribute(leave, "href") == "https://www.bbc.co.uk/weather"


def test_nobody_is_sent_to_a_named_officer(get: Get) -> None:
    assert [path for path in PAGES if "janet" in text(get(path)).lower()] == ["/en/about/"]


def test_nothing_about_this_council_is_in_code_or_templates() -> None:
    """Another council only has to replace the content folder."""
    package = Path(__file__).parent.parent.parent / "site" / "inspection_outcome"
    named = [
        path.name
        for path in package.rglob("*")
        if path.suffix in {".py", ".html", ".toml", ".css", ".svg"}
        and "lincoln" in path.read_text(encoding="utf-8").lower()
    ]

    assert named == []
