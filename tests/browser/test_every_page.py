"""Every page in Chromium: of the frozen site, and of the shipped one in every language.

A page is visited once for all that is measured on it in the same way.
"""

from collections.abc import Iterator

import guards
import pseudo_locales
import pytest
import shipped_site
from guards import NARROW, PHONE, WIDE
from inspection_outcome.i18n.languages import Language
from playwright.sync_api import Page, ViewportSize
from shipped_site import ALL, tell

UNLIKE = ["/en/", "/en/easy-read/", "/en/results/", "/en/progress/", "/en/help/"]
"""The pages of the frozen site that show what the shipped one has not, such as low grades."""
SITES = {"frozen": UNLIKE, "shipped": shipped_site.PAGES}
EVERY = [*((site, path) for site, pages in SITES.items() for path in pages), ("shipped", "/xx/")]
PSEUDO = {language.tag: language for language in pseudo_locales.LANGUAGES}
TRANSLATED = [each.tag for each in shipped_site.TRANSLATED]
LANGUAGES = [
    *((site, tag) for site in SITES for tag in PSEUDO),
    *(("shipped", tag) for tag in TRANSLATED),
]
MAIN = ["", "results/", "help/"]
TEXT_SPACING = """* {
  line-height: 1.5!important; letter-spacing: .12em!important; word-spacing: .16em!important
}
p {margin-bottom: 2em!important}"""
LARGE = "html{font-size:200%!important}"
SMALL_PHONE = ViewportSize(width=320, height=568)
SHORT_PHONE = ViewportSize(width=390, height=664)
"""What the bars of a browser leave of a phone that is 844 px high."""
FIRST = {
    "": ".card .grade",
    "results/": ".contents li:first-child",
    "help/": ".urgent .button:not(.quiet)",
}
"""What readers come to a page for."""
FIRST_FOR_ONE_READER = {
    path.removeprefix("/en/"): ".first .button:not(.quiet)"
    for path in shipped_site.PAGES
    if path.startswith("/en/for/")
}
_SHORTER = "say it in shorter words, or let a programmer make room for it."
IN = ["en", *(PSEUDO if shipped_site.IS_SHIPPED else ()), *TRANSLATED]
"""The made-up languages try the layout. A council can do nothing for them: it has other grades."""
_FEWER = (
    "name fewer grades, in 'cards' of home.toml or in 'grades' of a page in for/; "
    "or say it in shorter words."
)


@pytest.fixture
def fresh(read: Page) -> Iterator[Page]:
    """Yield a new page, where the focus is at the start. It is sooner there than a context."""
    page = read.context.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def sites(base_url: str, shipped_url: str) -> dict[str, str]:
    """Return the base URLs of both sites."""
    return {"frozen": base_url, "shipped": shipped_url}


@pytest.mark.parametrize(("site", "path"), EVERY)
def test_axe_finds_nothing(
    site: str, path: str, sites: dict[str, str], read_scripted: Page
) -> None:
    """On a phone in light colours, and on a wide screen in dark ones."""
    found = []
    for size, scheme in ((PHONE, "light"), (WIDE, "dark")):
        read_scripted.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
        read_scripted.set_viewport_size(size)
        read_scripted.goto(sites[site] + path)
        found += guards.axe(read_scripted)

    assert found == []


@pytest.mark.parametrize("path", shipped_site.PAGES)
@pytest.mark.parametrize("tag", PSEUDO)
def test_axe_finds_nothing_in_the_longest_language_and_right_to_left(
    tag: str, path: str, shipped_url: str, read_scripted: Page
) -> None:
    scheme = "dark" if PSEUDO[tag].direction == "rtl" else "light"
    read_scripted.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
    read_scripted.set_viewport_size(PHONE)
    read_scripted.goto(shipped_url + path.replace("/en/", f"/{tag}/"))

    assert guards.axe(read_scripted) == []


@pytest.mark.parametrize("language", shipped_site.TRANSLATED, ids=lambda each: each.tag)
def test_axe_finds_nothing_on_the_main_pages_of_each_language(
    language: Language, shipped_url: str, read_scripted: Page
) -> None:
    """Elsewhere only the words differ from the pages above."""
    read_scripted.emulate_media(color_scheme="light")
    read_scripted.set_viewport_size(PHONE)
    for path in MAIN:
        read_scripted.goto(f"{shipped_url}/{language.tag}/{path}")

        assert guards.axe(read_scripted) == []


