"""Properties that hold for every translation, however malformed.

There is no exception, no tag outside the allowlist, no wrong value of a fact, and no lost sentence.
Hypothesis generates the translations, from any text and from pieces chosen to do harm.
"""

import datetime as dt
import logging
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pseudo_locales
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from inspection_outcome.i18n import po_file
from inspection_outcome.i18n.catalogues import Catalogues, assess_all
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.po_file import Translation
from inspection_outcome.i18n.po_parse import CatalogueError
from inspection_outcome.i18n.render import PageTranslator
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.i18n.translator import Translator
from inspection_outcome.report.characters import is_digit
from inspection_outcome.report.facts import (
    AnyFact,
    Body,
    Count,
    Dates,
    Grade,
    GradeGiven,
    Phone,
    Place,
)
from inspection_outcome.report.sentence import Sentence
from justhtml import JustHTML

pytestmark = pytest.mark.slow

GATHERED = pseudo_locales.messages(pseudo_locales.SMALL)
ENGLISH = Language("en", "English", "en_GB")
FACTS: dict[str, AnyFact] = {
    "council": Place("Northmarsh"),
    "visit": Dates(dt.date(2023, 4, 24), dt.date(2023, 4, 28)),
    "line": Phone("0800 1111"),
    "ofsted": Body("Ofsted <1>"),
    "grade": GradeGiven(Grade.GOOD),
    "homes": Count(3),
}
GRADE = Sentence("ui.grade-good", "Good", "site")
GRADE_SAID = Translation(GRADE.forms, ("Dobra",), pseudo_locales.LONG.plural_rule)
SENTENCES = [
    Sentence("t.plain", "Most children feel safe.", "site"),
    Sentence("t.fact", "In {council} on {visit}.", "site"),
    Sentence("t.phone", "Ring {line} or see [the words](word:audit).", "site", critical=True),
    Sentence("t.grade", "{ofsted}: **{grade}**", "site"),
    Sentence("t.count", "{homes} home", "site", plural="{homes} homes"),
    GRADE,
]
PIECES = [
    "{council}",
    "{visit}",
    "{line}",
    "{ofsted}",
    "{grade}",
    "{homes}",
    "{Council}",
    "{",
    "}",
    "{{",
    "{council",
    "**",
    "*",
    "_",
    "[",
    "]",
    "](",
    ")",
    "[x](word:audit)",
    "[{line}](word:audit)",
    "[ ](word:audit)",
    "\u200f",
    "[x](en)",
    "[{line}](en)",
    "[x](javascript:alert(1))",
    "[x](//evil.example)",
    "`",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>",
    "</span>",
    "<!--",
    "&lt;",
    "&#60;",
    '"',
    "'",
    "0800 1112",
    "5",
    "٥",
    "½",
    "三",
    "ខ្មែរ\u200b",
    "e\u0301",
    "＊＊",
    "\u202e",
    "\u2066",
    "\u2069",
    "\x00",
    "\n",
    "\\",
    "\\n",
    '\\"',
    " ",
    "a",
    "więcej",
    "النص",
    "%s",
]
TEXT = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
SPOIL: list[Callable[[str], str]] = [
    lambda form: form,
    # a link in a link
    lambda form: form.replace("{line}", "").replace("[the words", "[the words {line}"),
    # a link to another target
    lambda form: form.replace("(word:audit)", "(page:help)"),
]


@st.composite
def almost_right(draw: st.DrawFn) -> list[str]:
    """Draw the forms of an almost correct translation.

    They hold what one sentence needs, in any order, with at most one piece of any text between.
    """
    sentence = draw(st.sampled_from(SENTENCES))
    needed = [
        *re.findall(r"\{[a-z]+\}", sentence.text),
        *re.findall(r"\[[^\]]*\]\([^)]*\)", sentence.text),
    ]
    harmless = st.sampled_from(["", "więcej ", "النص ", " – ", "a", "< & ", "**b** "])
    forms = []
    for _ in range(draw(st.sampled_from([3, 6])) if sentence.plural else 1):
        between = draw(st.lists(harmless, min_size=len(needed) + 1, max_size=len(needed) + 1))
        if draw(st.booleans()):
            between[draw(st.integers(0, len(needed)))] = draw(TEXT)
        order = draw(st.permutations(needed))
        form = "".join(text for pair in zip(between, [*order, ""], strict=True) for text in pair)
        forms.append(draw(st.sampled_from(SPOIL))(form))
    return forms


TRANSLATION = st.one_of(st.lists(TEXT, min_size=1, max_size=6), almost_right(), almost_right())
TAGS = {"strong", "a", "span", "small", "bdi"}
ATTRIBUTES = {"href", "lang", "dir", "class"}
HREFS = {"/xx/#word:audit", "tel:08001111"}
SPELLED = re.compile(
    r"\d[\d\s.–-]*(?:أبريل |April |dubna )?2023|0800 1111|Ofsted <1>|(?<!\d)3(?!\d)"
)
LINK_IN_LINK = re.compile(r"<a\b((?!</a>).)*<a\b", re.DOTALL)
SETTINGS = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def translator(language: Language, entries: Mapping[str, Entry] | None) -> Translator:
    return Translator(language, {GRADE.id: GRADE}, FACTS, lambda target: "/xx/#" + target, entries)


FALLBACK = translator(ENGLISH, None)


def page_translator(language: Language, entries: Mapping[str, Entry]) -> PageTranslator:
    """Return a page translator for a catalogue with these entries."""
    return PageTranslator(translator(language, entries), FALLBACK)


