"""Files of the desk in a browser: out and in without JavaScript, on a phone, at 400 %, with axe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import guards
import pytest
import sheets
from desk_client import ARABIC, Site
from dev_server import serve
from guards import NARROW, PHONE, WIDE
from playwright.sync_api import Browser, FilePayload, Page
from sheets import cell, damaged, fill

ID, OTHER, THIRD = "help.no-messages", "help.danger", "help.title"
NEW = "كلمات جديدة."
SCREEN = f"/{ARABIC}/files/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Site:
    made = Site(tmp_path_factory.mktemp("desk"), translations)
    made.person().post("/history", {}, 303)
    return made


@pytest.fixture(scope="module")
def page(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: Any, site: Site
) -> Iterator[Page]:
    """Yield a page of somebody who has opened the desk, if asked with JavaScript."""
    with serve(site.app) as address:
        scripts = getattr(request, "param", False)
        options = browser_context_args | {"java_script_enabled": scripts, "base_url": address}
        context = browser.new_context(**options)
        opened = context.new_page()
        opened.goto(site.access.address(address.removeprefix("http://")))
        opened.get_by_label("Your name").fill("Anna Kowalska")
        guards.follow(opened.get_by_role("button", name="Begin"))
        yield opened
        context.close()


def came_back(site: Site, data: bytes) -> FilePayload:
    """Return a file with one row of each kind, once somebody has changed things here."""

    def damage(sheet: Any) -> None:
        fill(ID, NEW)(sheet)
        fill(OTHER, "{wizyta}")(sheet)
        fill(THIRD, NEW)(sheet)
        fill("help.description", "=1+1")(sheet)
        cell(sheet, "help.label").value = None
        cell(sheet, "home.title", "version").value = "x"

    site.person().save(THIRD, "من بن", tag=ARABIC)
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "back.xlsx", "mimeType": xlsx, "buffer": damaged(data, damage)}


def test_an_officer_sends_out_and_brings_in_without_javascript(page: Page, site: Site) -> None:
    page.goto(f"/{ARABIC}/")
    guards.follow(page.get_by_role("link", name="Send out or bring in"))
    page.get_by_label("Needs checking").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Get the spreadsheet").click()
    file = came_back(site, Path(download.value.path()).read_bytes())

    page.goto(SCREEN)
    page.get_by_label("The file").set_input_files(file)
    guards.follow(page.get_by_role("button", name="See what is in it"))
    assert page.title().startswith("Nothing is saved yet – ")
    page.get_by_label("Take theirs").check()
    page.get_by_label("An agency").check()
    page.get_by_label("The name").fill("Lingua Ltd")
    guards.follow(page.get_by_role("button", name="Take this one, and what is ticked"))

    assert page.title().startswith("2 taken. Readers see them now. – ")
    stock = site.app.extensions["desk"].stocks.current()
    assert [stock.entry(ARABIC, id_).forms for id_ in (ID, THIRD)] == [(NEW,), (NEW,)]


@pytest.mark.parametrize("page", [True], ids=["scripted"], indirect=True)
def test_both_screens_work_on_a_phone_at_400_percent_and_by_keyboard(
    page: Page, site: Site
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    stock = site.app.extensions["desk"].stocks.current()
    file = came_back(site, sheets.sent(stock, ARABIC))
    found = []
    for screen in ("files", "refused", "found"):
        page.goto(SCREEN)
        if screen == "found":
            page.get_by_label("The file").set_input_files(file)
        if screen != "files":
            guards.follow(page.get_by_role("button", name="See what is in it"))
        for size, scheme in ((PHONE, "light"), (WIDE, "dark")):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
            page.set_viewport_size(size)
            found += guards.axe(page)
        page.set_viewport_size(PHONE)
        found += [*guards.small_targets(page), *guards.tight_lines(page)]
        if screen == "files":  # the others begin at what was refused, or have radio buttons
            found += guards.lost_by_the_keyboard(page)
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            found += guards.sideways(page)
            with guards.own_style(page, "html{font-size:200%!important}"):
                found += guards.sideways(page)

    # A tick has its label, of 44 pixels, to be hit; of a file, a browser cuts the name off.
    own = ('<input type="checkbox"', '<input type="radio"', '<input type="file"')
    assert [each for each in found if not any(name in each for name in own)] == []
    assert [each for each in said if "422" not in each] == []
