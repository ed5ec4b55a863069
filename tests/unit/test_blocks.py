"""Each block that a section can show has a template, and the made-up council's site shows it.

Also how much of a long list stays open.
"""

from collections import Counter

import pytest
from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.languages import Language
from inspection_outcome.pages.blocks import BLOCKS, EVERY_SECTION
from inspection_outcome.pages.blocks.block import SectionContext
from inspection_outcome.pages.blocks.points import Points
from inspection_outcome.pages.fold import fold
from inspection_outcome.pages.load import load
from inspection_outcome.report.page import Section
from inspection_outcome.report.sentence import Sentence
from msgspec import structs
from pseudo_locales import NORTHMARSH, SMALL

TEMPLATES = [path.stem for path in (PACKAGE / "templates" / "blocks").glob("*.html")]


def test_each_block_has_a_template_and_each_template_a_block() -> None:
    names = [*BLOCKS, *(block.name for block in EVERY_SECTION)]

    assert Counter(names) == Counter(TEMPLATES)


def test_the_made_up_site_shows_each_block() -> None:
    """So a mistake in any template fails the tests that read its pages."""
    pages = load(NORTHMARSH).pages.values()

    assert {section.shows for page in pages for section in page.section} - {None} == set(BLOCKS)


@pytest.mark.parametrize(("number", "open_"), [(0, 0), (3, 3), (4, 4), (5, 3), (13, 3)])
def test_three_of_a_long_list_stay_open_or_four_as_a_fold_for_one_would_save_nothing(
    number: int, open_: int
) -> None:
    first, rest = fold(range(number))

    assert len(first) == open_
    assert [*first, *rest] == [*range(number)]


@pytest.mark.parametrize(
    ("good", "open_"),
    [
        ([3], [3]),
        ([5], [3]),
        ([2, 3], [2, 1]),
        ([3, 1], [3, 0]),
        ([1, 1, 1, 2], [1, 1, 1, 0]),
        ([0, 5], [0, 3]),
        ([4], [4]),
        ([2, 2, 2], [2, 2, 0]),
    ],
)
def test_three_good_points_of_a_section_and_its_parts_stay_open(
    good: list[int], open_: list[int]
) -> None:
    """Or four, as a fold for one would save nothing. All that was not good enough stays open."""
    sections = tuple(
        Section(
            id=f"part-{number}",
            under="part-0" if number else None,
            good=tuple(Sentence(f"home.good-{number}-{each}", "", "site") for each in range(count)),
            not_good=tuple(Sentence(f"home.bad-{number}-{each}", "", "site") for each in range(9)),
        )
        for number, count in enumerate(good)
    )
    report, language = load(SMALL), Language("en", "English")
    page = structs.replace(report.pages["home"], section=(Section("other"), *sections))
    catalogues = Catalogues((language,), {}, {}, whole=True)

    built = [
        Points.build(SectionContext(report, page, each, language, catalogues, None))
        for each in sections
    ]

    shown = [block for block in built if block is not None]
    assert [len(block.good) for block in shown] == open_
    assert [(*block.good, *block.more_good) for block in shown] == [each.good for each in sections]
    assert [block.not_good for block in shown] == [each.not_good for each in sections]
