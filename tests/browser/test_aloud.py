"""Read aloud, with fake voices: what is spoken, in which voice, what is marked, when it stops."""

import json
from collections.abc import Iterator
from itertools import pairwise

import guards
import pytest
from guards import NARROW, PHONE
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

VOICES = """
const voices = %s, heard = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const synthesis = {
  heard, now: null,
  getVoices: () => voices,
  speak(said) { heard.push([said.voice.lang, said.text]); this.now = said; },
  cancel() { const was = this.now; this.now = null; if (was) was.onerror({error: "canceled"}); },
};
Object.defineProperty(window, "speechSynthesis", {value: synthesis});
"""
TALL = ViewportSize(width=320, height=568)
SPOKEN = "() => { const said = speechSynthesis.now; speechSynthesis.now = null; said.onend({}); }"
"""Ends the sentence that is being spoken."""
MARKED = r"""() => [...CSS.highlights.get("aloud") ?? []].map(
  range => range.toString().replace(/\s+/g, " "))"""


def voice(lang: str, *, local: bool = True, default: bool = False) -> dict[str, object]:
    return {"lang": lang, "localService": local, "default": default}


@pytest.fixture
def context_of(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=base_url, viewport=PHONE, service_workers="block")
    yield context
    context.close()


def visit(context: BrowserContext, path: str, *voices: dict[str, object]) -> Page:
    """Return a page on a device with these voices."""
    page = context.new_page()
    page.add_init_script(VOICES % json.dumps(voices))
    page.goto(path)
    return page


def heard(page: Page) -> list[tuple[str, str]]:
    return [(lang, text) for lang, text in page.evaluate("speechSynthesis.heard")]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def read_all(page: Page) -> None:
    """End one sentence after another, until nothing is being spoken."""
    for _ in range(2000):
        if not page.evaluate("Boolean(speechSynthesis.now)"):
            return
        page.evaluate(SPOKEN)
    pytest.fail("it does not come to an end")


def test_it_reads_a_page_from_its_title_to_its_end(context_of: BrowserContext) -> None:
    page = visit(context_of, "/en/easy-read/", voice("en-GB"))
    assert heard(page) == []  # never by itself
    press(page, "Read aloud")
    read_all(page)

    texts = [text for _, text in heard(page)]
    assert texts[:4] == [
        "Easy Read: how good is the help in Lincolnshire?",
        "What happened",
        "The council in Lincolnshire helps children and their families.",
        "Ofsted looks at how well each council helps.",
    ]
    sentences = [" ".join(each.split()) for each in page.locator(".easy p").all_inner_texts()]
    assert [text for text in texts if text in sentences] == sentences
    assert "Read aloud" not in texts
    in_closed_part = [text for text in texts if "Report to Lincolnshire" in text]
    assert not in_closed_part
    start_again = page.get_by_role("button", name="Read aloud", exact=True)
    assert start_again.is_visible()
    assert page.evaluate(MARKED) == []


def test_the_sentence_being_read_is_marked_and_on_the_screen(context_of: BrowserContext) -> None:
    page = visit(context_of, "/en/results/", voice("en-GB"))
    press(page, "Read aloud")
    for _ in range(60):
        assert page.evaluate(MARKED) == [heard(page)[-1][1]]
        top, bottom, bar = page.evaluate("""() => {
          const box = [...CSS.highlights.get("aloud")][0].getBoundingClientRect();
          const bar = document.querySelector(".aloud").getBoundingClientRect();
          return [box.top, box.bottom, bar.top];
        }""")
        assert top >= 0
        assert bottom <= bar  # the buttons do not hide it
        page.evaluate(SPOKEN)


def test_a_browser_without_highlights_marks_the_whole_block(context_of: BrowserContext) -> None:
    page = context_of.new_page()
    voices = VOICES % json.dumps([voice("en-GB")])
    page.add_init_script(voices + "delete window.Highlight; delete Intl.Segmenter;")
    page.goto("/en/")
    press(page, "Read aloud")

    assert page.locator(".marked").all_inner_texts() == [
        "How good is the help for children in Lincolnshire?"
    ]
    assert heard(page) == [("en-GB", "How good is the help for children in Lincolnshire?")]


def test_pause_goes_on_with_the_same_sentence_and_stop_begins_again(
    context_of: BrowserContext,
) -> None:
    page = visit(context_of, "/en/", voice("en-GB"))
    press(page, "Read aloud")
    page.evaluate(SPOKEN)
    press(page, "Pause")
    assert page.evaluate("speechSynthesis.now") is None
    press(page, "Go on reading")
    texts = [text for _, text in heard(page)]
    assert texts[1] == texts[2] != texts[0]

    press(page, "Stop")

    assert page.evaluate("speechSynthesis.now") is None
    assert page.locator(":focus").inner_text().strip() == "Read aloud"
    press(page, "Read aloud")
    assert heard(page)[-1] == heard(page)[0]


def test_the_keyboard_starts_pauses_and_stops_it(context_of: BrowserContext) -> None:
    page = visit(context_of, "/en/", voice("en-GB"))
    page.get_by_role("button", name="Read aloud", exact=True).focus()
    page.keyboard.press("Enter")
    assert len(heard(page)) == 1
    page.keyboard.press("Space")
    assert page.locator(":focus").inner_text().strip() == "Go on reading"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.locator(":focus").inner_text().strip() == "Read aloud"


