"""Pages of the published site only, in a browser: the list of languages, and the 404 pages."""

from collections.abc import Iterator
from pathlib import Path

import frozen_site
import guards
import pytest
from dev_server import serve
from guards import NARROW, WIDE
from inspection_outcome.export.export import site
from inspection_outcome.renderer import Renderer
from playwright.sync_api import Page
from pseudo_locales import RIGHT_TO_LEFT


@pytest.fixture(scope="module")
def address(translations: Path) -> Iterator[str]:
    with serve(site(Renderer.build(frozen_site.folders(translations)))) as at:
        yield at


@pytest.mark.parametrize("path", ["/", "/404.html", "/qaa-arab/404.html"])
def test_it_obeys_every_guard(path: str, address: str, scripted: Page) -> None:
    scripted.goto(address + path)
    assert guards.axe(scripted) == []
    assert guards.small_targets(scripted) == []
    assert guards.lost_by_the_keyboard(scripted) == []

    scripted.set_viewport_size(WIDE)
    scripted.emulate_media(color_scheme="dark")
    assert guards.axe(scripted) == []

    scripted.set_viewport_size(NARROW)
    assert guards.sideways(scripted) == []
    assert scripted.get_by_role("heading", level=1).is_visible()


def test_the_list_leads_each_reader_home(address: str, read: Page) -> None:
    read.goto(address)
    guards.follow(read.get_by_role("main").get_by_role("link", name=RIGHT_TO_LEFT.name))

    assert read.evaluate("document.documentElement.lang") == "qaa-arab"
    assert read.evaluate("location.pathname") == "/qaa-arab/"
