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
  heard, voices: [], now: null, looks: 0,
  get speaking() { return this.now !== null; },
  getVoices() { this.looks += 1; return this.voices; },
  speak(said) {
    if (said.lang !== said.voice.lang) throw new Error("Android needs the language, too");
    heard.push([said.lang, said.text]);
    this.now = said;
  },
  cancel() {
    const was = this.now;
    this.now = null;
    if (was) { was.onerror({error: "canceled"}); was.onend({}); } // some browsers do one, some both
  },
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
EASY_READ = [
    "Easy Read: how is Northmarsh doing?",
    "This is Easy Read.",
    "Hard words are in bold.",
    "The main points",
    "The grade for all the help is: Inadequate.",
    "The grade is lower than in 2022.",
    "Too many children had to wait for help.",
    "A care leaver is a young person who was in care.",
    "By law, a care leaver can ask for help until 25.",
    "How good is the help?",
    "Ofsted looks at how well each council helps.",
    "It came to Northmarsh in January 2026.",
    "A grade says how good the help is.",
    "A grade is about the help, not about you.",
    "What was not good enough",
    "Some children had to wait too long to be safe.",
    "Too many children got a new worker again and again.",
    "Some children lived far from their friends.",
    "Leaders did not check the work often enough.",
    "The council said sorry for what was not good.",
    "What was good",
    "Most children in care liked the home they lived in.",
    "What happens next",
    "The government told the council that it must get better.",
    "The council wrote a plan of what it will do.",
    "We do not know yet if it helps.",
    "Inspectors will come back to look again.",
    "Who you can talk to",
    "Ring 999 if someone is in danger now.",
    # It is closed, so its list is not read.
    "Where this comes from: Easy Read: how is Northmarsh doing?",
    "Next: Help",
]
"""The sentences of /en/easy-read/."""


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


def offered(page: Page) -> bool:
    return page.get_by_role("button", name="Read aloud", exact=True).is_visible()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_it_reads_a_page_from_its_title_to_its_end(device: Page) -> None:
    visit(device, "/en/easy-read/", voice("en-GB"))
    assert heard(device) == []  # never by itself
    press(device, "Read aloud")
    assert device.evaluate(READ_ALL)

    assert [text for _, text in heard(device)] == EASY_READ
    assert offered(device)  # to start again
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


def test_a_browser_of_2020_reads_the_same_sentences_and_marks_their_block(other: Page) -> None:
    """Its voices are there from the start."""
    other.add_init_script(
        SPEECH + "synthesis.voices = [{lang: 'EN_gb', localService: true}];"
        "delete window.Highlight; delete CSS.highlights; delete Intl.Segmenter;"
        "delete Intl.getCanonicalLocales; delete Element.prototype.checkVisibility;"
        "for (const kind of [Array, String]) delete kind.prototype.at;"
    )
    other.goto("/en/easy-read/")
    press(other, "Read aloud")
    other.evaluate(SPOKEN)

    lead = "This is Easy Read. Hard words are in bold."
    assert other.locator(".marked").all_inner_texts() == [lead]
    assert other.evaluate(READ_ALL)
    assert heard(other) == [("EN_gb", sentence) for sentence in EASY_READ]
    assert other.locator(".marked").count() == 0


