"""Each layer of the package imports only layers before it in the list.

The layers of PURE do not import Flask.
"""

import ast
from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from inspection_outcome.edition import PACKAGE

LAYERS = [
    "report",
    "i18n",
    "pages",
    "theme",
    "edition",
    "renderer",
    "shown",
    "outgoing",
    "authoring",
    "last_good",
    "retry",
    "store",
    "settings",
    "web",
    "views",
    "cache",
    "export",
    "desk",
    "commands",
    "__init__",
]
PURE = set(LAYERS[: LAYERS.index("settings")])
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module: str) -> str:
    """Return the layer of a dotted module name: inspection_outcome.report.model is in report."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(source: str) -> Iterator[str]:
    """Yield each imported module's dotted name.

    For `from inspection_outcome import web` this is inspection_outcome.web.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "inspection_outcome":
            yield from (f"inspection_outcome.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def arrows_back(here: str, source: str) -> list[str]:
    """Return the forbidden imports of a module of layer `here`.

    These are imports of a later layer and, in a layer of PURE, imports of Flask.
    """
    back = []
    for name in imports(source):
        package = name.split(".")[0]
        if package == "inspection_outcome" and LAYERS.index(layer(name)) > LAYERS.index(here):
            back.append(name)
        if here in PURE and package in {"flask", "flask_babel", "werkzeug"}:
            back.append(name)
    return back


def test_no_arrow_runs_back() -> None:
    back = {
        path.relative_to(PACKAGE).as_posix(): arrows_back(
            path.relative_to(PACKAGE).with_suffix("").parts[0], path.read_text(encoding="utf-8")
        )
        for path in MODULES
    }

    assert len(back) > 50
    assert {path: names for path, names in back.items() if names} == {}


@pytest.mark.parametrize(
    ("here", "source"),
    [
        ("report", "from inspection_outcome.i18n.translator import Translator"),
        ("i18n", "import inspection_outcome.pages.page_context"),
        ("pages", "from inspection_outcome import edition"),
        ("pages", "from flask import request"),
        ("edition", "from inspection_outcome.renderer import Renderer"),
        ("renderer", "def late():\n    from flask import g"),
        ("web", "from inspection_outcome.views import pages"),
    ],
)
def test_an_arrow_that_runs_back_is_found(here: str, source: str) -> None:
    assert len(arrows_back(here, source)) == 1


def test_nothing_of_the_site_imports_the_desk() -> None:
    """Its commands do, when they run: so the site needs none of the desk's libraries."""
    importers = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for name in imports(path.read_text(encoding="utf-8"))
        if layer(name) == "desk" and "desk" not in path.relative_to(PACKAGE).parts
    }

    assert importers <= {"commands/desk.py"}


def addresses(source: str, names: Iterable[str]) -> list[str]:
    """Return the strings of a module, but its docstrings, that hold one of these paths."""
    nodes = list(ast.walk(ast.parse(source)))
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    strings = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in docs]
    return [
        node.value
        for node in strings
        if isinstance(node.value, str) and any(name in node.value for name in names)
    ]


def test_addresses_are_written_in_one_place(app: Flask) -> None:
    """All but `/`, which other strings are, too.

    Scripts are served as they stand, so nothing can give them the two addresses that they need.
    """
    rules = (rule.rule for rule in app.url_map.iter_rules())
    names = {"/<language>", "/404.html", *(f"/{rule.rpartition('/')[2]}" for rule in rules)} - {"/"}
    written = {
        path.relative_to(PACKAGE).as_posix(): addresses(path.read_text(encoding="utf-8"), names)
        for path in MODULES
    }
    served = {
        path.relative_to(PACKAGE).as_posix(): {name for name in names if name in text}
        for path in (*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.js"))
        if (text := path.read_text(encoding="utf-8"))
    }

    assert len(names) > 15
    assert {path for path, found in written.items() if found} == {"pages/urls.py"}
    assert {path: found for path, found in served.items() if found} == {
        "static/scripts/2-keep.js": {"/sw.js"},
        "static/sw.js": {"/kept.gz"},
    }


def test_markup_is_made_in_two_places() -> None:
    """i18n/safe_html.py makes markup of sentences, and theme.py of the package's own styles.

    Only i18n/safe_html.py calls bleach.
    """
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if "bleach" in (text := path.read_text(encoding="utf-8")) or "Markup(" in text
    }
    safe = [path for path in PACKAGE.rglob("*.html") if "safe" in path.read_text(encoding="utf-8")]

    assert (makers, safe) == ({"i18n/safe_html.py", "theme.py"}, [])
