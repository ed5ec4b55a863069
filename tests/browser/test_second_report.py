"""Every page of another council's report in a browser."""

from collections.abc import Iterator
from pathlib import Path

import guards
import made_up
import pytest
from guards import NARROW, PHONE, WIDE
from outcome import create_app
from playwright.sync_api import Browser, Page
from serve import serve

SECOND = Path(__file__).parent.parent / "data" / "second"
NAMES = sorted(path.relative_to(SECOND).with_suffix("").as_posix() for path in SECOND.rglob("*.toml"))
PATHS = [f"{name}/" if name != "home" else "" for name in NAMES if name != "report"]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the second report in English and the made-up languages."""
    folder = made_up.folder(tmp_path_factory.mktemp("translations"), gathered=made_up.shipped(SECOND))
    with serve(create_app({"OUTCOME_CONTENT": str(SECOND), "OUTCOME_TRANSLATIONS": str(folder)})) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, second: str) -> Iterator[Page]:
    """Give a page of that site, with scripts: axe needs them."""
    context = browser.new_context(base_url=second, viewport=PHONE, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_runs_off_the_screen(path: str, visit: Page) -> None:
    for tag, scheme in (("en", "light"), ("en", "dark"), ("qaa", "light"), ("qaa-arab", "dark")):
        visit.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of its literals
        for size in (PHONE, WIDE):
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
