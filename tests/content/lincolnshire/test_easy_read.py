"""Easy Read: the whole story, and hard words explained in place.

That its sentences are few, short and easy is part of `flask content check`.
"""

import re

import pytest
from house_rules import Get, attribute
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from shipped_site import tell

EXPLAINED = re.compile(
    r"\*\*[^*]+\*\*( is| are| means| says| helps| looks| look|[^.]* is a young| \()"
    r"|^\*\*In care\*\* means"
)
STORY = {
    "the five grades": [
        "easy-read.overall",
        "easy-read.grade-in-care",
        "easy-read.grade-help",
        "easy-read.grade-leaders",
        "easy-read.care-leavers",
    ],
    "what a grade is about": ["easy-read.about", "easy-read.counts"],
    "what was good": ["easy-read.own-home"],
    "what was not good enough": ["easy-read.letter", "easy-read.homes", "easy-read.unclear"],
    "what was not good enough in help and protection": ["easy-read.late", "easy-read.no-dates"],
    "what must get better": ["easy-read.older", "easy-read.records"],
    "the next steps": ["easy-read.checks", "easy-read.training", "easy-read.review"],
    "how far that is": ["easy-read.since"],
    "coming back": ["easy-read.back", "easy-read.until", "easy-read.ring"],
    "whom to ring": ["easy-read.danger", "easy-read.childline", "easy-read.advocate"],
}
"""What a reader needs to know, and the sentences that tell it."""
MAIN_POINTS = [
    "easy-read.overall",
    "easy-read.care-leaver",
    "easy-read.care-leavers",
    "easy-read.records",
    "easy-read.older",
    "easy-read.until",
    "easy-read.ring",
]
"""What a reader learns who reads no further."""
GRADE = re.compile(r"#steps-[1-4]$")
"""The picture of a grade. Two grades may be the same."""


@pytest.fixture(scope="module")
def story(report: Report) -> list[Sentence]:
    """Return the sentences of the story, in order."""
    return [each.text for section in report.pages["easy-read"].section for each in section.pictured]


def test_a_hard_word_is_bold_where_it_is_explained(story: list[Sentence]) -> None:
    tell(
        (
            f"{each.id}: {each.text}"
            for each in story
            if "**" in each.text and not EXPLAINED.search(each.text)
        ),
        "make a word bold only where the sentence says what it means.",
    )


def test_no_picture_but_that_of_a_grade_is_used_twice(get: Get) -> None:
    uses = [attribute(use, "href") for use in get("/en/easy-read/").query(".easy use")]
    pictures = [each for each in uses if not GRADE.search(each)]

    tell(
        sorted({each for each in pictures if pictures.count(each) > 1}),
        "choose another picture: each stands for one thing.",
    )


def test_the_whole_story_is_there(story: list[Sentence]) -> None:
    there = {sentence.id for sentence in story}

    tell(
        (f"{part}: {id_}" for part, ids in STORY.items() for id_ in ids if id_ not in there),
        "tell this on the Easy Read page; if another sentence does, name it in this test.",
    )


def test_the_main_points_come_first(story: list[Sentence]) -> None:
    first = {sentence.id for sentence in story[: len(MAIN_POINTS)]}

    tell(
        (id_ for id_ in MAIN_POINTS if id_ not in first),
        "tell this in the first section; if another sentence there does, name it in this test.",
    )


def test_where_closed_is_told_of_a_reader_finds_that_they_can_ask_again(
    story: list[Sentence],
) -> None:
    ids = [sentence.id for sentence in story]
    rest = story[ids.index("easy-read.closed") :][:5]
    found = [each for each in rest if each.id == "easy-read.back" and "_phone}" in each.text]

    tell(
        [] if found else ["easy-read.back"],
        "tell this right after what was said of ‘closed’, with the number to ring.",
    )
