"""Extract the sentences to translate from the content and ui.toml, with notes for translators."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import polib
from msgspec import Struct

from inspection_outcome.i18n import po_file
from inspection_outcome.report.facts import Ages, AnyFact, Dates, Day, Month, Year
from inspection_outcome.report.markup import PLACEHOLDER
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence

UI = "ui"
"""The page name that commands use for the site's own words."""

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
"""What translators are told about a fact, by its family.

Never its value, which may change while the sentence stays the same.
"""

KIND_NAMES: dict[type, str] = {
    Day: "a day with its weekday",
    Month: "a month with its year",
    Year: "a year",
    Dates: "from one day to another",
    Ages: "from one age to another",
}
"""More precise descriptions, by the fact's type; they take precedence over FAMILY_NAMES."""


class Message(Struct, frozen=True):
    """A sentence to translate, the page it appears on, and notes for translators.

    The page is `report` for a sentence that appears on many pages.
    """

    page: str
    sentence: Sentence
    notes: str


def extract(report: Report, ui: Mapping[str, Sentence]) -> list[Message]:
    """Return every sentence that a reader can see.

    Those of ui.toml come first, then those of the report, then the pages in site order.
    """
    order = [UI, "report", *report.site.order]
    found = [(UI, sentence) for sentence in ui.values()]
    found += [(file.removesuffix(".toml"), sentence) for file, sentence in report.sentences()]
    found.sort(key=lambda each: order.index(each[0]))
    return [Message(page, sentence, _notes(sentence, report.facts)) for page, sentence in found]


def template(messages: Iterable[Message]) -> polib.POFile:
    """Return messages.pot, the template from which any gettext tool can start a new language."""
    po = po_file.new(None)
    po.extend(po_file.entry(each.sentence, ("", ""), comment=each.notes) for each in messages)
    return po


def write_template(folder: Path, messages: Iterable[Message]) -> None:
    """Write messages.pot into a translations folder. Raise FileError if it cannot be written."""
    po_file.write(template(messages), folder / po_file.POT)


def _notes(sentence: Sentence, facts: Mapping[str, AnyFact]) -> str:
    """Return the notes for translators: whether the sentence is critical, and what its facts are.

    The notes never contain a fact's value.
    """
    names = dict.fromkeys(name for form in sentence.forms for name in PLACEHOLDER.findall(form))
    critical = ["Critical: readers see the English beside it until a speaker has checked it."]
    kinds = "; ".join(f"{{{name}}}: {_kind(sentence, name, facts)}" for name in names)
    return "\n".join([*(critical if sentence.critical else []), *([kinds] if kinds else [])])


def _kind(sentence: Sentence, name: str, facts: Mapping[str, AnyFact]) -> str:
    if name in sentence.slots:
        return FAMILY_NAMES[sentence.slots[name]]
    fact = facts[name]
    return KIND_NAMES.get(type(fact), FAMILY_NAMES[fact.family])
