"""Pages in the other browser engines, JavaScript on, on the narrowest screen: one visit a page.

Chromium, in which every other test runs, is here only to see that these guards work in it too.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import engines
import guards
import pytest
from desk_client import ARABIC, Site
from dev_server import serve
from engine_guards import do, wrong
from engines import Engine
from flask import Flask
from frozen_site import ALL, PAGES

OTHERS = pytest.mark.parametrize("engine", engines.OTHERS, indirect=True)
"""Chromium is left out, as test_every_page.py is in it."""
MAIN = ["/en/", "/en/results/", "/en/help/"]
WITHOUT_FRAME = "document.querySelectorAll('iframe').forEach(each => each.remove())"
FRAME = "document.querySelector('iframe').contentDocument"
RIGHT_TO_LEFT = [
    f"/qaa-arab/{path}" for path in ("", "help/", "results/", "progress/", "easy-read/")
]
DESK = [
    "/",
    *(f"/{ARABIC}/{path}" for path in ("", "page/help/", "check/help/", "files/")),
    *(f"/en/{path}" for path in ("", "page/help/", "fact/visit_dates/", "progress/")),
    "/publish/",
]
GOOD = """<!doctype html><html lang="en" dir="ltr"><title>T</title><link rel="icon" href="data:,">
<style>a, button { display: inline-block; min-width: 50px; min-height: 50px }</style>
<main><h1>Title</h1><p>Text</p><a href="#x">Go there</a> <button>Do that</button></main></html>"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


@pytest.mark.parametrize("path", [*PAGES, ALL, *RIGHT_TO_LEFT])
@OTHERS
def test_nothing_is_wrong_in_any_engine(path: str, engine: Engine, base_url: str) -> None:
    """Axe looks at the main pages: engines differ in layout, focus and errors, not in the DOM."""
    engine.open(base_url + path)

    assert engine.evaluate("innerWidth") == guards.NARROW["width"]
    assert wrong(engine, axe=path in {*MAIN, *RIGHT_TO_LEFT[:2]}) == []


@OTHERS
def test_no_main_page_that_is_shipped_runs_off_the_screen_or_has_errors(
    engine: Engine, shipped_url: str
) -> None:
    found = []
    for path in [*MAIN, "/en/easy-read/", "/en/progress/"]:
        engine.open(shipped_url + path)
        found += [f"{path}: {what}" for what in [*guards.sideways(engine), *engine.errors()]]

    assert found == []


@OTHERS
def test_the_desk_works_in_any_engine(engine: Engine, tmp_path: Path, translations: Path) -> None:
    """A draft is shown in the real page, and then saved. The frame's page has its own tests."""
    desk, found = Site(tmp_path, translations, tmp_path / "live"), list[str]()
    with serve(desk.app) as at:
        engine.open(desk.access.address(at.removeprefix("http://")))
        do(
            engine,
            "const name = document.getElementById('name'); name.value = 'Anna';"
            "name.form.querySelector('button').click()",
            "document.title === 'Today – The desk'",
        )
        for path in DESK:
            engine.open(at + path)
            do(engine, WITHOUT_FRAME, "true")
            found += wrong(engine, axe=path in DESK[:3])
        engine.open(f"{at}/{ARABIC}/sentence/help.no-messages/")
        do(engine, "", f"{FRAME}.getElementById('s-help.no-messages')")
        typed = "document.querySelector('textarea').value = 'New words';"
        shown = f"{FRAME}.querySelector('.desk-here')?.innerText.startsWith('New words')"
        do(engine, f"{typed} document.querySelector('[data-show]').click()", shown)
        found += engine.errors()
        do(
            engine,
            "document.querySelector('[value=save]').click()",
            "document.title.startsWith('Saved. Readers get it when it is published.')",
        )
        do(engine, WITHOUT_FRAME, "true")
        found += wrong(engine)

    assert found == []


@contextmanager
def served(html: str) -> Iterator[str]:
    """Serve one page with a Content-Security-Policy; yield its base URL."""
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: (html, {"Content-Security-Policy": POLICY}))
    with serve(app) as address:
        yield address


def test_the_good_page_passes(engine: Engine) -> None:
    """Otherwise the bad pages below would prove nothing."""
    with served(GOOD) as address:
        engine.open(address)

        assert wrong(engine) == []


FOUND = {
    "<script>console.error('said on purpose')</script>": "said on purpose",
    "<script>throw new Error('thrown on purpose')</script>": "thrown on purpose",
    "<script>Promise.reject(new Error('refused on purpose'))</script>": "refused on purpose",
    '<p><img src="/x.png" alt="X"></p>': "Content Security Policy|img-src",
    '<a href="#y" tabindex="-1">Missed</a>': "not reached: <a href=.#y",
    '<p tabindex="0">Text</p>': "no control: <p",
    '<button onfocus="this.onfocus = null; this.blur(); '
    'this.focus({focusVisible: false})">Bare</button>': "no :focus-visible: <button",
    '<p style="width:900px">Wide</p>': "scrolls sideways",
    '<p style="color:#666;background:#fff">Grey</p>': "color-contrast-enhanced",
}
"""Faults, and what is said of each."""
HIDING = {
    '<button onkeydown="event.preventDefault()">Kept</button>': "does not leave the page: <button",
    "<style>h1 { display: none }</style>": "h1 is hidden",
}
"""Faults that would hide the others."""


@pytest.mark.parametrize("faults", [FOUND, HIDING], ids=["found", "hiding"])
def test_what_is_wrong_is_found(faults: dict[str, str], engine: Engine) -> None:
    with served(GOOD.replace("</main>", "".join(faults) + "</main>")) as address:
        engine.open(address)

        found = wrong(engine)

    assert [
        says for says in faults.values() if not any(re.search(says, each) for each in found)
    ] == []


def test_errors_of_the_page_before_are_not_told_again(engine: Engine) -> None:
    with served(GOOD + "<script>console.error('said on purpose')</script>") as address:
        engine.open(address)
        assert len(engine.errors()) == 1
    with served(GOOD) as address:
        engine.open(address)

        assert engine.errors() == []
