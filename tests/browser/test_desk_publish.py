"""The screen to publish in a browser: axe, keyboard, narrow and zoomed, without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import guards
import pytest
from desk_client import ARABIC, Site
from dev_server import serve
from guards import NARROW, PHONE, WIDE
from playwright.sync_api import Browser, Page

ID = "help.no-messages"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Site:
    folder = tmp_path_factory.mktemp("desk")
    return Site(folder, translations, folder / "live")


@pytest.fixture(scope="module")
def pages(
    browser: Browser, browser_context_args: dict[str, Any], site: Site
) -> Iterator[tuple[Page, Page]]:
    """Yield two pages of one person: without JavaScript, and with it, as axe needs it."""
    with serve(site.app) as address:
        options = browser_context_args | {"base_url": address}
        plain = browser.new_context(**options | {"java_script_enabled": False})
        scripted = browser.new_context(**options | {"java_script_enabled": True})
        page = plain.new_page()
        page.goto(site.access.address(address.removeprefix("http://")))
        page.get_by_label("Your name").fill("Anna Kowalska")
        guards.follow(page.get_by_role("button", name="Begin"))
        scripted.add_cookies(plain.cookies())  # type: ignore[arg-type] # the same form
        yield page, scripted.new_page()
        plain.close()
        scripted.close()


def faults(page: Page, scripted: Page, path: str = "/publish/") -> list[object]:
    """Return what is wrong with the screen that is open, and has this address."""
    found: list[object] = []
    scripted.goto(path)
    for size, scheme in ((PHONE, "light"), (WIDE, "dark")):
        scripted.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
        scripted.set_viewport_size(size)
        found += guards.axe(scripted)
    page.set_viewport_size(PHONE)
    found += guards.small_targets(page) + guards.tight_lines(page)
    found += guards.lost_by_the_keyboard(page)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        found += guards.sideways(page)
        with guards.own_style(page, "html{font-size:200%!important}"):
            found += guards.sideways(page)
    return found


def test_a_publish_and_what_takes_it_back(pages: tuple[Page, Page], site: Site) -> None:
    """From the first one on, without scripts; the screens on the way work for everybody."""
    page, scripted = pages
    page.goto("/publish/")
    first = faults(page, scripted)
    guards.follow(page.get_by_role("button", name="Publish everything"))
    person = site.person("Ben Okri")
    person.save(ID, "Nové zdání")
    person.save(ID, "جملة جديدة", tag=ARABIC)
    english = site.folders.content / "help.toml"
    text = english.read_text(encoding="utf-8")
    changed = re.sub(r'(id = "help.danger"\ntext = ")', r"\1Now: ", text)
    english.write_text(changed, encoding="utf-8")

    page.goto("/")
    guards.follow(page.get_by_role("link", name="Publish", exact=True))
    waiting = faults(page, scripted)
    page.get_by_label("Arabic").uncheck()
    guards.follow(page.get_by_role("button", name="Publish", exact=True))
    assert page.title().startswith("Look once more – Publish")
    page.locator(".look:focus").wait_for()
    guards.follow(page.get_by_role("button", name="Publish", exact=True))
    assert page.title().startswith("Published.")
    live = site.folders.content.parent / "live" / "translations/cs/LC_MESSAGES/messages.po"
    assert "Nové zdání" in live.read_text(encoding="utf-8")
    guards.follow(page.get_by_role("link", name="Take back").first)
    guards.follow(page.get_by_role("button", name="Take back"))
    page.get_by_text("took back").wait_for()
    assert "Nové zdání" not in live.read_text(encoding="utf-8")
    english.write_text(f"# TODO\n{changed}", encoding="utf-8")
    page.goto("/publish/")
    stopped = faults(page, scripted)

    assert [first, waiting, stopped] == [[]] * 3
