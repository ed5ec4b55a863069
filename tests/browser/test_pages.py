"""Every page in a browser as readers use it, with JavaScript off, except where axe needs it."""

import guards
import pytest
from guards import NARROW, PHONE, WIDE
from house_rules import ALL
from house_rules import PAGES as CONTENT
from playwright.sync_api import Page, ViewportSize

PAGES = [*CONTENT, ALL, "/xx/"]
TEXT_SPACING = """* {
  line-height: 1.5!important; letter-spacing: .12em!important; word-spacing: .16em!important
}
p {margin-bottom: 2em!important}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(path: str, scheme: str, scripted: Page) -> None:
    scripted.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal typed as str
    for size in (PHONE, WIDE):
        scripted.set_viewport_size(size)
        scripted.goto(path)
        scripted.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert guards.axe(scripted) == []


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_reaches_every_control(path: str, page: Page) -> None:
    page.goto(path)
    controls = page.locator(guards.CONTROLS).filter(visible=True).count()

    stops, wrong = guards.keyboard(page)

    assert (stops, wrong) == (controls, [])


def test_the_skip_link_is_first_and_leads_past_the_menu(page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip the menu"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_off_a_narrow_screen(path: str, page: Page) -> None:
    """320 px wide, like a 1280 px screen at 400 %. test_languages.py does it right to left."""
    page.set_viewport_size(NARROW)
    page.goto(path)

    assert guards.sideways(page) == []
    assert guards.broken_words(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_sentence_stays_in_one_piece(path: str, page: Page) -> None:
    page.goto(path)

    assert guards.in_pieces(page) == []


@pytest.mark.parametrize(
    "size", [NARROW, PHONE, {"width": 768, "height": 1024}, WIDE, {"width": 2560, "height": 1440}]
)
@pytest.mark.parametrize(
    "style", [TEXT_SPACING, "html{font-size:200%!important}"], ids=["text spacing", "200 %"]
)
def test_readers_may_change_the_text(style: str, size: ViewportSize, page: Page) -> None:
    page.set_viewport_size(size)
    for path in PAGES:
        page.goto(path)
        page.evaluate(guards.OWN_STYLE, style)

        assert guards.sideways(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_controls_are_large_enough_to_tap(path: str, page: Page) -> None:
    page.goto(path)

    assert guards.small_targets(page) == []


def test_the_answer_is_on_the_first_screen_of_a_phone(page: Page) -> None:
    page.goto("/en/")
    bottoms = [card.bounding_box() for card in page.locator(".cards .card").all()]

    assert [box["y"] + box["height"] < PHONE["height"] for box in bottoms if box] == [True, True]
    side_by_side = {(box["y"], box["width"]) for box in bottoms if box}
    assert len(side_by_side) == 1


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
    source = page.locator("#care-leavers-plans details")
    assert not source.get_by_role("listitem").first.is_visible()

    source.locator("summary").click()

    assert "paragraphs 43, 49, 52 and 53" in source.inner_text()


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


@pytest.mark.parametrize("path", [path for path in [*CONTENT, ALL] if path != "/en/words/"])
def test_paper_has_the_words_and_the_sources_and_no_menu(path: str, page: Page) -> None:
    page.goto(path)
    page.emulate_media(media="print")

    assert [nav for nav in page.get_by_role("navigation").all() if nav.is_visible()] == []
    assert not page.locator(".skip").is_visible()
    assert page.locator("footer").get_by_text(path, exact=True).is_visible()
    assert page.locator("footer").get_by_text("We last changed this site on").is_visible()
    heights = [
        box["height"] for each in page.locator(".from ul").all() if (box := each.bounding_box())
    ]
    assert len(heights) == page.locator(".from").count()
    assert min(heights, default=0) > 10 or path == "/en/accessibility/"


@pytest.mark.parametrize("path", PAGES)
def test_one_request_and_no_complaint(path: str, page: Page, base_url: str) -> None:
    """A page needs one request, besides the icon and the pictures.

    It asks no other host, sets no cookie and violates no policy.
    """
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path)
    page.wait_for_load_state("networkidle")

    pictures = f"{base_url}/pictures.svg"
    counted = [url for url in asked if "favicon" not in url and url != pictures]
    assert counted == [base_url + path]
    assert [text for text in said if "404" not in text] == []
    assert page.context.cookies() == []


def test_the_style_is_applied_under_the_policy(page: Page) -> None:
    page.goto("/en/")

    border = "element => getComputedStyle(element).borderTopWidth"
    assert page.locator(".card").first.evaluate(border) == "2px"


@pytest.mark.parametrize("tag", ["en", "pl", "qaa-arab"])
def test_every_word_in_a_picture_is_drawn(tag: str, page: Page) -> None:
    """An HTML element inside an SVG text would not be drawn."""
    page.goto(f"/{tag}/results/")
    widths = page.evaluate(
        "[...document.querySelectorAll('svg text')].map(each => each.getComputedTextLength())"
    )

    assert len(widths) > 20
    assert min(widths) > 3