def test_a_sentence_ends_where_its_words_say(device: Page) -> None:
    """Not at each full stop, nor only before a space."""
    sentences = [
        "It is 3.5 km (a walk etc.) from here.",
        "2023 m. balandžio 17 d. jie buvo čia.",
        "“Is it far?”",
        "No (А.С.П. said so)!",
        "هل هو بعيد؟",
        "第一。",
        "第二。",
        "Two things",
        "Care leavers: good .",
    ]
    text = " ".join(sentences).replace("第一。 ", "第一。")
    lines = text.replace("things ", "things\n  ").replace("good ", "good\n  ")
    visit(device, "/en/", voice("en-GB"))
    device.evaluate("text => { document.querySelector('h1').textContent = text; }", lines)
    press(device, "Read aloud")
    assert device.evaluate(READ_ALL)

    assert [text for _, text in heard(device)][: len(sentences)] == sentences


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("Somebody rings you at 9:30, and " * 12 + "then they come.", ","),
        ("Somebody gave you 1,000 pounds to live on and " * 8 + "then they came.", ""),
        ("第一" * 100 + "，" + "第二" * 100, ""),
        ("a" + "e\u0301" * 200, "e\u0301"),
        ("😀" * 200, ""),
    ],
    ids=["at punctuation", "at spaces", "without spaces", "accents", "outside the first plane"],
)
def test_a_long_sentence_is_read_in_pieces_and_stays_marked(
    sentence: str, end: str, device: Page
) -> None:
    """Chrome stops a voice after some 15 seconds."""
    visit(device, "/en/", voice("en-GB"))
    device.evaluate("text => { document.querySelector('h1').textContent = text; }", sentence)
    press(device, "Read aloud")
    pieces = [each["said"] for each in device.evaluate(EVERY_MARK) if each["marked"] == [sentence]]

    assert len(pieces) > 1
    assert max(map(len, pieces)) <= 180
    assert {piece[-len(end) :] for piece in pieces[:-1]} == {end} if end else True
    assert (" " if " " in sentence else "").join(pieces) == sentence

    press(device, "Read aloud")
    device.evaluate(SPOKEN)
    press(device, "Pause")
    press(device, "Go on reading")
    assert [text for _, text in heard(device)][-3:] == [pieces[0], pieces[1], pieces[0]]


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
    assert offered(device)


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
    [
        [],
        [voice("de-DE"), voice("enm-GB")],
        [voice("en-GB", local=False)],
        [voice("english"), voice("x-en"), voice("")],
    ],
    ids=[
        "none",
        "other languages",
        "one that sends the words to a server",
        "names that are no language",
    ],
)
def test_no_voice_no_button(voices: list[dict[str, object]], device: Page) -> None:
    visit(device, "/en/", *voices)

    assert not offered(device)
    assert device.locator(".share").is_visible()


def test_a_device_without_speech_has_no_button_and_no_error(other: Page) -> None:
    errors: list[str] = []
    other.on("pageerror", lambda error: errors.append(str(error)))
    other.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    other.goto("/en/")
    other.evaluate("dispatchEvent(new Event('pagehide'))")

    assert other.evaluate("typeof speechSynthesis") == "undefined"
    assert not offered(other)
    assert other.locator(".share").is_visible()
    assert errors == []


@pytest.mark.parametrize(
    ("lang", "chosen", "others"),
    [
        ("en", "eng-GBR-f00", ["eng-USA-f00"]),
        ("EN-gb", "en_gb", ["pl"]),
        ("pl", "pol-PL-f000", ["por-BR-f00", "en-GB"]),
        ("ar", "ara-XA-f000", ["arn"]),
        ("ckb", "CKB-IQ", ["ku"]),
        ("fil", "fil_PH", ["fi-FI"]),
        ("nan", "nan", ["na"]),
    ],
)
def test_voices_are_found_by_their_language(
    lang: str, chosen: str, others: list[str], device: Page
) -> None:
    """Firefox for Android has three letters for a language, others have no hyphen."""
    device.goto("/en/")
    device.evaluate("lang => { document.documentElement.lang = lang; }", lang)
    device.evaluate(VOICES, [voice(each) for each in [*others, chosen]])
    press(device, "Read aloud")

    assert [each for each, _ in heard(device)] == [chosen]


def test_no_word_goes_to_a_server_where_the_device_has_a_voice(device: Page) -> None:
    visit(device, "/en/", voice("en-GB", local=False, default=True), voice("en-US"))
    press(device, "Read aloud")
    assert device.evaluate(READ_ALL)

    assert {lang for lang, _ in heard(device)} == {"en-US"}


