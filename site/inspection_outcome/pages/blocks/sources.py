"""The documents that the site draws on."""

from typing import ClassVar, Self

from msgspec import Struct

from inspection_outcome.pages.blocks.block import Block, SectionContext
from inspection_outcome.report.facts import Web
from inspection_outcome.report.sentence import Sentence


class SourceView(Struct, frozen=True):
    """A document, and where it is on the web."""

    name: Sentence
    undated: bool
    web: Web | None


class Sources(Block, frozen=True):
    """Every source of the report."""

    name: ClassVar[str] = "sources"
    sources: tuple[SourceView, ...]

    @classmethod
    def build(cls, context: SectionContext) -> Self | None:
        """Return the sources, or None if there are none."""
        sources = tuple(
            SourceView(source.name, source.undated, Web(source.web) if source.web else None)
            for source in context.report.sources
        )
        return cls(sources=sources) if sources else None
