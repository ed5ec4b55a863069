"""Faults of style: long sentences, a high reading age, words that belittle, findings of today.

Only prose is measured: headings, labels, contacts and quotations would distort the result. So would
the values of facts ('Inadequate' has more syllables than 'Good'): each fact counts as one word.
Used by `flask content check` and the tests, never by the running site.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from inspection_outcome.report import markup
from inspection_outcome.report.characters import sentences as split
from inspection_outcome.report.errors import Fault
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence, sentences

LONGEST = 20  # words in a sentence
HIGHEST_GRADE = 6.0  # Flesch-Kincaid grade of a page's prose
EASY_LONGEST = 15  # words in a sentence of Easy Read
EASY_GRADE = 3.0  # Flesch-Kincaid grade of Easy Read
EASY_MOST = 40  # sentences on a page of Easy Read
MOST_NAMED = 3  # sentences named as the hardest
_VALUE = "this"  # in place of the value of a fact: one syllable, and in none of the lists
_QUOTATION = re.compile(r"‘[^‘’]*[.!?]’|“[^“”]*”")
_QUOTED = re.compile(r"‘(?:[^‘’]|’(?=\w))*’(?!\w)|“[^“”]*”")
"""A quotation of any length. An apostrophe in a word, as in ‘I don’t’, does not end it."""
_WORD = re.compile(r"[\w’]+")
_YOU = re.compile(r"\byou(?:r|rs|rself|rselves)?\b", re.IGNORECASE)
_WORD_LIST = Path(__file__).with_name("plain_english.toml")
_LISTS = tomllib.loads(_WORD_LIST.read_text(encoding="utf-8"))
_AVOID = _LISTS["word"]
_PRESENT, _BASE, _INFINITIVE_AFTER, _NOUN_AFTER = (
    frozenset(_LISTS["findings"][name])
    for name in ("present", "base", "infinitive_after", "noun_after")
)


def style(report: Report) -> list[Fault]:
    """Return every fault of style in the content."""
    faults: list[Fault] = []
    for name, page in report.pages.items():
        prose = [*page.top, *(sentence for section in page.section for sentence in section.prose)]
        faults.extend(_of_prose(f"{name}.toml", prose))
        pictured = [each.text for section in page.section for each in section.pictured]
        faults.extend(_of_easy_read(f"{name}.toml", pictured))
    told = (*report.areas, *report.actions, *report.updates)
    faults.extend(_of_prose("report.toml", list(sentences(told))))
    faults.extend(words_to_avoid(report.sentences()))
    faults.extend(findings(report.sentences()))
    return faults


def _of_prose(file: str, prose: list[Sentence]) -> Iterator[Fault]:
    yield from long_sentences(file, prose)
    yield from _hard_to_read(file, prose, HIGHEST_GRADE)


def _of_easy_read(file: str, pictured: list[Sentence]) -> Iterator[Fault]:
    """Yield faults under Easy Read's rules: few, short, simple sentences, one per picture."""
    if len(pictured) > EASY_MOST:
        yield Fault(
            file,
            "",
            f"{len(pictured)} sentences with a picture",
            f"Keep the {EASY_MOST} that matter most.",
        )
    for sentence in pictured:
        if len(split(_bare(sentence))) > 1:
            yield Fault(
                file,
                sentence.id,
                "two sentences with one picture",
                "Give each a picture of its own.",
            )
    yield from long_sentences(file, pictured, EASY_LONGEST)
    yield from _hard_to_read(file, pictured, EASY_GRADE)


def _hard_to_read(file: str, prose: list[Sentence], most: float) -> Iterator[Fault]:
    """Yield a fault if prose is hard to read; its problem names the hardest sentences."""
    if (grade := reading_grade(prose)) > most:
        grades = sorted(((reading_grade([each]), each.id) for each in prose), reverse=True)
        named = ", ".join(f"{id_} ({each:.1f})" for each, id_ in grades[:MOST_NAMED])
        problem = f"it reads at Flesch-Kincaid grade {grade:.1f}; hardest: {named}"
        yield Fault(file, "", problem, f"Shorten words and sentences, to {most:g} or less.")


