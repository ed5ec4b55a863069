"""Read aloud, with fake voices: what is spoken, in which voice, what is marked, when it stops."""

from collections.abc import Iterator
from itertools import pairwise

import guards
import pytest
from guards import NARROW, PHONE
from playwright.sync_api import Page, ViewportSize
from pseudo_locales import LONG, translate

SPEECH = """
const heard = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const synthesis = {
  heard, voices: [], now: null,
  getVoices() { return this.voices; },
  speak(said) { heard.push([said.voice.lang, said.text]); this.now = said; },
  cancel() { const was = this.now; this.now = null; if (was) was.onerror({error: "canceled"}); },
};
Object.defineProperty(window, "speechSynthesis", {value: synthesis});
"""
"""A device that can speak, but has no voices yet."""
VOICES = "voices => { speechSynthesis.voices = voices; speechSynthesis.onvoiceschanged(); }"
TALL = ViewportSize(width=320, height=568)
SPOKEN = "() => { const said = speechSynthesis.now; speechSynthesis.now = null; said.onend({}); }"
"""Ends the sentence that is being spoken."""
READ_ALL = f"""() => {{
  for (let most = 2000; most && speechSynthesis.now; most--) ({SPOKEN})();
  return speechSynthesis.now === null;
}}"""
"""Ends one sentence after another, until nothing is being spoken."""
MARKED = r"""() => [...CSS.highlights.get("aloud") ?? []].map(
  range => range.toString().replace(/\s+/g, " "))"""
EVERY_MARK = f"""() => {{
  const found = [];
  for (; speechSynthesis.now; ({SPOKEN})()) {{
    const box = [...CSS.highlights.get("aloud")][0].getBoundingClientRect();
    const bar = document.querySelector(".aloud").getBoundingClientRect();
    const said = speechSynthesis.now.text;
    found.push({{said, marked: ({MARKED})(), top: box.top, bottom: box.bottom, bar: bar.top}});
  }}
  return found;
}}"""
"""Reads to the end, and returns what is marked, and where, at each sentence."""


def voice(lang: str, *, local: bool = True, default: bool = False) -> dict[str, object]:
    return {"lang": lang, "localService": local, "default": default}


@pytest.fixture(scope="module")
def device(read_scripted: Page) -> Page:
    """Return a page on a device that can speak: `visit` opens an address on it."""
    read_scripted.add_init_script(SPEECH)
    return read_scripted


@pytest.fixture
def other(read_scripted: Page) -> Iterator[Page]:
    """Yield a page of its own, for a test to make another device of."""
    page = read_scripted.context.new_page()
    yield page
    page.close()


def visit(page: Page, path: str, *voices: dict[str, object]) -> None:
    """Open a page; then the browser tells it that the device has these voices."""
    page.set_viewport_size(PHONE)
    page.goto(path)
    page.evaluate(VOICES, voices)


def heard(page: Page) -> list[tuple[str, str]]:
    return [(lang, text) for lang, text in page.evaluate("speechSynthesis.heard")]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_it_reads_a_page_from_its_title_to_its_end(device: Page) -> None:
    visit(device, "/en/easy-read/", voice("en-GB"))
    assert heard(device) == []  # never by itself
    press(device, "Read aloud")
    assert device.evaluate(READ_ALL)

    assert [text for _, text in heard(device)] == [
        "Easy Read: how is Northmarsh doing?",
        "This is Easy Read.",
        "Hard words are in bold.",
        "The main points",
        "The grade for all the help is: Inadequate.",
        "A care leaver is a young person who was in care.",
        "By law, a care leaver can ask for help until 25.",
        "How good is the help?",
        "Ofsted looks at how well each council helps.",
        "It came to Northmarsh in January 2026.",
        "A grade says how good the help is.",
        "A grade is about the help, not about you.",
        "Who you can talk to",
        "Ring 999 if someone is in danger now.",
        # It is closed, so its list is not read.
        "Where this comes from: Easy Read: how is Northmarsh doing?",
        "Next: Help",
    ]
    start_again = device.get_by_role("button", name="Read aloud", exact=True)
    assert start_again.is_visible()
    assert device.evaluate(MARKED) == []


