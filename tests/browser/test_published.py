"""Pages of the published site only, in a browser: the list of languages, and the 404 pages."""

from collections.abc import Iterator

import guards
import pseudo_locales
import pytest
from dev_server import serve
from guards import NARROW, PHONE, WIDE
from inspection_outcome.edition import Edition, Folders
from inspection_outcome.export.export import site
from inspection_outcome.settings import Settings
from playwright.sync_api import Page

PATHS = ["/", "/404.html", "/pl/404.html", "/qaa/404.html", "/qaa-arab/404.html"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    translations = pseudo_locales.beside_shipped(tmp_path_factory.mktemp("translations"))
    with serve(site(Edition.build(Folders(Settings().content, translations)))) as at:
        yield at


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(
    path: str, scheme: str, visit: Page
) -> None:
    visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal typed as str
    for size in (PHONE, WIDE):
        visit.set_viewport_size(size)
        visit.goto(path)
        assert guards.axe(visit) == []
    visit.set_viewport_size(NARROW)
    assert guards.sideways(visit) == []
    assert visit.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_reaches_every_control_and_each_is_large_enough(
    path: str, visit: Page
) -> None:
    visit.goto(path)
    controls = visit.locator(guards.CONTROLS).filter(visible=True).count()

    assert guards.keyboard(visit) == (controls, [])
    assert guards.small_targets(visit) == []


def test_the_list_leads_each_reader_home(visit: Page) -> None:
    visit.goto("/")
    visit.get_by_role("main").get_by_role("link", name="Polski").click()

    assert visit.evaluate("document.documentElement.lang") == "pl"
    assert visit.evaluate("location.pathname") == "/pl/"
