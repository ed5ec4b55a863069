"""An officer's whole week at the desk, in a browser: what the officer is told, and readers get."""

import contextlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import frozen_site
import guards
import pseudo_locales
import pytest
import sheets
from desk_client import ARABIC, TAG, Site
from dev_server import serve
from flask import Flask
from guards import WIDE
from justhtml import JustHTML
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
CZECH, ARAB = "Czech", "Arabic"
"""What the desk calls the two languages, which borrow those rules."""
CRITICAL, DANGER, PEOPLE = "help.no-messages", "help.danger", "help.people"
WORDS = {
    CRITICAL: ("Čteme jen dopisy.", "لن نقرا"),
    DANGER: ("Nebezpečí hrozí teď", "خطر الان"),
    PEOPLE: ("Lidé pro vás", "ناس لك"),
}
"""What a translator writes for the English that changes: in the one language and in the other."""
OF_AGENCY = "من تحتاج من الناس؟"
MINE, THEIRS = "Řekněte to někomu", "Řekněte nám to"
NOTICE = pseudo_locales.translate("No speaker has checked", pseudo_locales.LONG)
SAVED = "Saved. Readers get it when it is published."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Readers:
    """What readers get, from the live folder, by the public site's own app, which goes on."""

    def __init__(self, live: Path) -> None:
        self.live = live

    @cached_property
    def app(self) -> Flask:
        """The app: made when something is live."""
        return frozen_site.create(self.live / "translations", content=self.live / "content")

    def words(self, tag: str, page: str = "help") -> str:
        """Return the words of a page, as a reader who opens it now gets them."""
        self.app.extensions["inspection_outcome"].refresh()
        html = self.app.test_client().get(f"/{tag}/{page}/").text
        (body,) = JustHTML(html, sanitize=False).query("body")
        return " ".join(body.to_text().split())


class Desk(NamedTuple):
    """A desk that publishes, with what opens it in browsers of their own."""

    site: Site
    readers: Readers
    browser: Browser
    options: dict[str, Any]

    @contextlib.contextmanager
    def person(self, name: str) -> Iterator[Page]:
        """Yield a page of somebody who has opened the desk in a browser of their own."""
        context = self.browser.new_context(**self.options)
        page = context.new_page()
        host = self.options["base_url"].removeprefix("http://")
        page.goto(self.site.access.address(host))
        page.get_by_label("Your name").fill(name)
        press(page, "Begin")
        yield page
        context.close()


@pytest.fixture
def desk(
    browser: Browser, browser_context_args: dict[str, Any], tmp_path: Path, translations: Path
) -> Iterator[Desk]:
    live = tmp_path / "live"
    site = Site(tmp_path, translations, live)
    with serve(site.app) as address:
        own = {"base_url": address, "java_script_enabled": True, "viewport": WIDE}
        yield Desk(site, Readers(live), browser, browser_context_args | own)


def press(page: Page, name: str) -> None:
    guards.follow(page.get_by_role("button", name=name, exact=True))


def follow(page: Page, *names: str) -> None:
    for name in names:
        guards.follow(page.get_by_role("link", name=name, exact=True).first)


def id_in(page: Page) -> str:
    """Return the id of the sentence that is open."""
    return page.url.partition("/sentence/")[2].partition("/")[0]


def told(page: Page) -> str:
    """Return what came of the last step: each title says it first, for who cannot see."""
    result = page.locator(".result").first.inner_text()
    assert page.title().startswith(result)
    return result


def test_an_officer_s_week(desk: Desk) -> None:
    with desk.person("Anna Kowalska") as page:
        everything_goes_live(page, desk.readers)
        a_fact_changes(page)
        the_english_changes(page)
        for place, language in enumerate((CZECH, ARAB)):
            a_language_is_brought_up_to_date(page, language, place)
        an_agency_s_sheet_goes_out_and_comes_in(page)
        with desk.person("Ben Okri") as other:
            two_people_mend_one_sentence(page, other)
        a_speaker_checks_a_page(page, desk.readers)
        all_of_it_is_published(page, desk.readers)
        one_language_is_taken_back(page, desk.readers)
        progress_is_told(page, desk.readers)


def everything_goes_live(page: Page, readers: Readers) -> None:
    press(page, "Begin a history")
    assert told(page) == "From now on, each save is kept, and can be taken back."
    follow(page, "Publish")
    press(page, "Publish everything")

    assert told(page) == "Published. All of it is public now."
    assert "Someone is in danger now" in readers.words("en")


def a_fact_changes(page: Page) -> None:
    follow(page, "The desk", "English", "Facts", "25")
    page.get_by_label("An age in years").fill("26")
    press(page, "See what changes")
    assert page.locator("h1").inner_text() == "This changes 2 places on 2 pages"
    assert "No sentence needs a new translation." in page.locator("main").inner_text()
    press(page, "Save and change 2 places")

    assert told(page) == SAVED


def the_english_changes(page: Page) -> None:
    for words in ("We cannot read", "Someone is in danger now", "People to talk to"):
        follow(page, "The desk", "English", "Talk to someone")
        guards.follow(page.locator(".sentences").get_by_role("link", name=words).first)
        box = page.get_by_role("textbox", name="English")
        box.fill(f"{box.input_value()} New.")
        press(page, "See what changes")
        need = "Czech and Arabic will need a new translation."
        assert need in page.locator(".lead").inner_text()
        guards.follow(page.get_by_role("button", name="Save and change"))
        assert told(page) == SAVED