def test_it_opens_and_reads_the_rest_of_what_was_good(device: Page) -> None:
    visit(device, "/en/results/", voice("en-GB"))
    assert device.locator(".points details[open]").count() == 0
    press(device, "Read aloud")
    assert device.evaluate(READ_ALL)

    texts = [text for _, text in heard(device)]
    start = texts.index("Workers met care leavers in places where they felt safe.")
    assert texts[start + 1] == "Many care leavers had somebody to ring at night."
    assert texts[start + 2].startswith("2 more points here that were good")
    assert texts[start + 3 : start + 5] == [
        "Some care leavers got help to find a job.",
        "Care leavers had a say in how their centre was run.",
    ]
    assert device.locator(".from[open]").count() == 0


def test_on_the_page_of_help_it_begins_with_the_number_to_ring(device: Page) -> None:
    visit(device, "/en/help/", voice("en-GB"))
    press(device, "Read aloud")
    assert device.evaluate(READ_ALL)

    assert [text for _, text in heard(device)][:4] == [
        "Leave this page",
        "Talk to someone",
        "Someone is in danger now",
        "Ring 999",
    ]


def test_the_sentence_being_read_is_marked_and_on_the_screen(device: Page) -> None:
    visit(device, "/en/results/", voice("en-GB"))
    press(device, "Read aloud")
    sentences = device.evaluate(EVERY_MARK)

    assert len(sentences) > 60  # several screens
    for each in sentences:
        assert each["marked"] == [each["said"]]
        assert each["top"] >= 0
        assert each["bottom"] <= each["bar"]  # the buttons do not hide it


def test_a_browser_without_highlights_marks_the_whole_block(other: Page) -> None:
    """Its voices are there from the start."""
    other.add_init_script(
        SPEECH + "synthesis.voices = [{lang: 'en-GB', localService: true}];"
        "delete window.Highlight; delete Intl.Segmenter;"
    )
    other.goto("/en/easy-read/")
    press(other, "Read aloud")
    other.evaluate(SPOKEN)

    lead = "This is Easy Read. Hard words are in bold."
    assert other.locator(".marked").all_inner_texts() == [lead]
    assert heard(other) == [("en-GB", "Easy Read: how is Northmarsh doing?"), ("en-GB", lead)]


def test_pause_goes_on_with_the_same_sentence_and_stop_begins_again(device: Page) -> None:
    visit(device, "/en/", voice("en-GB"))
    press(device, "Read aloud")
    device.evaluate(SPOKEN)
    press(device, "Pause")
    assert device.evaluate("speechSynthesis.now") is None
    press(device, "Go on reading")
    texts = [text for _, text in heard(device)]
    assert texts[1] == texts[2] != texts[0]

    press(device, "Stop")

    assert device.evaluate("speechSynthesis.now") is None
    assert device.locator(":focus").inner_text().strip() == "Read aloud"
    press(device, "Read aloud")
    assert heard(device)[-1] == heard(device)[0]


def test_the_keyboard_starts_pauses_and_stops_it(device: Page) -> None:
    visit(device, "/en/", voice("en-GB"))
    device.get_by_role("button", name="Read aloud", exact=True).focus()
    device.keyboard.press("Enter")
    assert len(heard(device)) == 1
    device.keyboard.press("Space")
    assert device.locator(":focus").inner_text().strip() == "Go on reading"
    device.keyboard.press("Tab")
    device.keyboard.press("Enter")

    assert device.locator(":focus").inner_text().strip() == "Read aloud"


def test_it_stops_when_the_page_is_left(device: Page) -> None:
    visit(device, "/en/", voice("en-GB"))
    press(device, "Read aloud")

    device.evaluate("dispatchEvent(new Event('pagehide'))")

    assert device.evaluate("speechSynthesis.now") is None
    assert device.get_by_role("button", name="Read aloud", exact=True).is_visible()


def test_it_pauses_when_the_page_is_out_of_sight(device: Page) -> None:
    """Somebody may have put the phone away in a hurry."""
    visit(device, "/en/", voice("en-GB"))
    press(device, "Read aloud")

    device.evaluate("""() => {
      Object.defineProperty(document, "hidden", {value: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }""")

    assert device.evaluate("speechSynthesis.now") is None
    assert device.get_by_role("button", name="Go on reading", exact=True).is_visible()


