"""What a reader came for comes first on a page, and sources and tools last.

What was not good enough is never folded, and nothing is red but a number for a danger to life.
"""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import frozen_site
import pytest
from flask.testing import FlaskClient
from frozen_site import ALL, PAGES
from house_rules import Get, attribute, text_of
from inspection_outcome.report import load
from inspection_outcome.report.page import Page, Section
from justhtml import JustHTML
from pseudo_locales import NORTHMARSH

REPORT = load.load(NORTHMARSH)
NAMES = {path: path.removeprefix("/en/").strip("/") or "home" for path in PAGES}
"""The name of each page, by its address."""


def words(page: JustHTML, selector: str = "main") -> str:
    """Return the words of a part of a page, without those that wait for a script."""
    part = page.query(selector)[0].clone_node(deep=True)  # other tests read the same page
    for each in part.query("[hidden]"):
        if each.parent is not None:
            each.parent.remove_child(each)
    return text_of(part)


def parts(page: Page, section: Section) -> list[Section]:
    """Return a section of the content with the sections under it."""
    return [each for each in page.section if section.id in {each.id, each.under}]


BEGINS = {
    "/en/": (
        "How good is the help for children in Northmarsh? Ofsted came to Northmarsh in "
        "January 2026. "
        "Overall Inadequate The grade went down. "
        "The lowest step: there are widespread or serious failures. "
        "Children in care Requires improvement to be good Two steps below the top: it is not "
        "yet good. "
        "13 things must get better "
        "Which one is you? I am a care leaver I look after a child "
        "Ofsted checks how well councils help children."
    ),
    "/en/results/": (
        "The results On this page "
        "Overall Inadequate 13 things must get better "
        "Children who need help and protection Inadequate 4 points here not good enough "
        "Children in care Requires improvement to be good 5 points here not good enough "
        "Care leavers Requires improvement to be good 2 points here not good enough "
        "Leaders Requires improvement to be good 2 points here not good enough "
        "What the grades mean How were other councils graded? "
        "Ofsted gave four parts of the work a grade, and one for everything together."
    ),
    "/en/for/care-leavers/": (
        "For care leavers "
        "Care leavers: Requires improvement to be good . Two steps below the top. "
        "1 point here not good enough "
        "Do you want help again? You can ring Ring 01632 960001 The Line "
        "For anyone who is or was in care. example.org/ line "
        "You can ask for help until you turn 25. That is the law. "
        "Northmarsh children’s services For questions about what the council does. "
        "Ring 01632 960002 hello@northmarsh.example "
        "A care leaver is a young person who has been in care."
    ),
    "/en/help/": (
        "Leave this page Talk to someone "
        "Someone is in danger now Ring 999 Police, ambulance or fire service "
        "Ring if someone is in danger now. "
        "We cannot read messages here. The people on this page can help you. "
        "Who do you need? People to talk to People to talk to "
        "The Line For anyone who is or was in care. Ring 01632 960001"
    ),
}
"""How the words of a page begin, up to its lead or a number to ring."""


@pytest.mark.parametrize("path", BEGINS)
def test_what_a_reader_came_for_comes_before_the_lead(path: str, get: Get) -> None:
    assert words(get(path)).startswith(BEGINS[path])


def test_a_number_to_ring_comes_before_all_other_words_of_its_section(get: Get) -> None:
    numbers = {}
    for path in [*PAGES, ALL]:
        for card in get(path).query(".call"):
            heading, number = card.query("h2, h3")[0], card.query("a")[0]
            numbers[path, text_of(heading)] = attribute(number, "href")

            assert text_of(card).startswith(f"{text_of(heading)} {text_of(number)} ")

    danger, help_again = "Someone is in danger now", "Do you want help again? You can ring"
    assert numbers == {
        ("/en/help/", danger): "tel:999",
        ("/en/for/care-leavers/", help_again): "tel:01632960001",
        (ALL, danger): "tel:999",
        (ALL, help_again): "tel:01632960001",
    }


def test_only_what_the_content_calls_urgent_is_red(get: Get) -> None:
    urgent = {f"tel:{each.phone}" for each in REPORT.contacts if each.urgent}
    for path in [*PAGES, ALL]:
        red = {attribute(card.query("a")[0], "href") for card in get(path).query(".urgent")}
        assert red == (urgent if path in {"/en/help/", ALL} else set())
    style = "".join(map(text_of, get("/en/help/").query("style")))
    rules = re.findall(r"([^{}]+)\{[^{}]*var\(--(?:on-)?danger\)", style)

    assert urgent == {"tel:999"}
    assert "urgent" in attribute(get("/en/help/").query("main > section")[0], "class")
    assert len(rules) > 1
    assert [rule for rule in rules if not rule.strip().startswith(".urgent")] == []


