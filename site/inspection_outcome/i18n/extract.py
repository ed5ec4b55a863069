"""Content and ui.toml -> the sentences to translate, each with notes for translators."""

from collections.abc import Iterable, Mapping

import polib
from msgspec import Struct

from inspection_outcome.i18n import po_file
from inspection_outcome.report.facts import Ages, AnyFact, Dates, Day, Month, Year
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence

UI = "ui"
"""The page of the site's own words, for commands."""

FAMILY_NAMES = {
    "date": "a date",
    "count": "how many",
    "age": "an age in years",
    "duration": "how long",
    "hours": "days and hours",
    "grade": "a grade, as a word",
    "body": "the name of an organisation or document",
    "place": "the name of a place",
    "phone": "a number to ring",
    "text": "a number to text",
    "web": "a web address",
    "email": "an email address",
    "numbers": "a list of numbers",
    "size": "how much data",
    "tally": "a list of how many steps are done, under way and so on",
}
"""What translators are told of a fact: never its value, which may change without the sentence."""

KIND_NAMES: dict[type, str] = {
    Day: "a day with its weekday",
    Month: "a month with its year",
    Year: "a year",
    Dates: "from one day to another",
    Ages: "from one age to another",
}


class Message(Struct, frozen=True):
    """A sentence to translate, the page that it stands on (`report`: on many), and notes for translators."""

    page: str
    sentence: Sentence
    notes: str


def extract(report: Report, ui: Mapping[str, Sentence]) -> list[Message]:
    """Give every sentence that a reader can meet: of ui.toml, the report, then page by page in site order."""
    order = [UI, "report", *report.site.order]
    found = [(UI, sentence) for sentence in ui.values()]
    found += [(file.removesuffix(".toml"), sentence) for file, sentence in report.sentences()]
    found.sort(key=lambda each: order.index(each[0]))
    return [Message(page, sentence, _notes(sentence, report.facts)) for page, sentence in found]


def template(messages: Iterable[Message]) -> polib.POFile:
    """Give messages.pot, from which any tool can start a language."""
    po = po_file.new(None)
    po.extend(po_file.entry(each.sentence, ("", ""), comment=each.notes) for each in messages)
    return po


def _notes(sentence: Sentence, facts: Mapping[str, AnyFact]) -> str:
    """Tell translators whether safety hangs on a sentence, and what its facts are; never a value."""
    names = dict.fromkeys(name for form in sentence.forms for name in PLACEHOLDER.findall(form))
    critical = ["Critical: readers see the English beside it until a speaker has checked it."]
    kinds = "; ".join(f"{{{name}}}: {_kind(sentence, name, facts)}" for name in names)
    return "\n".join([*(critical if sentence.critical else []), *([kinds] if kinds else [])])


def _kind(sentence: Sentence, name: str, facts: Mapping[str, AnyFact]) -> str:
    if name in sentence.slots:
        return FAMILY_NAMES[sentence.slots[name]]
    fact = facts[name]
    return KIND_NAMES.get(type(fact), FAMILY_NAMES[fact.family])
