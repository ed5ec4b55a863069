"""The sources cited for the blocks of a page."""

from collections.abc import Iterable

from msgspec import Struct

from inspection_outcome.report.facts import Numbers
from inspection_outcome.report.model import Report, Source
from inspection_outcome.report.references import OWN_SOURCES
from inspection_outcome.report.sentence import Sentence


class Citation(Struct, frozen=True):
    """The source of one block of a section.

    `block` names the block: text, good, not-good, … `source` is None for our own words.
    """

    block: str
    source: Source | None
    paragraphs: Numbers | None


def cite(
    report: Report, block: str, said: Iterable[Sentence], also: Iterable[str] = ()
) -> list[Citation]:
    """Return the sources of a block, each once, with its paragraph numbers in order.

    Sentences with the source `site` are about the site itself and cite nothing.
    """
    cited: dict[str, set[int]] = {id_: set() for id_ in also}
    for sentence in said:
        if sentence.source != "site":
            cited.setdefault(sentence.source, set()).update(sentence.paragraphs)
    return [
        Citation(
            block,
            None if id_ in OWN_SOURCES else report.source(id_),
            Numbers(tuple(sorted(paragraphs))) if paragraphs else None,
        )
        for id_, paragraphs in cited.items()
    ]
