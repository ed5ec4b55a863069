"""The desk in browsers: axe, keyboard, narrow and zoomed, without scripts, what scripts add."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frozen_site
import guards
import pytest
from desk_client import ARABIC, TAG, Site
from dev_server import serve
from guards import NARROW, PHONE, WIDE
from playwright.sync_api import Browser, Dialog, Error, Page

ID = "help.no-messages"
SCREENS = [
    "/",
    "/name",
    f"/{TAG}/",
    f"/{TAG}/?seen=people",
    f"/{TAG}/?in=broken",
    f"/{TAG}/page/help/",
    f"/{ARABIC}/page/easy-read/",
    f"/{TAG}/sentence/{ID}/?in=page:help",
    f"/{ARABIC}/sentence/ui.in-english/",
    f"/{ARABIC}/sentence/{ID}/?in=check",
    "/nothing/",
    f"/{ARABIC}/check/help/",
    "/en/",
    "/en/page/help/",
    f"/en/sentence/{ID}/",
    "/en/sentence/ui.menu/",
    "/en/facts/",
    "/en/fact/visit_dates/",
    "/en/progress/",
]


BOTH = pytest.mark.parametrize("page", [True, False], ids=["scripted", "plain"], indirect=True)
"""With JavaScript and without: whoever has none can do all that others can."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, translations: Path) -> Site:
    made = Site(tmp_path_factory.mktemp("desk"), translations)
    person = made.person()
    person.post("/history", {}, 303)
    person.save("ui.updated", "Broken on purpose", do="anyway")
    english = made.folders.content / "help.toml"
    text = english.read_text(encoding="utf-8")
    english.write_text(re.sub(rf'(id = "{ID}"\ntext = ")', r"\1Now: ", text), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with serve(site.app) as served:
        yield served


@pytest.fixture(scope="module")
def page(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_context_args: dict[str, Any],
    site: Site,
    address: str,
) -> Iterator[Page]:
    """Yield a page of somebody who has opened the desk, if asked without JavaScript."""
    scripts = getattr(request, "param", True)
    options = browser_context_args | {"java_script_enabled": scripts, "base_url": address}
    context = browser.new_context(**options)
    opened = context.new_page()
    opened.goto(site.access.address(address.removeprefix("http://")))
    opened.get_by_label("Your name").fill("Anna Kowalska")
    guards.follow(opened.get_by_role("button", name="Begin"))
    yield opened
    context.close()


@pytest.fixture
def fresh(page: Page) -> Iterator[Page]:
    """Yield a new page of the same person, where the focus is at the start."""
    opened = page.context.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_nothing_on_any_screen(path: str, fresh: Page) -> None:
    found = []
    for size, scheme in ((PHONE, "light"), (WIDE, "dark")):
        fresh.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # a literal
        fresh.set_viewport_size(size)
        fresh.goto(path)
        found += guards.axe(fresh)

    assert found == []


def sideways(page: Page) -> list[str]:
    """Return what runs off the screen; a long text in a field of one line is scrolled there."""
    return [what for what in guards.sideways(page) if "cut off: <input" not in what]


@pytest.mark.parametrize("path", SCREENS)
@BOTH
def test_a_screen_works_on_a_phone_at_400_percent_and_by_keyboard(path: str, fresh: Page) -> None:
    page = fresh
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size(PHONE)
    page.goto(path)
    assert guards.small_targets(page) == []
    assert guards.tight_lines(page) == []
    page.evaluate("document.querySelectorAll('iframe').forEach(each => each.remove())")
    lost = guards.lost_by_the_keyboard(page)  # in the frame: see test_every_page.py
    # Of a field that is taller than the rest of the screen, a browser shows the line to write in.
    assert [what for what in lost if "<textarea" not in what] == []
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert sideways(page) == []
        with guards.own_style(page, "html{font-size:200%!important}"):
            assert sideways(page) == []
    assert [each for each in said if "404" not in each] == []


@BOTH
def test_a_sentence_is_found_shown_saved_and_put_back(page: Page, site: Site) -> None:
    """As an officer does who was told of wrong words; without scripts, too."""
    new = "Nové zdání pro tuto stránku."
    page.set_viewport_size(WIDE)
    page.goto("/")
    guards.follow(page.get_by_role("link", name="Arabic", exact=True))
    page.get_by_label("Paste what you see on the page").fill("help.nothing")
    preview = page.context.new_page()
    preview.goto(f"/{ARABIC}/preview/help/")
    stood = preview.locator('[data-sentence="help.danger"]').first.inner_text().split("\n")[0]
    preview.close()
    page.get_by_label("Paste what you see on the page").fill(stood)
    guards.follow(page.get_by_role("button", name="Find"))
    guards.follow(page.locator(".sentences a").first)
    before = page.locator("textarea").input_value()

    page.locator("textarea").fill(new)
    # A click would scroll first, where the computer is so busy that it has to be tried again.
    page.get_by_role("button", name="Show it in the page").press("Enter")
    frame = page.frame_locator("iframe")
    assert frame.locator(".desk-draft b").inner_text() == "Your draft. Nothing is saved."
    assert frame.locator(".desk-here").inner_text().split("\n")[0] == new
    assert page.evaluate("scrollY") == 0
    guards.follow(page.get_by_role("button", name="Save", exact=True))
    assert page.locator(".result").first.inner_text() == "Saved. Readers see it now."
    assert page.title().startswith("Saved.")
    assert frame.locator(".desk-here").inner_text().split("\n")[0] == new
    public = frozen_site.create(site.folders.translations, content=site.folders.content)
    assert new in public.test_client().get(f"/{ARABIC}/help/").text

    guards.follow(page.get_by_role("button", name="Put this one back").first)
    assert page.locator("textarea").input_value() == before


@BOTH
def test_what_a_check_refuses_has_the_focus(page: Page) -> None:
    page.goto(f"/{TAG}/sentence/help.danger/")
    page.locator("textarea").fill("{wrong}")
    guards.follow(page.get_by_role("button", name="Save", exact=True))

    assert page.title().startswith("Not saved – ")
    page.locator(".trouble:focus").wait_for()
    assert page.locator("textarea").input_value() == "{wrong}"


@BOTH
def test_the_focus_goes_to_the_next_sentence(page: Page) -> None:
    page.goto(f"/{TAG}/sentence/help.danger/?in=page:help")
    guards.follow(page.get_by_role("button", name="Save and next"))

    assert "help.danger" not in page.url
    page.locator("#form-0:focus").wait_for()


def test_a_click_in_the_page_opens_the_sentence(fresh: Page) -> None:
    fresh.goto(f"/{TAG}/page/help/")
    fresh.frame_locator("iframe").locator('[data-sentence="help.danger"]').first.click()

    fresh.wait_for_url("**/sentence/help.danger/?in=page:help")


@pytest.mark.parametrize("page", [False], ids=["plain"], indirect=True)
def test_a_link_in_the_page_leads_to_its_preview_without_scripts(page: Page) -> None:
    page.goto(f"/{TAG}/page/help/")
    page.frame_locator("iframe").locator(f'a[href="/{TAG}/results/"]').first.click()
    page.frame_locator("iframe").locator('[data-sentence="results.title"]').first.wait_for()

    assert page.frames[1].url.endswith(f"/{TAG}/preview/results/")


def test_a_fact_puts_itself_in(fresh: Page) -> None:
    fresh.goto(f"/{ARABIC}/sentence/ui.updated/")
    fresh.locator("textarea").fill("")
    fresh.get_by_role("button", name="{updated}").click()

    assert fresh.locator("textarea").input_value() == "{updated}"
    assert fresh.get_by_text("What you typed is not saved yet.").is_visible()


def test_nobody_leaves_unsaved_words_without_being_asked(fresh: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    fresh.on("dialog", leave)
    fresh.goto(f"/{TAG}/sentence/help.danger/")
    fresh.locator("textarea").click()
    fresh.keyboard.type("x")
    fresh.get_by_role("link", name="Today").click()
    fresh.get_by_role("heading", name="Today").wait_for()
    fresh.goto(f"/{TAG}/sentence/help.danger/")
    guards.follow(fresh.get_by_role("button", name="Save", exact=True))

    assert asked == ["beforeunload"]


@pytest.mark.parametrize("tag", [TAG, "en"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@BOTH
def test_the_frame_begins_at_its_sentence_and_does_not_scroll_the_form_away(
    size: Any, tag: str, fresh: Page
) -> None:
    fresh.set_viewport_size(size)
    fresh.goto(f"/{tag}/sentence/ui.updated/?on=help")  # at the foot of the page in the frame
    (frame,) = fresh.frames[1:]
    frame.wait_for_function("scrollY > 100")

    assert fresh.evaluate("scrollY") == 0


def say_no(page: Page, id_: str) -> None:
    """Choose No, by the keys alone, and send it without a reason."""
    page.set_viewport_size(NARROW)
    page.goto(f"/{ARABIC}/check/help/")
    assert not page.locator(f"[id='why-{id_}']").is_visible()
    page.locator(f"[id='yes-{id_}']").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Save my answers").press("Enter")
    page.locator(".trouble:focus").wait_for()


def test_axe_finds_nothing_where_a_reason_is_missing(fresh: Page) -> None:
    say_no(fresh, "help.title")

    assert guards.axe(fresh) == []
    assert sideways(fresh) == []


@pytest.mark.parametrize("page", [False], ids=["plain"], indirect=True)
def test_a_speaker_checks_by_keyboard_on_a_phone_without_scripts(page: Page) -> None:
    """A No asks why; what was wrong can be mended, and a No becomes a Yes."""
    id_, why = "help.danger", "\u0644\u0627 \u0623\u062d\u062f"
    say_no(page, id_)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#why-{id_}")
    page.locator(f"[id='why-{id_}']").fill(why)
    guards.follow(page.locator(f"[id='why-{id_}']"), "Enter")

    assert page.title().startswith("Saved: 1 not right. \u2013 Check in Arabic")
    page.goto("/")
    guards.follow(page.locator(".kind.no .button"), "Enter")
    assert page.locator(".look .said").inner_text() == why
    page.get_by_role("link", name="A speaker checks it").press("Enter")
    page.wait_for_url("**/check/**")
    page.wait_for_load_state()
    page.locator(f"[id='yes-{id_}']").press("Space")
    assert page.locator(f"[id='yes-{id_}']").is_checked()
    guards.follow(page.get_by_role("button", name="Save my answers"), "Enter")
    assert page.locator(".result").inner_text() == "Saved: 1 right."


@BOTH
def test_an_english_sentence_and_a_fact_are_changed_in_two_steps(page: Page) -> None:
    """As an officer does who never did it."""
    page.set_viewport_size(PHONE)
    page.goto("/")
    guards.follow(page.get_by_role("link", name="English", exact=True))
    guards.follow(page.get_by_role("link", name="Talk to someone"))
    guards.follow(page.get_by_role("link", name="People to talk to").first)
    page.get_by_role("textbox", name="English").fill("People who listen")
    page.get_by_role("button", name="Show it in the page").click()
    frame = page.frame_locator("iframe")
    assert frame.locator(".desk-draft").inner_text() == "As you typed it. Not saved yet."
    guards.follow(page.get_by_role("button", name="See what changes"), "Enter")
    assert page.locator("h1").inner_text() == "This changes 1 place on 1 page"
    assert sideways(page) == []
    guards.follow(page.get_by_role("button", name="Save and change 1 place"))
    assert page.locator(".result").inner_text() == "Saved. Readers see it now."

    page.goto("/en/fact/earlier_year/")
    page.get_by_label("A year").fill("last year")
    page.get_by_role("button", name="See what changes").click()
    page.locator(".trouble:focus").wait_for()
    page.get_by_role("link", name="is no whole number").click()
    assert page.evaluate("document.activeElement.id") == "form-year"


def test_axe_finds_nothing_on_what_is_told_before_a_save(fresh: Page) -> None:
    fresh.set_viewport_size(PHONE)
    fresh.goto("/en/fact/earlier_year/")
    fresh.get_by_label("A year").fill("last year")
    guards.follow(fresh.get_by_role("button", name="See what changes"))
    found = guards.axe(fresh)
    fresh.get_by_label("A year").fill("2021")
    guards.follow(fresh.get_by_role("button", name="See what changes"))

    assert fresh.locator("h1").inner_text().startswith("This changes")
    assert found + guards.axe(fresh) == []
    assert guards.small_targets(fresh) == []


@BOTH
def test_on_a_phone_a_draft_is_seen_once_it_is_shown(fresh: Page) -> None:
    fresh.set_viewport_size(PHONE)
    fresh.goto(f"/{TAG}/sentence/help.danger/")
    fresh.locator("textarea").fill("Na zkoušku.")
    fresh.get_by_role("button", name="Show it in the page").click()
    fresh.frame_locator("iframe").locator(".desk-draft").wait_for()

    fresh.wait_for_function(
        "document.querySelector('iframe').getBoundingClientRect().top < innerHeight - 200"
    )


def test_back_leads_to_the_screen_before_also_after_a_draft_was_shown(fresh: Page) -> None:
    fresh.goto(f"/{TAG}/")
    fresh.goto(f"/{TAG}/sentence/help.danger/")
    for _ in range(2):
        fresh.get_by_role("button", name="Show it in the page").click()
        fresh.frame_locator("iframe").locator(".desk-draft").wait_for()
    fresh.go_back()

    assert fresh.url.endswith(f"/{TAG}/")


@pytest.mark.parametrize(
    "path",
    [f"/{TAG}/check/help/", f"/en/sentence/{ID}/", "/en/progress/", "/en/fact/earlier_year/"],
)
def test_no_form_of_words_is_sent_to_the_address_of_its_own_page(path: str, fresh: Page) -> None:
    """Browsers would put the answer in the place of that page, with what was typed there."""
    sent_to = "document.querySelector('main form').action"
    fresh.goto(path)
    first = fresh.evaluate(sent_to)
    fresh.goto(first)

    assert not first.endswith(path)
    assert fresh.evaluate(sent_to) != first


@BOTH
def test_what_was_typed_is_there_again_if_the_desk_was_down(fresh: Page) -> None:
    """Also after a first save that was refused: each is sent to another address."""
    fresh.goto(f"/{TAG}/sentence/help.danger/")
    fresh.locator("textarea").fill("{wrong}")
    guards.follow(fresh.get_by_role("button", name="Save", exact=True))
    fresh.locator("textarea").fill("Dlouhá práce.")
    fresh.route("**/sentence/**", lambda route: route.abort("connectionrefused"))
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"), fresh.expect_navigation():
        fresh.get_by_role("button", name="Save", exact=True).click()
    fresh.unroute("**/sentence/**")
    fresh.go_back()

    assert fresh.locator("textarea").input_value() == "Dlouhá práce."
