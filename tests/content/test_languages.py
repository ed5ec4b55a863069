"""Each language that readers are led to: what is translated is in it, and English is marked.

A language may lag behind the English, or hold sentences that a speaker has checked.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from house_rules import Get, attribute, text_of
from inspection_outcome.i18n import checks, glossary
from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.glossary import Glossary
from inspection_outcome.i18n.languages import Language
from inspection_outcome.i18n.pair import Pair
from inspection_outcome.i18n.states import Entry, State
from inspection_outcome.report import markup
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from justhtml import JustHTML
from lingua import Language as Spoken
from lingua import LanguageDetector, LanguageDetectorBuilder
from shipped_site import PAGES, SETTINGS, TRANSLATED, tell, workspace

pytestmark = pytest.mark.slow

LEAST = 40
"""Only sentences of more characters are long enough for lingua to detect their language."""
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
QUOTES = {
    "pl": ("„", "”"),
    "lt": ("„", "“"),
    "ro": ("„", "”"),
    "ar": ("«", "»"),
    "lv": ("„", "”"),
    "ru": ("«", "»"),
    "bg": ("„", "“"),
    "fa": ("«", "»"),
}
_FOREIGN = set("„“”‘’‚\"'«»‹›`´")
_LATIN = set(",;?")
"""Signs for which Arabic and Persian have their own forms."""
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"[\w.@-]+\.[a-z]{2,}\S*")
_ENGLISH = re.compile(r"\[([^\]]+)\]\(en\)")
_ATOM = "{http://www.w3.org/2005/Atom}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CHECK = "mend the sentence in its file; `flask translations check {tag}` tells more."


def of_each_language(test: object) -> object:
    """Run a test for each language, by its tag."""
    return pytest.mark.parametrize("language", TRANSLATED, ids=lambda each: each.tag)(test)


@cache
def words() -> Glossary:
    """Return the shipped glossary."""
    return glossary.load(SETTINGS.translations)


@cache
def entries(language: Language) -> list[Entry]:
    """Return a language's entry for each sentence that it has in some form."""
    sentences = [each.sentence for each in workspace().messages]
    found = Catalogues.read(SETTINGS.translations, sentences).entries(language) or {}
    return [each for each in found.values() if each.forms]


def shown(language: Language) -> Iterator[tuple[str, str]]:
    """Yield the id and each form of the translations that readers see."""
    for each in entries(language):
        if each.usable:
            yield from ((each.sentence.id, form) for form in each.forms)


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
    said = [_WORD.findall(_ADDRESS.sub("", text.casefold())) for text in of]
    return {tuple(each[at : at + 3]) for each in said for at in range(len(each) - 2)}


@of_each_language
def test_no_english_is_left_unmarked(language: Language, get: Get, report: Report) -> None:
    """No three consecutive words are as on the English page.

    In a script other than Latin, no Latin word is left but the council's name and what people type.
    """
    tag, found = language.tag, set[str]()
    for path in PAGES:
        page = get(path.replace("/en/", f"/{tag}/", 1))
        html = page.query("html")[0]
        assert (attribute(html, "lang"), attribute(html, "dir")) == (tag, language.direction)
        said = list(texts(page, tag))
        same = threes(said) & threes(texts(get(path), "en"))
        found |= {f"{path}: {' '.join(three)}" for three in same}
        if language.direction == "rtl":
            latin = {word for text in said for word in _WORD.findall(text) if word.isascii()}
            links = page.query('a[dir="ltr"]')
            addresses = {part for each in links for part in _WORD.findall(text_of(each))}
            typed = {contact.text.word for contact in report.contacts if contact.text}
            names = {*_WORD.findall(report.council.name), *typed}
            found |= {f"{path}: {word}" for word in latin - addresses - names}

    tell(
        sorted(found),
        "translate these words, or mark them as English: [advocate](en). "
        "What must stay as it is can be allowed in glossary.toml.",
    )


def test_english_that_is_left_is_found() -> None:
    page = JustHTML(
        '<p lang="pl">Tak: <bdi lang="en">say it in full</bdi> '
        '<b aria-label="or in part">x</b></p>',
        sanitize=False,
    )

    assert threes(texts(page, "pl")) == {("or", "in", "part")}


