"""Transcripts of pages for a screen reader: the accessibility tree in reading order.

They are of the frozen site and its desk, and kept as text in data/spoken. After an intended change,
rewrite them and read the difference: `.venv/bin/python tests/spoken.py; git diff`.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frozen_site
import pseudo_locales
from desk_client import TAG, Site
from dev_server import serve
from find_browser import chromium
from guards import PHONE, follow
from inspection_outcome.report.sentence import Sentence
from playwright.sync_api import Browser, Page, sync_playwright
from pseudo_locales import RIGHT_TO_LEFT

FOLDER = Path(__file__).parent / "data" / "spoken"
PATHS = [
    "/en/",
    "/en/easy-read/",
    "/en/results/",
    "/en/progress/",
    "/en/help/",
    "/qaa-arab/",
    "/qaa-arab/help/",
]
"""`qaa-arab` is only partly translated: some parts of its pages are in English."""
_LEAD = "progress.lead"
"""A sentence of the desk's transcripts: a plural with a fact, in which one form has a problem."""
DESK = {"desk": "/", "desk-sentence": f"/{TAG}/sentence/{_LEAD}/?in=changed"}
"""Screens of the desk, by the names of their transcripts."""
_VOICE = """
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => ["en-GB", "qaa"].map(lang => ({lang, localService: true})),
}});
"""
_WHOLE = {"link", "button", "heading", "DisclosureTriangle"}
"""Roles whose name is their content: one line for all of it, if it is in one language."""
_SILENT = {
    "generic",
    "none",
    "InlineTextBox",
    "LineBreak",
    "LayoutTable",
    "ListMarker",
    "LabelText",
}
Node = dict[str, Any]
"""A node of the accessibility tree or of the DOM, as the browser's DevTools describe it."""
_STATES = ("level", "expanded", "checked", "pressed", "disabled", "readonly", "live")


@contextmanager
def site() -> Iterator[str]:
    """Serve the frozen site, but with `qaa-arab` only partly translated; yield its base URL."""

    def kept(sentence: Sentence) -> bool:
        return len(sentence.text) % 3 > 0

    with tempfile.TemporaryDirectory() as folder:
        translations = pseudo_locales.folder(Path(folder))
        pseudo_locales.write(translations, RIGHT_TO_LEFT, keep=kept)
        with serve(frozen_site.create(translations)) as address:
            yield address


