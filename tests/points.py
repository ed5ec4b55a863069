"""Points: what a source says, one thing at a time, and which sentences of the site tell it.

Each function yields what is wrong, as staff are told it.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from inspection_outcome.pages.dataset import Plain
from inspection_outcome.report.sentence import Sentence
from msgspec import Struct, ValidationError, convert

QUANTITY = re.compile(
    r"\b(?:(?:nearly all|(?<!the )(?<!at )most|some|(?<!how )many|(?:a )?(?:very )?small number|few"
    r"|too often|not all|not always)\b|not every)",
    re.IGNORECASE,
)
"""How much or how many, but not 'the most', 'at most' and 'how many'."""


class Point(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a source says, in a numbered paragraph or a named part.

    `told`: the ids of the sentences that tell it, each with all of the `stems`. `on`: the pages of
    which each says one of them. `reason`: why the site leaves it out, in place of these three.
    """

    says: str
    paragraph: int | None = None
    part: str | None = None
    stems: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    reason: str = ""

    @property
    def place(self) -> str:
        """Return where the source says it, as messages name it."""
        return f"paragraph {self.paragraph}" if self.paragraph else f"the part ‘{self.part}’"


def read(path: Path) -> tuple[Point, ...]:
    """Return the points of a file; fail with what is wrong if it cannot be read."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        points = convert(data, dict[str, tuple[Point, ...]])["point"]
        for stem in (stem for point in points for stem in point.stems):
            _pattern(stem)
    except (OSError, ValueError, KeyError, ValidationError, re.error) as error:
        remedy = "What to do: write each point as those around it are written."
        pytest.fail(f"{path.name}: {error}\n\n{remedy}", pytrace=False)
    return points


def places_without_point(points: Iterable[Point], places: Iterable[str]) -> Iterator[str]:
    """Yield each place of a source that has no point, and each that the source does not have."""
    there, wanted = dict.fromkeys(point.place for point in points), dict.fromkeys(places)
    yield from (f"{place} has no point" for place in wanted if place not in there)
    yield from (f"{place} is no place of the report" for place in there if place not in wanted)


def untold_points(points: Iterable[Point]) -> Iterator[str]:
    """Yield each point that no sentence tells and that has no reason for this; or that has both."""
    for point in points:
        if not (point.reason or (point.told and point.stems)):
            yield f"{point.place}: nothing tells this: {point.says}"
        if point.reason and (point.told or point.stems or point.on):
            yield f"{point.place}: a reason why nothing tells this, and what tells it: {point.says}"


def incomplete_sentences(
    points: Iterable[Point], sentences: Mapping[str, Sentence], plain: Plain
) -> Iterator[str]:
    """Yield what the sentences that tell the points lack: a stem, the paragraph, or all."""
    for point in points:
        for id_ in point.told:
            if id_ not in sentences:
                yield f"{id_} is gone, which told {point.place}: {point.says}"
                continue
            text = plain(sentences[id_])
            yield from (
                f"{id_} lacks ‘{stem}’, so it does not tell {point.place}: {point.says}"
                for stem in point.stems
                if not _pattern(stem).search(text)
            )
            if point.paragraph and point.paragraph not in sentences[id_].paragraphs:
                yield f"{id_} tells {point.place}, and does not have it in `paragraphs`"


def pages_without_point(
    points: Iterable[Point], lacking: Callable[[Iterable[str], str], list[str]]
) -> Iterator[str]:
    """Yield each page that must tell a point, and says none of the sentences that do.

    `lacking` returns which of some sentences a page does not say.
    """
    for point in points:
        for page in point.on:
            if len(lacking(point.told, page)) == len(point.told):
                yield f"the page '{page}' does not tell {point.place}: {point.says}"


def findings_without_point(findings: Iterable[Sentence], points: Iterable[Point]) -> Iterator[str]:
    """Yield each finding that cites a paragraph and tells no point of it."""
    told = {(id_, point.paragraph) for point in points for id_ in point.told}
    for finding in findings:
        for number in finding.paragraphs:
            if (finding.id, number) not in told:
                yield f"{finding.id} cites paragraph {number}, and tells no point of it"


def quantities_without_stem(
    findings: Iterable[Sentence], points: Iterable[Point], plain: Plain
) -> Iterator[str]:
    """Yield each word of quantity in a finding that no stem of a point asks for which it tells."""
    points = tuple(points)
    for finding in findings:
        text = plain(finding)
        stems = (stem for point in points if finding.id in point.told for stem in point.stems)
        asked = [found.span() for stem in stems for found in _pattern(stem).finditer(text)]
        for word in QUANTITY.finditer(text):
            if not any(first <= word.start() and word.end() <= last for first, last in asked):
                yield f"{finding.id} says ‘{word[0]}’, and no point that it tells does"


@cache
def _pattern(stem: str) -> re.Pattern[str]:
    """Return what finds a stem at the start of a word."""
    return re.compile(rf"\b(?:{stem})", re.IGNORECASE)