def long_sentences(file: str, prose: Iterable[Sentence], most: int = LONGEST) -> Iterator[Fault]:
    """Yield a fault for each sentence of more than `most` words; a fact is one word."""
    for sentence in prose:
        for each in split(_bare(sentence)):
            if (words := len(each.split())) > most:
                remedy = f"Split it into sentences of {most} words or fewer."
                yield Fault(file, sentence.id, f"a sentence of {words} words: {each}", remedy)


def reading_grade(prose: Iterable[Sentence]) -> float:
    """Return the Flesch-Kincaid grade (US school year) of prose without quotations; 0 if empty."""
    import textstat  # noqa: PLC0415 (takes a second to import; only staff and tests need it)

    text = "\n".join(_QUOTATION.sub("", _of_words(_bare(sentence))) for sentence in prose)
    return float(textstat.flesch_kincaid_grade(text)) if text.strip() else 0.0


def _bare(sentence: Sentence) -> str:
    """Return the English of a sentence, for many if it has a plural, without its markup."""
    return " ".join(markup.without(sentence.forms[-1]).split())


def _of_words(text: str) -> str:
    """Return a text with a word in place of each fact."""
    return PLACEHOLDER.sub(_VALUE, text)


def words_to_avoid(sentences: Iterable[tuple[str, Sentence]]) -> Iterator[Fault]:
    """Yield a fault for each use of a word listed in plain_english.toml."""
    for file, sentence in sentences:
        for form in sentence.forms:
            for word in _AVOID:
                if found := re.search(word["find"], form, re.IGNORECASE):
                    yield Fault(
                        file, sentence.id, f"'{found[0]}'", f"Write instead: {word['use']}."
                    )


def findings(sentences: Iterable[tuple[str, Sentence]]) -> Iterator[Fault]:
    """Yield a fault for each finding that has a verb in the present, or that speaks to the reader.

    A finding is a sentence with `paragraphs`. Inspectors found it in one week of the past, and
    nobody knows whether it is true of the reader. Quotations may say anything.
    """
    for file, sentence in sentences:
        if not sentence.paragraphs:
            continue
        told = [_QUOTED.sub("…", _of_words(markup.without(form))) for form in sentence.forms]
        if verbs := _named(verb for text in told for verb in _in_the_present(text)):
            remedy = "Write what inspectors found then, in the past: 'was', 'had', 'said'."
            yield Fault(file, sentence.id, f"a finding in the present tense: {verbs}", remedy)
        if you := _named(word for text in told for word in _YOU.findall(text)):
            remedy = (
                "Say what inspectors found, and put what the reader can do or ask "
                "into a sentence without paragraphs."
            )
            yield Fault(file, sentence.id, f"a finding that speaks to the reader: {you}", remedy)


def _named(words: Iterable[str]) -> str:
    """Return the words in quotation marks, each once; empty if there are none."""
    return ", ".join(f"'{word}'" for word in dict.fromkeys(words))


def _in_the_present(text: str) -> Iterator[str]:
    """Yield the verbs of a text that are in the present, by the lists of plain_english.toml.

    Only the first word of a sentence may have a capital: 'May' elsewhere is a month.
    """
    for each in split(text.replace("'", "’")):
        words = _WORD.findall(each[0].lower() + each[1:])
        yield from (word for place, word in enumerate(words) if _is_present(word, words[:place]))


def _is_present(word: str, before: list[str]) -> bool:
    """Return whether a word is a verb in the present, after those before it in its sentence."""
    if word not in _BASE:
        return word in _PRESENT
    if before and before[-1] in _NOUN_AFTER:
        return False
    joined = bool(before) and before[-1] in {"and", "or"}  # "could come and have a say"
    return _INFINITIVE_AFTER.isdisjoint(before if joined else before[-3:])
