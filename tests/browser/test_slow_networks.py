"""A page whose other files come late, or not at all, on a device that can read it aloud."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

MOST_MOVED = 0.02
"""Of Cumulative Layout Shift, where 0.1 is called good: https://web.dev/articles/cls."""
PATHS = ["/en/", "/en/results/", "/en/help/", "/en/progress/", "/en/easy-read/", "/qaa-arab/"]
DEVICE = """
  self.moved = [];
  self.painted = new Promise(done => new PerformanceObserver(list =>
    list.getEntriesByName("first-contentful-paint").forEach(done)
  ).observe({type: "paint", buffered: true}));
  new PerformanceObserver(list => moved.push(...list.getEntries().map(({value, sources}) =>
    [value, ...sources.map(({node}) => node && node.parentElement.outerHTML.slice(0, 100))]))
  ).observe({type: "layout-shift", buffered: true});
  Object.defineProperty(self, "speechSynthesis", {value: {
    getVoices: () => ["en", "qaa"].map(lang => ({lang, localService: true})),
    addEventListener() {}, cancel() {},
  }});
"""
"""Notes the first paint and every shift of the layout; has voices."""
SETTLED = """async () => {
  for (let frames = 3; frames; frames--) await new Promise(requestAnimationFrame);
  return moved;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """Yield a page on such a device."""
    context = browser.new_context(**browser_context_args | {"java_script_enabled": True})
    page = context.new_page()
    page.add_init_script(DEVICE)
    yield page
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_can_be_read_before_its_other_files_come_and_nothing_moves_then(
    path: str, page: Page
) -> None:
    late: list[Route] = []
    page.route("**/*.{js,svg,ico}", lambda route: late.append(route))  # noqa: PLW0108 (Playwright takes no built-in)
    page.goto(path, wait_until="commit")
    page.evaluate("painted")
    assert page.locator("h1").is_visible()
    assert late

    page.unroute_all()  # what was held comes now
    page.locator(".aloud button").first.wait_for()
    page.wait_for_load_state("load")
    moved = page.evaluate(SETTLED)

    assert sum(value for value, *_ in moved) <= MOST_MOVED, moved


def test_without_the_scripts_no_control_is_dead(page: Page) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/en/")
    buttons = page.locator("button, input").filter(visible=True).all()

    assert [button.get_attribute("popovertarget") for button in buttons] == ["_languages"]
    page.unroute_all()
