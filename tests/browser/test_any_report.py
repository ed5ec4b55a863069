"""Every page of any council's report, in a browser. See tests/web/test_any_report.py."""

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
    """Serve the report in English and the pseudo-locales; yield the base URL."""
    folder = pseudo_locales.folder(
        tmp_path_factory.mktemp("translations"), messages=pseudo_locales.shipped(ANY)
    )
    settings = {"OUTCOME_CONTENT": str(ANY), "OUTCOME_TRANSLATIONS": str(folder)}
    with serve(create_app(settings)) as at:
        yield at


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(path: str, visit: Page) -> None:
    for tag, scheme in (("en", "light"), ("en", "dark"), ("qaa", "light"), ("qaa-arab", "dark")):
        visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal typed as str
        for size in (PHONE, WIDE) if tag == "en" else (PHONE,):
            visit.set_viewport_size(size)
            visit.goto(f"/{tag}/{path}")
            visit.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert guards.axe(visit) == []
        visit.set_viewport_size(NARROW)
        assert guards.sideways(visit) == []


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_reaches_every_control_and_each_is_large_enough(
    path: str, visit: Page
) -> None:
    visit.goto(f"/en/{path}")
    controls = visit.locator(guards.CONTROLS).filter(visible=True).count()

    assert guards.keyboard(visit) == (controls, [])
    assert guards.small_targets(visit) == []
