"""What a screen reader is told of a page: its accessibility tree in reading order, kept as text in data/spoken.

After a change that is meant, write the kept transcripts anew, and read what changed: `python tests/spoken.py`, `git diff`.
"""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import made_up
from find_browser import chromium
from guards import PHONE
from made_up import RIGHT_TO_LEFT
from outcome import create_app
from outcome.report.sentence import Sentence
from playwright.sync_api import Page, sync_playwright
from serve import serve

FOLDER = Path(__file__).parent / "data" / "spoken"
PATHS = ["/en/", "/en/easy-read/", "/en/results/", "/en/progress/", "/en/help/", "/qaa-arab/", "/qaa-arab/help/"]
"""`qaa-arab` is told with gaps: parts in English among parts in another language."""
DAY = dt.date(2026, 11, 25)
_VOICE = """
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => ["en-GB", "qaa"].map(lang => ({lang, localService: true})),
}});
"""
_WHOLE = {"link", "button", "heading", "DisclosureTriangle"}
"""Roles whose name is what they hold: told as one, where it is in one language."""
_SILENT = {"generic", "none", "InlineTextBox", "LineBreak", "LayoutTable", "ListMarker", "LabelText"}
_STATES = ("level", "expanded", "checked", "pressed", "disabled", "readonly", "live")


@contextmanager
def site() -> Iterator[str]:
    """Serve the site on a fixed day, its right-to-left language with gaps; gives its address."""

    def kept(sentence: Sentence) -> bool:
        return len(sentence.text) % 3 > 0

    with tempfile.TemporaryDirectory() as folder:
        translations = made_up.beside_shipped(Path(folder))
        made_up.write(translations, RIGHT_TO_LEFT, made_up.shipped(), kept)
        app = create_app({"OUTCOME_TRANSLATIONS": str(translations)})
        with mock.patch("outcome.public.pages.today", return_value=DAY), serve(app) as address:
            yield address


def transcript(page: Page, url: str) -> str:
    """Go there, and give what a screen reader is told: a line for each part, indented as it is held."""
    page.set_viewport_size(PHONE)
    page.add_init_script(_VOICE)
    page.goto(url)
    page.locator(".keep").wait_for()
    return "\n".join(_told(page)) + "\n"


def file_of(path: str) -> Path:
    """Give the file that keeps the transcript of a page."""
    return FOLDER / f"{path.strip('/').replace('/', '-')}.txt"


def _told(page: Page) -> Iterator[str]:
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    elements = {node["nodeId"]: node for node in session.send("DOM.getFlattenedDocument", {"depth": -1})["nodes"]}
    by_backend = {node["backendNodeId"]: node for node in elements.values()}
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    root = next(node for node in nodes.values() if "parentId" not in node)
    html = next(node for node in elements.values() if node["nodeName"] == "HTML")

    def attribute(node: dict[str, Any] | None, name: str) -> str:
        given = (node or {}).get("attributes", [])
        return dict(zip(given[::2], given[1::2], strict=True)).get(name, "")

    def language(node: dict[str, Any]) -> str:
        at = by_backend.get(node.get("backendDOMNodeId", 0))
        while at is not None:
            if lang := attribute(at, "lang"):
                return lang
            at = elements.get(at.get("parentId", 0))
        return page_language

    def texts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for child in map(nodes.get, node.get("childIds", [])):
            if child and _role(child) == "StaticText" and not child["ignored"]:
                yield child
            elif child:
                yield from texts(child)

    def tell(node: dict[str, Any], depth: int) -> Iterator[str]:
        children = [nodes[id_] for id_ in node.get("childIds", []) if id_ in nodes]
        role, name = _role(node), " ".join(node.get("name", {}).get("value", "").split())
        silent = node["ignored"] or role in _SILENT or (role == "StaticText" and not name)
        if not silent:
            here = list(texts(node)) or [node]
            languages = {language(text) for text in here}
            whole = role == "StaticText" or (role in _WHOLE and len(languages) == 1)
            lang = languages.pop() if whole else language(node)
            current = attribute(by_backend.get(node.get("backendDOMNodeId", 0)), "aria-current")
            states = [*_states(node), *([f"current={current}"] if current else [])]
            parts = [
                "text" if role == "StaticText" else role,
                *([f'"{name}"'] if name and (whole or role not in _WHOLE) else []),
                *([f"({', '.join(states)})"] if states else []),
                *([f"[{lang}]"] if lang != page_language else []),
            ]
            yield "  " * depth + " ".join(parts)
            depth += 1
            if whole:
                children = [child for child in children if _role(child) in _WHOLE]
        for child in children:
            yield from tell(child, depth)

    page_language = attribute(html, "lang")
    yield f'page "{page.title()}" [{page_language}, {attribute(html, "dir")}]'
    for child in root["childIds"]:
        yield from tell(nodes[child], 1)


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _states(node: dict[str, Any]) -> Iterator[str]:
    given = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    for name in _STATES:
        if given.get(name) not in {None, "off", False} or (name == "expanded" and name in given):
            yield f"{name}={given[name]}".lower()


def main() -> None:
    """Write every transcript anew."""
    FOLDER.mkdir(exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for path in PATHS:
            page = browser.new_page(service_workers="block")
            file_of(path).write_text(transcript(page, address + path), encoding="utf-8")
            page.close()
            print(file_of(path).relative_to(Path.cwd()))
        browser.close()


if __name__ == "__main__":
    main()