def a_language_is_brought_up_to_date(page: Page, language: str, place: int) -> None:
    """From Today, the critical one first; the last one says so."""
    follow(page, "The desk")
    kinds = page.locator(".kind h2").all_inner_texts()
    assert kinds[:2] == ["Critical, and the English has changed", "The English has changed"]
    for kind in kinds[:2]:
        guards.follow(page.get_by_role("region", name=kind).get_by_role("link", name=language))
        while page.locator("textarea").count():
            assert "New." in page.locator(".changed ins").first.inner_text()
            page.locator("textarea").fill(WORDS[id_in(page)][place])
            guards.follow(page.get_by_role("button", name="Save and"))
        assert page.locator("h1").inner_text() == "Today"


def an_agency_s_sheet_goes_out_and_comes_in(page: Page) -> None:
    follow(page, "The desk", ARAB, "Send out or bring in")
    page.get_by_label("Needs checking").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Get the spreadsheet").click()
    data = Path(download.value.path()).read_bytes()
    filled = sheets.damaged(data, sheets.fill("help.contents", OF_AGENCY))
    page.get_by_label("The file").set_input_files(
        {"name": "back.xlsx", "mimeType": XLSX, "buffer": filled}
    )
    press(page, "See what is in it")
    assert page.title().startswith("Nothing is saved yet")
    page.get_by_label("An agency").check()
    page.get_by_label("The name").fill("Lingua Ltd")
    press(page, "Take this one")

    assert told(page) == "1 taken. Readers get it when it is published."


def two_people_mend_one_sentence(page: Page, other: Page) -> None:
    """The second one sees both, and chooses; the first one's words stay in the history."""
    for each, words in ((page, MINE), (other, THEIRS)):
        each.goto(f"/{TAG}/sentence/help.title/?in=page:help")
        each.locator("textarea").fill(words)
    press(other, "Save")
    press(page, "Save")

    assert page.title().startswith("Not saved: changed meanwhile")
    versions = " ".join(page.locator(".versions-of").all_text_contents())
    assert "Theirs: Ben Okri, today" in versions
    assert page.locator("textarea").input_value() == MINE
    press(page, "Save mine")
    assert told(page) == SAVED
    who = page.locator(".past b").all_inner_texts()
    assert who[:2] == ["Anna Kowalska", "Ben Okri"]


def a_speaker_checks_a_page(page: Page, readers: Readers) -> None:
    follow(page, "The desk", CZECH)
    guards.follow(page.get_by_role("link", name="Check Talk to someone"))
    for each in page.locator(".question", has=page.locator(".state.critical")).all():
        each.get_by_role("radio", name="Yes").check()
    page.get_by_label("All others on this page are right").check()
    press(page, "Save my answers")

    assert re.fullmatch(r"Saved: \d+ right\.", told(page))
    assert (
        page.locator(".lead")
        .inner_text()
        .endswith("Readers get it without a notice when it is published.")
    )
    assert NOTICE in readers.words(TAG)


def all_of_it_is_published(page: Page, readers: Readers) -> None:
    """Readers get it then, and not before; a page that was checked has no notice any more."""
    assert MINE not in readers.words(TAG)
    follow(page, "The desk", "Publish")
    shown = page.locator("main").text_content() or ""
    assert [words for words in (MINE, OF_AGENCY, *WORDS[DANGER]) if words not in shown] == []
    assert "Other than words" not in shown  # the day of the change is told as a fact
    press(page, "Publish")

    assert re.fullmatch(r"Published\. Readers get \d+ changed sentences now\.", told(page))
    assert "Someone is in danger now New." in readers.words("en")
    assert "26" in readers.words("en", "for/care-leavers")
    czech, arabic = readers.words(TAG), readers.words(ARABIC)
    assert [words for words, _ in WORDS.values() if words not in czech] == []
    assert [words for _, words in WORDS.values() if words not in arabic] == []
    assert MINE in czech
    assert OF_AGENCY in arabic
    assert NOTICE not in czech
    assert NOTICE in readers.words(TAG, "results")


def one_language_is_taken_back(page: Page, readers: Readers) -> None:
    """The agency's words go, and nobody else's; they wait at the desk."""
    guards.follow(page.get_by_role("link", name="Take back").first)
    for other in ("English", CZECH):
        page.get_by_label(other).uncheck()
    press(page, "Show only these")
    assert page.locator(".versions-of").count() == 1
    press(page, "Take back")

    assert told(page) == "Taken back. Readers get 1 changed sentence now."
    assert OF_AGENCY not in readers.words(ARABIC)
    assert WORDS[DANGER][1] in readers.words(ARABIC)
    assert MINE in readers.words(TAG)
    assert page.get_by_text(OF_AGENCY).is_visible()


def progress_is_told(page: Page, readers: Readers) -> None:
    """It goes live with the Czech; what was taken back in Arabic stays back."""
    follow(page, "The desk", "English", "Tell of progress")
    for label, choice in (
        ("Which action?", "Teach workers to write plans"),
        ("Which document says it?", "A letter of the council, 28 February 2026"),
        ("How far has it got?", "Done"),
    ):
        page.get_by_label(label).select_option(label=choice)
    page.get_by_label("The day", exact=True).fill("28 February 2026")
    page.get_by_label("What does it say?").fill("All of them were taught.")
    press(page, "See it as readers will")
    assert "All of them were taught." in page.locator("main").inner_text()
    press(page, "Save")
    assert told(page) == SAVED
    assert "Czech and Arabic. It waits on Today." in page.locator("main").inner_text()

    follow(page, "The desk", "Publish")
    page.get_by_label(ARAB).uncheck()
    press(page, "Show only these")
    press(page, "Publish")
    for tag in ("en", TAG):
        assert "All of them were taught." in readers.words(tag, "progress")
    assert OF_AGENCY not in readers.words(ARABIC)
