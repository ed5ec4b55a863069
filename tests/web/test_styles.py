"""Each page has the styles of what it shows: the common one, and those of what few pages show."""

import re

import pytest
from frozen_site import ALL, PAGES
from house_rules import Get, attribute, text_of
from inspection_outcome.edition import PACKAGE


def classes(css: str) -> set[str]:
    """Return the classes that its selectors name."""
    code = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", code)))


SHEETS = (PACKAGE / "static" / "styles").rglob("*.css")
STYLED = set().union(*(classes(sheet.read_text(encoding="utf-8")) for sheet in SHEETS))


@pytest.mark.parametrize("path", [*PAGES, ALL])
def test_each_class_of_a_page_that_a_sheet_styles_is_styled(path: str, get: Get) -> None:
    page = get(path)
    named = {
        name
        for element in page.query("[class]")
        if element.name != "svg"  # a picture's class is the picture's name
        for name in attribute(element, "class").split()
    }
    styles = classes("".join(map(text_of, page.query("style"))))

    assert (named & STYLED) - styles == set()
