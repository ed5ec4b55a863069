"""Everything that the two reports of 2023 say is told, and as strongly as they say it.

paragraphs.toml and panel.toml have what each paragraph and part says, point by point.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import points as checks
import pytest
from house_rules import Get
from inspection_outcome.pages.dataset import Plain
from inspection_outcome.pages.urls import page_address
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence
from points import Point
from said import Said
from shipped_site import tell

HERE = Path(__file__).parent
PARTS = (
    "head",
    "summary",
    "actions required",
    "background",
    "judgements",
    "conclusion",
    "next steps",
    "consultation",
    "appendices",
    "background papers",
    "author",
    "silent",
)
"""The parts of the panel's report, and what it leaves open."""
PLACES = {
    "paragraphs.toml": [f"paragraph {number}" for number in range(1, 66)],
    "panel.toml": [f"the part ‘{name}’" for name in PARTS],
}
"""The places of each report, by the file with its points."""
_FILES = "tests/content/lincolnshire/paragraphs.toml (panel.toml for the panel’s report)"


@pytest.fixture(scope="module", params=PLACES)
def file(request: pytest.FixtureRequest) -> str:
    """Return the name of a file of points."""
    return str(request.param)


@pytest.fixture(scope="module")
def points(file: str) -> tuple[Point, ...]:
    return checks.read(HERE / file)


@pytest.fixture(scope="module")
def of_ofsted() -> tuple[Point, ...]:
    """Return the points of Ofsted's report."""
    return checks.read(HERE / "paragraphs.toml")


@pytest.fixture(scope="module")
def findings(report: Report) -> list[Sentence]:
    """Return the findings: the sentences that cite paragraphs of Ofsted's report."""
    return [each for _, each in report.sentences() if each.paragraphs and each.source == "ofsted"]


def test_every_place_of_the_report_has_a_point(file: str, points: tuple[Point, ...]) -> None:
    tell(
        checks.places_without_point(points, PLACES[file]),
        f"write what it says there as a [[point]] into tests/content/lincolnshire/{file}.",
    )


def test_every_point_is_told_or_has_a_reason(file: str, points: tuple[Point, ...]) -> None:
    tell(
        checks.untold_points(points),
        "tell it in a sentence, and name that in `told`, with its `stems`; or write the reason "
        f"why not, in their place, into tests/content/lincolnshire/{file}.",
    )


def test_every_sentence_tells_all_of_its_points(
    points: tuple[Point, ...], sentences: dict[str, Sentence], plainly: Plain
) -> None:
    tell(
        checks.incomplete_sentences(points, sentences, plainly),
        "say it in that sentence again, as strongly as the report does, and give the number in "
        f"`paragraphs`; if another sentence tells it, name that in `told` in {_FILES}.",
    )


def test_every_page_tells_the_points_that_its_readers_need(
    points: tuple[Point, ...], sentences: dict[str, Sentence], get: Get
) -> None:
    said = Said(get, sentences)

    tell(
        checks.pages_without_point(
            points, lambda ids, page: said.lacking(ids, page_address(page, "en"))
        ),
        f"tell it on that page; if another sentence there does, name it in `told` in {_FILES}.",
    )


def test_every_finding_tells_a_point_of_each_paragraph_that_it_cites(
    findings: list[Sentence], of_ofsted: tuple[Point, ...]
) -> None:
    tell(
        checks.findings_without_point(findings, of_ofsted),
        "take the number out of `paragraphs`; or name the sentence in `told` of a point of that "
        "paragraph, in tests/content/lincolnshire/paragraphs.toml.",
    )


def test_every_finding_is_as_strong_as_the_report(
    findings: list[Sentence], of_ofsted: tuple[Point, ...], plainly: Plain
) -> None:
    """'Most' stays 'most', and 'a small number' stays 'a small number'."""
    tell(
        checks.quantities_without_stem(findings, of_ofsted, plainly),
        "use the report’s word; if you have read the paragraph again and it is right so, write it "
        "into the `stems` of the point, in tests/content/lincolnshire/paragraphs.toml.",
    )


POINT = Point(
    "Many who were 21 were told that they would be ‘closed’.",
    paragraph=51,
    stems=(r"many\b", "21", "closed|stepped down"),
    told=("results.closed",),
    on=("results",),
)
RIGHT = "Many who were 21 were told: ‘closed’."


def finding(text: str, *paragraphs: int) -> Sentence:
    return Sentence("results.closed", text, "ofsted", paragraphs)


def text_of(sentence: Sentence) -> str:
    return sentence.text


def test_a_place_or_a_point_that_is_lost_is_found() -> None:
    reason = Point("A team makes tables.", paragraph=60, reason="It is about the council’s work.")

    assert list(checks.places_without_point([POINT], ["paragraph 50", "paragraph 51"])) == [
        "paragraph 50 has no point"
    ]
    assert list(checks.places_without_point([POINT], [])) == [
        "paragraph 51 is no place of the report"
    ]
    assert list(checks.untold_points([POINT, reason])) == []
    assert list(checks.untold_points([Point("Some had help.", paragraph=51, stems=("some",))])) == [
        "paragraph 51: nothing tells this: Some had help."
    ]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (finding(RIGHT, 51), ""),
        (finding("Some who were 21 were told: ‘closed’.", 51), r"results.closed lacks ‘many\b’"),
        (finding("Many were told: ‘closed’.", 51), "results.closed lacks ‘21’"),
        (finding(RIGHT, 50), "results.closed tells paragraph 51, and does not have it"),
        (None, "results.closed is gone, which told paragraph 51"),
    ],
)
def test_a_sentence_that_is_weaker_or_gone_is_found(changed: Sentence | None, problem: str) -> None:
    there = {changed.id: changed} if changed else {}

    problems = list(checks.incomplete_sentences([POINT], there, text_of))

    assert [each[: len(problem)] for each in problems] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (RIGHT, []),
        ("Many who were 21 were told, most of them: ‘closed’.", ["most"]),
        ("Many who were 21 had at most a letter, and did not know how many: ‘closed’.", []),
        ("Too often, not all: many of 21 were ‘closed’.", ["Too often", "not all"]),
        ("A very small number, and many of 21: ‘closed’.", ["A very small number"]),
    ],
)
def test_a_quantity_that_the_report_does_not_give_is_found(text: str, words: list[str]) -> None:
    assert list(checks.quantities_without_stem([finding(text, 51)], [POINT], text_of)) == [
        f"results.closed says ‘{word}’, and no point that it tells does" for word in words
    ]


def test_a_small_number_is_no_very_small_number() -> None:
    small = Point("A few.", paragraph=51, stems=("a small number",), told=("results.closed",))
    text = "A very small number stayed, and a small number went."

    assert list(checks.quantities_without_stem([finding(text, 51)], [small], text_of)) == [
        "results.closed says ‘A very small number’, and no point that it tells does"
    ]


def test_a_finding_without_a_point_and_a_page_without_one_are_found() -> None:
    def lacking(ids: Iterable[str], page: str) -> list[str]:
        return [*ids] if page == "results" else []

    def problems(*found: Iterator[str]) -> list[str]:
        return [each for some in found for each in some]

    assert problems(
        checks.findings_without_point([finding(RIGHT, 51, 52)], [POINT]),
        checks.pages_without_point([POINT], lacking),
    ) == [
        "results.closed cites paragraph 52, and tells no point of it",
        f"the page 'results' does not tell paragraph 51: {POINT.says}",
    ]