def test_a_voice_that_comes_later_brings_the_button(device: Page) -> None:
    device.goto("/en/")
    assert not offered(device)

    device.evaluate(VOICES, [voice("en-GB")])

    assert offered(device)


@pytest.mark.parametrize("event", ["", "pageshow", "focus"])
def test_a_voice_that_comes_with_no_event_brings_the_button(event: str, scripted: Page) -> None:
    """In the first seconds by itself, later when the reader comes back to the page."""
    scripted.clock.install()
    scripted.add_init_script(SPEECH)
    scripted.goto("/en/")
    if event:
        scripted.clock.fast_forward(6000)
    scripted.evaluate("voices => { speechSynthesis.voices = voices; }", [voice("en-GB")])
    assert not offered(scripted)

    if event:
        scripted.evaluate("event => dispatchEvent(new Event(event))", event)
    else:
        scripted.clock.fast_forward(6000)

    assert offered(scripted)


def test_it_does_not_look_for_voices_for_ever(scripted: Page) -> None:
    scripted.clock.install()
    scripted.add_init_script(SPEECH)
    scripted.goto("/en/")
    scripted.clock.fast_forward(6000)
    looks = scripted.evaluate("speechSynthesis.looks")

    scripted.clock.fast_forward(60_000)

    assert scripted.evaluate("speechSynthesis.looks") == looks


def test_the_buttons_stay_once_they_are_there(device: Page) -> None:
    """Readers must be able to stop it, even if the voices have gone."""
    visit(device, "/en/", voice("en-GB"))
    device.evaluate(VOICES, [])
    device.evaluate(VOICES, [voice("en-GB")])
    press(device, "Read aloud")
    device.evaluate(VOICES, [])
    press(device, "Pause")
    device.evaluate(VOICES, [])

    press(device, "Stop")

    assert device.evaluate("speechSynthesis.now") is None


@pytest.mark.parametrize(
    "fault",
    [
        "speechSynthesis.speak = said => setTimeout(() => said.onerror({}))",
        "speechSynthesis.speak = () => { throw new Error(); }",
        "speechSynthesis.voices = []",
        "SpeechSynthesisUtterance = undefined",
        "document.createTreeWalker = () => { throw new Error(); }",
    ],
)
def test_if_it_cannot_speak_it_says_so_and_leaves_the_button(fault: str, device: Page) -> None:
    visit(device, "/en/", voice("en-GB"))
    device.evaluate(f"() => {{ {fault}; }}")

    press(device, "Read aloud")

    device.locator("[data-told=failed]").wait_for(timeout=2000)
    assert offered(device)
    assert not device.get_by_role("button", name="Stop", exact=True).is_visible()


@pytest.mark.parametrize(
    ("meanwhile", "state"),
    [
        ("", "off"),
        ("speechSynthesis.now.onstart({})", "on"),
        ("speechSynthesis.now.onboundary({})", "on"),
        ("speechSynthesis.speaking = true", "on"),
        ("document.querySelector('.aloud button').click()", "paused"),
    ],
)
def test_a_voice_that_does_not_begin_is_given_up_and_a_slow_one_is_not(
    meanwhile: str, state: str, scripted: Page
) -> None:
    scripted.clock.install()
    scripted.add_init_script(
        SPEECH + "Object.defineProperty(synthesis, 'speaking', {value: false, writable: true});"
    )
    visit(scripted, "/en/", voice("en-GB"))
    press(scripted, "Read aloud")
    scripted.evaluate(f"() => {{ {meanwhile} }}")

    scripted.clock.fast_forward(6000)
    scripted.clock.fast_forward(200)

    assert scripted.locator(".aloud").get_attribute("data-state") == state
    assert scripted.locator("[data-told=failed]").is_visible() == (state == "off")


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
