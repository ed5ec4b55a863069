"""What 'Where this comes from' lists: the sources of what a page shows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from inspection_outcome.report.facts import Numbers
from inspection_outcome.report.model import Report, Source
from inspection_outcome.report.references import OF_THE_SITE, OWN_SOURCES
from inspection_outcome.report.sentence import Sentence

_FIRST = ("grade", "earlier", "text")
"""Labels that come first, in this order: `text` is not shown, and would seem to go on with others.

Other labels follow in the order of their blocks.
"""


class Cited(NamedTuple):
    """What to cite under one label: sentences, each with its source, and ids of sources."""

    label: str
    """`text`, which is not shown, or the end of the id of a text in ui.toml: `ui.from-good`."""
    sentences: Sequence[Sentence] = ()
    sources: Sequence[str] = ()


class Citation(Struct, frozen=True):
    """A source, and which of its paragraphs. `source` is None for our own words."""

    label: str
    source: Source | None
    paragraphs: Numbers | None


def citations(report: Report, cited: Iterable[Cited]) -> Iterator[Citation]:
    """Yield the sources under each label, each once, with its paragraph numbers in order.

    Sentences about the site itself, or about what its publisher did, cite nothing.
    """
    paragraphs_by_label: dict[str, dict[str, set[int]]] = {label: {} for label in _FIRST}
    for label, sentences, sources in cited:
        found = paragraphs_by_label.setdefault(label, {})
        for id_ in sources:
            found.setdefault(id_, set())
        for sentence in sentences:
            if sentence.source not in OF_THE_SITE:
                found.setdefault(sentence.source, set()).update(sentence.paragraphs)
    for label, found in paragraphs_by_label.items():
        for id_, paragraphs in found.items():
            yield Citation(
                label,
                None if id_ in OWN_SOURCES else report.source(id_),
                Numbers(tuple(sorted(paragraphs))) if paragraphs else None,
            )
