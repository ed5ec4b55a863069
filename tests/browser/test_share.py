"""Share: the device's own share sheet; without one, the address to copy.

Also the tools of every page with JavaScript off.
"""

from collections.abc import Iterator

import guards
import pytest
from guards import PHONE
from house_rules import ALL, PAGES
from playwright.sync_api import Browser, BrowserContext, Page

SHEET = """
window.shared = [];
Object.defineProperty(Navigator.prototype, "share", {
  value: async what => { shared.push(what); %s },
});
"""


@pytest.fixture
def context_of(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=base_url, viewport=PHONE, service_workers="block")
    yield context
    context.close()


@pytest.mark.parametrize("sheet", ["", "throw new DOMException('changed my mind', 'AbortError')"])
def test_the_sheet_of_the_device_gets_the_page(
    sheet: str, context_of: BrowserContext, base_url: str
) -> None:
    page = context_of.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(SHEET % sheet)
    page.goto("/en/results/?from=me#in-care")
    page.get_by_role("button", name="Share", exact=True).click()

    assert page.evaluate("shared") == [{"title": page.title(), "url": f"{base_url}/en/results/"}]
    assert not page.locator(".address").is_visible()
    assert errors == []


def test_a_sheet_that_is_refused_leaves_the_address(
    context_of: BrowserContext, base_url: str
) -> None:
    page = context_of.new_page()
    page.add_init_script(SHEET % "throw new DOMException('not allowed', 'NotAllowedError')")
    page.goto("/en/results/")
    page.get_by_role("button", name="Share", exact=True).click()

    assert page.get_by_label("The address of this page:").input_value() == f"{base_url}/en/results/"


def test_without_a_sheet_the_address_is_copied(context_of: BrowserContext, base_url: str) -> None:
    context_of.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context_of.new_page()
    page.goto("/en/results/")
    page.get_by_role("button", name="Share", exact=True).click()
    page.locator("[data-told=copied]").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == f"{base_url}/en/results/"
    assert guards.axe(page) == []
    assert guards.small_targets(page) == []


@pytest.mark.parametrize(
    "refuses",
    [
        "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined});",
        "navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));",
    ],
)
def test_where_it_cannot_be_copied_it_is_selected(
    refuses: str, context_of: BrowserContext, base_url: str
) -> None:
    page = context_of.new_page()
    page.add_init_script(refuses)
    page.goto("/en/results/")
    page.get_by_role("button", name="Share", exact=True).click()

    field = page.get_by_label("The address of this page:")
    assert field.input_value() == f"{base_url}/en/results/"
    selection = "e => [e.selectionStart, e.selectionEnd, e === document.activeElement]"
    assert field.evaluate(selection) == [0, len(f"{base_url}/en/results/"), True]
    assert not page.locator("[data-told=copied]").is_visible()


@pytest.mark.parametrize("path", [*PAGES, ALL])
def test_without_scripts_nothing_dangles(path: str, page: Page) -> None:
    """No button without effect, no words about missing tools, no gap in their place."""
    page.goto(path)

    assert page.locator(".tools").count() == 1
    assert page.locator(".tools").inner_text().strip() == ""
    assert page.locator("button:visible").count() == 1  # the list of languages
    box = page.locator(".tools").bounding_box()
    assert box is None or box["height"] == 0


def test_a_page_is_read_before_its_script_comes(context_of: BrowserContext) -> None:
    page = context_of.new_page()
    page.route("**/tools.js", lambda _: None)  # the request never gets a response
    page.goto("/en/results/", wait_until="commit")

    page.get_by_role("heading", name="The results").wait_for()
    assert page.locator("footer").is_visible()
