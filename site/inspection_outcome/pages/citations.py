"""Where the blocks of a page come from."""

from collections.abc import Iterable

from msgspec import Struct

from inspection_outcome.report.facts import Numbers
from inspection_outcome.report.model import Report, Source
from inspection_outcome.report.references import OWN_SOURCES
from inspection_outcome.report.sentence import Sentence


class Citation(Struct, frozen=True):
    """Where one block of a section comes from. `block` names it: text, good, not-good, … `source` None: our words."""

    block: str
    source: Source | None
    paragraphs: Numbers | None


def cite(report: Report, block: str, said: Iterable[Sentence], also: Iterable[str] = ()) -> list[Citation]:
    """Name the sources of a block, each once, with the paragraphs in order. `site` is said of the site itself: none."""
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