@contextmanager
def desk(browser: Browser) -> Iterator[Page]:
    """Yield a page of somebody at a desk where the English has changed. Their base URL is its own.

    There is no history, as that would tell when it was made.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Site(Path(folder), pseudo_locales.folder(Path(folder) / "made"))
        person, forms = made.person(), (f"{each} {{areas_count}}." for each in ("Jedna", "Dvě"))
        person.save(_LEAD, *forms, "Pět {x}.", do="anyway")
        person.save("ui.updated", "Broken on purpose", do="anyway")
        person.save("help.danger", "Ring if somebody is in danger.", do="anyway")
        english = made.folders.content / "progress.toml"
        text = english.read_text(encoding="utf-8")
        english.write_text(text.replace("Inspectors named", "They named"), encoding="utf-8")
        with serve(made.app) as address:
            page = browser.new_page(viewport=PHONE, base_url=address)
            page.goto(made.access.address(address.removeprefix("http://")))
            page.get_by_label("Your name").fill("Anna Kowalska")
            follow(page.get_by_role("button", name="Begin"))
            yield page
            page.close()


def transcript_at_desk(page: Page, name: str) -> str:
    """Return the transcript of a screen of the desk, of its name in DESK."""
    page.goto(DESK[name])
    return _told(page)


@contextmanager
def phone(browser: Browser) -> Iterator[Page]:
    """Yield a page on a phone that has voices to read aloud with."""
    page = browser.new_page(viewport=PHONE, service_workers="block")
    page.add_init_script(_VOICE)
    yield page
    page.close()


def transcript(page: Page, url: str) -> str:
    """Open an address and return its transcript: a line for each node, indented by its depth."""
    page.goto(url)
    page.locator(".aloud button").first.wait_for()
    if page.locator(".keep").count():  # not on the page of help
        page.locator(".keep").wait_for()
    return _told(page)


def _told(page: Page) -> str:
    return "\n".join(_Tree(page).told()) + "\n"


def file_of(path: str) -> Path:
    """Return the file that holds the kept transcript of a page, or of a screen of the desk."""
    return FOLDER / f"{path.strip('/').replace('/', '-')}.txt"


class _Tree:
    """The accessibility tree of a page, with the DOM elements of its nodes."""

    def __init__(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        dom = session.send("DOM.getFlattenedDocument", {"depth": -1})["nodes"]
        self._parents = {node["nodeId"]: node for node in dom}
        self._elements = {node["backendNodeId"]: node for node in dom}
        self._nodes = {
            node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]
        }
        html = next(node for node in dom if node["nodeName"] == "HTML")
        session.detach()
        self._page_language = _attribute(html, "lang")
        self._first = f'page "{page.title()}" [{self._page_language}, {_attribute(html, "dir")}]'

    def told(self) -> Iterator[str]:
        """Yield a line for each node that a screen reader announces."""
        yield self._first
        root = next(node for node in self._nodes.values() if "parentId" not in node)
        for child in self._children(root):
            yield from self._tell(child, 1)

    def _tell(self, node: Node, depth: int) -> Iterator[str]:
        children = self._children(node)
        name = " ".join(node.get("name", {}).get("value", "").split())
        role = _role(node)
        is_text = role == "StaticText"
        if not (node["ignored"] or role in _SILENT or (is_text and not name)):
            own = self._language(node)
            languages = {self._language(text) for text in self._texts(node)} or {own}
            whole = is_text or (role in _WHOLE and len(languages) == 1)
            lang = languages.pop() if whole else own
            shown = name if whole or role not in _WHOLE else ""
            yield "  " * depth + self._line(node, shown, lang)
            depth += 1
            if whole:
                children = [child for child in children if _role(child) in _WHOLE]
        for child in children:
            yield from self._tell(child, depth)

    def _line(self, node: Node, name: str, lang: str) -> str:
        current = _attribute(self._elements.get(node.get("backendDOMNodeId", 0)), "aria-current")
        states = [*_states(node), *([f"current={current}"] if current else [])]
        parts = ["text" if _role(node) == "StaticText" else _role(node)]
        parts += [f'"{name}"'] if name else []
        parts += [f"({', '.join(states)})"] if states else []
        parts += [f"[{lang}]"] if lang != self._page_language else []
        return " ".join(parts)

    def _children(self, node: Node) -> list[Node]:
        return [self._nodes[id_] for id_ in node.get("childIds", []) if id_ in self._nodes]

    def _texts(self, node: Node) -> Iterator[Node]:
        for child in self._children(node):
            if _role(child) == "StaticText" and not child["ignored"]:
                yield child
            else:
                yield from self._texts(child)

    def _language(self, node: Node) -> str:
        at = self._elements.get(node.get("backendDOMNodeId", 0))
        while at is not None:
            if lang := _attribute(at, "lang"):
                return lang
            at = self._parents.get(at.get("parentId", 0))
        return self._page_language


def _attribute(element: Node | None, name: str) -> str:
    given = (element or {}).get("attributes", [])
    return str(dict(zip(given[::2], given[1::2], strict=True)).get(name, ""))


def _role(node: Node) -> str:
    return str(node.get("role", {}).get("value", ""))


def _states(node: Node) -> Iterator[str]:
    given = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    for name in _STATES:
        if given.get(name) not in {None, "off", False} or (name == "expanded" and name in given):
            yield f"{name}={given[name]}".lower()


def main() -> None:
    """Rewrite every transcript."""
    FOLDER.mkdir(exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with phone(browser) as page:
            for path in PATHS:
                file_of(path).write_text(transcript(page, address + path), encoding="utf-8")
                print(file_of(path).relative_to(Path.cwd()))
        with desk(browser) as page:
            for name in DESK:
                file_of(name).write_text(transcript_at_desk(page, name), encoding="utf-8")
                print(file_of(name).relative_to(Path.cwd()))
        browser.close()


if __name__ == "__main__":
    main()
