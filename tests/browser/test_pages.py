"""How a page behaves in a browser as readers use it, with JavaScript off."""

import frozen_site
import guards
import pytest
from guards import NARROW, PHONE, WIDE
from playwright.sync_api import Page, ViewportSize


def test_the_skip_link_is_first_and_leads_past_the_menu(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip the menu"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("size", [NARROW, PHONE, WIDE])
def test_cards_stack_before_a_long_word_breaks(size: ViewportSize, page: Page) -> None:
    """A translation of 'Outstanding' may be twice as long."""
    page.set_viewport_size(size)
    page.goto("/en/")
    page.evaluate(
        "document.querySelectorAll('.cards .grade').forEach("
        "each => each.textContent = 'Hervorragendestens')"
    )
    heights = page.evaluate(
        "[...document.querySelectorAll('.cards .grade')].map(each => each.getClientRects().length)"
    )
    lines = page.evaluate(
        "[...document.querySelectorAll('.cards .grade')].map(each =>"
        " Math.round(each.offsetHeight / parseFloat(getComputedStyle(each).lineHeight)))"
    )

    assert (heights, lines) == ([1, 1], [1, 1])
    assert guards.sideways(page) == []


def test_where_this_comes_from_opens_without_a_script(page: Page) -> None:
    page.goto("/en/results/")
    source = page.locator("#in-care details")
    assert not source.get_by_role("listitem").first.is_visible()

    source.locator("summary").click()

    assert "16 February 2026, paragraph 5" in source.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reached_step_stands_out_in_forced_colours(scheme: str, page: Page) -> None:
    page.emulate_media(
        forced_colors="active",
        color_scheme=scheme,  # type: ignore[arg-type] # a literal typed as str
    )
    page.goto("/en/")
    theme = "element => getComputedStyle(element).fill + getComputedStyle(element).strokeDasharray"
    steps = {
        name: page.locator(f".card:nth-child(2) .stairs .{name}").first.evaluate(theme)
        for name in ("reached", "below", "above")
    }

    assert len(set(steps.values())) == 3
    border = page.locator(".points > div, .doors a").first
    assert border.evaluate("element => getComputedStyle(element).borderTopWidth") == "1px"


def test_paper_has_the_address_the_day_and_the_sources_and_no_menu(read: Page) -> None:
    read.emulate_media(media="print")
    for path in [*frozen_site.PAGES, frozen_site.ALL]:
        read.goto(path)
        foot = read.locator("footer")
        found = read.evaluate("""() => ({
          menus: [...document.querySelectorAll("nav, .skip")].filter(e => e.checkVisibility()),
          sources: [...document.querySelectorAll(".from")].map(
            e => e.querySelector("ul")?.getBoundingClientRect().height ?? 0),
        })""")

        assert found["menus"] == []
        assert foot.get_by_text(path, exact=True).is_visible()
        assert foot.get_by_text("We last changed this site on").is_visible()
        assert min(found["sources"], default=99) > 10
    read.emulate_media(media="null")


def test_the_style_is_applied_under_the_policy(page: Page) -> None:
    page.goto("/en/")

    border = "element => getComputedStyle(element).borderTopWidth"
    assert page.locator(".card").first.evaluate(border) == "2px"


@pytest.mark.parametrize("tag", ["en", "qaa", "qaa-arab"])
def test_every_word_in_a_picture_is_drawn(tag: str, page: Page) -> None:
    """An HTML element inside an SVG text would not be drawn."""
    page.goto(f"/{tag}/results/")
    widths = page.evaluate(
        "[...document.querySelectorAll('svg text')].map(each => each.getComputedTextLength())"
    )

    assert len(widths) > 20
    assert min(widths) > 3