def test_english_parts_have_an_english_voice(device: Page) -> None:
    """A critical sentence that no speaker has checked has its English beside the translation."""
    voices = voice("qaa"), voice("en-US", default=True), voice("en-GB")
    visit(device, "/qaa/help/", *voices)
    press(device, translate("Read aloud", LONG))
    assert device.evaluate(READ_ALL)

    english = [text for lang, text in heard(device) if lang == "en-US"]
    assert "We cannot read messages here." in english
    assert not [text for lang, text in heard(device) if lang == "qaa" and text in english]


def test_a_name_in_english_is_read_within_its_sentence(device: Page) -> None:
    visit(device, "/qaa/easy-read/", voice("qaa"), voice("en-GB"))
    press(device, translate("Read aloud", LONG))
    assert device.evaluate(READ_ALL)

    rest = translate(" looks at how well each council helps.", LONG)
    assert ("qaa", f"Ofsted{rest}") in heard(device)


def test_without_an_english_voice_english_parts_are_announced(device: Page) -> None:
    visit(device, "/qaa/help/", voice("qaa_CZ"))
    notice = translate("The next words are in English. This device has no English voice.", LONG)
    press(device, translate("Read aloud", LONG))
    assert device.evaluate(READ_ALL)

    texts = [text for _, text in heard(device)]
    assert {lang for lang, _ in heard(device)} == {"qaa_CZ"}
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
def test_no_voice_no_button(voices: list[dict[str, object]], device: Page) -> None:
    visit(device, "/en/", *voices)

    assert not device.locator(".aloud").is_visible()
    assert device.locator(".share").is_visible()


def test_a_device_without_speech_has_no_button_and_no_error(other: Page) -> None:
    errors: list[str] = []
    other.on("pageerror", lambda error: errors.append(str(error)))
    other.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    other.goto("/en/")
    other.evaluate("dispatchEvent(new Event('pagehide'))")

    assert other.evaluate("typeof speechSynthesis") == "undefined"
    assert not other.locator(".aloud").is_visible()
    assert other.locator(".share").is_visible()
    assert errors == []


def test_a_voice_that_comes_later_brings_the_button(device: Page) -> None:
    device.goto("/en/")
    assert not device.locator(".aloud").is_visible()

    device.evaluate(VOICES, [voice("en-GB")])

    assert device.locator(".aloud").is_visible()


def test_the_buttons_stay_while_it_reads(device: Page) -> None:
    """Readers must be able to stop it, even if the voices have gone."""
    visit(device, "/en/", voice("en-GB"))
    press(device, "Read aloud")
    device.evaluate(VOICES, [])

    press(device, "Stop")

    assert device.evaluate("speechSynthesis.now") is None


def test_a_voice_that_fails_leaves_the_button(device: Page) -> None:
    visit(device, "/en/", voice("en-GB"))
    press(device, "Read aloud")

    device.evaluate(
        "() => { const said = speechSynthesis.now; speechSynthesis.now = null; said.onerror({}); }"
    )

    device.locator("[data-told=failed]").wait_for()
    assert device.get_by_role("button", name="Read aloud", exact=True).is_visible()


@pytest.mark.parametrize("path", ["/en/help/", "/qaa-arab/easy-read/"])
def test_its_buttons_obey_every_guard_while_it_reads(path: str, other: Page) -> None:
    """On a page of its own: after some rounds with Tab, Chromium no longer stops at the page."""
    other.add_init_script(SPEECH)
    visit(other, path, voice("en-GB"), voice("qaa"))
    for size, style in ((PHONE, ""), (NARROW, ""), (TALL, "html{font-size:200%!important}")):
        other.set_viewport_size(size)
        other.evaluate(guards.OWN_STYLE, style)
        # Not by Playwright's click, which would move where Tab starts.
        other.evaluate("document.querySelector('.aloud button').click()")

        if size == PHONE:  # what else could differ with the size, the guards below measure
            assert guards.axe(other) == []
        assert guards.sideways(other) == []
        assert guards.small_targets(other) == []
        controls = other.locator(guards.CONTROLS).filter(visible=True).count()
        stops, wrong = guards.keyboard(other)
        assert stops == controls
        # At twice the text size, a link may be higher than the rest of the screen, but not covered.
        assert [each for each in wrong if not style or "covered" in each] == []
        other.evaluate("document.querySelector('.aloud button:last-of-type').click()")