@cache
def harm(html: str) -> list[str]:
    """Return everything that is not allowed in a sentence's HTML. Most are the same English."""
    page = JustHTML(html, fragment=True, collect_errors=True, sanitize=False)
    found = [f"parse error {error.code}" for error in page.errors]
    for element in page.query("*"):
        found += [f"tag {element.name}"] if element.name not in TAGS else []
        for name, value in (element.attrs or {}).items():
            found += [f"attribute {name}"] if name not in ATTRIBUTES else []
            found += [f"href {value}"] if name == "href" and value not in HREFS else []
    text = " ".join(page.to_text(separator="").split())
    found += [f"digits {digits}" for digits in filter(is_digit, SPELLED.sub("", text))]
    found += ["a fact by its name"] if re.search(r"\{[a-z_]+\}", text) else []
    found += ["nothing"] if not any(map(str.isalnum, text)) else []
    # A parser ends the outer link where the inner one begins, so the page does not show it.
    found += ["a link in a link"] if LINK_IN_LINK.search(html) else []
    found += [
        "an empty link" for link in page.query("a") if not any(map(str.isalnum, link.to_text()))
    ]
    return found


def test_harm_is_found() -> None:
    """Otherwise the properties below would prove nothing."""
    bad = '<script>1</script><a href="//x" onclick="y">{council}</a> 0800 1112'

    assert {each.split()[0] for each in harm(bad)} == {"tag", "attribute", "href", "digits", "a"}
    assert harm("<p>") == ["tag p", "nothing"]
    assert harm('<a href="tel:08001111">a <a href="tel:08001111">b</a></a>') == ["a link in a link"]
    assert (
        harm('<strong>24.–28. dubna 2023</strong>, <bdi lang="en">Ofsted &lt;1&gt;</bdi> 3') == []
    )


@pytest.mark.parametrize("language", pseudo_locales.LANGUAGES, ids=lambda each: each.tag)
@SETTINGS
@given(forms=TRANSLATION)
def test_readers_get_the_translation_or_marked_english_and_neither_does_harm(
    language: Language, forms: list[str]
) -> None:
    """Always exactly one of them: English if the translation is Broken or missing."""
    for sentence in SENTENCES:
        translation = Translation(sentence.forms, tuple(forms), language.plural_rule)
        said = {GRADE.id: GRADE_SAID, sentence.id: translation}
        entries = assess_all(language, SENTENCES, said).entries
        state = entries[sentence.id].state
        event(f"{sentence.id}: {state.value}")
        page = page_translator(language, entries)
        told, label, plain = str(page.say(sentence)), page.label(sentence), page.plain(sentence)

        fell_back = told.startswith('<span lang="en" dir="ltr">')
        assert fell_back == (state in {State.NOT_TRANSLATED, State.BROKEN})
        assert page.unchecked != fell_back
        assert str(page.lang(sentence)) == (' lang="en" dir="ltr"' if fell_back else "")
        assert harm(told) == harm(str(label)) == []
        assert plain.strip()
        assert not re.search(r"\{[a-z_]+\}", plain)


@settings(SETTINGS, max_examples=100)
@given(
    forms=TRANSLATION, note=TEXT, flags=st.lists(st.sampled_from(["fuzzy", "", "x, y"]), max_size=2)
)
def test_any_entry_survives_its_file(forms: list[str], note: str, flags: list[str]) -> None:
    """Whatever a tool can write into a PO file is read back, or the file is refused with a message.

    Nothing else happens.
    """
    po = po_file.new(pseudo_locales.LONG)
    for sentence in SENTENCES:
        entry = po_file.entry(sentence, forms, note)
        entry.flags = flags
        po.append(entry)
    with TemporaryDirectory() as temporary:
        path = po_file.path_of(Path(temporary), pseudo_locales.LONG)
        po_file.write(po, path)
        try:
            said = po_file.translations(po_file.read(path, pseudo_locales.LONG))
        except CatalogueError:
            return
    page = page_translator(
        pseudo_locales.LONG, assess_all(pseudo_locales.LONG, SENTENCES, said).entries
    )
    for sentence in SENTENCES:
        assert harm(str(page.say(sentence))) == []


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a translations folder of the small content, of which a test damages the catalogue."""
    return pseudo_locales.folder(
        tmp_path_factory.mktemp("damaged"), (pseudo_locales.LONG,), GATHERED
    )


@pytest.fixture(scope="module")
def whole(damaged: Path) -> bytes:
    """Return the catalogue as it was before any damage."""
    return po_file.path_of(damaged, pseudo_locales.LONG).read_bytes()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_file_leaves_a_page_to_read(
    damaged: Path, whole: bytes, data: st.DataObject
) -> None:
    """With bytes removed, inserted or replaced anywhere, every sentence still has an entry."""
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 200))
    po_file.path_of(damaged, pseudo_locales.LONG).write_bytes(
        whole[:start] + data.draw(st.binary(max_size=60)) + whole[start + length :]
    )
    logging.disable(logging.CRITICAL)
    try:
        sentences = [each.sentence for each in GATHERED]
        made = Catalogues.read(damaged, sentences).by_tag[pseudo_locales.LONG.tag]
    finally:
        logging.disable(logging.NOTSET)

    assert len(made.entries) == len(GATHERED)
    assert all(entry.forms for entry in made.entries.values() if entry.usable)
