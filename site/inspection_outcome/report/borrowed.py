"""What a site took over from another council's, word for word, though it is said of the other."""

from collections.abc import Iterator

from inspection_outcome.report.errors import Fault
from inspection_outcome.report.facts import Date
from inspection_outcome.report.model import Report
from inspection_outcome.report.references import OWN_SOURCES
from inspection_outcome.report.sentence import Sentence

_BY_CHANCE = 4
"""The most words of a sentence that two people may write alike; then only the same id tells."""
_IMPLIED = {"updated", "councils_date"}
"""Dates that no `[facts]` table holds."""


def borrowed(report: Report, other: Report) -> Iterator[Fault]:
    """Yield a fault for each sentence and date that tells of another council.

    A sentence may be taken over if its source is no document on that council: the law, the site
    itself, or the list that compares councils. A date by which that site was tested or written says
    nothing of this one.
    """
    theirs = {(each.id, each.forms) for _, each in other.sentences() if _is_local(other, each)}
    long = {forms for _, forms in theirs if len(forms[0].split()) > _BY_CHANCE}
    for file, sentence in report.sentences():
        same = sentence.forms in long or (sentence.id, sentence.forms) in theirs
        if same and _is_local(report, sentence):
            yield Fault(
                file,
                sentence.id,
                f"this is word for word what the site of {other.council.name} says",
                "Write it anew from a document of your own, or take it out. "
                "If it is true of you, say it in your own words.",
            )
    for name, fact in report.facts.items():
        is_of_site = isinstance(fact, Date) and fact.source == "site" and name not in _IMPLIED
        if is_of_site and fact == other.facts.get(name):
            yield Fault(
                "report.toml",
                f"facts.{name}",
                f"this is the day that the site of {other.council.name} gives",
                "Write the day on which it was done for your site, "
                "or take it out with the sentences that name it.",
            )


def _is_local(report: Report, sentence: Sentence) -> bool:
    """Return whether a sentence tells of the council. Names of judgements are the same for all."""
    national = {*OWN_SOURCES, report.comparison.source if report.comparison else ""}
    names = {each.name.id for each in report.judgements}
    return not (
        sentence.source in national or sentence.source.startswith("law") or sentence.id in names
    )