def test_it_stops_when_the_page_is_left(context_of: BrowserContext) -> None:
    page = visit(context_of, "/en/", voice("en-GB"))
    press(page, "Read aloud")

    page.evaluate("dispatchEvent(new Event('pagehide'))")

    assert page.evaluate("speechSynthesis.now") is None
    assert page.get_by_role("button", name="Read aloud", exact=True).is_visible()


def test_it_pauses_when_the_page_is_out_of_sight(context_of: BrowserContext) -> None:
    """Somebody may have put the phone away in a hurry."""
    page = visit(context_of, "/en/", voice("en-GB"))
    press(page, "Read aloud")

    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", {value: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }""")

    assert page.evaluate("speechSynthesis.now") is None
    assert page.get_by_role("button", name="Go on reading", exact=True).is_visible()


def test_english_parts_have_an_english_voice(context_of: BrowserContext) -> None:
    """A critical sentence that no speaker has checked has its English beside the translation."""
    voices = voice("pl-PL"), voice("en-US", default=True), voice("en-GB")
    page = visit(context_of, "/pl/help/", *voices)
    press(page, "Czytaj na głos")
    read_all(page)

    english = [text for lang, text in heard(page) if lang == "en-US"]
    assert "We cannot read messages here." in english
    assert not [text for lang, text in heard(page) if lang == "pl-PL" and text in english]


def test_a_name_in_english_is_read_within_its_sentence(context_of: BrowserContext) -> None:
    page = visit(context_of, "/pl/easy-read/", voice("pl-PL"), voice("en-GB"))
    press(page, "Czytaj na głos")
    read_all(page)

    assert ("pl-PL", "Potem Ofsted napisał, co zobaczył.") in heard(page)


def test_without_an_english_voice_english_parts_are_announced(context_of: BrowserContext) -> None:
    page = visit(context_of, "/pl/help/", voice("pl_PL"))
    notice = page.locator("[data-english]").text_content()
    press(page, "Czytaj na głos")
    read_all(page)

    texts = [text for _, text in heard(page)]
    assert {lang for lang, _ in heard(page)} == {"pl_PL"}
    assert notice in texts
    assert all(first != second or first != notice for first, second in pairwise(texts))
    assert "We cannot read messages here." not in texts


@pytest.mark.parametrize(
    "voices",
    [[], [voice("de-DE")], [voice("en-GB", local=False)], [voice("english")]],
    ids=[
        "none",
        "another language",
        "one that sends the words to a server",
        "a name that is no language",
    ],
)
def test_no_voice_no_button(voices: list[dict[str, object]], context_of: BrowserContext) -> None:
    page = visit(context_of, "/en/", *voices)

    assert not page.locator(".aloud").is_visible()
    assert page.locator(".share").is_visible()


def test_a_device_without_speech_has_no_button_and_no_error(context_of: BrowserContext) -> None:
    page = context_of.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    page.goto("/en/")
    page.evaluate("dispatchEvent(new Event('pagehide'))")

    assert page.evaluate("typeof speechSynthesis") == "undefined"
    assert not page.locator(".aloud").is_visible()
    assert page.locator(".share").is_visible()
    assert errors == []


def test_a_voice_that_comes_later_brings_the_button(context_of: BrowserContext) -> None:
    page = visit(context_of, "/en/")
    assert not page.locator(".aloud").is_visible()

    page.evaluate("""() => {
      speechSynthesis.getVoices = () => [{lang: "en-GB", localService: true}];
      speechSynthesis.onvoiceschanged();
    }""")

    assert page.locator(".aloud").is_visible()


def test_the_buttons_stay_while_it_reads(context_of: BrowserContext) -> None:
    """Readers must be able to stop it, even if the voices have gone."""
    page = visit(context_of, "/en/", voice("en-GB"))
    press(page, "Read aloud")
    page.evaluate(
        "() => { speechSynthesis.getVoices = () => []; speechSynthesis.onvoiceschanged(); }"
    )

    press(page, "Stop")

    assert page.evaluate("speechSynthesis.now") is None


def test_a_voice_that_fails_leaves_the_button(context_of: BrowserContext) -> None:
    page = visit(context_of, "/en/", voice("en-GB"))
    press(page, "Read aloud")

    page.evaluate(
        "() => { const said = speechSynthesis.now; speechSynthesis.now = null; said.onerror({}); }"
    )

    page.locator("[data-told=failed]").wait_for()
    assert page.get_by_role("button", name="Read aloud", exact=True).is_visible()


@pytest.mark.parametrize("path", ["/en/", "/en/help/", "/qaa-arab/easy-read/"])
def test_its_buttons_obey_every_guard_while_it_reads(path: str, context_of: BrowserContext) -> None:
    page = visit(context_of, path, voice("en-GB"), voice("qaa"))
    for size, style in ((PHONE, ""), (NARROW, ""), (TALL, "html{font-size:200%!important}")):
        page.set_viewport_size(size)
        page.evaluate(guards.OWN_STYLE, style)
        # Not by Playwright's click, which would move where Tab starts.
        page.evaluate("document.querySelector('.aloud button').click()")

        assert guards.axe(page) == []
        assert guards.sideways(page) == []
        assert guards.small_targets(page) == []
        controls = page.locator(guards.CONTROLS).filter(visible=True).count()
        stops, wrong = guards.keyboard(page)
        assert stops == controls
        # At twice the text size, a link may be higher than the rest of the screen, but not covered.
        assert [each for each in wrong if not style or "covered" in each] == []
        page.evaluate("document.querySelector('.aloud button:last-of-type').click()")
