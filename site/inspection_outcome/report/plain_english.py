"""Faults of style: long sentences, a high reading age, words that belittle.

Only prose is measured: headings, labels, contacts and quotations would distort the result. Used by
`flask content check` and the tests, never by the running site.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from inspection_outcome.report.errors import Fault
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence, sentences

LONGEST = 20  # words in a sentence
HIGHEST_GRADE = 6.0  # Flesch-Kincaid grade of a page's prose
EASY_LONGEST = 15  # words in a sentence of Easy Read
EASY_GRADE = 3.0  # Flesch-Kincaid grade of Easy Read
EASY_MOST = 40  # sentences on a page of Easy Read
_QUOTATION = re.compile(r"‘[^‘’]*[.!?]’|“[^“”]*”")
_END = re.compile(r"(?<=[.!?])[’”\"']?\s+")
_WORD_LIST = Path(__file__).with_name("plain_english.toml")
_AVOID = tomllib.loads(_WORD_LIST.read_text(encoding="utf-8"))["word"]

Plain = Callable[[Sentence], str]
"""Returns a sentence as a reader sees it, in English, without markup."""


def style(report: Report, plain: Plain) -> list[Fault]:
    """Return every fault of style in the content."""
    faults: list[Fault] = []
    for name, page in report.pages.items():
        prose = [*page.lead, *(sentence for section in page.section for sentence in section.prose)]
        faults.extend(_of_prose(f"{name}.toml", prose, plain))
        pictured = [each.text for section in page.section for each in section.pictured]
        faults.extend(_of_easy_read(f"{name}.toml", pictured, plain))
    told = (*report.areas, *report.actions, *report.updates)
    faults.extend(_of_prose("report.toml", list(sentences(told)), plain))
    faults.extend(words_to_avoid(report.sentences()))
    return faults


def _of_prose(file: str, prose: list[Sentence], plain: Plain) -> Iterator[Fault]:
    yield from long_sentences(file, prose, plain)
    yield from _hard_to_read(file, prose, plain, HIGHEST_GRADE)


def _of_easy_read(file: str, pictured: list[Sentence], plain: Plain) -> Iterator[Fault]:
    """Yield faults under Easy Read's rules: few, short, simple sentences, one per picture."""
    if len(pictured) > EASY_MOST:
        yield Fault(
            file,
            "",
            f"{len(pictured)} sentences with a picture",
            f"Keep the {EASY_MOST} that matter most.",
        )
    for sentence in pictured:
        if len(split(plain(sentence))) > 1:
            yield Fault(
                file,
                sentence.id,
                "two sentences with one picture",
                "Give each a picture of its own.",
            )
    yield from long_sentences(file, pictured, plain, EASY_LONGEST)
    yield from _hard_to_read(file, pictured, plain, EASY_GRADE)


def _hard_to_read(file: str, prose: list[Sentence], plain: Plain, most: float) -> Iterator[Fault]:
    if (grade := reading_grade(prose, plain)) > most:
        problem = f"it reads at Flesch-Kincaid grade {grade:.1f}"
        yield Fault(file, "", problem, f"Shorten words and sentences, to {most:g} or less.")


def long_sentences(
    file: str, prose: Iterable[Sentence], plain: Plain, most: int = LONGEST
) -> Iterator[Fault]:
    """Yield a fault for each sentence of more than `most` words."""
    for sentence in prose:
        for each in split(plain(sentence)):
            if (words := len(each.split())) > most:
                remedy = f"Split it into sentences of {most} words or fewer."
                yield Fault(file, sentence.id, f"a sentence of {words} words: {each}", remedy)


def reading_grade(prose: Iterable[Sentence], plain: Plain) -> float:
    """Return the Flesch-Kincaid grade (US school year) of prose without quotations; 0 if empty."""
    import textstat  # noqa: PLC0415 (takes a second to import; only staff and tests need it)

    text = "\n".join(_QUOTATION.sub("", plain(sentence)) for sentence in prose)
    return float(textstat.flesch_kincaid_grade(text)) if text.strip() else 0.0


def words_to_avoid(sentences: Iterable[tuple[str, Sentence]]) -> Iterator[Fault]:
    """Yield a fault for each use of a word listed in plain_english.toml."""
    for file, sentence in sentences:
        for form in sentence.forms:
            for word in _AVOID:
                if found := re.search(word["find"], form, re.IGNORECASE):
                    yield Fault(
                        file, sentence.id, f"'{found[0]}'", f"Write instead: {word['use']}."
                    )


def split(text: str) -> list[str]:
    """Return the sentences of a text, which end at full stops, question and exclamation marks."""
    return [each for each in _END.split(text) if each]
