"""Easy Read: a sentence to each picture; grades are drawn from the facts."""

import re
import shutil
from pathlib import Path

from house_rules import Get, attribute, text_of
from inspection_outcome.authoring.faults import check_content
from inspection_outcome.edition import Folders
from pseudo_locales import NORTHMARSH

EASY_READ = "/en/easy-read/"
PICTURED = """
[[section.pictured]]
picture = "steps"
[section.pictured.text]
id = "easy-read.more-{number}"
text = "A grade says how good the help is."
source = "facts"
"""


def test_more_than_forty_sentences_are_too_many(tmp_path: Path, translations: Path) -> None:
    copy = Path(shutil.copytree(NORTHMARSH, tmp_path / "content"))
    with (copy / "easy-read.toml").open("a", encoding="utf-8") as file:
        file.writelines(PICTURED.format(number=number) for number in range(40))

    faults = check_content(Folders(copy, translations))

    assert [fault.remedy for fault in faults] == ["Keep the 40 that matter most."]


def test_each_sentence_has_its_picture_before_it(get: Get) -> None:
    items = get(EASY_READ).query(".easy li")

    assert len(items) == 20
    for item in items:
        assert [child.name for child in item.children or [] if child.name != "#text"] == [
            "svg",
            "p",
        ]
        assert attribute(item.query("svg")[0], "aria-hidden") == "true"


def test_the_picture_of_a_grade_is_drawn_from_the_facts(get: Get) -> None:
    pictures = [attribute(use, "href") for use in get(EASY_READ).query(".easy use")]

    assert [re.findall(r"#(.*)", each)[0] for each in pictures] == [
        "steps-1",  # inadequate
        "step-down",
        "waiting",
        "care-leaver",
        "birthday",
        "inspector",
        "calendar",
        "steps",
        "about-help",
        "not-safe",
        "worker-changes",
        "sad",
        "thumbs-down",
        "sorry",
        "happy",
        "order",
        "plan",
        "question",
        "inspector-returns",
        "danger",
    ]


def test_it_says_first_what_it_is_and_nothing_else_is_on_the_page(get: Get) -> None:
    others = get(EASY_READ).query("main p:not(.easy p, .notice p, .tools p, .told, .next, .from p)")

    assert [text_of(each) for each in others] == ["This is Easy Read. Hard words are in bold ."]


def test_numbers_to_ring_are_links_and_say_who_published_them(get: Get) -> None:
    page = get(EASY_READ)

    assert {attribute(link, "href") for link in page.query(".easy a")} == {"tel:999"}
    assert "as published by: public services’ pages" in text_of(page.query("main .from")[-1])