def test_axe_finds_nothing_on_the_page_of_all_pages(shipped_url: str, read_scripted: Page) -> None:
    """In light colours its structure alone: its parts have been looked at on their own pages."""
    read_scripted.set_viewport_size(PHONE)
    read_scripted.emulate_media(color_scheme="light")
    read_scripted.goto(shipped_url + ALL)
    found = guards.axe(read_scripted, "structure")
    read_scripted.emulate_media(color_scheme="dark")

    assert [*found, *guards.axe(read_scripted, "colours")] == []


@pytest.mark.parametrize(("site", "path"), [*EVERY, ("shipped", ALL)])
def test_a_page_works_without_scripts(
    site: str, path: str, sites: dict[str, str], fresh: Page
) -> None:
    """The keyboard reaches everything, all can be read and tapped, nothing runs off the screen.

    It needs one request, besides the icon and the pictures; asks no other host, sets no cookie,
    and violates no policy.
    """
    page, asked, said = fresh, list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size(PHONE)
    page.goto(sites[site] + path)

    assert guards.in_pieces(page) == []
    assert guards.small_targets(page) == []
    assert guards.tight_lines(page) == []
    # What stands on the page of all pages is reached on its own page.
    assert path == ALL or guards.lost_by_the_keyboard(page) == []
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert guards.sideways(page) == []
        for style in (TEXT_SPACING, LARGE):
            with guards.own_style(page, style):
                assert guards.sideways(page) == []
        assert guards.broken_words(page) == []
    own = {f"{sites[site]}/{name}" for name in ("pictures.svg", "favicon.svg", "favicon.ico")}
    assert [url for url in asked if url not in own] == [sites[site] + path]
    assert [text for text in said if "404" not in text] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize(("site", "tag"), LANGUAGES)
def test_nothing_runs_off_a_narrow_screen_in_another_language(
    site: str, tag: str, sites: dict[str, str], read: Page
) -> None:
    """At the default text size and at twice that.

    No word is broken at the default size, except in the pseudo-locales, whose words are longer.
    """
    found: list[str] = []
    read.set_viewport_size(NARROW)
    for path in [*SITES[site], *([ALL] if site == "shipped" else [])]:
        at = path.replace("/en/", f"/{tag}/")
        read.goto(sites[site] + at)
        wrong = guards.sideways(read) + ([] if tag in PSEUDO else guards.broken_words(read))
        with guards.own_style(read, LARGE):
            wrong += guards.sideways(read)
        found += [f"{at}: {what}" for what in wrong]

    tell(found, _SHORTER)


@pytest.mark.parametrize("tag", ["en", *TRANSLATED])
def test_no_word_of_the_home_page_is_broken_on_any_phone_or_tablet(
    tag: str, shipped_url: str, read: Page
) -> None:
    """Where a screen has room for one more column, or a longer header, each has less again."""
    read.goto(f"{shipped_url}/{tag}/")
    found = []
    for width in (353, 360, 375, 390, 412, 430, 600, 768):
        read.set_viewport_size({"width": width, "height": 800})
        found += [f"/{tag}/, {width} px: {what}" for what in guards.broken_words(read)]

    tell(found, _SHORTER)


@pytest.mark.parametrize("tag", IN)
def test_what_readers_came_for_is_on_the_first_screen(
    tag: str, shipped_url: str, read: Page
) -> None:
    """A grade, a number to ring: on a small phone the first of a main page, else all of them."""
    found = []
    for size, places in ((SMALL_PHONE, FIRST), (SHORT_PHONE, FIRST | FIRST_FOR_ONE_READER)):
        read.set_viewport_size(size)
        for path, what in places.items():
            read.goto(f"{shipped_url}/{tag}/{path}")
            shown = read.locator(what).all()[: 1 if size == SMALL_PHONE else None]
            ends = [box["y"] + box["height"] for each in shown if (box := each.bounding_box())]
            assert ends or path  # only home must have it
            if ends and max(ends) > size["height"]:
                found.append(f"/{tag}/{path}: it ends at {ends} px of {size['height']}")

    tell(found, _FEWER)
