"""Easy Read: few short sentences, each with its picture, and hard words explained in place."""

import re
from pathlib import Path

import pytest
from house_rules import Get, attribute, text_of
from inspection_outcome import create_app
from inspection_outcome.commands.workspace import plain
from inspection_outcome.i18n import languages, ui
from inspection_outcome.report import load, plain_english
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from inspection_outcome.settings import Settings
from pseudo_locales import SECOND

EXPLAINED = re.compile(
    r"\*\*[^*]+\*\*( is| are| means| says| helps| looks| look|[^.]* is a young| \()"
    r"|^\*\*In care\*\* means"
)
SHIPPED = load.load(Settings().content)


def sentences(report: Report) -> list[Sentence]:
    return [each.text for section in report.pages["easy-read"].section for each in section.pictured]


@pytest.fixture(scope="module")
def plainly() -> plain_english.Plain:
    """Return a function that renders a sentence as plain English text, as a reader sees it."""
    words = ui.load(SHIPPED, Path(ui.__file__).with_name("ui.toml"))
    return plain(languages.load(Settings().translations), SHIPPED, words)


def test_the_story_is_at_most_forty_short_simple_sentences(plainly: plain_english.Plain) -> None:
    told = [plainly(sentence) for sentence in sentences(SHIPPED)]

    assert 30 <= len(told) <= 40
    assert [
        each for each in told if len(each.split()) > 15 or len(plain_english.split(each)) != 1
    ] == []
    assert plain_english.reading_grade(sentences(SHIPPED), plainly) <= 3.0


def test_more_than_forty_are_too_many(plainly: plain_english.Plain) -> None:
    faults = plain_english._of_easy_read(  # noqa: SLF001 (no shipped content is too long)
        "easy-read.toml", sentences(SHIPPED) * 2, plainly
    )

    assert [fault.remedy for fault in faults] == ["Keep the 40 that matter most."]


def test_nothing_else_on_the_page_is_hard_to_read(get: Get) -> None:
    page = get("/en/easy-read/")

    assert page.query("main p:not(.easy p, .notice p, .tools p, .next)") == []
    assert [text_of(e) for e in page.query("main h2") if len(text_of(e).split()) > 6] == []


def test_a_hard_word_is_bold_where_it_is_explained() -> None:
    bold = [sentence.text for sentence in sentences(SHIPPED) if "**" in sentence.text]

    assert len(bold) == 10
    assert [text for text in bold if not EXPLAINED.search(text)] == []


def test_each_sentence_has_its_picture_before_it(get: Get) -> None:
    items = get("/en/easy-read/").query(".easy li")

    assert len(items) == len(sentences(SHIPPED))
    for item in items:
        assert [child.name for child in item.children or [] if child.name != "#text"] == [
            "svg",
            "p",
        ]
        assert attribute(item.query("svg")[0], "aria-hidden") == "true"
    pictures = [attribute(use, "href") for item in items for use in item.query("use")]
    assert len(pictures) == len(set(pictures))  # no picture is used twice


def test_the_picture_of_a_grade_is_drawn_from_the_facts(get: Get) -> None:
    def steps(html: str) -> list[str]:
        return re.findall(r"#(steps-\d)", html)

    small = (
        create_app({"OUTCOME_CONTENT": str(SECOND)}, watch=False)
        .test_client()
        .get("/en/easy-read/")
        .text
    )

    assert steps(get("/en/easy-read/").to_html()) == ["steps-4", "steps-3"]
    assert steps(small) == ["steps-1"]


def test_the_whole_story_is_there(get: Get) -> None:
    """The story has each part of what a reader needs to know.

    The result, good and bad; what must get better and how far it is; coming back; whom to ring.
    """
    said = " ".join(text_of(e) for e in get("/en/easy-read/").query(".easy p"))

    for part in (
        "All the help together got this grade: Outstanding.",
        "The help for care leavers got this grade: Good.",
        "A grade is about the help, not about you.",
        "a home that was right for them",
        "one letter a year and no more",
        "too few homes for some children in care",
        "aged 21 and over must get better",
        "Plans and records (what is written about you) must get better.",
        "We do not know what it has done since then.",
        "care leavers can ask for help until they turn 25",
        "01522 575955",
        "ring 999",
        "0800 1111",
    ):
        assert part in said


def test_numbers_to_ring_say_who_published_them(get: Get) -> None:
    page = get("/en/easy-read/")

    assert "as published by: NSPCC" in text_of(page.query("#talk details")[0])
    assert "as published by: lincolnshire.gov.uk" in text_of(page.query("#back details")[0])
    assert {attribute(a, "href") for a in page.query(".easy a")} == {
        "tel:01522575955",
        "tel:999",
        "tel:08001111",
        "tel:08088005792",
    }
