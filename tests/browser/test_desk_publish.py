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
def page(browser: Browser, browser_context_args: dict[str, Any], site: Site) -> Iterator[Page]:
    """Yield a page of somebody without JavaScript who has opened the desk."""
    with serve(site.app) as address:
        options = browser_context_args | {"java_script_enabled": False, "base_url": address}
        context = browser.new_context(**options)
        opened = context.new_page()
        opened.goto(site.access.address(address.removeprefix("http://")))
        opened.get_by_label("Your name").fill("Anna Kowalska")
        opened.get_by_role("button", name="Begin").click()
        yield opened
        context.close()


def faults(page: Page) -> list[object]:
    """Return what is wrong with the screen that is open."""
    found: list[object] = []
    for size, scheme in ((PHONE, "light"), (WIDE, "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
        page.set_viewport_size(size)
        found += guards.axe(page)
    page.set_viewport_size(PHONE)
    found += guards.small_targets(page) + guards.tight_lines(page)
    found += guards.lost_by_the_keyboard(page)
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        found += guards.sideways(page)
        with guards.own_style(page, "html{font-size:200%!important}"):
            found += guards.sideways(page)
    return found


def test_a_publish_and_what_takes_it_back(page: Page, site: Site) -> None:
    """From the first one on, without scripts; each screen on the way works for everybody."""
    page.goto("/publish/")
    first = faults(page)
    page.get_by_role("button", name="Publish everything").click()
    nothing = faults(page)
    person = site.person("Ben Okri")
    person.save(ID, "Nové zdání")
    person.save(ID, "جملة جديدة", tag=ARABIC)
    english = site.folders.content / "help.toml"
    text = english.read_text(encoding="utf-8")
    english.write_text(
        re.sub(r'(id = "help.danger"\ntext = ")', r"\1Now: ", text), encoding="utf-8"
    )

    page.goto("/")
    page.get_by_role("link", name="Publish", exact=True).click()
    waiting = faults(page)
    page.get_by_label("Arabic").uncheck()
    page.get_by_role("button", name="Publish", exact=True).click()
    assert page.title().startswith("Look once more – Publish")
    again = faults(page)
    page.get_by_role("button", name="Publish", exact=True).click()
    assert page.title().startswith("Published.")
    live = site.folders.content.parent / "live" / "translations"
    assert "Nové zdání" in (live / "cs/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    page.get_by_role("link", name="Take back").first.click()
    back = faults(page)
    page.get_by_role("button", name="Take back").click()
    page.get_by_text("took back").wait_for()
    english.write_text(f"# TODO\n{english.read_text(encoding='utf-8')}", encoding="utf-8")
    page.goto("/publish/")
    stopped = faults(page)

    assert [first, nothing, waiting, again, back, stopped] == [[]] * 6
    assert "Nové zdání" not in (live / "cs/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
