"""'Where this comes from' lists what statements can be traced to, and nothing else."""

from inspection_outcome.pages.citations import Citation, Cited, citations
from inspection_outcome.report import load
from inspection_outcome.report.sentence import Sentence
from pseudo_locales import NORTHMARSH


def test_nothing_is_cited_for_what_the_site_says_of_itself_or_its_publisher_of_its_doings() -> None:
    report = load.load(NORTHMARSH)
    said = [Sentence(f"home.{source}", "So.", source) for source in ("site", "publisher", "facts")]

    found = list(citations(report, [Cited("text", said)]))

    assert found == [Citation("text", None, None)]  # the explanation, in our own words


def test_documents_are_cited_with_their_paragraphs_in_order() -> None:
    report = load.load(NORTHMARSH)
    id_ = "made-up-report"
    said = [Sentence(f"home.{number}", "So.", id_, (number,)) for number in (9, 3)]

    (found,) = citations(report, [Cited("good", said)])

    assert found.source == report.source(id_)
    assert found.paragraphs
    assert found.paragraphs.value == (3, 9)
