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


def test_a_language_keeps_the_page(small_phone: Page) -> None:
    small_phone.goto("/en/results/")
    small_phone.locator(".languages-button").click()
    small_phone.get_by_role("link", name="Tiếng Việt").click()

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
