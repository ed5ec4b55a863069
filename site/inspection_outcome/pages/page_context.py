"""Build the context of a page's template from report, page name and layout, references resolved."""

import datetime as dt

from msgspec import structs

from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.pages.blocks import build_blocks
from inspection_outcome.pages.blocks.block import SectionContext
from inspection_outcome.pages.blocks.contents import Contents
from inspection_outcome.pages.blocks.doors import Doors
from inspection_outcome.pages.blocks.heading import heading_text
from inspection_outcome.pages.blocks.parts import Parts
from inspection_outcome.pages.citations import Cited, citations
from inspection_outcome.pages.context import Chapter, PageView, SectionView
from inspection_outcome.pages.grade import grade_view
from inspection_outcome.pages.layout import Layout
from inspection_outcome.pages.urls import ALL
from inspection_outcome.report.model import Report
from inspection_outcome.report.sentence import Sentence


def build(
    report: Report, name: str, layout: Layout, catalogues: Catalogues, today: dt.date | None = None
) -> PageView:
    """Return the view of the page of this name. `today` None: no age is told, see FreshnessView."""
    page = report.pages[name]
    cards = tuple(grade_view(report, report.judgement(id_), layout.language) for id_ in page.cards)
    areas = (f"#{section.id}" for section in page.section if section.shows == "areas")
    lead = Cited("text", [*page.lead, *(card.name for card in cards)])
    return PageView(
        layout=layout,
        lead=page.lead,
        cards=cards,
        areas_href=next(areas, ""),
        sections=tuple(
            _section(SectionContext(report, page, section, layout.language, catalogues, today))
            for section in page.section
        ),
        lead_citations=tuple(citations(report, [lead])),
    )


def build_all(
    report: Report, layout: Layout, catalogues: Catalogues, today: dt.date | None = None
) -> tuple[Chapter, ...]:
    """Return every page as a chapter of one page, in the site's order; ids are prefixed by page."""
    chapters = []
    for name in report.site.order:
        if name == ALL:
            continue
        page, title = build(report, name, layout, catalogues, today), report.pages[name].title
        prefix = name.replace("/", "-")
        chapters.append(
            Chapter(
                id=prefix,
                title=title,
                lead=page.lead,
                cards=page.cards,
                areas_href=page.areas_href.replace("#", f"#{prefix}-"),
                sections=tuple(
                    _in_chapter(section, prefix, title)
                    for section in page.sections
                    if not any(isinstance(block, Contents | Doors) for block in section.blocks)
                ),
            )
        )
    return tuple(chapters)


def _section(context: SectionContext) -> SectionView:
    section, blocks = context.section, build_blocks(context)
    return SectionView(
        id=section.id,
        heading=heading_text(context.report, context.page, section),
        level=2 if section.under is None else 3,
        part=section.under is not None,
        blocks=blocks,
        citations=tuple(
            citations(context.report, (cited for block in blocks for cited in block.cited))
        ),
        contacts=tuple(contact for block in blocks for contact in block.contacts),
    )


def _in_chapter(section: SectionView, prefix: str, title: Sentence) -> SectionView:
    """Return a section as it stands in a chapter: one level lower, without links to its parts."""
    return structs.replace(
        section,
        id=f"{prefix}-{section.id}",
        level=section.level + 1,
        blocks=tuple(block for block in section.blocks if not isinstance(block, Parts)),
        chapter=title,
    )
