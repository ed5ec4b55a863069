"""Each block that a section can show has a template, and the made-up council's site shows it."""

from collections import Counter

from inspection_outcome.edition import PACKAGE
from inspection_outcome.pages.blocks import BLOCKS, EVERY_SECTION
from inspection_outcome.pages.load import load
from pseudo_locales import NORTHMARSH

TEMPLATES = [path.stem for path in (PACKAGE / "templates" / "blocks").glob("*.html")]


def test_each_block_has_a_template_and_each_template_a_block() -> None:
    names = [*BLOCKS, *(block.name for block in EVERY_SECTION)]

    assert Counter(names) == Counter(TEMPLATES)


def test_the_made_up_site_shows_each_block() -> None:
    """So a mistake in any template fails the tests that read its pages."""
    pages = load(NORTHMARSH).pages.values()

    assert {section.shows for page in pages for section in page.section} - {None} == set(BLOCKS)
