"""Every page in every shipped language.

It is complete and in that language, and any English in it is marked as English.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import feedparser
import pytest
from flask.testing import FlaskClient
from house_rules import ALL, PAGES, TRANSLATED, Get, attribute, text_of
from inspection_outcome.commands.workspace import Workspace
from inspection_outcome.i18n import checks, glossary
from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report import markup
from inspection_outcome.report.markup import PLACEHOLDER
from justhtml import JustHTML
from lingua import Language as Spoken
from lingua import LanguageDetector, LanguageDetectorBuilder

pytestmark = pytest.mark.slow

EVERY = [path.removeprefix("/en") for path in [*PAGES, ALL]]
NAMES = {"Lincolnshire", "SHOUT"}
"""Latin words that may be unmarked in another script: a place, and what people type.

Names of bodies are marked.
"""
LEAST = 40
"""Only sentences of more characters are long enough for lingua to detect their language."""
SPOKEN = {"pl": Spoken.POLISH, "lt": Spoken.LITHUANIAN, "ro": Spoken.ROMANIAN, "ar": Spoken.ARABIC}
OTHERS = (
    Spoken.ENGLISH,
    Spoken.CZECH,
    Spoken.SLOVAK,
    Spoken.LATVIAN,
    Spoken.ITALIAN,
    Spoken.SPANISH,
    Spoken.PERSIAN,
)
"""The languages for which a shipped one could most easily be mistaken."""
QUOTES = {"pl": "„”", "lt": "„“", "ro": "„”", "ar": "«»"}
_FOREIGN = set("„“”‘’‚\"'«»‹›`´")
_LATIN = set(",;?")
"""Signs for which Arabic has its own forms."""
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"[\w.@-]+\.[a-z]{2,}\S*")


@cache
def work() -> Workspace:
    """Return the shipped content, languages and glossary, as the commands read them."""
    return Workspace.read()


@cache
def entries(tag: str) -> list[Entry]:
    """Return a shipped language's entry for each sentence."""
    found = Catalogues.read(work().folder, [each.sentence for each in work().messages])
    return list((found.entries(work().language(tag)) or {}).values())


def texts(of: JustHTML, language: str) -> Iterator[str]:
    """Yield each text of a page that is marked as this language, with labels and description."""

    def walk(node: object, lang: str) -> Iterator[str]:
        attrs = getattr(node, "attrs", None) or {}
        lang = attrs.get("lang") or lang
        name = getattr(node, "name", "")
        is_address = attrs.get("dir") == "ltr" and not attrs.get("lang")
        if name in {"style", "script"} or is_address:
            return
        if lang == language:
            yield attrs.get("aria-label") or ""
            yield (attrs.get("content") or "") if attrs.get("name") == "description" else ""
            yield (getattr(node, "data", None) or "") if name == "#text" else ""
        for child in getattr(node, "children", None) or []:
            yield from walk(child, lang)

    return walk(of.root, "")


def threes(of: Iterable[str]) -> set[tuple[str, ...]]:
    """Return every three consecutive words of each text."""
    words = [_WORD.findall(_ADDRESS.sub("", text.casefold())) for text in of]
    return {tuple(each[at : at + 3]) for each in words for at in range(len(each) - 2)}


def test_these_are_the_languages_that_are_shipped() -> None:
    assert {each.tag: each.direction for each in work().languages if each.shown} == {
        "en": "ltr",
        **TRANSLATED,
    }


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_page_is_whole_in_its_language(tag: str, path: str, get: Get) -> None:
    """It obeys the house rules, with the limit of 14 KB, and says that nobody has checked it."""
    page = get(f"/{tag}{path}")
    html = page.query("html")[0]

    assert (attribute(html, "lang"), attribute(html, "dir")) == (tag, TRANSLATED[tag])
    assert page.query('span[lang="en"]') == []
    assert text_of(page.query("main > .notice")[0])
    assert attribute(page.query("main > .notice a")[0], "href") == f"/en{path}"


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_english_is_left_unmarked(tag: str, path: str, get: Get) -> None:
    """No three consecutive words are as on the English page.

    In a script other than Latin, no Latin word is left but names.
    """
    said = list(texts(get(f"/{tag}{path}"), tag))

    assert threes(said) & threes(texts(get(f"/en{path}"), "en")) == set()
    if tag == "ar":
        latin = {word for text in said for word in _WORD.findall(text) if word.isascii()}
        links = get(f"/ar{path}").query('a[dir="ltr"]')
        addresses = {part for each in links for part in _WORD.findall(text_of(each))}
        assert latin - addresses <= NAMES


