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


@pytest.mark.parametrize(("size", "text"), [(NARROW, "100%"), (NARROW, "200%"), (PHONE, "200%")])
def test_a_title_stands_below_its_picture_before_a_word_breaks(
    size: ViewportSize, text: str, page: Page
) -> None:
    page.set_viewport_size(size)
    page.goto("/en/for/care-leavers/")
    with guards.own_style(page, f"html{{font-size:{text}!important}}"):
        beside = page.evaluate(
            "document.querySelector('h1').getBoundingClientRect().left > innerWidth / 5"
        )
        broken = [each for each in guards.broken_words(page) if "<h1" in each]

    assert beside == (text == "100%")
    assert broken == []


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


def test_cards_below_each_other_are_as_wide(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("/en/")
    cards = [card.bounding_box() for card in page.locator(".cards .card").all()]

    assert len({(card["x"], card["width"]) for card in cards if card}) == 1
    assert len({card["y"] for card in cards if card}) == 2


@pytest.mark.parametrize("width", [390, 1280])
def test_two_cards_stand_beside_each_other_though_a_grade_is_long(width: int, page: Page) -> None:
    """Equally wide if the words let them; else the second grade would leave the first screen."""
    page.set_viewport_size(ViewportSize(width=width, height=844))
    page.goto("/en/")
    page.evaluate(
        "document.querySelectorAll('.cards .grade').forEach(each => each.textContent = 'Good')"
    )
    equal = [card.bounding_box() for card in page.locator(".cards .card").all()]
    page.evaluate("document.querySelector('.cards .grade').textContent = 'Niewystarczająca'")
    beside = [card.bounding_box() for card in page.locator(".cards .card").all()]

    assert len({round(card["width"]) for card in equal if card}) == 1
    assert len({card["y"] for card in beside if card}) == 1


def test_on_a_phone_no_button_takes_the_room_of_the_words_beside_it(page: Page) -> None:
    page.goto("/en/help/")
    page.evaluate(
        "document.querySelectorAll('.contact li:not(:first-child)').forEach(each => each.remove());"
        "document.querySelectorAll('.contact .button').forEach("
        "each => each.textContent = 'Ring 111')"
    )
    words = [each.bounding_box() for each in page.locator(".contact > div").all()]

    assert min(box["width"] for box in words if box) > 240


_BROKEN_NUMBERS = r"""() => [...document.querySelectorAll(".first .button bdi")].filter(number => {
  const range = new Range();
  range.selectNodeContents(number);
  return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
}).map(number => number.textContent)"""
_STOPS_APART = """() => [...document.querySelectorAll(".easy a[href^=tel]")].flatMap(link => {
  const number = link.firstChild, stop = link.nextSibling, range = new Range();
  stop.data = ".";
  return Array.from({length: 100}, (_, at) => 60 + at).filter(width => {
    link.closest("p").style.maxWidth = `${width}px`;
    range.setStart(number, number.length - 1);
    range.setEnd(stop, 1);
    const boxes = [...range.getClientRects()];
    return boxes[boxes.length - 1].top > boxes[0].bottom;
  });
})"""


def test_a_number_on_a_button_is_not_broken(page: Page) -> None:
    page.goto("/qaa/for/care-leavers/")
    found = []
    for width in range(300, 400, 5):
        page.set_viewport_size(ViewportSize(width=width, height=844))
        found += page.evaluate(_BROKEN_NUMBERS)

    assert found == []


def test_no_full_stop_after_a_number_stands_on_a_line_of_its_own(page: Page) -> None:
    page.goto("/en/easy-read/")

    assert page.evaluate(_STOPS_APART) == []


def test_where_this_comes_from_opens_without_a_script(page: Page) -> None:
    page.goto("/en/results/")
    source = page.locator("#overall .from")
    assert not source.get_by_role("listitem").first.is_visible()

    source.locator("summary").click()

    assert "16 February 2026 (paragraph 1)" in source.inner_text()


def test_the_rest_of_what_was_good_opens_without_a_script(page: Page) -> None:
    page.goto("/en/results/")
    last = page.get_by_text("Care leavers had a say in how their centre was run.")
    assert page.get_by_text("Most did not know what money they could ask for.").is_visible()
    assert not last.is_visible()

    page.locator("#care-leavers .good summary").click()

    assert last.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_a_number_for_a_danger_to_life_is_red(scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal typed as str
    page.goto("/en/help/")
    red = page.locator(".urgent").evaluate("e => getComputedStyle(e).borderTopColor")
    coloured = page.evaluate(
        """red => [...document.querySelectorAll("body *")].filter(each => {
          const { color, backgroundColor, borderTopColor, fill } = getComputedStyle(each);
          return [color, backgroundColor, borderTopColor, fill].includes(red);
        }).map(each => each.closest(".urgent") ? each.localName : each.outerHTML)""",
        red,
    )

    assert set(coloured) == {"section", "a"}


def test_the_way_out_stays_in_sight_on_the_page_of_help(page: Page) -> None:
    """But not where little else would be seen."""
    page.goto("/en/help/")
    leave = page.get_by_role("link", name="Leave this page")
    tops = []
    for size in (PHONE, NARROW):
        page.set_viewport_size(size)
        page.evaluate("scrollTo(0, 400)")
        box = leave.bounding_box()
        assert box
        tops.append(box["y"])

    assert page.evaluate("scrollY") == 400
    assert 0 <= tops[0] < 50
    assert tops[1] < 0


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
    assert page.locator(".card").first.evaluate(border) == "1px"
