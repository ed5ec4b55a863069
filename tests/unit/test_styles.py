"""The style sheets, as browsers read them that the tests cannot have: Safari 13.1, Firefox 78."""

import re
from pathlib import Path

import pytest
from inspection_outcome.edition import PACKAGE
from lightningcss import process_stylesheet

SHEETS = sorted((PACKAGE / "static" / "styles").rglob("*.css"))
OLD = ["chrome 80", "firefox 78", "ios_saf 13.4", "safari 13.1"]


def properties(css: str) -> set[str]:
    """Return the names of the properties that are set, without vendors' own."""
    return {name for name in re.findall(r"[{;]\s*([\w-]+)\s*:", css) if not name.startswith("-")}


def unknown(css: str) -> set[str]:
    """Return the properties that lightningcss replaces by older ones for the old browsers.

    It does not know every feature: tests/browser/test_old_phones.py sees how pages look.
    """
    code = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return properties(code) - properties(process_stylesheet(code, browsers_list=OLD))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_old_browsers_know_each_property(sheet: Path) -> None:
    assert unknown(sheet.read_text(encoding="utf-8")) == set()


def test_a_property_that_an_old_browser_does_not_know_is_found() -> None:
    css = "a { padding-block: 1px; color: red; inset: 0; margin-inline: 2px; margin-top: 0 }"

    assert unknown(css) == {"padding-block", "inset", "margin-inline"}
