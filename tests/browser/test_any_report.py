"""Every page of any council's report in a browser: see tests/web/test_any_report.py."""

from collections.abc import Iterator

import guards
import pseudo_locales
import pytest
from dev_server import serve
from guards import NARROW, PHONE, WIDE
from inspection_outcome import create_app
from playwright.sync_api import Page
from pseudo_locales import ANY, pages_of

PATHS = [path.removeprefix("/en/") for path in pages_of(ANY)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve it in English and the made-up languages."""
    folder = pseudo_locales.folder(tmp_path_factory.mktemp("translations"), messages=pseudo_locales.shipped(ANY))
    with serve(create_app({"OUTCOME_CONTENT": str(ANY), "OUTCOME_TRANSLATIONS": str(folder)})) as at:
        yield at


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(path: str, visit: Page) -> None:
    for tag, scheme in (("en", "light"), ("en", "dark"), ("qaa", "light"), ("qaa-arab", "dark")):
        visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its literals
        for size in (PHONE, WIDE) if tag == "en" else (PHONE,):
            visit.set_viewport_size(size)
            visit.goto(f"/{tag}/{path}")
            visit.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert guards.axe(visit) == []
        visit.set_viewport_size(NARROW)
        assert guards.sideways(visit) == []


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_reaches_every_control_and_each_is_large_enough(path: str, visit: Page) -> None:
    visit.goto(f"/en/{path}")
    controls = visit.locator(guards.CONTROLS).filter(visible=True).count()

    assert guards.keyboard(visit) == (controls, [])
    assert guards.small_targets(visit) == []