def test_nothing_is_red_where_no_contact_is_urgent(translations: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    report = copy / "report.toml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("urgent = true\n", ""), encoding="utf-8")
    page = JustHTML(
        frozen_site.create(translations, content=copy).test_client().get("/en/help/").text,
        sanitize=False,
    )

    assert page.query(".urgent") == []
    assert attribute(page.query(".call a")[0], "href") == "tel:999"


def test_what_must_get_better_is_told_below_the_grades_where_a_link_can_lead_to_it(
    small: Path, translations: Path, get: Get
) -> None:
    """The small home page has a grade with something that must get better, and no list of it."""
    client = frozen_site.create(translations, content=small).test_client()
    page = JustHTML(client.get("/en/").text, sanitize=False)

    assert len(page.query(".cards .card")) == 1
    assert page.query(".must") == []
    assert [attribute(link, "href") for link in get("/en/").query(".must a")] == ["#must"]
    assert get(ALL).query(".cards ~ .must") == []


def test_a_table_of_grades_draws_each_and_is_headed_only_for_screen_readers(get: Get) -> None:
    contents = get("/en/results/").query("#contents")[0]
    steps = {
        attribute(row.query("a")[0], "href"): [
            [attribute(step, "class") for step in picture.query("rect")]
            for picture in row.query("svg")
        ]
        for row in contents.query("li")
    }

    lowest = ["reached", "above", "above", "above"]
    second = ["below", "reached", "above", "above"]
    assert steps == {
        "#overall": [lowest],
        "#help-and-protection": [lowest],
        "#in-care": [second],
        "#care-leavers": [second],
        "#leaders": [second],
        "#scale": [],
        "#councils": [],
    }
    assert attribute(contents.query("h2")[0], "class") == "unseen"
    plain = get("/en/help/").query("#contents h2")[0]
    assert (text_of(plain), attribute(plain, "class")) == ("Who do you need?", "")


def test_what_was_not_good_enough_is_never_folded_and_comes_before_what_was_good(get: Get) -> None:
    for path, name in NAMES.items():
        page, content = get(path), REPORT.pages[name]
        for section in content.section:
            here = page.query(f'[id="{section.id}"]')[0]
            lists = [attribute(each, "class") for each in here.query(".points > div")]

            assert len(here.query(".not-good li")) == len(section.not_good)
            assert lists == [
                *(["not-good"] if section.not_good else []),
                *(["good"] if section.good else []),
            ]
    for path in [*PAGES, ALL]:
        assert get(path).query("details .not-good") == []


def test_at_most_three_good_points_of_a_section_and_its_parts_are_open(get: Get) -> None:
    folded = {}
    for path, name in NAMES.items():
        page, content = get(path), REPORT.pages[name]
        for section in (each for each in content.section if each.under is None):
            shown = [page.query(f'[id="{each.id}"]')[0] for each in parts(content, section)]
            there = sum(len(each.good) for each in parts(content, section))
            open_ = sum(len(each.query(".good > ul li")) for each in shown)
            closed = [each for part in shown for each in part.query(".good > details")]
            folded[path, section.id] = sum(len(each.query("li")) for each in closed)

            assert open_ == min(there, 3)
            assert open_ + folded[path, section.id] == there
            assert [each for each in closed if "open" in (each.attrs or {})] == []

    assert {place: number for place, number in folded.items() if number} == {
        ("/en/results/", "in-care"): 2,
        ("/en/results/", "care-leavers"): 2,
    }


def test_a_fold_says_how_much_good_is_behind_it_and_of_what(get: Get) -> None:
    """Two folds of a page may hold as much: for screen readers, each has a name of its own."""
    folds = get("/en/results/").query(".good summary")

    assert [text_of(each).replace(" : ", ": ") for each in folds] == [
        "2 more points here that were good: School and health",
        "2 more points here that were good: Care leavers",
    ]


@pytest.mark.parametrize("path", ["/en/", "/en/results/"])
def test_of_what_must_get_better_the_first_three_are_open_and_all_keep_their_number(
    path: str, get: Get
) -> None:
    """A phone shows a long report without thirteen cards; the count of all stands on top."""
    page = get(path)
    (fold,) = (each for each in page.query(".more") if each.query(".areas"))
    open_, folded = page.query(".areas")

    assert [text_of(each) for each in (*open_.query("h3"), *folded.query("h3"))] == [
        area.name.text for area in REPORT.areas
    ]
    assert (len(open_.query("li")), fold.query(".areas")) == (3, [folded])
    assert [attribute(each, "start") for each in (open_, folded)] == ["1", "4"]
    assert text_of(fold.query("summary")[0]).startswith("10 more things that must get better")
    assert "13 things must get better" in text_of(page.query(".must")[0])


@pytest.mark.parametrize("path", [*PAGES, ALL, "/qaa-arab/", "/qaa-arab/results/"])
def test_no_picture_has_a_digit(path: str, get: Get) -> None:
    """Ofsted numbers its grades the other way round: 1 is the best."""
    assert [text_of(each) for each in get(path).query("svg") if text_of(each)] == []


def test_steps_touch_and_rise_and_a_flag_is_on_the_one_reached(get: Get) -> None:
    for picture, reached in zip(get("/en/").query(".cards .stairs"), (1, 2), strict=True):
        boxes = [
            {name: int(attribute(step, name)) for name in ("x", "y", "width", "height")}
            for step in picture.query("rect")
        ]
        boxes.sort(key=lambda box: box["x"])
        heights = [box["height"] for box in boxes]
        gaps = [abs(a["x"] - b["x"]) - a["width"] for a, b in pairwise(boxes)]
        pole = re.findall(r"\d+", attribute(picture.query(".pole")[0], "d"))[:2]
        step = boxes[reached - 1]

        assert heights == sorted(heights)
        assert max(gaps) <= 1
        assert [step["x"] + step["width"] // 2, step["y"]] == list(map(int, pole))
        assert len(picture.query(".flag")) == 1
        assert attribute(picture, "aria-hidden") == "true"


OWN = {
    "home": {"you"},
    "results": {"contents", "scale"},
    "help": {"contents"},
    "progress": {"follow"},
    "about": {"publisher", "sources", "fresh", "languages"},
    "accessibility": {section.id for section in REPORT.pages["accessibility"].section},
    "words": {section.id for section in REPORT.pages["words"].section},
}
"""The site's own sections, which have no source, by page.

These are links, advice, explanations of words, and what the site says about itself.
"""


def test_sources_too_begin_with_what_was_not_good_enough(get: Get) -> None:
    labels = [text_of(each) for each in get("/en/results/").query("#in-care-school .from b")]

    assert labels[-2:] == ["What was not good enough:", "What was good:"]


@pytest.mark.parametrize("path", PAGES)
def test_a_grade_has_its_sources_below_and_all_else_of_a_page_in_one_list_at_its_end(
    path: str, get: Get
) -> None:
    """In that list, under the heading of its section; the list has a heading if it has several."""
    page, content = get(path), REPORT.pages[NAMES[path]]
    graded = [each for each in content.section if each.judgement]
    last = {parts(content, each)[-1].id for each in graded}
    own = OWN.get(NAMES[path], set()) | {
        part.id for each in graded for part in parts(content, each)
    }
    others = [each for each in content.section if each.id not in own and each.under is None]
    lists = page.query(".from")
    of_page = page.query("main > div > .from")
    inside = {attribute(each, "id") for each in page.query("section") if each.query(".from")}
    headings = [text_of(each) for at_end in of_page for each in at_end.query("p")]

    assert inside == last
    assert len(lists) == len(last) + len(of_page)
    assert len(of_page) <= 1
    assert [each for each in lists for ul in each.query("ul") if not ul.query("li")] == []
    top = text_of(page.query("h1")[0])
    wanted = [text_of(page.query(f'[id="{each.id}"] > h2')[0]) for each in others]
    several = sum(len(at_end.query("ul")) for at_end in of_page) > 1
    assert [each for each in headings if each != top] == (wanted if several else [])
    assert bool(of_page) >= bool(others)


def test_a_source_is_named_with_its_paragraphs(get: Get) -> None:
    """Those of the parts too, below the last of them."""
    (details,) = get("/en/results/").query("#in-care .from, #in-care-school .from")
    told = " ".join(details.to_text(separator="", strip=False).split())

    assert told.startswith("Where this comes from: Children in care")
    for part, paragraphs in (
        ("What was good", "4, 9, 10, 11 and 12"),
        ("What was not good enough", "5, 13, 21, 22 and 23"),
    ):
        assert (
            f"{part}: Ofsted’s report on Northmarsh, 16 February 2026 (paragraphs {paragraphs})"
            in told
        )
    assert {attribute(link, "href") for link in details.query("a")} == {
        "https://example.org/report"
    }


def test_whoever_published_a_contact_is_named_at_the_end_of_the_page(get: Get) -> None:
    (details,) = get("/en/help/").query(".from")
    told = " ".join(details.to_text(separator="", strip=False).split())

    for said in (
        "Police, ambulance or fire service: as published by: public services’ pages.",
        "The Line: as published by: example.org.",
        "Northmarsh children’s services: as published by: example.org.",
    ):
        assert said in told


def test_no_english_stands_between_a_contact_s_name_and_its_colon(get: Get) -> None:
    """It would be a line of its own, and the colon would begin the next."""
    names = get("/qaa-arab/help/").query(".from li b")

    assert [text_of(name)[-1] for name in names] == [":"] * len(names)
    assert [name for name in names if name.query(".beside")] == []


@pytest.mark.parametrize("path", PAGES)
def test_tools_come_last_and_on_help_there_are_none_but_the_way_out(
    path: str, client: FlaskClient
) -> None:
    """To keep or share it would leave a trace on a phone that somebody else may look at."""
    html = client.get(path).text
    main = html[html.index("<main") : html.index("</main>")]
    ends = main[main.rindex("</section>") :]
    tools = [name for name in ("share", "keep", "remove", "next") if f'{name}"' in main]

    assert [name for name in tools if f'{name}"' not in ends] == []
    assert tools == ([] if path == "/en/help/" else ["share", "keep", "remove", "next"])
    assert ("Leave this page" in main) == (path == "/en/help/")