def test_english_that_is_left_is_found() -> None:
    page = JustHTML(
        '<p lang="pl">Tak: <bdi lang="en">say it in full</bdi> '
        '<b aria-label="or in part">x</b></p>',
        sanitize=False,
    )

    assert threes(texts(page, "pl")) == {("or", "in", "part")}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_sentence_is_translated_and_no_check_finds_anything(tag: str) -> None:
    """There is no error and no warning: each was fixed, or is allowed in the glossary."""
    found, words = entries(tag), glossary.load(work().folder)
    told = [
        f"{each.sentence.id}: {problem.problem}"
        for each in found
        for problem in checks.warnings(
            Pair.of(each.sentence, each.forms, work().language(tag), words)
        )
    ]

    assert [each.sentence.id for each in found if each.state is not State.NEEDS_CHECKING] == []
    assert told == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_term_has_its_word_in_every_language(tag: str) -> None:
    """So that the next translator finds which word to use, which to avoid, and why."""
    words = glossary.load(work().folder)

    assert words.you[tag].why
    assert len(words.terms) >= 40
    assert [
        term.english for term in words.terms if tag not in term.words or not term.words[tag].why
    ] == []


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*SPOKEN.values(), *OTHERS).build()


@pytest.mark.parametrize("tag", TRANSLATED)
def test_each_long_sentence_is_in_its_language(tag: str, detector: LanguageDetector) -> None:
    wrong = []
    for each in entries(tag):
        for form in each.forms:
            bare = markup.without_english(PLACEHOLDER.sub(" ", form))
            if len(bare) > LEAST and (heard := detector.detect_language_of(bare)) != SPOKEN[tag]:
                wrong.append(f"{each.sentence.id}: {heard}: {bare}")

    assert wrong == []


def test_a_sentence_in_another_language_is_found(detector: LanguageDetector) -> None:
    assert (
        detector.detect_language_of("Most children in care lived with foster carers.")
        == Spoken.ENGLISH
    )
    assert (
        detector.detect_language_of("Większość dzieci mieszkała u rodziców zastępczych.")
        == Spoken.POLISH
    )


@pytest.mark.parametrize("tag", TRANSLATED)
def test_quotation_marks_are_the_language_s_own_and_in_pairs(tag: str) -> None:
    opens, closes = QUOTES[tag][0], QUOTES[tag][1]
    strange = _FOREIGN - {opens, closes} | (_LATIN if tag == "ar" else set())
    told = [markup.without_english(form) for each in entries(tag) for form in each.forms]

    assert [
        text for text in told if strange & set(text) or text.count(opens) != text.count(closes)
    ] == []
    assert sum(opens in text for text in told) > 10


@pytest.mark.parametrize("tag", TRANSLATED)
def test_numbers_to_ring_have_the_digits_of_the_keys(tag: str, get: Get) -> None:
    links = get(f"/{tag}/help/").query('a[href^="tel:"], a[href^="sms:"]')

    assert len(links) > 10
    for link in links:
        number = attribute(link, "href").partition(":")[2].partition("?")[0]
        assert number in "".join(sign for sign in text_of(link) if "0" <= sign <= "9")


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_grade_has_ofsted_s_own_word_beside_it(tag: str, get: Get) -> None:
    grades = get(f"/{tag}/results/").query(".verdict .grade")
    own = [text_of(grade.query('.own[lang="en"]')[0]) for grade in grades]

    assert own == ["(Outstanding)", "(Outstanding)", "(Outstanding)", "(Good)", "(Outstanding)"]


def test_polish_keeps_a_word_of_one_letter_beside_the_next(client: FlaskClient) -> None:
    main = client.get("/pl/results/").text.partition("<main")[2]

    assert "w\u00a0pieczy" in main
    assert "w pieczy" not in main


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_feed_has_no_english(tag: str, client: FlaskClient) -> None:
    told = {each: client.get(f"/{each}/progress.atom").text for each in (tag, "en")}

    def summaries(language: str) -> list[str]:
        """Return the texts of a feed's summaries."""
        parsed = feedparser.parse(told[language], sanitize_html=False)
        blocks = [f'<div lang="{language}">{entry.summary}</div>' for entry in parsed.entries]
        pages = [JustHTML(block, sanitize=False) for block in blocks]
        return [text for page in pages for text in texts(page, language)]

    found, english = summaries(tag), summaries("en")

    assert f'xml:lang="{tag}"' in told[tag]
    assert min(len(found), len(english)) > 10
    # The summaries are plain text, which cannot mark a name as English.
    assert threes(found) & threes(english) == {("corporate", "parenting", "panel")}
