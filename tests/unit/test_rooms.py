"""Each room uses only rooms to its left; report, i18n and pages know no Flask. A module is one thing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from inspection_outcome.edition import PACKAGE

ROOMS = [
    *("report", "i18n", "pages", "theme", "edition", "last_good", "store"),
    *("settings", "web", "views", "cache", "export", "commands", "__init__"),
]
PURE = {"report", "i18n", "pages", "theme", "edition", "last_good", "store"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: str) -> str:
    """Give the room of a dotted module name: inspection_outcome.report.model is in report."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(source: str) -> Iterator[str]:
    """Give each imported module's dotted name; of `from inspection_outcome import web`, inspection_outcome.web."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "inspection_outcome":
            yield from (f"inspection_outcome.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def arrows_back(here: str, source: str) -> list[str]:
    """Give the imports of a module of room `here` that run to its right, or to Flask where that is not allowed."""
    back = []
    for name in imports(source):
        if name.split(".")[0] == "inspection_outcome" and ROOMS.index(room(name)) > ROOMS.index(here):
            back.append(name)
        if here in PURE and name.split(".")[0] in {"flask", "flask_babel", "werkzeug"}:
            back.append(name)
    return back


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_arrow_runs_back(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts

    assert arrows_back(parts[0], path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("here", "source"),
    [
        ("report", "from inspection_outcome.i18n.render import Voice"),
        ("i18n", "import inspection_outcome.pages.page_context"),
        ("pages", "from inspection_outcome import edition"),
        ("pages", "from flask import request"),
        ("edition", "def late():\n    from flask import g"),
        ("web", "from inspection_outcome.views import pages"),
    ],
)
def test_an_arrow_that_runs_back_is_found(here: str, source: str) -> None:
    assert len(arrows_back(here, source)) == 1


def test_markup_is_made_in_two_places() -> None:
    """Of sentences by i18n/render.py, which alone calls bleach; of the package's own styles by theme.py."""
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if "bleach" in (text := path.read_text(encoding="utf-8")) or "Markup(" in text
    }
    safe = [path for path in PACKAGE.rglob("*.html") if "safe" in path.read_text(encoding="utf-8")]

    assert (makers, safe) == ({"i18n/render.py", "theme.py"}, [])
