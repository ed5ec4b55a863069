"""Languages in a browser: the keyboard right to left, and a menu of twenty languages."""

from collections.abc import Iterator

import frozen_site
import guards
import pytest
from dev_server import serve
from playwright.sync_api import Browser, Page, ViewportSize

SMALL_PHONE = ViewportSize(width=320, height=568)
NAMES = {
    "en": "English",
    "pl": "Polski",
    "lt": "Lietuvių",
    "ro": "Română",
    "ar": "العربية",
    "ckb": "کوردی",
    "lv": "Latviešu",
    "ru": "Русский",
    "bg": "Български",
    "ps": "پښتو",
    "ti": "ትግርኛ",
    "vi": "Tiếng Việt",
    "fa": "فارسی",
    "pt": "Português",
    "hu": "Magyar",
    "uk": "Українська",
    "es": "Español",
    "fr": "Français",
    "sk": "Slovenčina",
    "tr": "Türkçe",
}


@pytest.mark.parametrize(
    "path", ["/qaa-arab/", "/qaa-arab/results/", "/qaa-arab/help/", "/qaa/help/"]
)
def test_the_keyboard_reaches_every_control_in_another_language(path: str, page: Page) -> None:
    page.goto(path)

    assert guards.lost_by_the_keyboard(page) == []
    assert guards.small_targets(page) == []


@pytest.mark.parametrize(("path", "way"), [("/en/", 1), ("/qaa-arab/", -1)])
def test_stairs_rise_and_flags_fly_in_the_direction_of_reading(
    path: str, way: int, page: Page
) -> None:
    page.goto(path)
    for stairs in page.locator(".cards .stairs, .small-stairs").all():
        middles, tops, flags = stairs.evaluate("""stairs => {
          const boxes = [...stairs.children].map(each => [each, each.getBoundingClientRect()]);
          const middle = box => box.left + box.width / 2;
          const steps = boxes.filter(([each]) => each.localName === "rect");
          const of = name => boxes.filter(([each]) => each.matches(name)).map(([, box]) => box);
          return [
            steps.map(([, box]) => middle(box)), steps.map(([, box]) => box.top),
            of(".flag").map((flag, at) => middle(flag) - middle(of(".pole")[at])),
          ];
        }""")

        assert middles == sorted(middles, reverse=way < 0)
        assert tops == sorted(tops, reverse=True)
        assert all(flag * way > 0 for flag in flags)


def test_the_brackets_around_an_english_word_are_those_of_the_text_around_it(page: Page) -> None:
    """Else the first one would stand at the end of a line that the word breaks over."""
    page.goto("/qaa-arab/results/")
    apart = page.evaluate("""() => [...document.querySelectorAll(".line .own")].map(own => {
      const [bracket, letter] = [0, 1].map(at => {
        const range = new Range();
        range.setStart(own.firstChild, at);
        range.setEnd(own.firstChild, at + 1);
        return range.getBoundingClientRect();
      });
      return bracket.left - letter.left;
    })""")

    assert apart
    assert min(apart) > 0


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site with twenty languages; yield the base URL."""
    folder = tmp_path_factory.mktemp("twenty")
    lines = [f'  {{ tag = "{tag}", name = "{name}" }},' for tag, name in NAMES.items()]
    (folder / "languages.toml").write_text(
        "\n".join(["languages = [", *lines, "]\n"]), encoding="utf-8"
    )
    with serve(frozen_site.create(folder)) as address:
        yield address


@pytest.fixture
def small_phone(browser: Browser, twenty: str) -> Iterator[Page]:
    """Yield a page of the site with twenty languages on a small phone, with JavaScript off."""
    context = browser.new_context(
        base_url=twenty, viewport=SMALL_PHONE, java_script_enabled=False, service_workers="block"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["/en/results/", "/ar/results/"])
def test_twenty_languages_open_by_one_tap_without_a_script(path: str, small_phone: Page) -> None:
    small_phone.goto(path)
    nav = small_phone.locator("nav.languages")
    assert not nav.is_visible()

    small_phone.locator(".languages-button").click()

    links = nav.get_by_role("link").all()
    assert len(links) == len(NAMES)
    for link in links:
        link.scroll_into_view_if_needed()
        box = link.bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= SMALL_PHONE["width"]
        assert 0 <= box["y"] <= box["y"] + box["height"] <= SMALL_PHONE["height"]
        assert box["height"] >= 44
    assert guards.sideways(small_phone) == []


@pytest.mark.parametrize("path", ["/en/", "/ar/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_opens_at_its_button_and_marks_the_language_of_the_page(
    width: int, path: str, small_phone: Page
) -> None:
    small_phone.set_viewport_size(ViewportSize(width=width, height=900))
    small_phone.goto(path)
    button, nav = small_phone.locator(".languages-button"), small_phone.locator("nav.languages")
    button.click()
    above, below = button.bounding_box(), nav.bounding_box()
    border = "each => getComputedStyle(each).borderBottomWidth"

    assert above
    assert below
    assert 0 <= below["y"] - above["y"] - above["height"] < 44
    assert below["x"] <= above["x"]
    assert above["x"] + above["width"] <= below["x"] + below["width"]
    assert nav.locator("[aria-current]").evaluate(border) == "3px"
    assert nav.locator("a:not([aria-current])").first.evaluate(border) == "0px"


def test_a_language_keeps_the_page(small_phone: Page) -> None:
    small_phone.goto("/en/results/")
    small_phone.locator(".languages-button").click()
    guards.follow(small_phone.get_by_role("link", name="Tiếng Việt"))

    assert small_phone.url.endswith("/vi/results/")
    assert small_phone.locator("html").get_attribute("lang") == "vi"


def test_the_keyboard_opens_the_list_walks_it_and_closes_it(small_phone: Page) -> None:
    small_phone.goto("/en/")
    small_phone.locator(".languages-button").focus()
    small_phone.keyboard.press("Enter")
    small_phone.keyboard.press("Tab")
    assert small_phone.locator(":focus").inner_text() == "English"
    small_phone.keyboard.press("Tab")
    assert small_phone.locator(":focus").get_attribute("lang") == "pl"

    small_phone.keyboard.press("Escape")

    assert not small_phone.locator("nav.languages").is_visible()
    assert "languages-button" in (small_phone.locator(":focus").get_attribute("class") or "")


def test_the_button_says_what_it_is_for_and_which_language_this_is(small_phone: Page) -> None:
    small_phone.goto("/en/")

    assert small_phone.get_by_role("button", name="Language: English").is_visible()
