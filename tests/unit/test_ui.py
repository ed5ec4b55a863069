"""Templates contain no English: every text is a sentence with an id, and every id is used."""

import re
from pathlib import Path

import pytest
from inspection_outcome.edition import PACKAGE
from inspection_outcome.i18n import ui
from inspection_outcome.report import load as content
from inspection_outcome.report.facts import Grade
from inspection_outcome.report.model import Status
from jinja2 import Environment, nodes
from justhtml import JustHTML
from pseudo_locales import NORTHMARSH

TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
WORDS = ui.load(content.load(NORTHMARSH), PACKAGE / "i18n" / "ui.toml")
BUILT = {
    "ui.card-": [grade.value for grade in Grade],
    "ui.step-": [grade.value for grade in Grade],
    "ui.meaning-": [grade.value for grade in Grade],
    "ui.grade-": [grade.value for grade in Grade],
    "ui.root-": ["title"],
    "ui.status-": [status.value for status in Status],
    "ui.from-": [
        "grade",
        "earlier",
        "scale",
        "areas",
        "actions",
        "events",
        "good",
        "not-good",
        "not-known",
        "steps",
        "us",
    ],
    "ui.feed-": ["unchecked"],
    "ui.count-": [status.value for status in Status],
    "ui.told-": ["working", "kept", "failed", "full", "removed", "copied"],
    "ui.short-": ["name"],
    "ui.error-": [
        f"{status}-{part}" for status in (400, 404, 405, 500) for part in ("title", "text")
    ],
}


def strings(path: Path) -> set[str]:
    """Return the ids of the site's own sentences (`ui.…`) in a template's expressions."""
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    return {
        str(node.value) for node in tree.find_all(nodes.Const) if str(node.value).startswith("ui.")
    }


def test_every_id_in_a_template_is_a_word_and_every_word_is_used() -> None:
    named = set().union(*map(strings, TEMPLATES))
    built = {prefix + end for prefix, ends in BUILT.items() for end in ends}

    assert {id_ for id_ in named if not id_.endswith("-")} | built == set(WORDS)


def english(source: str) -> list[str]:
    """Return the texts and labels with a letter that a template has outside its expressions."""
    named = re.sub(r"(</?)\{\{.*?\}\}", r"\1i", source)  # an element whose name is an expression
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", named, flags=re.DOTALL)
    page = JustHTML(bare, fragment=True, sanitize=False)
    shown = [
        page.to_text(),
        *(
            (node.attrs or {}).get(name)
            for node in page.query("*")
            for name in ("alt", "aria-label", "title")
        ),
    ]
    return [text for text in shown if text and re.search(r"[A-Za-z]", text)]


def test_no_template_holds_english() -> None:
    found = {path.name: english(path.read_text(encoding="utf-8")) for path in TEMPLATES}

    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ x }} Hello</p>",
        '<nav aria-label="Menu">{{ x }}</nav>',
        '<{{ level }} class="b">Hello</{{ level }}>',
    ],
)
def test_english_in_a_template_is_found(source: str) -> None:
    assert english(source) != []
