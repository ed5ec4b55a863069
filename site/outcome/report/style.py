"""Faults of style: long sentences, high reading age, words that belittle. For `flask content check` and the tests.

Measured over prose only: headings, labels, contacts and quotations would distort it. Nothing here runs in the site.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from outcome.report.faults import Fault
from outcome.report.model import Report
from outcome.report.sentence import Sentence, sentences

LONGEST = 20  # words in a sentence
HIGHEST_GRADE = 6.0  # Flesch-Kincaid grade of a page's prose
_QUOTATION = re.compile(r"‘[^’]*[.!?]’|“[^”]*”")
_END = re.compile(r"(?<=[.!?])[’”\"']?\s+")
_AVOID = tomllib.loads(Path(__file__).with_name("plain.toml").read_text(encoding="utf-8"))["word"]

Plain = Callable[[Sentence], str]
"""Gives a sentence as a reader sees it, in English, without markup."""


def style(report: Report, plain: Plain) -> list[Fault]:
    """Give every fault of style in the content."""
    faults: list[Fault] = []
    for name, page in report.pages.items():
        prose = [*page.lead, *(sentence for section in page.section for sentence in section.prose)]
        faults.extend(_of_prose(f"{name}.toml", prose, plain))
    told = (*report.areas, *report.actions, *report.updates)
    faults.extend(_of_prose("report.toml", list(sentences(told)), plain))
    faults.extend(words_to_avoid(report.sentences()))
    return faults


def _of_prose(file: str, prose: list[Sentence], plain: Plain) -> Iterator[Fault]:
    yield from long_sentences(file, prose, plain)
    grade = reading_grade(prose, plain)
    if grade > HIGHEST_GRADE:
        problem = f"it reads at Flesch-Kincaid grade {grade:.1f}"
        remedy = f"Shorten words and sentences, to {HIGHEST_GRADE:g} or less."
        yield Fault(file, "", problem, remedy)


def long_sentences(file: str, prose: Iterable[Sentence], plain: Plain) -> Iterator[Fault]:
    """Give a fault for each sentence of more than LONGEST words."""
    for sentence in prose:
        for each in split(plain(sentence)):
            if (words := len(each.split())) > LONGEST:
                remedy = f"Split it into sentences of {LONGEST} words or fewer."
                yield Fault(file, sentence.id, f"a sentence of {words} words: {each}", remedy)


def reading_grade(prose: Iterable[Sentence], plain: Plain) -> float:
    """Give the Flesch-Kincaid grade (US school year) of prose without its quotations; 0 for none."""
    import textstat  # noqa: PLC0415 (a second to load, and only staff and tests ever need it)

    text = "\n".join(_QUOTATION.sub("", plain(sentence)) for sentence in prose)
    return float(textstat.flesch_kincaid_grade(text)) if text.strip() else 0.0


def words_to_avoid(sentences: Iterable[tuple[str, Sentence]]) -> Iterator[Fault]:
    """Give a fault for each use of a word of plain.toml."""
    for file, sentence in sentences:
        for form in sentence.forms:
            for word in _AVOID:
                if found := re.search(word["find"], form, re.IGNORECASE):
                    yield Fault(file, sentence.id, f"'{found[0]}'", f"Write instead: {word['use']}.")


def split(text: str) -> list[str]:
    """Split text into sentences at full stops, question marks and exclamation marks."""
    return [each for each in _END.split(text) if each]
