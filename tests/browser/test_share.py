"""Share: the device's own share sheet; without one, the address to copy.

Also the tools of every page with JavaScript off.
"""

from collections.abc import Iterator

import guards
import pytest
from frozen_site import ALL
from playwright.sync_api import Page

SHEET = """() => {
  window.shared = [];
  Object.defineProperty(Navigator.prototype, "share", {
    value: async what => { shared.push(what); %s },
  });
}"""
"""Gives the device a share sheet."""


@pytest.fixture
def visit(read_scripted: Page) -> Page:
    """Return the page with the results, on a device without a share sheet."""
    read_scripted.goto("about:blank")  # an address with # is not loaded again where it is open
    read_scripted.goto("/en/results/?from=me#in-care")
    return read_scripted


@pytest.fixture
def errors(read_scripted: Page) -> Iterator[list[str]]:
    """Yield the errors of the page's scripts."""
    found: list[str] = []

    def note(error: Exception) -> None:
        found.append(str(error))

    read_scripted.on("pageerror", note)
    yield found
    read_scripted.remove_listener("pageerror", note)


def share(page: Page) -> None:
    page.get_by_role("button", name="Share", exact=True).click()


@pytest.mark.parametrize("sheet", ["", "throw new DOMException('changed my mind', 'AbortError')"])
def test_the_sheet_of_the_device_gets_the_page(
    sheet: str, errors: list[str], visit: Page, base_url: str
) -> None:
    visit.evaluate(SHEET % sheet)
    share(visit)

    assert visit.evaluate("shared") == [{"title": visit.title(), "url": f"{base_url}/en/results/"}]
    assert not visit.locator(".address").is_visible()
    assert errors == []


def test_a_sheet_that_is_refused_leaves_the_address(visit: Page, base_url: str) -> None:
    visit.evaluate(SHEET % "throw new DOMException('not allowed', 'NotAllowedError')")
    share(visit)

    field = visit.get_by_label("The address of this page:")
    assert field.input_value() == f"{base_url}/en/results/"


def test_without_a_sheet_the_address_is_copied(visit: Page, base_url: str) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    share(visit)
    visit.locator("[data-told=copied]").wait_for()

    assert visit.evaluate("navigator.clipboard.readText()") == f"{base_url}/en/results/"
    assert guards.axe(visit) == []
    assert guards.small_targets(visit) == []


@pytest.mark.parametrize(
    "refuses",
    [
        "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})",
        "navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))",
    ],
)
def test_where_it_cannot_be_copied_it_is_selected(refuses: str, visit: Page, base_url: str) -> None:
    visit.evaluate(f"() => {{ {refuses}; }}")
    share(visit)

    field = visit.get_by_label("The address of this page:")
    assert field.input_value() == f"{base_url}/en/results/"
    selection = "e => [e.selectionStart, e.selectionEnd, e === document.activeElement]"
    assert field.evaluate(selection) == [0, len(f"{base_url}/en/results/"), True]
    assert not visit.locator("[data-told=copied]").is_visible()


@pytest.mark.parametrize(
    ("path", "tools"), [("/en/", 2), ("/en/results/", 2), (ALL, 2), ("/en/help/", 1)]
)
def test_without_scripts_nothing_dangles(path: str, tools: int, read: Page) -> None:
    """No button without effect, no words about missing tools, no gap in their place.

    To read aloud is near the top of a page, the others are at its end; help has only the first.
    """
    read.goto(path)

    assert read.locator(".tools").count() == tools
    assert read.locator(".tools:visible, .tools :visible, .told:visible").count() == 0
    assert read.locator("button:visible").count() == 1  # the list of languages


def test_help_can_be_read_aloud_and_nothing_there_leaves_a_trace(
    errors: list[str], read_scripted: Page
) -> None:
    read_scripted.goto("/en/help/")
    read_scripted.wait_for_load_state("networkidle")

    assert read_scripted.locator(".aloud").count() == 1
    assert read_scripted.locator(".share, .keep, .remove").count() == 0
    assert errors == []