@of_each_language
def test_no_check_finds_anything(language: Language) -> None:
    """There is no error and no warning: each was mended, or is allowed in the glossary.

    A sentence whose English has changed since is not checked: a translator has to look at it.
    """
    tell(
        (
            f"{each.sentence.id}: {problem.problem}"
            for each in entries(language)
            if each.state is not State.ENGLISH_CHANGED
            for find in (checks.errors, checks.warnings)
            for problem in find(Pair.of(each.sentence, each.forms, language, words()))
        ),
        _CHECK.format(tag=language.tag),
    )


@of_each_language
def test_a_term_has_its_word(language: Language) -> None:
    """So that the next translator finds which word to use, which to avoid, and why."""
    tag = language.tag
    if tag not in words().you:
        pytest.skip(f"glossary.toml says nothing of {tag} yet")

    tell(
        (
            term.english
            for term in words().terms
            if term.words and (tag not in term.words or not term.words[tag].why)
        ),
        f"write into translations/glossary.toml which word {tag} has for each, and why.",
    )


class Detectors(NamedTuple):
    """Detectors of the shipped languages and their neighbours.

    The quick one is often wrong about short sentences. The thorough one loads for seconds, and so
    is asked only for what the quick one doubts.
    """

    quick: LanguageDetector
    thorough: LanguageDetector

    def of(self, text: str, expected: Spoken) -> Spoken | None:
        """Return the language of a text."""
        if self.quick.detect_language_of(text) == expected:
            return expected
        return self.thorough.detect_language_of(text)


@pytest.fixture(scope="module")
def detectors() -> Detectors:
    known = {*OTHERS, *(spoken for language in TRANSLATED if (spoken := _spoken(language)))}
    return Detectors(
        LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode().build(),
        LanguageDetectorBuilder.from_languages(*known).build(),
    )


def _spoken(language: Language) -> Spoken | None:
    """Return lingua's name of a language; None if it does not know it."""
    known = {spoken.iso_code_639_1.name.lower(): spoken for spoken in Spoken.all()}
    return known.get(language.tag.split("-")[0])


@of_each_language
def test_each_long_sentence_is_in_its_language(language: Language, detectors: Detectors) -> None:
    expected = _spoken(language)
    if expected is None:
        pytest.skip(f"lingua does not know {language.tag}")
    wrong = []
    for id_, form in shown(language):
        bare = markup.without_english(PLACEHOLDER.sub(" ", form))
        if len(bare) > LEAST and (heard := detectors.of(bare, expected)) != expected:
            wrong.append(f"{id_}: {heard.name.capitalize() if heard else 'unknown'}: {bare}")

    tell(wrong, f"these do not sound like {language.name}. " + _CHECK.format(tag=language.tag))


def test_a_sentence_in_another_language_is_found(detectors: Detectors) -> None:
    english = "Most children in care lived with foster carers."

    assert detectors.quick.detect_language_of(english) == Spoken.ENGLISH


@of_each_language
def test_quotation_marks_are_the_language_s_own_and_in_pairs(language: Language) -> None:
    if language.tag not in QUOTES:
        pytest.skip(f"nobody has told which quotation marks {language.tag} has")
    opens, closes = QUOTES[language.tag]
    strange = _FOREIGN - {opens, closes} | (_LATIN if language.tag in {"ar", "fa"} else set())
    told = [(id_, markup.without_english(form)) for id_, form in shown(language)]

    tell(
        (
            f"{id_}: {text}"
            for id_, text in told
            if strange & set(text) or text.count(opens) != text.count(closes)
        ),
        f"write quotation marks as {opens}this{closes}.",
    )


@of_each_language
def test_the_feed_has_no_unmarked_english(language: Language, shipped_app: Flask) -> None:
    """The summaries are plain text, which cannot mark a name as English."""
    client = shipped_app.test_client()

    def summaries(tag: str) -> list[str]:
        """Return the summaries of a feed's entries that are in its own language."""
        root = ET.fromstring(client.get(f"/{tag}/progress.atom").text)  # noqa: S314 (our own XML)
        return [
            entry.findtext(f"{_ATOM}summary") or ""
            for entry in root.iter(f"{_ATOM}entry")
            if entry.get(_LANG, tag) == tag
        ]

    kept = threes(name for _, form in shown(language) for name in _ENGLISH.findall(form))
    same = threes(summaries(language.tag)) & threes(summaries("en"))

    tell((" ".join(three) for three in same - kept), _CHECK.format(tag=language.tag))
