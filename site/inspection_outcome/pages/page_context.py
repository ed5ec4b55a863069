"""Build the context of a page's template from the report, with references resolved."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import structs

from inspection_outcome.i18n.catalogues import Catalogues
from inspection_outcome.i18n.languages import Language
from inspection_outcome.pages.blocks import build_blocks
from inspection_outcome.pages.blocks.block import SectionContext
from inspection_outcome.pages.blocks.heading import heading_text
from inspection_outcome.pages.citations import Citation, Cited, citations
from inspection_outcome.pages.context import Chapter, PageView, SectionView, SourcesView, styles
from inspection_outcome.pages.grade import cite_changes, grade_view
from inspection_outcome.pages.urls import ALL
from inspection_outcome.report.facts import Count
from inspection_outcome.report.model import Report
from inspection_outcome.report.page import Page, Section


def build(
    report: Report,
    name: str,
    language: Language,
    catalogues: Catalogues,
    today: dt.date | None = None,
) -> PageView:
    """Return the view of the page of this name. `today` None: no age is told, see FreshnessView."""

    def in_context(section: Section) -> SectionContext:
        return SectionContext(report, page, section, language, catalogues, today)

    page = report.pages[name]
    page = structs.replace(page, section=_filled([*map(in_context, page.section)]))
    grades, cards = (
        tuple(grade_view(report, report.judgement(id_), language) for id_ in ids)
        for ids in (page.grades, page.cards)
    )
    lists = (f"#{section.id}" for section in page.section if section.shows == "areas")
    of = {area.judgement for area in report.areas}
    not_good = [section for section in page.section if section.not_good]
    built = [_section(in_context(section)) for section in page.section]
    named = Cited("grade", [each.name for each in (*grades, *cards)])
    top = [Cited("text", page.top), named, cite_changes(report, cards)]
    cited = tuple(citations(report, top))
    sections, sources = _with_sources(report, page, built)
    if _names_a_source(cited):
        sources.insert(0, SourcesView(page.title, cited, ()))
    return PageView(
        picture=page.picture,
        byline=page.byline,
        grades=grades,
        not_good=Count(sum(len(section.not_good) for section in not_good)),
        not_good_href=f"#{not_good[0].id}" if not_good else "",
        lead=page.lead,
        cards=cards,
        areas=Count(len(report.areas)),
        areas_of=report.judgement(of.pop()).name if len(of) == 1 else None,
        areas_href=next(lists, ""),
        sections=sections,
        styles=styles(sections, *(["one-reader"] if page.picture else [])),
        answers_first=any(block.answers_first for each in sections[:1] for block in each.blocks),
        sources=tuple(sources),
    )


def build_all(
    report: Report, language: Language, catalogues: Catalogues, today: dt.date | None = None
) -> tuple[Chapter, ...]:
    """Return every page as a chapter of one page, in the site's order; ids are prefixed by page."""
    chapters = []
    for name in report.site.order:
        if name == ALL:
            continue
        page, title = build(report, name, language, catalogues, today), report.pages[name].title
        prefix = name.replace("/", "-")
        chapters.append(
            Chapter(
                id=prefix,
                title=title,
                lead=report.pages[name].top,
                cards=page.cards or page.grades,
                sections=tuple(
                    _in_chapter(section, prefix)
                    for section in page.sections
                    if all(block.in_all for block in section.blocks)
                ),
                sources=page.sources,
            )
        )
    return tuple(chapters)


def _filled(contexts: Sequence[SectionContext]) -> tuple[Section, ...]:
    """Return the sections without those that have nothing below their heading.

    So it is while there is no action yet, or nothing that must get better.
    """
    filled = [context.section for context in contexts if _has_something(context)]
    parents = {section.under for section in filled}
    return tuple(
        context.section
        for context in contexts
        if context.section in filled or context.section.id in parents
    )


def _has_something(context: SectionContext) -> bool:
    section = context.section
    own = section.judgement or section.prose or section.pictured or section.contacts
    return bool(own or build_blocks(context))


def _section(context: SectionContext) -> SectionView:
    section = context.section
    first = context.report.contact(section.contacts[0]) if section.call else None
    return SectionView(
        id=section.id,
        heading=heading_text(context.report, context.page, section),
        level=2 if section.under is None else 3,
        part=section.under is not None,
        blocks=build_blocks(context),
        call=section.call,
        urgent=first is not None and first.urgent,
    )


def _with_sources(
    report: Report, page: Page, built: Sequence[SectionView]
) -> tuple[tuple[SectionView, ...], list[SourcesView]]:
    """Return the sections with the sources that stand at their end, and those of the page.

    The parts of a section follow it, wherever the file has them. A graded section and its parts
    have one list, after the last of them. Those of all other sections stand together at the end of
    the page.
    """
    graded = {section.id for section in page.section if section.judgement}
    groups: dict[str, list[SectionView]] = {}
    for section, view in zip(page.section, built, strict=True):
        groups.setdefault(section.under or section.id, []).append(view)
    sections: list[SectionView] = []
    of_page: list[SourcesView] = []
    for id_, views in groups.items():
        sources = _sources(report, views)
        if sources and id_ in graded:
            views[-1] = structs.replace(views[-1], sources=sources)
        elif sources:
            of_page.append(sources)
        sections += views
    return tuple(sections), of_page


def _sources(report: Report, sections: Sequence[SectionView]) -> SourcesView | None:
    """Return the sources of sections under the heading of the first, or None without any."""
    blocks = [block for section in sections for block in section.blocks]
    cited = tuple(citations(report, (cited for block in blocks for cited in block.cited)))
    contacts = {each.id: each for block in blocks for each in block.cited_contacts}
    if not (contacts or _names_a_source(cited)):
        return None
    return SourcesView(sections[0].heading, cited, tuple(contacts.values()))


def _names_a_source(cited: Iterable[Citation]) -> bool:
    """Return whether anything is cited but our own words."""
    return any(citation.source for citation in cited)


def _in_chapter(section: SectionView, prefix: str) -> SectionView:
    """Return a section as it stands in a chapter: one level lower."""
    return structs.replace(section, id=f"{prefix}-{section.id}", level=section.level + 1)
