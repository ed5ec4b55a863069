"""What readers get on each page."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import frozen_site
import pytest
from frozen_site import ALL, PAGES, TRANSLATED
from house_rules import Get, attribute, text_of
from inspection_outcome import create_app
from justhtml import JustHTML
from pseudo_locales import NORTHMARSH


def text(page: JustHTML, selector: str = "main") -> str:
    return " ".join(page.query(selector)[0].to_text(separator="").split())


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

    assert len(attribute(page.query("meta[name=description]")[0], "content")) > 10
    assert {
        (attribute(a, "hreflang"), attribute(a, "href")) for a in page.query("link[hreflang]")
    } == {
        ("en", path),
        *((tag, path.replace("/en/", f"/{tag}/")) for tag in TRANSLATED),
        ("x-default", path),
    }
    assert page.query("link[rel=canonical]") == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_how_fresh_it_is(path: str, get: Get) -> None:
    foot = text(get(path), "footer")

    assert "We last changed this site on 2 March 2026." in foot
    assert "official statement" not in foot
    assert "Open Government Licence" not in foot


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/en/help/"])
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

    assert events == [
        "2022 The inspection before.",
        "12–23 January 2026 Inspectors were here.",
        "16 February 2026 Ofsted put its report on its website.",
        "27 February 2026 The council wrote its plan.",
    ]


def test_the_accessibility_statement_is_linked_from_every_page(get: Get) -> None:
    for path in [*PAGES, ALL]:
        assert "/en/accessibility/" in [
            attribute(link, "href") for link in get(path).query("footer a")
        ]


def test_a_site_without_a_publisher_is_not_official(small: Path) -> None:
    client = create_app({"OUTCOME_CONTENT": str(small)}, watch=False).test_client()
    page = JustHTML(client.get("/en/help/").text, sanitize=False)

    assert "not the council’s official statement" in text(page, "footer")


def test_a_publisher_can_be_written_to(get: Get) -> None:
    page = get("/en/about/")

    assert "This site is published by Northmarsh Council." in text(page)
    assert page.query('a[href="mailto:hello@northmarsh.example"][dir="ltr"]')


def test_a_licence_is_named_where_a_source_has_one(spoil: Callable[[str, str, str], Path]) -> None:
    folder = spoil("report.toml", 'id = "inspectors"\n', 'id = "inspectors"\nlicence = "ogl"\n')
    client = create_app({"OUTCOME_CONTENT": str(folder)}, watch=False).test_client()

    assert "licensed under the Open Government Licence v3.0" in text(
        JustHTML(client.get("/en/").text, sanitize=False), "footer"
    )


def test_home_gives_both_answers_in_the_same_form(get: Get) -> None:
    page = get("/en/")
    cards = [text_of(card) for card in page.query(".cards .card")]
    (must,) = page.query(".top-of-page .must")

    assert cards[0].startswith("Overall Inadequate")
    assert cards[1].startswith("Children in care Requires improvement to be good")
    assert text_of(must) == "13 things must get better"
    assert attribute(must.query("a")[0], "href") == "#must"


def test_home_names_the_grade_that_all_that_must_get_better_belongs_to_if_it_is_one(
    translations: Path, tmp_path: Path
) -> None:
    content = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    report = content / "report.toml"
    text = re.sub(r"(?m)^judgement = .*", 'judgement = "leaders"', report.read_text("utf-8"))
    report.write_text(text, encoding="utf-8")
    html = frozen_site.create(translations, content=content).test_client().get("/en/").text
    (must,) = JustHTML(html, sanitize=False).query(".top-of-page .must")

    assert text_of(must) == "13 things must get better . Leaders"


def test_home_has_a_door_for_each_reader_with_the_picture_of_the_page_behind_it(get: Get) -> None:
    doors = {
        text_of(door): attribute(door.query("use")[0], "href")
        for door in get("/en/").query(".doors a")
    }
    behind = get("/en/for/care-leavers/").query(".picture use")[0]

    assert doors == {
        "I am a care leaver": "/pictures.svg#care-leaver",
        "I look after a child": "/pictures.svg#carer",
    }
    assert attribute(behind, "href") == doors["I am a care leaver"]


def test_each_grade_is_said_in_words_beside_its_picture(get: Get) -> None:
    said = {}
    for section in get("/en/results/").query("section"):
        for line in section.query("section > .line"):
            steps = [attribute(step, "class") for step in line.query("rect")]
            word = text_of(line).split("Grade: ")[1].split(" ")[0]
            said[attribute(section, "id")] = (word, steps)

    lowest = ("Inadequate", ["reached", "above", "above", "above"])
    second = ("Requires", ["below", "reached", "above", "above"])
    assert said == {
        "overall": lowest,
        "help-and-protection": lowest,
        "in-care": second,
        "care-leavers": second,
        "leaders": second,
    }


def test_a_judgement_may_say_what_its_own_grade_means_and_the_scale_stays(get: Get) -> None:
    page = get("/en/results/")
    general = "The service is not yet good."
    own = "The work of leaders is not yet good. But there are no widespread or serious failures."

    assert general in text_of(page.query("#scale")[0])
    assert general in text_of(page.query("#care-leavers .line")[0])
    assert own in text_of(page.query("#leaders .line")[0])
    assert general not in text_of(page.query("#leaders")[0])
    assert "What each grade means: Explained in our own words." in text_of(
        page.query("#leaders .from")[0]
    )


def test_the_grade_before_is_given_only_where_it_can_be_compared(get: Get) -> None:
    said = {
        attribute(section, "id"): text_of(section)
        for section in get("/en/results/").query("section")
        if section.query("section > .line")
    }

    assert len(said) == 5
    for id_, before in (
        ("overall", "In 2022 it was: Requires improvement to be good. The grade went down."),
        ("help-and-protection", "In 2022 it was: Inadequate. The grade stayed the same."),
        ("leaders", "In 2022 it was: Inadequate. The grade went up."),
    ):
        assert before in said[id_]
        assert (before in text_of(get("/en/").query("#grades")[0])) == (id_ != "overall")
    for id_ in ("in-care", "care-leavers"):
        assert "In 2022 it was" not in said[id_]
        assert "shared one grade: Good. So they cannot be compared." in said[id_]


def test_help_puts_danger_first(get: Get) -> None:
    page = get("/en/help/")

    assert page.query("main h2")[0].to_text() == "Someone is in danger now"
    assert attribute(page.query("main a:not(.leave a)")[0], "href") == "tel:999"


def test_help_has_every_way_to_reach_someone(get: Get) -> None:
    links = {attribute(link, "href") for link in get("/en/help/").query("main section a")}

    assert {link for link in links if not link.startswith(("#", "/"))} == {
        "tel:999",
        "tel:01632960001",
        "https://example.org/line",
        "tel:01632960002",
        "mailto:hello@northmarsh.example",
    }


def test_help_says_what_it_cannot_do(get: Get) -> None:
    said = text(get("/en/help/"))

    assert "We cannot read messages here." in said
    assert "Your phone still remembers that you were here." in said


def test_help_can_be_left_for_somewhere_neutral(get: Get) -> None:
    leave = next(
        link for link in get("/en/help/").query("a") if link.to_text() == "Leave this page"
    )

    assert attribute(leave, "href") == "https://example.org"


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
